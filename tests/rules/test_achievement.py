from __future__ import annotations

from decimal import Decimal

import pytest

from rules.achievement import judge, meets_target_threshold

# One set of figures for each state a target can be in.
FIGURES = {
    "absence": {"met": {"count": 0}, "not_met": {"count": 1}, "missing": {}},
    "yes_no": {"met": {"answer": 1}, "not_met": {"answer": 0}, "missing": {}},
    "count_and_rules": {"met": {"count": 1, "rules": 1}, "not_met": {"count": 0, "rules": 1}, "missing": {}},
    ">=": {"met": {"numerator": 9, "denominator": 9}, "not_met": {"numerator": 0, "denominator": 9}},
    "<": {"met": {"numerator": 0, "denominator": 9}, "not_met": {"numerator": 9, "denominator": 9}},
}


def parts(values):
    return {part: None if value is None else Decimal(str(value)) for part, value in values.items()}


def figures_for(target, state):
    by_state = FIGURES[target.comparator if target.measure == "percent" else target.measure]
    by_state = {"not_applicable": {"numerator": 0, "denominator": 0}, "missing": {}, **by_state}
    return parts(by_state[state])


def test_target(case, plan):
    (outcome,) = judge([plan.target(case["target"])], {case["target"]: parts(case["values"])}).outcomes
    assert outcome.state == case["state"]
    assert outcome.target == case["target"]


def test_judge(case, plan):
    values = {t.id: figures_for(t, case["states"].get(t.id, "met")) for t in plan.targets}
    achievement = judge(plan.targets, values)
    assert {o.target: o.state for o in achievement.outcomes if o.state != "met"} == case["states"]
    assert (achievement.met, achievement.counted) == (case["met"], case["counted"])
    assert f"{achievement.letters_met}/{achievement.letters_counted}" == case["letters"]
    assert list(achievement.missing) == case.get("missing", [])
    assert list(achievement.not_met) == [id for id, state in case["states"].items() if state == "not_met"]
    percent, count_by = plan.parameters.achievement_percent.value, plan.parameters.count_by.value
    assert meets_target_threshold(achievement, percent, count_by) is case["passes"]
    assert meets_target_threshold(achievement, percent, "letter") is case["letters_pass"]


@pytest.mark.parametrize("count_by", ["indicator", "letter"])
def test_an_area_where_nothing_could_be_counted_is_no_success(plan, count_by):
    nothing = {"numerator": Decimal(0), "denominator": Decimal(0)}
    achievement = judge([plan.target("a2"), plan.target("a3")], {"a2": nothing, "a3": nothing})
    assert (achievement.counted, achievement.letters_counted) == (0, 0)
    assert not meets_target_threshold(achievement, plan.parameters.achievement_percent.value, count_by)


def test_an_outcome_carries_the_figures_it_was_judged_by(plan):
    values = {"a2": parts({"numerator": 4, "denominator": 5}), "a1": parts({"count": 2}), "c": parts({"answer": 1})}
    outcomes = {o.target: o for o in judge(plan.targets, values).outcomes}
    assert (outcomes["a2"].numerator, outcomes["a2"].denominator) == (4, 5)
    assert (outcomes["a1"].numerator, outcomes["a1"].denominator) == (2, None)
    assert (outcomes["c"].numerator, outcomes["c"].denominator) == (1, None)


def test_a_share_of_nothing_is_not_met_where_the_plan_always_counts_it(plan):
    always = plan.target("e").model_copy(update={"not_applicable_when": "never"})
    assert judge([always], {"e": parts({"numerator": 0, "denominator": 0})}).outcomes[0].state == "not_met"


def test_every_target_of_the_plan_has_cases_that_meet_and_miss_it(plan):
    from pathlib import Path

    from ruamel.yaml import YAML

    cases = YAML(typ="safe").load((Path(__file__).parent / "cases" / "achievement.yaml").read_text(encoding="utf-8"))
    seen = {(case["target"], case["state"]) for case in cases["target"]}
    assert {(t.id, state) for t in plan.targets for state in ("met", "not_met")} <= seen
