from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from plans.loader import load_plan
from rules.scoring import UnitScore, rank, score_units

PLAN = load_plan("qd-1426-2017")
CODES = [f"{n:02}" for n in range(12)]
CRITERIA = [PLAN.criterion(id) for id in ("a1", "a2", "b1", "c1", "d1")]
VALUES = st.none() | st.integers(0, 6).map(Decimal)
FIGURES = st.dictionaries(st.sampled_from(CODES), st.fixed_dictionaries({c.id: VALUES for c in CRITERIA}), min_size=1)


def decimals(figures):
    return {c: {k: None if v is None else Decimal(str(v)) for k, v in row.items()} for c, row in figures.items()}


def fractions(values):
    return {code: Fraction(value) for code, value in values.items()}


def test_score_units(case):
    scored = score_units(decimals(case["figures"]), [PLAN.criterion(id) for id in case["criteria"]], PLAN.groups)
    assert {s.code: s.score for s in scored} == fractions(case["scores"])
    if "completeness" in case:
        assert {s.code: s.completeness for s in scored} == fractions(case["completeness"])
    if "missing" in case:
        assert {s.code: list(s.missing) for s in scored} == case["missing"]


def test_rank(case):
    units = case["units"]
    scores = [
        UnitScore(code, Fraction(u["score"]), {"a": Fraction(u.get("group_a", 0))}, {}, Fraction(1), ())
        for code, u in units.items()
    ]
    values = decimals({code: {"a1": u.get("a1")} for code, u in units.items()})
    assert [s.code for s in rank(scores, values, PLAN.parameters.tie_break.value)] == case["order"]


def test_a_group_that_nobody_reported_has_no_score():
    (only,) = score_units({"01": {}}, CRITERIA, PLAN.groups)
    assert (only.score, only.completeness) == (0, 0)
    assert set(only.groups.values()) == {None}
    assert rank([only], {"01": {}}, ["group:a"]) == (only,)


def test_a_plan_without_criteria_has_nothing_complete():
    (only,) = score_units({"01": {}}, [], PLAN.groups)
    assert only.completeness == 0


def test_weights_tell_within_a_group_and_between_groups():
    heavy = [CRITERIA[0].model_copy(update={"weight": Decimal(3)}), CRITERIA[1], CRITERIA[2]]
    groups = [g.model_copy(update={"weight": Decimal(2)}) if g.id == "a" else g for g in PLAN.groups]
    figures = decimals({"01": {"a1": 1, "a2": 1, "b1": 1}, "02": {"a1": 2, "a2": 1, "b1": 2}})
    second = score_units(figures, heavy, groups)[1]
    assert second.groups["a"] == Fraction(3, 8)  # (3 * 1/2 + 1 * 0) / 4
    assert second.score == Fraction(5, 12)  # (2 * 3/8 + 1 * 1/2) / 3


def test_a_criterion_left_out_by_its_weight_leaves_the_score():
    without = [CRITERIA[0].model_copy(update={"weight": Decimal(0)}), CRITERIA[2]]
    second = score_units(decimals({"01": {"a1": 9, "b1": 1}, "02": {"a1": 1, "b1": 2}}), without, PLAN.groups)[1]
    assert second.groups["a"] is None
    assert second.score == Fraction(1, 2)


def test_where_lower_is_worse_the_lowest_scores_most():
    good = [CRITERIA[0].model_copy(update={"higher_is_worse": False})]
    scores = score_units(decimals({"01": {"a1": 1}, "02": {"a1": 2}}), good, PLAN.groups)
    assert [s.score for s in scores] == [Fraction(1, 2), 0]


def test_every_criterion_of_the_plan_counts():
    quiet = {c.id: Decimal(0) for c in PLAN.criteria}
    for criterion in PLAN.criteria:
        scores = score_units({"01": quiet, "02": {**quiet, criterion.id: Decimal(1)}}, PLAN.criteria, PLAN.groups)
        assert scores[0].score == 0 < scores[1].score, criterion.id


@given(FIGURES, st.randoms())
def test_the_ranking_does_not_depend_on_the_order_of_the_input(figures, chance):
    shuffled = list(figures)
    chance.shuffle(shuffled)
    ties = PLAN.parameters.tie_break.value
    one = rank(score_units(figures, CRITERIA, PLAN.groups), figures, ties)
    other = list(score_units({code: figures[code] for code in shuffled}, CRITERIA, PLAN.groups))
    chance.shuffle(other)
    assert rank(other, figures, ties) == one


@given(FIGURES, st.data())
def test_raising_a_figure_never_lowers_the_unit_s_score(figures, data):
    code = data.draw(st.sampled_from(sorted(figures)))
    criterion = data.draw(st.sampled_from([c.id for c in CRITERIA]))
    value = figures[code][criterion]
    if value is None:
        return
    raised = {**figures, code: {**figures[code], criterion: value + data.draw(st.integers(0, 5))}}

    def score(of):
        return next(s.score for s in score_units(of, CRITERIA, PLAN.groups) if s.code == code)

    assert score(raised) >= score(figures)


@given(FIGURES)
def test_a_score_lies_between_nothing_and_one(figures):
    assert all(0 <= s.score < 1 and 0 <= s.completeness <= 1 for s in score_units(figures, CRITERIA, PLAN.groups))
