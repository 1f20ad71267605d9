"""What every task works with: the plan, its dates, the database, the folders, and the clock of the edge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from calendars.working_days import Calendar
from plans.schema import Agency, Plan
from plans.units import Unit, units_in_force
from rules.terms import has_cycle
from rules.timetable import Timetable
from settings import Settings

ILLUSTRATIVE = "SỐ LIỆU MINH HỌA"  # printed on all that is made from samples
SYSTEM = "daily_watch"  # who acted where nobody did: the scheduled watch


@dataclass(frozen=True)
class Office:
    """The standing office at work. `now` is its only clock; `illustrative` marks documents made from samples."""

    engine: Engine
    plan: Plan
    calendar: Calendar
    timetable: Timetable
    units: tuple[Unit, ...]
    settings: Settings
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    illustrative: bool = False
    known: dict[Any, Any] = field(default_factory=dict, init=False, compare=False, repr=False)  # `tasks.assessment`

    @property
    def today(self) -> date:
        """The calendar day where the office is."""
        return self.now().astimezone(self.settings.zone).date()

    @property
    def folder(self) -> Path:
        """Where forms, documents and received files lie; paths in the database are relative to it."""
        return self.settings.data_dir

    @property
    def ministers_list(self) -> frozenset[str]:
        """Codes of the communes on the Minister's list (Thông tư 15/2010/TT-BCA)."""
        return frozenset(self.settings.ministers_list)

    @property
    def inbox(self) -> Path:
        """The drop folder: filled forms put here are taken in by the next watch."""
        return self.folder / "inbox"

    @property
    def scan_inbox(self) -> Path:
        """The drop folder for scans of signed papers."""
        return self.folder / "scans-inbox"

    def write_whole(self, path: Path, content: bytes) -> None:
        """The file at `path`, relative to the folder, whole or not at all."""
        draft = (self.folder / path).with_suffix(".tmp")
        draft.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(self.folder / path)

    def reporters(self, on: date) -> tuple[Agency, ...]:
        """The reporters in office on day `on`."""
        return tuple(a for a in self.plan.agencies if a.reporter_type and _in_office(a, on))

    def units_on(self, on: date) -> tuple[Unit, ...]:
        """The communes in force on day `on`."""
        return tuple(units_in_force(self.units, on))

    def has_cycle(self, year: int) -> bool:
        """Whether the plan has a cycle `year`."""
        return has_cycle(self.plan, year)


_current: Office | None = None


def use(office: Office) -> None:
    """Makes `office` the one that tasks of this process work for."""
    global _current
    _current = office


def current() -> Office:
    """The office of this process. `LookupError` if none was opened: the edge forgot to."""
    if _current is None:
        raise LookupError("no office is open in this process; call tasks.office.use(...) at the edge")
    return _current


def _in_office(agency: Agency, on: date) -> bool:
    return (agency.valid_from is None or agency.valid_from <= on) and (agency.valid_to is None or on <= agency.valid_to)
