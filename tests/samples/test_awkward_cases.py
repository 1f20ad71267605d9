"""Every awkward case that the issue names is in the samples, seen through the real rules."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rules.findings import points_to_reduction
from rules.periods import period
from samples import MINISTER_LIST
from samples.stories import CONVERTED_CYCLE, RELAPSE_YEAR, relapsed_unit, story_of
from samples.twins import tied_pair

CYCLES = (2018, 2019, 2020)


def areas_with(paper, story: str) -> list[tuple[int, str]]:
    return [
        (year, code) for year in CYCLES for code in paper.cycles[year] if story_of(code, year, paper.cycles) == story
    ]


def test_three_cycles_of_fifteen(paper):
    assert [len(paper.cycles[year]) for year in CYCLES] == [15, 15, 15]
    assert not set(paper.cycles[2019]) & paper.converted[2018]


@pytest.mark.parametrize("year", CYCLES)
def test_a_year_converts_nine_to_twelve(year, paper):
    assert 9 <= len(paper.converted[year]) <= 12


def test_failed_areas_are_carried_over(paper):
    for year in (2019, 2020):
        assert set(paper.proposals[year].carried_over) == set(paper.cycles[year - 1]) - paper.converted[year - 1]
        assert paper.proposals[year].carried_over


def test_two_communes_tie_at_the_first_cut(paper):
    tied = paper.proposals[2018].tied_at_cut
    assert set(tied) == set(tied_pair(paper.plan.id, paper.seed))
    assert len(set(tied) & set(paper.cycles[2018])) == 1


def test_the_tie_is_one_of_all_figures(paper):
    figures = paper.figures(period(paper.plan, "2017-first_selection"))
    one, other = tied_pair(paper.plan.id, paper.seed)
    assert figures[one] == figures[other]


def test_an_area_without_a_serious_case_leaves_the_count(paper):
    for year, code in areas_with(paper, "no_serious_case"):
        outcome = {o.target: o.state for o in paper.achievements[year][code].outcomes}["a3"]
        assert outcome == "not_applicable"
    assert areas_with(paper, "no_serious_case")


def test_an_area_without_a_released_prisoner_leaves_the_count(paper):
    for year, code in areas_with(paper, "no_released_prisoner"):
        outcome = {o.target: o.state for o in paper.achievements[year][code].outcomes}["b"]
        assert outcome == "not_applicable"
    assert areas_with(paper, "no_released_prisoner")


def test_an_area_misses_by_one_target(paper):
    for year, code in areas_with(paper, "misses_by_one"):
        achievement = paper.achievements[year][code]
        assert (achievement.met, achievement.counted) == (6, 8)
        assert code not in paper.converted[year]
    assert areas_with(paper, "misses_by_one")


def test_an_area_meets_seven_of_eight_but_its_offences_rose(paper):
    for year, code in areas_with(paper, "offences_rose"):
        achievement, seen = paper.achievements[year][code], paper.evidences[year][code]
        assert (achievement.met, achievement.counted) == (7, 8)
        assert seen.offences[0].rose and not points_to_reduction(seen)
        assert code not in paper.converted[year]
    assert areas_with(paper, "offences_rose")


def test_a_target_without_data_is_missing_not_zero(paper):
    for year, code in areas_with(paper, "missing_target"):
        assert paper.achievements[year][code].missing == ("e",)
    assert areas_with(paper, "missing_target")


def test_in_good_areas_offences_fall(paper):
    for year, code in areas_with(paper, "good"):
        seen = paper.evidences[year][code]
        assert seen.offences[0].fell and points_to_reduction(seen), (year, code)
        assert not any(spot.rose for spot in seen.spots), (year, code)


def test_a_converted_commune_relapses(paper):
    code = relapsed_unit(RELAPSE_YEAR, paper.cycles)
    assert code in paper.converted[CONVERTED_CYCLE]
    lowest = min(s.score for s in paper.ranking(period(paper.plan, "2019-annual")) if s.code in paper.cycles[2020])
    for period_id, above in (("2019-annual", False), ("2020-half_year", True), ("2020-annual", True)):
        scores = {s.code: s.score for s in paper.ranking(period(paper.plan, period_id))}
        assert (scores[code] >= lowest) == above, period_id


def test_a_commune_of_the_minister_s_list_is_selected(paper):
    assert MINISTER_LIST & set(paper.cycles[2018])


@pytest.mark.parametrize("criterion", ["b5", "c3", "d5"])
def test_some_criteria_are_zero_nearly_everywhere(criterion, paper):
    values = [figures[criterion] for figures in paper.figures(period(paper.plan, "2018-annual")).values()]
    assert sum(value == 0 for value in values) > 0.75 * len(values)


@pytest.mark.parametrize("seed", [1, 7, 2026])
def test_the_cases_do_not_hang_on_the_seed(seed, replay: Callable):
    paper = replay(seed)
    assert len(paper.proposals[2018].tied_at_cut) == 2
    assert all(9 <= len(paper.converted[year]) <= 12 for year in CYCLES)
    assert relapsed_unit(RELAPSE_YEAR, paper.cycles) in paper.converted[CONVERTED_CYCLE]
