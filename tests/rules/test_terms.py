from __future__ import annotations

import pytest

from rules.errors import Refusal
from rules.terms import Term, check_cycle_year, cycle_years, has_cycle, term


def reading(plan, **values):
    changed = {name: getattr(plan.parameters, name).model_copy(update={"value": v}) for name, v in values.items()}
    return plan.model_copy(update={"parameters": plan.parameters.model_copy(update=changed)})


def test_term(case, plan):
    assert term(plan, case["cycle"], case["decided_on"]) == Term(case["from"], case["to"])


def test_term_from_the_decision(case, plan):
    other = reading(plan, term_start="decision_date")
    assert term(other, case["cycle"], case["decided_on"]) == Term(case["from"], case["to"])


def test_check_cycle_year(case, plan):
    assert has_cycle(plan, case["year"]) is case["has"]
    if case["has"]:
        check_cycle_year(plan, case["year"])
    else:
        with pytest.raises(Refusal, match="2018, 2019, 2020"):
            check_cycle_year(plan, case["year"])


def test_the_cycles_of_the_plan_by_each_reading(plan):
    assert cycle_years(plan) == (2018, 2019, 2020)
    assert cycle_years(reading(plan, term_start="decision_date")) == (2018, 2019, 2020)
    assert cycle_years(reading(plan, no_cycle_past_plan=False)) == (2018, 2019, 2020, 2021)
    assert cycle_years(reading(plan, term_months=24)) == (2018, 2019)


def test_a_reading_by_the_reporting_year_needs_the_report(plan):
    broken = plan.obligation("annual_report").model_copy(update={"window_from": None})
    with pytest.raises(ValueError, match="annual_report"):
        term(plan.model_copy(update={"obligations": (broken,)}), 2018, plan.valid_from.value)
