"""How rows of the database are named in documents."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlmodel import Session

from models import reading
from models.cycles import Area
from plans.schema import Agency
from reports.facts import Filing, UnitName
from rules.periods import Period
from tasks.collection import asked_reporters
from tasks.office import Office


class Names:
    """The communes and reporters of a day, by code and id."""

    def __init__(self, office: Office, on: date) -> None:
        self._units = {u.code: UnitName(u.code, u.name, u.district_name) for u in office.units_on(on)}
        self._agencies = {agency.id: agency for agency in office.plan.agencies}

    @property
    def units(self) -> tuple[UnitName, ...]:
        """All communes in force, by district and code."""
        return tuple(sorted(self._units.values(), key=lambda u: (u.district, u.code)))

    def unit(self, code: str) -> UnitName:
        """The commune `code`."""
        return self._units[code]

    def areas(self, areas: Iterable[Area]) -> tuple[UnitName, ...]:
        """The communes of `areas`."""
        return tuple(self._units[area.unit_code] for area in areas)

    def agency(self, id: str) -> Agency:
        """The reporter `id`."""
        return self._agencies[id]

    def reporter(self, id: str) -> str:
        """The reporter's name."""
        return self._agencies[id].name


def filings(session: Session, office: Office, of: Period) -> tuple[Filing, ...]:
    """Every reporter that was asked for period `of`: filed on time, late, or not at all."""
    filed = reading.filings(session, of.id)
    found = []
    for reporter in asked_reporters(session, office, of.id):
        filing = filed.get(reporter.id)
        if filing is None:
            found.append(Filing(reporter.name, "missing"))
        else:
            state = "late" if filing.is_late else "on_time"
            found.append(Filing(reporter.name, state, filing.first_on, filing.is_nil))
    return tuple(found)
