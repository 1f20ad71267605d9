"""The criteria beside the year before: nothing missing is 0, nothing unlike is added, nothing unlike is compared."""

from __future__ import annotations

from decimal import Decimal

from plans.loader import load_plan
from reports.comparison import compare, comparison_groups, comparison_notes, highlights, units_by_group
from reports.facts import UnitName

PLAN = load_plan("qd-1426-2017")
UNITS = tuple(UnitName(code, f"Xã {code}", "Huyện X") for code in ("1", "2", "3"))


def values(criterion: str, *amounts: int | None) -> dict:
    return {
        unit.code: {criterion: None if amount is None else Decimal(amount)}
        for unit, amount in zip(UNITS, amounts, strict=True)
    }


def row(criterion: str, now: dict, before: dict | None) -> tuple[str, ...]:
    return comparison_groups(PLAN, [criterion], UNITS, now, before)[0].rows[0][3:]


def test_totals_of_the_same_units_are_compared():
    assert row("a1", values("a1", 5, 0, 7), values("a1", 4, 2, 4)) == ("12", "10", "+2", "+20%", "3; 3")


def test_a_gap_is_compared_over_the_units_that_have_both():
    now, before = values("a1", 5, None, 7), values("a1", 4, 2, 4)
    assert row("a1", now, before) == ("12", "10", "+4 (*)", "+50%", "2; 3")
    assert comparison_notes(PLAN, ["a1"], UNITS, now, before)[-1].endswith("trên 2 đơn vị, tiêu chí 1: 12 so với 8.")
    (sentence,) = highlights(PLAN, ["a1"], UNITS, now, before)
    assert "tăng 4 vụ (50%)" in sentence and "tính trên 2 đơn vị" in sentence


def test_no_figure_at_all_is_a_dash_and_said():
    assert row("a1", {}, None) == ("-", "-", "-", "-", "0; 0")
    assert highlights(PLAN, ["a1"], UNITS, {}, None) == ("- Số vụ phạm pháp hình sự: chưa có số liệu.",)


def test_without_the_year_before_nothing_is_compared():
    assert row("a1", values("a1", 1, 2, 3), None) == ("6", "-", "-", "-", "3; 0")
    assert "chưa có số liệu cùng kỳ" in highlights(PLAN, ["a1"], UNITS, values("a1", 1, 2, 3), None)[0]


def test_no_unit_with_both_years_is_no_comparison():
    assert row("a1", values("a1", 1, None, None), values("a1", None, 2, 3))[2:4] == ("-", "-")


def test_zero_is_a_figure():
    assert row("a1", values("a1", 0, 0, 0), values("a1", 0, 0, 0)) == ("0", "0", "0", "x", "3; 3")


def test_grades_are_never_added_units_with_a_grade_are_counted():
    graded = next(c for c in PLAN.criteria if c.measure == "grade")
    item = compare(graded, UNITS, values(graded.id, 3, 0, 1), values(graded.id, 0, 0, 2))
    assert (item.now, item.before) == (2, 1)


def test_every_unit_and_every_criterion_has_its_cell():
    tables = units_by_group(PLAN, UNITS, values("a1", 5, None, 0))
    assert [len(table[0].rows[0]) - 2 for table in tables] == [
        sum(c.group == group.id for c in PLAN.criteria) for group in PLAN.groups
    ]
    assert [line[2] for line in tables[0][0].rows] == ["5", "-", "0"]
