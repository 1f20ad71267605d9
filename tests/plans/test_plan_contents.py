"""What the plan of 11/8/2017 holds, counted and spot-checked against its text."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from plans.loader import load_plan, load_source
from plans.source import one_line

PLAN = load_plan("qd-1426-2017")
SOURCE = load_source("qd-1426-2017")


def test_there_are_25_criteria_in_four_groups_of_8_5_3_9():
    assert Counter(c.group for c in PLAN.criteria) == {"a": 8, "b": 5, "c": 3, "d": 9}
    assert [c.id for c in PLAN.criteria[:9]] == ["a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "b1"]


def test_there_are_eight_targets_under_five_letters():
    assert [t.id for t in PLAN.targets] == ["a1", "a2", "a3", "a4", "b", "c", "d", "e"]
    assert [t.letter for t in PLAN.targets] == ["a", "a", "a", "a", "b", "c", "d", "e"]


def test_there_are_26_measures_5_3_5_5_4_4():
    assert Counter(m.id.split(".")[1] for m in PLAN.measures) == {"1": 5, "2": 3, "3": 5, "4": 5, "5": 4, "6": 4}


@pytest.mark.parametrize(
    ("target", "comparator", "limit"),
    [
        ("a1", "=", 0),
        ("a2", ">=", 80),
        ("a3", ">=", 95),
        ("a4", ">=", 100),
        ("b", "<", 15),
        ("d", ">=", 1),
        ("e", ">=", 100),
    ],
)
def test_a_target_has_the_limit_of_the_plan(target: str, comparator: str, limit: int):
    assert (PLAN.target(target).comparator, PLAN.target(target).limit) == (comparator, limit)


def test_the_objectives_are_60_and_85_percent_and_one_without_a_number():
    assert [(o.letter, o.at_least_percent) for o in PLAN.objectives] == [("a", 60), ("b", 85), ("c", None)]


def test_the_numbers_of_the_plan():
    p = PLAN.parameters
    assert (p.quota_percent.value, p.achievement_percent.value, p.term_months.value) == (15, 80, 12)
    assert all(value.basis == "plan" for value in (p.quota_percent, p.achievement_percent, p.term_months))


def test_what_the_plan_does_not_say_is_marked_interpretation():
    p = PLAN.parameters
    for name in ("quota_rounding", "carry_over_counts", "count_by", "score_method", "not_applicable", "missing"):
        assert getattr(p, name).basis == "interpretation", name
        assert getattr(p, name).reading.endswith("."), name


def test_the_plan_is_in_force_from_its_signing_to_the_end_of_2020():
    assert PLAN.valid_from.value == PLAN.decision.signed_on == date(2017, 8, 11)
    assert PLAN.valid_to.value == date(2020, 12, 31)


def test_the_decision_has_six_legal_bases_and_three_articles():
    assert len(PLAN.legal_bases) == 6
    assert [article.number for article in PLAN.articles] == [1, 2, 3]


def test_34_reporters_eleven_bodies_five_divisions_nine_districts_twice():
    kinds = Counter(a.reporter_type for a in PLAN.agencies if a.reporter_type)
    assert kinds == {"provincial_body": 11, "police_division": 5, "district_committee": 9, "district_police": 9}


def test_the_five_divisions_are_an_interpretation():
    assert {a.basis for a in PLAN.agencies if a.reporter_type == "police_division"} == {"interpretation"}


def test_no_district_reports_after_the_districts_ended():
    ends = {a.reporter_type: a.valid_to for a in PLAN.agencies if a.district_code}
    assert ends == {"district_committee": date(2025, 6, 30), "district_police": date(2025, 2, 28)}


def test_every_kind_of_reporter_is_named():
    assert {kind.id: kind.by_district for kind in PLAN.reporter_types} == {
        "district_committee": True,
        "provincial_body": False,
        "district_police": True,
        "police_division": False,
    }


@pytest.mark.parametrize("criterion", PLAN.criteria, ids=lambda c: c.id)
def test_a_criterion_holds_the_whole_wording_of_the_plan(criterion):
    paragraphs = [p.removeprefix("- ").rstrip(";.") for p in SOURCE[f"II.3.{criterion.group}"].split("\n\n")]
    assert criterion.text.rstrip(".") == one_line(paragraphs[int(criterion.id[1])])


@pytest.mark.parametrize("measure", PLAN.measures, ids=lambda m: m.id)
def test_a_measure_holds_the_whole_wording_of_the_plan(measure):
    assert measure.text.rstrip(".") == one_line(SOURCE[measure.id])[3:].rstrip(".")
    heading = SOURCE[".".join(measure.id.split(".")[:2])].split("\n\n")[0]
    assert heading.endswith(measure.heading)


@pytest.mark.parametrize("target", PLAN.targets, ids=lambda t: t.id)
def test_a_target_holds_the_wording_of_the_plan(target):
    assert target.text in one_line(SOURCE[f"I.2.{target.letter}"])


def test_what_the_plan_counts_is_a_count_and_the_rest_is_graded():
    graded = {c.id for c in PLAN.criteria if c.measure == "grade"}
    assert graded == {"b5", "c3", "d1", "d2", "d3", "d4", "d5", "d6", "d8", "d9"}
    counted = [c for c in PLAN.criteria if c.measure == "count"]
    assert all(c.text.startswith("Số ") for c in counted)
    assert len(counted) + len(graded) == 25


def test_every_weight_is_one_until_somebody_says_otherwise():
    assert {row.weight for row in (*PLAN.criteria, *PLAN.groups)} == {Decimal(1)}


def test_typing_errors_of_the_text_stay_out_of_headings():
    assert PLAN.criterion("a4").text == "Số đối tượng suu tra về hình sự"
    assert PLAN.criterion("a4").short == "Số đối tượng sưu tra về hình sự"
    assert not any("suu" in row.short or "ân náu" in row.short for row in PLAN.criteria)


@pytest.mark.parametrize(
    ("report", "data_from", "data_closes", "due_before"),
    [
        ("half_year_report", date(2017, 11, 16), date(2018, 5, 15), date(2018, 5, 25)),
        ("annual_report", date(2017, 11, 16), date(2018, 11, 15), date(2018, 11, 25)),
    ],
)
def test_a_report_has_the_window_and_the_day_of_the_plan(report, data_from, data_closes, due_before):
    duty = PLAN.obligation(report)
    days = [day.on(2018) for day in (duty.window_from, duty.window_to, duty.due_before) if day]
    assert days == [data_from, data_closes, due_before]
    assert (duty.owed_to, duty.through) == (("provincial_committee",), "provincial_police")
    assert duty.time_basis == "plan"


def test_seven_reports_fall_in_the_period():
    years = [(o.id, year) for o in PLAN.obligations if o.kind == "report" for year in o.years]
    assert len(years) == 7


def test_the_first_list_is_decided_by_15_11_2017_and_the_others_by_15_12():
    session = PLAN.obligation("steering_session")
    assert session.by_year == {2017: date(2017, 11, 15)}
    assert session.by is not None and session.by.on(2018) == date(2018, 12, 15)
    assert session.years == (2017, 2018, 2019, 2020)


def test_the_first_selection_counts_the_twelve_months_to_15_9_2017():
    first = PLAN.obligation("first_selection")
    assert first.window_from and first.window_from.on(2017) == date(2016, 9, 16)
    assert first.window_to and first.window_to.on(2017) == date(2017, 9, 15)
    assert first.basis == "interpretation"


def test_the_final_review_comes_after_the_last_session():
    review = PLAN.obligation("final_review")
    assert review.opens and review.by
    assert (review.opens.on(2020), review.by.on(2020)) == (date(2020, 12, 16), date(2020, 12, 31))


def test_every_duty_of_the_issue_is_there():
    assert {o.id for o in PLAN.obligations} == {
        "half_year_report",
        "annual_report",
        "consolidated_half_year_report",
        "consolidated_annual_report",
        "first_selection",
        "backfill",
        "steering_session",
        "board_meeting_half_year",
        "board_meeting_year",
        "board_regulation",
        "yearly_inspection",
        "commendation",
        "interim_review",
        "final_review",
        "budget_estimate",
        "local_budget_request",
    }


@pytest.mark.parametrize("look_up", [PLAN.criterion, PLAN.target, PLAN.obligation, PLAN.agency])
def test_an_unknown_id_is_a_key_error(look_up):
    with pytest.raises(KeyError):
        look_up("nowhere")


def test_the_board_has_its_head_two_deputies_and_members():
    assert [member.seat for member in PLAN.board] == ["head", "standing_deputy", "deputy", "members"]


def test_an_agency_is_found_by_its_id():
    assert PLAN.agency("standing_office").name == "Phòng Tham mưu Công an tỉnh"
