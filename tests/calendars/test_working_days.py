from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.overlay import Overlay, Swap, YearlyDay, load_overlay
from calendars.working_days import Calendar, vietnam, without
from rules.errors import Refusal

DAYS = st.dates(date(2017, 1, 1), date(2030, 12, 31))


def with_swap(off, worked):
    return Overlay(range(2026, 2028), 2026, (Swap(date.fromisoformat(off), date.fromisoformat(worked), "văn bản thử"),))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2018-05-24", True),  # a Thursday
        ("2018-05-26", False),  # a Saturday
        ("2018-05-27", False),  # a Sunday
        ("2018-02-16", False),  # Tết
        ("2018-12-31", False),  # swapped with 05/01/2019
        ("2019-01-05", True),  # the Saturday worked for it, in the next year
        ("2019-04-15", False),  # in lieu of Sunday 14/4
        ("2024-04-29", False),  # swapped with 04/5
        ("2024-05-04", True),
        ("2026-01-01", False),
        ("2026-01-02", False),  # swapped with 10/01: the package lacks it
        ("2026-01-10", True),
        ("2026-01-17", False),  # an ordinary Saturday
        ("2025-11-24", True),  # not yet a day off
        ("2026-11-24", False),
    ],
)
def test_offices_work(day, works):
    assert vietnam().is_working_day(date.fromisoformat(day)) is works


def test_last_working_days():
    calendar = vietnam()
    assert calendar.last_working_day_before(date(2018, 5, 25)) == date(2018, 5, 24)
    assert calendar.last_working_day_before(date(2018, 11, 25)) == date(2018, 11, 23)
    assert calendar.last_working_day_before(date(2026, 1, 12)) == date(2026, 1, 10)
    assert calendar.last_working_day_up_to(date(2018, 12, 14)) == date(2018, 12, 14)
    assert calendar.last_working_day_up_to(date(2018, 12, 15)) == date(2018, 12, 14)


def test_the_nth_working_day_before():
    calendar = vietnam()
    assert calendar.working_days_before(date(2018, 5, 24), 1) == date(2018, 5, 23)
    assert calendar.working_days_before(date(2018, 5, 24), 3) == date(2018, 5, 21)
    assert calendar.working_days_before(date(2018, 5, 24), 4) == date(2018, 5, 18)
    with pytest.raises(ValueError):
        calendar.working_days_before(date(2018, 5, 24), 0)


@given(DAYS, st.integers(1, 30))
def test_so_many_working_days_before_a_day_so_many_lie_between(on, n):
    calendar = vietnam()
    found = calendar.working_days_before(on, n)
    between = (found + timedelta(days=d) for d in range((on - found).days))
    assert sum(calendar.is_working_day(day) for day in between) == n
    assert calendar.is_working_day(found)


def test_working_days_after_begin_with_the_first():
    calendar = vietnam()
    assert calendar.working_days_after(date(2018, 5, 18), 1) == date(2018, 5, 21), "over the week-end"
    with pytest.raises(ValueError, match="begins with the first"):
        calendar.working_days_after(date(2018, 5, 18), 0)


@given(DAYS, st.integers(1, 30))
def test_working_days_after_a_day_and_before_it_are_one_count(on, n):
    calendar = vietnam()
    found = calendar.working_days_after(on, n)
    assert calendar.is_working_day(found)
    between = (on + timedelta(days=d) for d in range(1, (found - on).days + 1))
    assert sum(calendar.is_working_day(day) for day in between) == n


@given(DAYS)
def test_the_last_working_day_up_to_a_day_is_that_day_or_the_one_before_it(on):
    calendar = vietnam()
    if calendar.is_working_day(on):
        assert calendar.last_working_day_up_to(on) == on
    else:
        assert calendar.last_working_day_up_to(on) == calendar.last_working_day_before(on)


def test_the_24th_of_november_can_be_switched_off():
    calendar = Calendar(without(load_overlay(), "culture_day"))
    assert calendar.is_working_day(date(2026, 11, 24))
    assert calendar.last_working_day_before(date(2026, 11, 25)) == date(2026, 11, 24)
    assert calendar.is_working_day(date(2029, 11, 26))  # no day in lieu of what is no holiday
    assert not vietnam().is_working_day(date(2029, 11, 26))


def test_a_yearly_day_on_a_weekend_gives_the_monday_after():
    day = YearlyDay("thử", "Ngày thử", month=11, day=24, since=2026, is_on=True, notice="")
    assert day.days_off(2025) == ()
    assert day.days_off(2026) == (date(2026, 11, 24),)
    assert day.days_off(2029) == (date(2029, 11, 24), date(2029, 11, 26))
    assert day.days_off(2030) == (date(2030, 11, 24), date(2030, 11, 25))


def test_a_day_the_package_lacks_comes_from_the_overlay():
    own = YearlyDay("own", "Ngày của tỉnh", month=3, day=3, since=2026, is_on=True, notice="")
    calendar = Calendar(replace(load_overlay(), yearly=(own,)))
    assert calendar.days_off(2026)[date(2026, 3, 3)] == "Ngày của tỉnh"
    assert calendar.is_working_day(date(2025, 3, 3))


@pytest.mark.parametrize(("year", "guessed"), [(2017, False), (2025, False), (2026, False), (2027, True), (2030, True)])
def test_years_without_a_notice_are_provisional(year, guessed):
    assert vietnam().is_provisional(year) is guessed


def test_a_notice_still_missing_on_new_year_s_day_is_warned_of():
    assert vietnam().missing_notice(date(2026, 12, 31)) is None
    warning = vietnam().missing_notice(date(2027, 1, 1))
    assert warning and "2027" in warning and "overlay.yaml" in warning


def test_a_year_s_days_are_listed_in_order():
    days = vietnam().days_off(2026)
    assert list(days) == sorted(days)
    assert days[date(2026, 1, 2)] == "Ngày nghỉ (thay cho ngày 10/01/2026)"
    assert vietnam().make_up_days(2026) == (date(2026, 1, 10), date(2026, 8, 22))


@pytest.mark.parametrize(
    ("off", "worked", "why"),
    [
        ("2026-08-31", "2026-08-22", "đã có trong gói"),  # the package knows this swap
        ("2026-01-01", "2026-01-10", "vốn đã nghỉ"),  # a holiday already
        ("2026-01-03", "2026-01-10", "vốn đã nghỉ"),  # a Saturday already
        ("2026-01-02", "2026-08-22", "vốn đã làm việc"),  # worked for another day
        ("2026-01-02", "2026-01-09", "vốn đã làm việc"),  # a Friday
        ("2027-01-04", "2027-02-06", "ngày lễ"),  # a Saturday, but Tết
    ],
)
def test_a_swap_that_repeats_or_contradicts_the_package_is_refused(off, worked, why):
    with pytest.raises(Refusal, match=why):
        Calendar(with_swap(off, worked))


def test_a_swap_the_package_lacks_is_taken():
    calendar = Calendar(with_swap("2026-01-02", "2026-01-10"))
    assert not calendar.is_working_day(date(2026, 1, 2))
    assert calendar.is_working_day(date(2026, 1, 10))
