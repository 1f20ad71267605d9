from __future__ import annotations

import pytest

from rules.errors import Refusal
from rules.sessions import STEP_NAMES, can_take_step, check_step, next_step, sit


def test_check_step(case, plan):
    order = plan.parameters.session_order.value
    assert can_take_step(order, case["done"], case["step"]) is case["allowed"]
    if not case["allowed"]:
        with pytest.raises(Refusal):
            check_step(order, case["done"], case["step"])


def test_sit(case):
    verdicts = {**dict.fromkeys(case["converted"], True), **dict.fromkeys(case["failed"], False)}
    if "refused" in case:
        with pytest.raises(Refusal, match=case["refused"]):
            sit(verdicts, case["dropped"])
        return
    sitting = sit(verdicts, case.get("dropped", ()), next_list=case.get("next_list", True))
    assert sitting.recognised == sitting.delisted
    assert list(sitting.delisted) == case["delisted"]
    assert list(sitting.carried_over) == case["carried_over"]
    assert list(sitting.dropped) == case.get("dropped", [])
    assert list(sitting.ineligible) == case["ineligible"]


def test_by_another_reading_a_recognised_unit_may_be_chosen_again_at_once():
    assert sit({"01": True}, recognised_eligible_in_same_sitting=True).ineligible == ()


def test_a_refusal_names_the_step_that_is_due(plan):
    with pytest.raises(Refusal, match=STEP_NAMES["recognise"]):
        check_step(plan.parameters.session_order.value, [], "decide")


def test_every_step_of_the_plan_has_a_name(plan):
    assert set(plan.parameters.session_order.value) == set(STEP_NAMES)


def test_the_sitting_is_over_when_every_step_is_done(plan):
    order = plan.parameters.session_order.value
    assert [next_step(order, order[:n]) for n in range(len(order))] == list(order)
    assert next_step(order, order) is None
