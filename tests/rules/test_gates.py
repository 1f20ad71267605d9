from __future__ import annotations

import pytest

from rules.errors import Refusal
from rules.gates import DECISION_LABELS, GATES, ROLE_LABELS, can_answer, check_may_answer


def test_check_may_answer(case):
    answer = (case["gate"], case["decision"], case["roles"], case.get("reason", ""))
    assert can_answer(*answer) is case["allowed"]
    if case["allowed"]:
        check_may_answer(*answer)
    else:
        with pytest.raises(Refusal, match=case["says"]):
            check_may_answer(*answer)


@pytest.mark.parametrize("rule", GATES.values(), ids=GATES)
def test_every_gate_names_roles_and_decisions_that_exist(rule):
    assert rule.title and rule.question
    assert rule.roles and set(rule.roles) <= set(ROLE_LABELS)
    assert {"approve", "return"} <= set(rule.decisions) <= set(DECISION_LABELS)


@pytest.mark.parametrize("kind", GATES)
def test_an_administrator_answers_no_gate(kind):
    assert not can_answer(kind, "approve", ["administrator"], "")
