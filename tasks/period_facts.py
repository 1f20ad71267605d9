"""What the consolidated reports say of a period."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

from sqlmodel import Session

from forms.spec import FormSpec, measure_rows
from models import reading
from reports.facts import AreaStanding, Budget, MeasureState, PeriodFacts, Said, UnitName
from rules.periods import Period, period, same_window_last_year
from tasks.assessment import Values, values_of
from tasks.collection import areas_asked_about, asked_reporters, spec_of
from tasks.cycle_facts import cycle_result, share_held, standings_so_far
from tasks.naming import Names, filings
from tasks.next_steps import next_steps
from tasks.office import Office
from tasks.relapse_facts import open_warnings, relapses


class Filed:
    """All that was filed for period `of`, read once for however many documents."""

    def __init__(self, session: Session, office: Office, of: Period) -> None:
        self.session, self.office, self.of = session, office, of
        self.before = same_window_last_year(office.plan, of)
        self.names = Names(office, of.closes_on)

    @cached_property
    def values(self) -> Values:
        """Each unit's criteria in the window."""
        return values_of(self.session, self.office, self.of)

    @cached_property
    def values_before(self) -> Values | None:
        """Each unit's criteria in the same window of the year before; None if it was never collected."""
        return values_of(self.session, self.office, self.before) if self.before else None

    @cached_property
    def areas(self) -> tuple[AreaStanding, ...]:
        """The year's areas with their targets so far."""
        return standings_so_far(self.session, self.office, self.of.year, self.of)

    @cached_property
    def asked(self) -> tuple[FormSpec, ...]:
        """What each reporter was asked in the period, whether it filed or not."""
        reporters = asked_reporters(self.session, self.office, self.of.id)
        areas = areas_asked_about(self.session, self.of)
        key = ("asked", self.of.id, tuple(reporter.id for reporter in reporters), tuple(areas))
        if key not in self.office.known:  # the same forms, whatever came in on them
            self.office.known[key] = tuple(
                spec_of(self.session, self.office, self.of, reporter, areas=areas) for reporter in reporters
            )
        return self.office.known[key]

    @cached_property
    def measures(self) -> tuple[MeasureState, ...]:
        """Each reporter's progress on each measure it was asked about; None where it filed nothing."""
        states: dict[tuple[str, str, str], Decimal | None] = {
            (measure.id, spec.reporter.id, area.code if area else ""): None
            for spec in self.asked
            for area, measure in measure_rows(spec)
        }
        filed = reading.measure_states(self.session, self.of.id, with_supplements=True)
        states |= {(measure, *whose): state for measure, by in filed.items() for whose, state in by.items()}
        return tuple(
            self._measure(measure, filer, unit, None if state is None else int(state))
            for (measure, filer, unit), state in sorted(states.items(), key=lambda row: row[0])
        )

    @cached_property
    def budgets(self) -> tuple[Budget, ...]:
        """The money of each reporter that was asked for it; None where it filed nothing."""
        asked = {spec.reporter.id: {} for spec in self.asked if spec.has_budget}
        sums = {**asked, **reading.budget(self.session, self.of.id, with_supplements=True)}
        named = ((self.names.reporter(id), sums[id]) for id in sorted(sums))
        return tuple(Budget(name, money.get("planned"), money.get("spent")) for name, money in named)

    @cached_property
    def narratives(self) -> tuple[Said, ...]:
        """Each reporter's own words."""
        words = reading.narratives(self.session, self.of.id, with_supplements=True)
        return tuple(Said(self.names.reporter(w.reporter_id), w.section, w.text) for w in words)

    def _measure(self, measure: str, filer: str, unit: str, state: int | None) -> MeasureState:
        return MeasureState(measure, self.names.reporter(filer), self.names.unit(unit) if unit else None, state)


def period_facts(filed: Filed) -> PeriodFacts:
    """All that the half-year or the annual report says."""
    session, office, of = filed.session, filed.office, filed.of
    annual = of.kind == "annual"
    previous = _previous(office, of)
    result = cycle_result(session, office, of.year if annual else of.year - 1)
    areas = result.areas if annual and result else filed.areas
    return PeriodFacts(
        period=of,
        period_before=filed.before,
        units=filed.names.units,
        filings=filings(session, office, of),
        now=filed.values,
        before=filed.values_before,
        cycle_year=of.year if areas else None,
        areas=areas,
        result=result,
        held=share_held(session),
        carried_over=_carried_over(filed, areas),
        relapsed=relapses(session, office),
        measures=filed.measures,
        budgets=filed.budgets,
        narratives=filed.narratives,
        next_steps=next_steps(session, office, of),
        warnings=open_warnings(session, office),
        previous=previous,
        filings_previous=filings(session, office, previous) if previous else (),
    )


def _previous(office: Office, of: Period) -> Period | None:
    """The period of the consolidated report before this one; None for the first."""
    owed = {report.period for report in office.timetable.reports}
    before = f"{of.year}-half_year" if of.kind == "annual" else f"{of.year - 1}-annual"
    return period(office.plan, before) if before in owed else None


def _carried_over(filed: Filed, areas: tuple[AreaStanding, ...]) -> tuple[UnitName, ...]:
    """Expected by the annual figures; in the half-year report what the session before decided."""
    if filed.of.kind == "annual":
        return tuple(area.unit for area in areas if area.result == "not_converted")
    rows = reading.areas(filed.session, filed.of.year - 1)
    return filed.names.areas(area for area in rows if area.stage == "carried_over")
