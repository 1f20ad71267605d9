from __future__ import annotations

import pytest

from rules.errors import Refusal
from rules.periods import (
    check_closed,
    period,
    period_of,
    periods,
    same_window_last_year,
    selection_period,
)


def test_period(case, plan):
    found = period(plan, case["id"])
    assert (found.opens_on, found.closes_on, found.due_before) == (case["from"], case["to"], case["due_before"])
    assert found == period_of(plan, found.kind, found.year)
    before = same_window_last_year(plan, found)
    assert (before.id if before else None) == case["same_window"]


def test_selection_period(case, plan):
    assert selection_period(plan, case["cycle"]).id == case["period"]


def test_check_closed(case, plan):
    found = period(plan, case["id"])
    if case["closed"]:
        check_closed(found, case["on"])
    else:
        with pytest.raises(Refusal, match="15/05/2018"):
            check_closed(found, case["on"])


def test_all_periods_of_the_plan_in_order_of_closing(plan):
    found = periods(plan)
    assert [p.id for p in found] == [
        "2016-annual",
        "2017-half_year",
        "2017-first_selection",
        "2017-annual",
        "2018-half_year",
        "2018-annual",
        "2019-half_year",
        "2019-annual",
        "2020-half_year",
        "2020-annual",
    ]
    assert [p.id for p in found if p.backfill] == ["2016-annual", "2017-half_year"]


def test_every_report_owed_has_a_window_to_compare_with(plan):
    assert all(same_window_last_year(plan, p) for p in periods(plan) if p.due_before)


@pytest.mark.parametrize("id", ["2021-annual", "2015-annual", "2018", "năm 2018"])
def test_an_unknown_period_is_refused_with_the_known_ones(plan, id):
    with pytest.raises(Refusal, match="2018-annual"):
        period(plan, id)


def test_a_list_without_figures_is_refused(plan):
    with pytest.raises(Refusal, match="2030"):
        selection_period(plan, 2030)


def test_a_window_needs_both_ends(plan):
    broken = plan.obligation("annual_report").model_copy(update={"window_from": None})
    with pytest.raises(ValueError, match="annual_report"):
        periods(plan.model_copy(update={"obligations": (broken,)}))
