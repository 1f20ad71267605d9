from __future__ import annotations

import pytest

from rules.errors import Refusal
from rules.sessions import (
    LONGEST_NUMBER,
    STEP_NAMES,
    can_take_step,
    check_number,
    check_step,
    next_step,
    reasons_by_unit,
    sit,
)


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


# Each unit with its reason


@pytest.mark.parametrize(
    ("text", "codes", "common", "found"),
    [
        ("", (), "", {}),
        ("31999 Ổn định; hết án\n32002: Mới, phức tạp.", ("31999", "32002"), "", "Ổn định; hết án|Mới, phức tạp."),
        ("\n 32002 - Mới \n\n31999 Ổn định", ("31999", "32002"), "", "Ổn định|Mới"),
        ("", ("31999",), " Theo dõi thêm. ", "Theo dõi thêm."),
        ("Theo dõi thêm.", ("31999",), "Chung", "Theo dõi thêm."),
        ("31999 Riêng", ("31999",), "Chung", "Riêng"),
    ],
)
def test_a_line_a_unit_and_of_one_unit_no_code_is_needed(text, codes, common, found):
    wanted = dict(zip(sorted(codes), found.split("|"), strict=True)) if found else {}
    assert reasons_by_unit(text, codes, common) == wanted


@pytest.mark.parametrize(
    ("text", "codes", "common", "said"),
    [
        ("", ("31999",), " ", "Chưa ghi lý do của địa bàn 31999;"),
        ("31999 ", ("31999",), "", "Chưa ghi lý do của địa bàn 31999;"),
        ("", ("31999", "32002"), "Chung", "Chưa ghi lý do của địa bàn 31999, 32002;"),
        ("31999 Một\n31999 Hai", ("31999", "32002"), "", "hai dòng lý do"),
        ("32003 Lạ", ("31999", "32002"), "", "không bắt đầu bằng mã"),
        ("Lạ", (), "", "không bắt đầu bằng mã"),
    ],
)
def test_a_unit_without_its_reason_is_refused(text, codes, common, said):
    with pytest.raises(Refusal, match=said):
        reasons_by_unit(text, codes, common)


@pytest.mark.parametrize(
    ("number", "may"),
    [
        ("", True),
        ("15/QĐ-BCĐ", True),
        ("1" * LONGEST_NUMBER, True),
        ("1" * (LONGEST_NUMBER + 1), False),
        ("1\n2", False),
    ],
)
def test_a_decision_s_number_is_one_short_line(number, may):
    if may:
        check_number(number)
        return
    with pytest.raises(Refusal, match="trên một dòng"):
        check_number(number)
