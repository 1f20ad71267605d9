"""All the dates of a plan on one calendar: collections, reports, sittings of Steering Committee 138, terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from plans.schema import Plan
from rules.calendar import WorkingDays
from rules.deadlines import deadline, forms_out_on, reminder_on, session_on
from rules.periods import Period, period_of, periods
from rules.terms import cycle_years, term


@dataclass(frozen=True)
class Collection:
    """When the figures of `period` are asked for: forms out, data closed, reminded, asked by, the last day on time."""

    period: str
    forms_out_on: date
    closes_on: date
    reminder_on: date
    asked_by: date
    last_day: date

    def is_late(self, received_on: date) -> bool:
        """Whether a form received on `received_on` came after the last day on time."""
        return received_on > self.last_day


@dataclass(frozen=True)
class ReportDue:
    """When the consolidated `report` (an obligation's id) of `year` is drafted and must be out."""

    report: str
    year: int
    period: str
    draft_from: date
    last_safe_day: date


@dataclass(frozen=True)
class SittingDue:
    """One sitting: prepared from, held on; the cycle it recognises and the cycle whose list it decides, if any.

    `period` holds the figures that the list is proposed from and the areas are judged by.
    """

    year: int
    prepared_from: date
    on: date
    recognises: int | None
    decides: int | None
    period: str


@dataclass(frozen=True)
class Timetable:
    """The plan's dates, each list in order of time."""

    collections: tuple[Collection, ...]
    reports: tuple[ReportDue, ...]
    sittings: tuple[SittingDue, ...]
    terms: tuple[tuple[int, date], ...]

    def collection(self, period: str) -> Collection:
        """The collection of `period`; `KeyError` if it is not collected."""
        for found in self.collections:
            if found.period == period:
                return found
        raise KeyError(period)

    def report(self, report: str, year: int) -> ReportDue:
        """The consolidated `report` (an obligation's id) of `year`; `KeyError` if it is not owed."""
        for found in self.reports:
            if (found.report, found.year) == (report, year):
                return found
        raise KeyError((report, year))

    def sitting(self, year: int) -> SittingDue:
        """The sitting of calendar year `year`; `KeyError` if there is none."""
        for found in self.sittings:
            if found.year == year:
                return found
        raise KeyError(year)

    def sitting_deciding(self, cycle_year: int) -> SittingDue:
        """The sitting that decides the list of cycle `cycle_year`; `KeyError` if none does."""
        for found in self.sittings:
            if found.decides == cycle_year:
                return found
        raise KeyError(cycle_year)

    def term_from(self, cycle_year: int) -> date:
        """The first day on which cycle `cycle_year` can be executed; `KeyError` if the plan has no such cycle."""
        return dict(self.terms)[cycle_year]


def timetable(plan: Plan, calendar: WorkingDays) -> Timetable:
    """The dates of `plan` on `calendar` (IV.3.a, II.2, II.5; the readings of the plan file)."""
    collections = tuple(
        sorted((_collection(plan, calendar, p) for p in periods(plan)), key=lambda c: (c.forms_out_on, c.period))
    )
    reports = tuple(_report(plan, calendar, p) for p in periods(plan) if p.due_before)
    owed = tuple(r for r in reports if plan.valid_from.value <= r.last_safe_day <= plan.valid_to.value)
    sittings = _sittings(plan, calendar, collections)
    terms = tuple((s.decides, term(plan, s.decides, s.on).starts_on) for s in sittings if s.decides is not None)
    return Timetable(collections, owed, sittings, terms)


def _collection(plan: Plan, calendar: WorkingDays, period: Period) -> Collection:
    if period.due_before:
        due = deadline(plan, calendar, _report_of(plan, period), period.year)
        return Collection(
            period=period.id,
            forms_out_on=forms_out_on(plan, calendar, due),
            closes_on=due.data_closes_on,
            reminder_on=reminder_on(plan, calendar, due),
            asked_by=due.asked_by,
            last_day=due.last_safe_day_for_reporters,
        )
    return _one_off(plan, calendar, period)


def _one_off(plan: Plan, calendar: WorkingDays, period: Period) -> Collection:
    """The collection of autumn 2017, and the earlier windows asked for with it."""
    duty = next(o for o in plan.obligations if o.kind == "collection" and o.window_to)
    year = duty.years[0]
    assert duty.window_to and duty.by
    closes_on = duty.window_to.on(year)
    last_day = calendar.last_working_day_up_to(duty.by.on(year))
    asked_by = calendar.working_days_before(last_day, plan.parameters.asked_working_days_before_last_safe_day.value)
    return Collection(
        period=period.id,
        forms_out_on=calendar.working_days_before(
            closes_on, plan.parameters.forms_out_working_days_before_closing.value
        ),
        closes_on=period.closes_on,
        reminder_on=calendar.working_days_before(asked_by, plan.parameters.reminder_working_days_before_asked.value),
        asked_by=asked_by,
        last_day=last_day,
    )


def _report(plan: Plan, calendar: WorkingDays, period: Period) -> ReportDue:
    due = deadline(plan, calendar, _report_of(plan, period), period.year)
    return ReportDue(
        report=due.report,
        year=period.year,
        period=period.id,
        draft_from=due.asked_by + timedelta(days=1),
        last_safe_day=due.last_safe_day,
    )


def _report_of(plan: Plan, period: Period) -> str:
    every = "half_year" if period.kind == "half_year" else "year"
    return next(o.id for o in plan.obligations if o.kind == "report" and o.every == every)


def _sittings(plan: Plan, calendar: WorkingDays, collections: tuple[Collection, ...]) -> tuple[SittingDue, ...]:
    session = next(o for o in plan.obligations if o.kind == "session")
    cycles = cycle_years(plan)
    found = []
    for year in session.years:
        decides = year + 1 if year + 1 in cycles else None
        first = decides is not None and year not in cycles
        period = period_of(plan, "first_selection" if first else "annual", year).id
        last_day = next(c.last_day for c in collections if c.period == period)
        found.append(
            SittingDue(
                year=year,
                prepared_from=last_day + timedelta(days=1),
                on=session_on(plan, calendar, year),
                recognises=year if year in cycles else None,
                decides=decides,
                period=period,
            )
        )
    return tuple(found)
