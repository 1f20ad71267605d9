"""A one-time code: near enough to now, never twice, not while locked. Just below, at and above each limit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rules.codes import Tries, after_failure, after_success, is_locked, is_used, starts_at, steps_near, tries_left

NOON = datetime(2018, 11, 15, 5, 0, tzinfo=UTC)
STEP = int(NOON.timestamp()) // 30


@pytest.mark.parametrize(("seconds", "counts"), [(-31, False), (-30, True), (0, True), (59, True), (60, False)])
def test_a_code_counts_from_one_step_before_its_own_to_the_end_of_the_next(seconds, counts):
    assert (STEP in steps_near(NOON + timedelta(seconds=seconds))) is counts


def test_a_step_begins_where_it_says():
    assert starts_at(STEP) == NOON


@pytest.mark.parametrize(("floor", "used"), [(STEP - 1, False), (STEP, True), (STEP + 1, True)])
def test_up_to_the_floor_every_code_counts_as_used(floor, used):
    assert is_used(Tries(floor), STEP, NOON) is used


def test_a_code_is_used_once_and_those_around_it_are_not():
    tries = after_success(Tries(STEP - 9), STEP)
    assert [is_used(tries, step, NOON) for step in (STEP - 1, STEP, STEP + 1)] == [False, True, False]


def test_an_answer_pressed_before_the_newest_still_counts_once():
    later = after_success(Tries(STEP - 200), STEP)
    both = after_success(later, STEP - 20)
    assert both == Tries(STEP - 120, (STEP - 20, STEP))
    assert is_used(both, STEP - 20, NOON)
    assert not is_used(both, STEP - 19, NOON)


@pytest.mark.parametrize(("before", "used"), [(119, False), (120, True), (121, True)])
def test_what_is_an_hour_older_than_the_newest_counts_as_used(before, used):
    assert is_used(after_success(Tries(), STEP), STEP - before, NOON) is used


@pytest.mark.parametrize(("later", "kept"), [(119, (STEP, STEP + 119)), (120, (STEP + 120,)), (121, (STEP + 121,))])
def test_of_what_was_used_an_hour_is_remembered_and_what_is_forgotten_stays_used(later, kept):
    tries = after_success(after_success(Tries(), STEP), STEP + later)
    assert tries.used == kept
    assert is_used(tries, STEP, NOON + timedelta(seconds=30 * later))


def test_the_floor_never_sinks_and_no_more_than_an_hour_of_steps_is_kept():
    tries = Tries(STEP)
    for step in range(STEP + 1, STEP + 500):
        tries = after_success(tries, step)
        assert tries.floor >= STEP
    assert len(tries.used) == 120
    assert after_success(tries, tries.used[0]) == tries


@pytest.mark.parametrize(("ahead", "used"), [(0, False), (1, False), (2, True), (3, True)])
def test_with_the_clock_set_back_no_code_up_to_the_newest_counts(ahead, used):
    """One step ahead is what an officer's own clock may be."""
    tries = Tries(STEP - 9, (STEP + ahead,))
    assert is_used(tries, STEP - 1, NOON) is used
    assert is_used(tries, STEP + ahead, NOON)
    assert not is_used(tries, STEP + ahead + 1, NOON)


@pytest.mark.parametrize(("failures", "left"), [(0, None), (2, None), (3, 2), (4, 1)])
def test_from_the_third_wrong_code_on_it_is_said_how_many_are_left(failures, left):
    assert tries_left(Tries(failures=failures)) == left


@pytest.mark.parametrize(("failures", "locked"), [(3, False), (4, True)])
def test_the_fifth_wrong_code_in_a_row_locks(failures, locked):
    tries = after_failure(Tries(7, (8,), failures), NOON)
    assert is_locked(tries, NOON) is locked
    assert tries.failures == (0 if locked else failures + 1)
    assert (tries.floor, tries.used) == (7, (8,))


@pytest.mark.parametrize(("passed", "locked"), [(14 * 60 + 59, True), (15 * 60, False), (15 * 60 + 1, False)])
def test_the_lock_lasts_a_quarter_of_an_hour(passed, locked):
    tries = after_failure(Tries(failures=4), NOON)
    assert is_locked(tries, NOON + timedelta(seconds=passed)) is locked


def test_nobody_is_locked_before_any_failure():
    assert not is_locked(Tries(), NOON)


def test_a_right_code_forgets_the_failures():
    assert after_success(Tries(3, (), 4), 9) == Tries(3, (9,))
