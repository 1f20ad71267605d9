"""When the silence at a gate is told: cases of `holding.yaml`."""

from __future__ import annotations

import pytest

from rules.agenda import State, agenda
from rules.gates import GATES, NEXT_IN_LINE, ROLE_LABELS
from rules.holding import Hold, hold_days
from rules.timetable import timetable


def test_hold_days(case, plan, calendar):
    remind_on, next_in_line_on = hold_days(plan, calendar, case["gate"], case["opened_on"], case.get("due_on"))
    assert (remind_on, next_in_line_on) == (case["remind_on"], case["next_in_line_on"])


def test_told(case, plan, calendar):
    """What the agenda names of a gate reminded of from 23/11 and passed on from 27/11/2018."""
    told = dict.fromkeys(case.get("told", ()), True)
    hold = Hold(7, case["remind_on"], case["next_in_line_on"], **told)
    done = State(holds=(hold,))
    due = [d for d in agenda(timetable(plan, calendar), done, case["on"]) if d.subject == "7"]
    assert [d.action for d in due] == case["due"]


@pytest.mark.parametrize("rule", GATES.values(), ids=GATES)
def test_behind_everybody_who_answers_stands_somebody_else(rule):
    for role in rule.roles:
        assert NEXT_IN_LINE[role] in ROLE_LABELS
        assert NEXT_IN_LINE[role] not in rule.roles
