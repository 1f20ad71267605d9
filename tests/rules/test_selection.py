from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import Refusal
from rules.scoring import UnitScore
from rules.selection import propose


def score(code, value, percent=100):
    return UnitScore(code, Fraction(value), {}, {}, Fraction(percent, 100), ())


def test_propose(case, plan):
    ranking = [score(*row) for row in case["ranking"]]
    carried_over, ineligible = case.get("carried_over", []), case.get("ineligible", [])
    percent = plan.parameters.minimum_completeness_percent.value
    if "refused" in case:
        with pytest.raises(Refusal, match=case["refused"]):
            propose(ranking, case["cap"], carried_over, ineligible, percent)
        return
    proposal = propose(ranking, case["cap"], carried_over, ineligible, percent)
    assert list(proposal.proposed) == case["proposed"]
    assert list(proposal.set_apart) == case.get("set_apart", [])
    assert list(proposal.tied_at_cut) == case.get("tied_at_cut", [])
    assert set(proposal.carried_over) == set(carried_over)


RANKING = [score("01", "9/10"), score("02", "8/10"), score("03", "7/10")]


def test_by_another_reading_carry_overs_stand_outside_the_cap():
    proposal = propose(RANKING, 1, ["02", "03"], [], 80, carry_over_counts=False)
    assert proposal.proposed == ("02", "03", "01")


def test_by_another_reading_carry_overs_stand_for_election_like_any_other():
    proposal = propose(RANKING, 2, ["02", "03"], [], 80, carry_over_ranked_first=False)
    assert proposal.proposed == ("01", "02")
    assert proposal.carried_over == ("02",)


@st.composite
def sittings(draw):
    codes = draw(st.lists(st.integers(0, 150), unique=True, max_size=110))
    ranking = [score(f"{c:03}", Fraction(draw(st.integers(0, 5)), 6), draw(st.integers(60, 100))) for c in codes]
    ranking.sort(key=lambda s: (-s.score, s.code))
    split = draw(st.integers(0, len(codes)))
    carried = [f"{c:03}" for c in codes[:split]][: draw(st.integers(0, 10))]
    ineligible = [f"{c:03}" for c in codes[split:]][: draw(st.integers(0, 10))]
    return ranking, draw(st.integers(0, 20)), carried, ineligible


@given(sittings())
def test_never_over_the_cap_never_twice_never_an_ineligible_unit(sitting):
    ranking, cap, carried, ineligible = sitting
    try:
        proposal = propose(ranking, cap, carried, ineligible, 80)
    except Refusal:
        assert len(carried) > cap
        return
    assert len(proposal.proposed) <= cap
    assert len(set(proposal.proposed)) == len(proposal.proposed)
    assert not set(proposal.proposed) & set(ineligible)
    assert proposal.proposed[: len(carried)] == proposal.carried_over
    assert set(proposal.carried_over) == set(carried)
