"""Who an officer's code stands for, who administers, what can be passed on."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest

from rules.errors import Refusal
from rules.gates import GATES
from rules.officers import (
    ANSWERING_ROLES,
    Administration,
    check_delegable,
    check_may_draft,
    check_receives,
    heard_code,
    needs_code,
    officer_code,
)

TODAY = date(2018, 5, 2)
BEFORE_ANY = Administration(is_set_up=False)
QT01_ANSWERS = Administration(is_set_up=True, answering=("QT01",))
NOBODY_ANSWERS = Administration(is_set_up=True)


@pytest.mark.parametrize("typed", ["GĐ01", "gđ01", " Gđ01 ", unicodedata.normalize("NFD", "GĐ01")])
def test_one_code_has_one_spelling(typed):
    assert officer_code(typed) == "GĐ01"


def test_letters_put_together_otherwise_are_the_same():
    assert officer_code(unicodedata.normalize("NFD", "ế1")) == officer_code("Ế1") == "Ế1"


def test_what_anybody_types_is_never_longer_than_a_code_can_be():
    assert heard_code(" gđ01 ") == "GĐ01"
    assert len(heard_code("x" * 1000)) == 40


def test_until_the_first_confirmation_the_administrator_needs_no_code():
    assert not needs_code(BEFORE_ANY, "QT01", ["administrator"])


def test_from_then_on_always():
    assert needs_code(QT01_ANSWERS, "QT01", ["administrator"])
    assert needs_code(QT01_ANSWERS, "QT02", ["administrator"])  # another, who has no device yet


def test_an_administrator_when_no_device_works_is_sent_to_the_head():
    with pytest.raises(Refusal, match="Lãnh đạo cơ quan thường trực làm thay"):
        needs_code(NOBODY_ANSWERS, "QT01", ["administrator"])


def test_the_head_stands_in_with_a_code_only_when_no_administrator_can():
    assert needs_code(NOBODY_ANSWERS, "TM01", ["standing_office_head"])
    with pytest.raises(Refusal, match=r"chỉ làm thay khi không quản trị nào còn thiết bị dùng được.*QT01"):
        needs_code(QT01_ANSWERS, "TM01", ["standing_office_head"])


def test_the_device_that_is_to_be_withdrawn_counts_as_lost():
    assert needs_code(QT01_ANSWERS, "TM01", ["standing_office_head"], losing="QT01")
    with pytest.raises(Refusal, match="chỉ làm thay"):
        needs_code(QT01_ANSWERS, "TM01", ["standing_office_head"], losing="GD01")
    two = Administration(is_set_up=True, answering=("QT01", "QT02"))
    with pytest.raises(Refusal, match=r"chỉ làm thay.*QT02"):
        needs_code(two, "TM01", ["standing_office_head"], losing="QT01")


def test_while_the_office_is_set_up_the_head_does_not_stand_in():
    with pytest.raises(Refusal, match="không phải quản trị"):
        needs_code(BEFORE_ANY, "TM01", ["standing_office_head"])


@pytest.mark.parametrize("administration", [BEFORE_ANY, QT01_ANSWERS, NOBODY_ANSWERS])
def test_nobody_else_ever_administers(administration):
    with pytest.raises(Refusal, match="không phải quản trị"):
        needs_code(administration, "GD01", ["director", "drafter"])


def test_who_acts_has_to_be_named():
    with pytest.raises(Refusal, match="thêm --by"):
        needs_code(BEFORE_ANY, "", [])


def test_an_office_held_on_the_first_day_is_passed_on_from_today_or_later():
    check_delegable("GD01", "director", ["director"], TODAY, TODAY)
    check_delegable("GD01", "director", ["director"], TODAY + timedelta(days=30), TODAY)


@pytest.mark.parametrize(
    ("role", "held", "first", "said"),
    [
        ("director", [], TODAY, "02/05/2018 cán bộ GD01 không giữ vai trò Giám đốc Công an tỉnh"),
        ("director", ["board_chair"], TODAY, "không giữ vai trò"),
        ("director", ["director"], TODAY - timedelta(days=1), "không được bắt đầu trước hôm nay"),
        ("administrator", ["administrator"], TODAY, "không trả lời bước phê duyệt nào"),
        ("drafter", ["drafter"], TODAY, "không trả lời bước phê duyệt nào"),
        ("secretary", ["secretary"], TODAY, "không trả lời bước phê duyệt nào"),
    ],
)
def test_what_cannot_be_passed_on(role, held, first, said):
    with pytest.raises(Refusal, match=said):
        check_delegable("GD01", role, held, first, TODAY)


def test_exactly_the_offices_of_the_gates_can():
    assert set(ANSWERING_ROLES) == {role for gate in GATES.values() for role in gate.roles}


LAST = TODAY + timedelta(days=9)


@pytest.mark.parametrize("serves_until", [None, LAST, LAST + timedelta(days=1)])
def test_who_serves_to_the_last_day_and_drafts_nothing_receives_an_office(serves_until):
    check_receives("PGD1", False, serves_until, TODAY, LAST)


def test_nobody_receives_an_office_for_days_after_they_left():
    with pytest.raises(Refusal, match=r"PGD1 thôi nhiệm vụ từ sau ngày 10/05/2018.*cán bộ khác hoặc ghi --to sớm hơn"):
        check_receives("PGD1", False, LAST - timedelta(days=1), TODAY, LAST)


def test_a_drafter_receives_no_office_that_answers():
    with pytest.raises(Refusal, match=r"TM02 là Cán bộ soạn thảo.*remove-role TM02 --role drafter"):
        check_receives("TM02", True, None, TODAY, LAST)


def test_nor_does_who_acts_for_another_begin_to_draft_until_the_last_of_it_is_over():
    check_may_draft("PGD1", [])
    with pytest.raises(Refusal, match=r"ủy quyền của GD01 đến hết ngày 11/05/2018.*revoke GD01 PGD1"):
        check_may_draft("PGD1", [("BCN1", TODAY), ("GD01", LAST)])
