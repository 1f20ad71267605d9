"""Who holds a gate up, and when that is told: to those who should answer, then to the next in line. Never more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from plans.schema import Plan
from rules.calendar import WorkingDays
from rules.gates import GATES


@dataclass(frozen=True)
class Hold:
    """A gate that waits (its row's number), the days on which its silence is told, and whether it was."""

    gate: int
    remind_on: date
    next_in_line_on: date
    reminded: bool = False
    passed_on: bool = False


def hold_days(plan: Plan, calendar: WorkingDays, kind: str, opened_on: date, due_on: date | None) -> tuple[date, date]:
    """The days from which those who should answer are reminded, and the next in line is told.

    So many working days after a gate of `kind` was opened (a sitting's: after its day), but the reminder no later than
    the working day before `due_on` and the next in line no later than that day; never on the day it was opened.
    """
    parameters = plan.parameters
    at_meeting = GATES[kind].at_meeting and due_on is not None
    awaited = max(opened_on, due_on) if at_meeting and due_on else opened_on
    remind = calendar.working_days_after(awaited, parameters.gate_reminder_working_days.value)
    pass_on = calendar.working_days_after(awaited, parameters.gate_next_in_line_working_days.value)
    if due_on is not None and not at_meeting:
        remind = min(remind, calendar.last_working_day_before(due_on))
        pass_on = min(pass_on, due_on)
    day_after = opened_on + timedelta(days=1)
    remind = max(remind, day_after)
    return remind, max(pass_on, remind)
