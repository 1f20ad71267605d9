"""When each report of IV.3.a is due, and when to ask for it; when the year-end session sits at the latest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from plans.cited import YearDay
from plans.schema import Obligation, Plan
from rules.calendar import WorkingDays
from rules.errors import Refusal
from rules.periods import owed_by_reporters


@dataclass(frozen=True)
class Deadline:
    """The dates of one report. `report` is the obligation's id; `due_before` is exclusive ("trước ngày").

    Reporters are asked for their figures by `asked_by`; everything must be out on `last_safe_day`, the last working
    day before `due_before`. `provisional`: the year's days off are still a guess. `in_force`: the plan binds.
    """

    report: str
    data_from: date
    data_closes_on: date
    asked_by: date
    due_before: date
    last_safe_day: date
    provisional: bool
    in_force: bool

    @property
    def last_safe_day_for_reporters(self) -> date:
        """The last day on which a reporter's own report is on time (the 24th), working day or not."""
        return self.due_before - timedelta(days=1)


def deadlines(plan: Plan, calendar: WorkingDays, year: int) -> tuple[Deadline, ...]:
    """The deadlines of reporting year `year`, the earliest first (IV.3.a).

    Raises `Refusal` for a year the calendar has not been reviewed for.
    """
    check_year(calendar, year)
    reports = (o for o in plan.obligations if owed_by_reporters(plan, o))
    found = (_deadline(plan, calendar, report, year) for report in reports)
    return tuple(sorted(found, key=lambda d: d.due_before))


def deadline(plan: Plan, calendar: WorkingDays, report: str, year: int) -> Deadline:
    """The deadline of one `report` (an obligation's id) in `year`; `KeyError` if the plan has no such report."""
    check_year(calendar, year)
    return _deadline(plan, calendar, plan.obligation(report), year)


def check_year(calendar: WorkingDays, year: int) -> None:
    """Raises `Refusal` unless the calendar has been reviewed for `year`."""
    if year not in calendar.years:
        raise Refusal(
            f"Không có lịch làm việc của năm {year}; đề nghị chọn một năm từ {calendar.years[0]} "
            f"đến {calendar.years[-1]}."
        )


def forms_out_on(plan: Plan, calendar: WorkingDays, deadline: Deadline) -> date:
    """The day the forms go out to every reporter: so many working days before the data closes."""
    return calendar.working_days_before(
        deadline.data_closes_on, plan.parameters.forms_out_working_days_before_closing.value
    )


def reminder_on(plan: Plan, calendar: WorkingDays, deadline: Deadline) -> date:
    """The day the late are reminded: so many working days before the day they are asked for."""
    return calendar.working_days_before(deadline.asked_by, plan.parameters.reminder_working_days_before_asked.value)


def session_by(plan: Plan, year: int) -> date:
    """The day by which the session of calendar year `year` must sit, working day or not (II.2).

    Raises `Refusal` for a year without a session.
    """
    session = next(o for o in plan.obligations if o.kind == "session")
    if year not in session.years:
        raise Refusal(
            f"Kế hoạch không có phiên họp cuối năm {year} của Ban Chỉ đạo 138; đề nghị chọn một năm từ "
            f"{min(session.years)} đến {max(session.years)}."
        )
    return session.by_year.get(year) or _day(session.by, year)


def session_on(plan: Plan, calendar: WorkingDays, year: int) -> date:
    """The last working day on which the session of calendar year `year` can sit: a day off moves it back (II.2).

    Raises `Refusal` for a year without a session.
    """
    return calendar.last_working_day_up_to(session_by(plan, year))


def _deadline(plan: Plan, calendar: WorkingDays, report: Obligation, year: int) -> Deadline:
    due_before = _day(report.due_before, year)
    last_safe_day = calendar.last_working_day_before(due_before)
    asked = plan.parameters.asked_working_days_before_last_safe_day.value
    return Deadline(
        report=report.id,
        data_from=_day(report.window_from, year),
        data_closes_on=_day(report.window_to, year),
        asked_by=calendar.working_days_before(last_safe_day, asked),
        due_before=due_before,
        last_safe_day=last_safe_day,
        provisional=calendar.is_provisional(year),
        in_force=plan.valid_from.value <= last_safe_day <= plan.valid_to.value,
    )


def _day(day: YearDay | None, year: int) -> date:
    if day is None:
        raise ValueError("a report or session of the plan lacks one of its dates")
    return day.on(year)
