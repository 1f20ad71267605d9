from __future__ import annotations

from decimal import Decimal

import pytest

from rules.errors import Refusal
from rules.findings import (
    Evidence,
    Movement,
    check_reason_for_missing,
    evidence,
    is_converted,
    points_to_reduction,
)


def decimals(values):
    return {criterion: None if value is None else Decimal(value) for criterion, value in values.items()}


def test_evidence(case, plan):
    found = evidence(plan, decimals(case["now"]), decimals(case["before"]), rank=7, units_ranked=101)
    assert {m.criterion: [m.now, m.before] for m in found.offences} == case["offences"]
    assert {m.criterion: [m.now, m.before] for m in found.spots} == case["spots"]
    assert list(found.rose) == case["rose"]
    assert (found.rank, found.units_ranked) == (7, 101)


def test_is_converted(case, plan):
    required = plan.parameters.second_gate_required.value
    assert is_converted(case["threshold"], case["finding"], second_gate_required=required) is case["converted"]


def test_by_another_reading_the_threshold_alone_decides():
    assert is_converted(True, "not_reduced", second_gate_required=False)
    assert not is_converted(False, "reduced", second_gate_required=False)


def test_check_reason_for_missing(case):
    missing = {"31999 Phường 9": case["missing"]}
    if case["allowed"]:
        check_reason_for_missing(missing, case["reason"], "Lý do")
    else:
        with pytest.raises(Refusal, match="chỉ tiêu c"):
            check_reason_for_missing(missing, case["reason"], "Lý do")


def test_what_is_missing_is_said_of_every_area_at_once_with_the_field_that_is_meant():
    missing = {"31999 Phường 9": ["c", "e"], "32002 Phường 4": [], "32128 Thị trấn Năm Căn": ["e"]}
    with pytest.raises(Refusal) as refused:
        check_reason_for_missing(missing, "", "Lý do công nhận")
    assert str(refused.value) == (
        "Địa bàn 31999 Phường 9 còn thiếu số liệu của chỉ tiêu c, e, địa bàn 32128 Thị trấn Năm Căn còn thiếu số liệu "
        "của chỉ tiêu e; muốn công nhận thì ghi mục “Lý do công nhận”, hoặc bổ sung số liệu trước khi công nhận."
    )


def test_points_to_reduction(case):
    offences = tuple(Movement(c, *pair) for c, pair in zip(("a1", "b1", "c1"), case["offences"], strict=True))
    spots = tuple(Movement(c, *pair) for c, pair in zip(("a7", "b2"), case["spots"], strict=True))
    found = Evidence(offences, spots, None, 0, ())
    assert points_to_reduction(found) is case["reduced"]
