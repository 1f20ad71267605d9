from __future__ import annotations

from datetime import date, timedelta

import pytest

from rules.periods import periods
from rules.timetable import timetable


@pytest.fixture(scope="module")
def dates(plan, calendar):
    return timetable(plan, calendar)


def test_every_period_is_collected_once_and_in_order(plan, dates):
    assert sorted(c.period for c in dates.collections) == sorted(p.id for p in periods(plan))
    assert [c.forms_out_on for c in dates.collections] == sorted(c.forms_out_on for c in dates.collections)
    for collection in dates.collections:
        assert collection.forms_out_on < collection.reminder_on < collection.asked_by <= collection.last_day


def test_a_form_is_on_time_through_the_24th(dates):
    collection = dates.collection("2018-annual")
    assert collection.last_day == date(2018, 11, 24)  # a Saturday: the plan's word binds, not the working day
    assert not collection.is_late(date(2018, 11, 24))
    assert collection.is_late(date(2018, 11, 25))


def test_the_seven_reports_are_drafted_after_the_figures_were_asked_for(dates):
    assert [(r.report, r.year) for r in dates.reports] == [
        ("annual_report", 2017),
        ("half_year_report", 2018),
        ("annual_report", 2018),
        ("half_year_report", 2019),
        ("annual_report", 2019),
        ("half_year_report", 2020),
        ("annual_report", 2020),
    ]
    for report in dates.reports:
        assert report.draft_from == dates.collection(report.period).asked_by + timedelta(days=1)
        assert report.draft_from <= report.last_safe_day


@pytest.mark.parametrize(
    ("year", "on", "recognises", "decides", "period"),
    [
        (2017, date(2017, 11, 15), None, 2018, "2017-first_selection"),
        (2018, date(2018, 12, 14), 2018, 2019, "2018-annual"),
        (2019, date(2019, 12, 13), 2019, 2020, "2019-annual"),
        (2020, date(2020, 12, 15), 2020, None, "2020-annual"),
    ],
)
def test_each_sitting_recognises_one_cycle_and_decides_the_next(dates, year, on, recognises, decides, period):
    sitting = dates.sitting(year)
    assert (sitting.on, sitting.recognises, sitting.decides, sitting.period) == (on, recognises, decides, period)
    assert sitting.prepared_from > dates.collection(period).last_day
    assert sitting.prepared_from < sitting.on


def test_terms_begin_on_the_16th_of_november(dates):
    assert [(year, dates.term_from(year)) for year, _ in dates.terms] == [
        (2018, date(2017, 11, 16)),
        (2019, date(2018, 11, 16)),
        (2020, date(2019, 11, 16)),
    ]


@pytest.mark.parametrize(("look_up", "what"), [("collection", "2021-annual"), ("sitting", 2021), ("term_from", 2021)])
def test_what_the_plan_does_not_have_is_not_in_the_timetable(dates, look_up, what):
    with pytest.raises(KeyError):
        getattr(dates, look_up)(what)


@pytest.mark.parametrize("period", ["2016-annual", "2017-half_year", "2017-first_selection"])
def test_the_history_is_asked_for_together_with_the_first_selection(dates, period):
    collection = dates.collection(period)
    assert collection.forms_out_on == date(2017, 8, 31)
    assert (collection.asked_by, collection.last_day) == (date(2017, 10, 26), date(2017, 10, 31))


def test_forms_go_out_before_the_data_close_and_are_asked_for_after(plan, dates):
    for period in periods(plan):
        collection = dates.collection(period.id)
        assert collection.closes_on == period.closes_on
        if period.due_before:
            assert collection.forms_out_on < collection.closes_on < collection.asked_by


def test_every_day_of_the_timetable_but_the_plans_own_is_a_working_day(dates, calendar):
    """Only the closing of the data and the last day on time are the plan's words; what we ask for can be done."""
    for collection in dates.collections:
        for day in (collection.forms_out_on, collection.reminder_on, collection.asked_by):
            assert calendar.is_working_day(day), (collection.period, day)
    for day in [r.last_safe_day for r in dates.reports] + [s.on for s in dates.sittings]:
        assert calendar.is_working_day(day), day


def test_no_cycle_is_decided_whose_term_ends_after_the_plan(dates):
    assert max(sitting.decides for sitting in dates.sittings if sitting.decides) == 2020
    assert dates.sitting(2020).decides is None


def test_what_the_plan_does_not_owe_is_not_found(dates):
    assert dates.report("half_year_report", 2018).period == "2018-half_year"
    assert dates.sitting_deciding(2019).year == 2018
    with pytest.raises(KeyError):
        dates.report("half_year_report", 2017)
    with pytest.raises(KeyError):
        dates.sitting_deciding(2021)
