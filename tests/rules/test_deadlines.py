from __future__ import annotations

from datetime import date, timedelta

import pytest

from calendars.overlay import load_overlay
from calendars.working_days import Calendar, without
from rules.deadlines import deadline, deadlines, forms_out_on, reminder_on, session_on
from rules.errors import Refusal

REPORTS = ("half_year_report", "annual_report")


def test_deadlines(case, plan, calendar):
    if "without" in case:
        calendar = Calendar(without(load_overlay(), case["without"]))
    found = {d.report: d for d in deadlines(plan, calendar, case["year"])}[case["report"]]
    assert found.last_safe_day == case["last_safe_day"]
    assert found.asked_by == case["asked_by"]
    assert found.in_force is case["in_force"]
    assert found.provisional is case.get("provisional", False)
    assert found == deadline(plan, calendar, case["report"], case["year"])


def test_session_on(case, plan, calendar):
    assert session_on(plan, calendar, case["year"]) == case["on"]


def test_forms_and_reminders(case, plan, calendar):
    found = deadline(plan, calendar, case["report"], case["year"])
    assert forms_out_on(plan, calendar, found) == case["forms_out_on"]
    assert reminder_on(plan, calendar, found) == case["reminder_on"]


@pytest.mark.parametrize("year", range(2017, 2031))
def test_each_year_has_its_two_reports_in_order(plan, calendar, year):
    half, whole = deadlines(plan, calendar, year)
    assert (half.report, whole.report) == REPORTS
    assert half.data_from == whole.data_from == date(year - 1, 11, 16)
    assert (half.data_closes_on, half.due_before) == (date(year, 5, 15), date(year, 5, 25))
    assert (whole.data_closes_on, whole.due_before) == (date(year, 11, 15), date(year, 11, 25))


@pytest.mark.parametrize("year", range(2017, 2031))
def test_each_date_comes_in_its_turn_and_people_work_on_it(plan, calendar, year):
    for found in deadlines(plan, calendar, year):
        assert found.data_closes_on < found.asked_by < found.last_safe_day < found.due_before
        assert calendar.is_working_day(found.asked_by) and calendar.is_working_day(found.last_safe_day)
        assert forms_out_on(plan, calendar, found) < found.data_closes_on
        assert found.last_safe_day_for_reporters == found.due_before - timedelta(days=1)


def test_the_seven_reports_of_the_plan_s_time_are_in_force(plan, calendar):
    owed = [(y, d.report) for y in range(2017, 2031) for d in deadlines(plan, calendar, y) if d.in_force]
    assert owed == [(2017, "annual_report")] + [(y, r) for y in (2018, 2019, 2020) for r in REPORTS]


@pytest.mark.parametrize("year", [2016, 2031])
def test_a_year_without_a_calendar_is_refused(plan, calendar, year):
    with pytest.raises(Refusal, match="từ 2017 đến 2030"):
        deadlines(plan, calendar, year)
    with pytest.raises(Refusal):
        deadline(plan, calendar, "annual_report", year)


@pytest.mark.parametrize("year", [2016, 2021])
def test_a_year_without_a_session_is_refused(plan, calendar, year):
    with pytest.raises(Refusal, match="từ 2017 đến 2020"):
        session_on(plan, calendar, year)


def test_a_report_without_its_dates_is_a_fault_of_the_plan(plan, calendar):
    broken = plan.obligation("annual_report").model_copy(update={"due_before": None})
    with pytest.raises(ValueError):
        deadlines(plan.model_copy(update={"obligations": (broken,)}), calendar, 2018)


def test_what_is_consolidated_is_held_to_the_same_day(plan, calendar):
    assert deadline(plan, calendar, "consolidated_annual_report", 2018).last_safe_day == date(2018, 11, 23)
