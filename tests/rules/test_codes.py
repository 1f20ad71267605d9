"""A one-time code: near enough to now, never twice, not while locked. Just below, at and above each limit."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from rules.codes import Tries, after_failure, after_success, is_locked, is_used, starts_at, steps_near

NOON = datetime(2018, 11, 15, 5, 0, tzinfo=UTC)
STEP = int(NOON.timestamp()) // 30


@pytest.mark.parametrize(("seconds", "counts"), [(-31, False), (-30, True), (0, True), (59, True), (60, False)])
def test_a_code_counts_from_one_step_before_its_own_to_the_end_of_the_next(seconds, counts):
    assert (STEP in steps_near(NOON + timedelta(seconds=seconds))) is counts


def test_a_step_begins_where_it_says():
    assert starts_at(STEP) == NOON


@pytest.mark.parametrize(("last", "used"), [(STEP - 1, False), (STEP, True), (STEP + 1, True)])
def test_a_code_is_used_once_and_none_before_it_any_more(last, used):
    assert is_used(Tries(last_step=last), STEP) is used


@pytest.mark.parametrize(("failures", "locked"), [(3, False), (4, True)])
def test_the_fifth_wrong_code_in_a_row_locks(failures, locked):
    tries = after_failure(Tries(last_step=7, failures=failures), NOON)
    assert is_locked(tries, NOON) is locked
    assert tries.failures == (0 if locked else failures + 1)
    assert tries.last_step == 7


@pytest.mark.parametrize(("passed", "locked"), [(14 * 60 + 59, True), (15 * 60, False), (15 * 60 + 1, False)])
def test_the_lock_lasts_a_quarter_of_an_hour(passed, locked):
    tries = after_failure(Tries(failures=4), NOON)
    assert is_locked(tries, NOON + timedelta(seconds=passed)) is locked


def test_nobody_is_locked_before_any_failure():
    assert not is_locked(Tries(), NOON)


def test_a_right_code_forgets_the_failures():
    assert after_success(Tries(last_step=3, failures=4), 9) == Tries(last_step=9)
    assert after_success(Tries(last_step=9), 3).last_step == 9
