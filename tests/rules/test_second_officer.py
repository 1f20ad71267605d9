"""Who confirms what an administrator gives, and from which day an office can be given or taken away."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rules.errors import Refusal
from rules.gates import GATES
from rules.officers import check_day, first_day_free, first_day_without
from rules.second_officer import (
    CONFIRMED_ROLES,
    INIT,
    check_confirms,
    check_has_device,
    check_trusted,
    second_officers,
)

TODAY = date(2018, 5, 2)
DAY = timedelta(days=1)
ADMIN, HEAD, DIRECTOR, SECRETARY = "administrator", "standing_office_head", "director", "secretary"


def who(held, waiting=None, given_by="QT01", receiver="X", is_first=False):
    return second_officers(held, waiting or {}, given_by=given_by, involved={receiver}, is_first=is_first)


def test_every_office_that_answers_or_confirms_is_confirmed_and_a_drafter_s_is_not():
    assert {role for gate in GATES.values() for role in gate.roles} | {SECRETARY, ADMIN} == set(CONFIRMED_ROLES)


def test_another_administrator_or_the_head_confirms():
    held = {"QT01": [ADMIN], "QT02": [ADMIN], "TM01": [HEAD], "GD01": [DIRECTOR]}
    assert who(held) == ("QT02", "TM01")
    assert who(held, receiver="TM01") == ("QT02",)


def test_where_there_is_neither_another_who_was_confirmed_does():
    held = {"QT01": [ADMIN], "TM01": [HEAD], "GD01": [DIRECTOR], "TK01": [SECRETARY], "TM02": ["drafter"]}
    assert who(held, receiver="TM01") == ("GD01", "TK01")
    assert who(held, receiver="GD01") == ("TM01",)


def test_who_waits_confirms_only_while_nobody_was_ever_confirmed():
    held, waiting = {"QT01": [ADMIN]}, {"TM01": [HEAD], "GD01": [DIRECTOR]}
    assert who(held, waiting, receiver="TM01", is_first=True) == ("GD01",)
    assert who(held, waiting, receiver="TM01") == ()


def test_no_administrator_confirms_what_was_given_at_the_machine_without_a_code():
    held, waiting = {"QT01": [ADMIN]}, {"TM01": [HEAD], "GD01": [DIRECTOR]}
    assert who(held, waiting, given_by=INIT, receiver="GD01", is_first=True) == ("TM01",)
    assert who({"QT02": [ADMIN], "TM01": [HEAD]}, given_by=INIT) == ("TM01",)


def test_who_may_not_confirm_is_told_who_may():
    with pytest.raises(Refusal, match="cán bộ thứ hai, khác GD01, QT01"):
        check_confirms("QT01", "QT01", {"GD01"}, ("TM01",))
    with pytest.raises(Refusal, match="do cán bộ QT02 hoặc TM01 xác nhận"):
        check_confirms("GD01", "QT01", {"X"}, ("QT02", "TM01"))
    with pytest.raises(Refusal, match="Chưa có cán bộ thứ hai"):
        check_confirms("GD01", INIT, {"X"}, ())
    check_confirms("TM01", "QT01", {"X"}, ("QT02", "TM01"))


def test_a_device_s_withdrawal_is_confirmed_by_who_holds_an_office_that_was_confirmed():
    check_trusted([SECRETARY])
    for roles in ([], ["drafter"]):
        with pytest.raises(Refusal, match="vai trò có thẩm quyền"):
            check_trusted(roles)


def test_nothing_is_confirmed_for_whom_no_device_works():
    check_has_device("X1", True)
    with pytest.raises(Refusal, match=r"X1 chưa có thiết bị.*officer enrol X1.*tận mắt"):
        check_has_device("X1", False)


# Days


def test_an_office_is_free_from_today_or_from_the_day_after_the_last_answer():
    assert first_day_free(DIRECTOR, TODAY, None) == TODAY
    assert first_day_free(DIRECTOR, TODAY, TODAY - DAY) == TODAY
    assert first_day_free(DIRECTOR, TODAY, TODAY) == TODAY + DAY
    assert first_day_free(None, TODAY, TODAY) == TODAY + DAY
    assert first_day_free("drafter", TODAY, None) == TODAY + DAY


def test_a_day_before_that_is_refused_with_the_reason():
    check_day(TODAY, TODAY, TODAY)
    check_day(TODAY + DAY, TODAY, TODAY)
    with pytest.raises(Refusal, match=r"01/05/2018 đã qua.*--from từ 02/05/2018"):
        check_day(TODAY - DAY, TODAY, TODAY)
    with pytest.raises(Refusal, match=r"đã làm việc.*--from từ 03/05/2018.*officer reset"):
        check_day(TODAY, TODAY + DAY, TODAY)


@pytest.mark.parametrize(
    ("spans", "first"),
    [
        ([], TODAY),
        ([(TODAY, None)], None),
        ([(TODAY - DAY, TODAY - DAY)], TODAY),
        ([(TODAY - DAY, TODAY)], TODAY + DAY),
        ([(TODAY, TODAY), (TODAY + DAY, TODAY + 2 * DAY)], TODAY + 3 * DAY),
        ([(TODAY, TODAY), (TODAY + 2 * DAY, None)], TODAY + DAY),
        ([(TODAY, TODAY + 5 * DAY), (TODAY + 3 * DAY, None)], None),
        ([(TODAY + DAY, None)], TODAY),
    ],
)
def test_the_first_day_that_nobody_covers(spans, first):
    assert first_day_without(spans, TODAY) == first
