"""What an officer meets who answers with a code."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from pyotp.totp import TOTP

from models import reading, store
from models.columns import UnreadableContentError
from models.db import transaction
from models.people import Device
from models.units import ALWAYS
from rules.errors import Refusal
from samples.officers import code_of
from tasks.answers import Answer, take_answer
from tasks.codes import Actor
from tasks.key_file import decrypt, encrypt, make_key
from tasks.officers import act, act_as_officer, confirm, offer
from tasks.opening import install

HEAD = "TM01"


@pytest.fixture
def room(room_at):
    return room_at("first_list_proposed")


def answer(room, code, officer="GD01", at=None):
    return take_answer(room.office, room.gate("selection_proposal"), Answer("approve", officer, code=code), at=at)


def wrong(room, officer="GD01"):
    """A code that no step near now has."""
    near = {code_of(officer, room.office.now() + timedelta(seconds=30 * step)) for step in range(-2, 3)}
    return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in near)


# The code


def test_the_code_on_the_device_opens_the_gate(room):
    assert answer(room, room.code("GD01")) == ""


@pytest.mark.parametrize("typed", ["{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}", " {0} ", "fullwidth"])
def test_spaces_and_full_width_digits_are_forgiven(room, typed):
    code = room.code("GD01")
    full = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    assert answer(room, full if typed == "fullwidth" else typed.format(code)) == ""


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_clock_half_a_minute_off_is_forgiven(room, seconds):
    room.clock.tick()
    assert answer(room, code_of("GD01", room.office.now() + timedelta(seconds=seconds))) == ""


@pytest.mark.parametrize("seconds", [-60, 60])
def test_a_clock_a_minute_off_is_not(room, seconds):
    room.clock.tick()
    assert "không đúng hoặc đã hết hạn" in answer(room, code_of("GD01", room.office.now() + timedelta(seconds=seconds)))


def test_an_answer_is_judged_by_when_it_was_given(room):
    code, given_at = room.code("GD01"), room.office.now()
    room.clock.tick(minutes=10)  # the machine stood still
    assert "hết hạn" in answer(room, code)
    assert answer(room, code, at=given_at) == ""


def test_an_answer_pressed_before_a_newer_code_was_used_stands_and_counts_once(room):
    """Its worker died; the officer answered something else meanwhile; the run comes again minutes later."""
    code, given_at = room.code("GD01"), room.office.now()
    room.clock.tick(minutes=9)
    act_as_officer(room.office, Actor("GD01", room.code("GD01")), lambda session, at: None)
    room.clock.tick(minutes=1)
    returned = Answer("return", "GD01", "Nêu rõ căn cứ.", code=code)
    assert take_answer(room.office, room.gate("selection_proposal"), returned, at=given_at) == ""
    room.put_list_to_the_director(2018)
    assert "đã dùng" in answer(room, code, at=given_at)


def test_an_answer_more_than_an_hour_older_than_the_newest_code_is_refused(room):
    code, given_at = room.code("GD01"), room.office.now()
    room.clock.tick(minutes=61)
    act_as_officer(room.office, Actor("GD01", room.code("GD01")), lambda session, at: None)
    assert "đã dùng" in answer(room, code, at=given_at)


def test_with_the_clock_set_back_a_code_not_used_is_refused_all_the_same(room):
    code, given_at = room.code("GD01"), room.office.now()
    room.clock.tick(minutes=5)
    act_as_officer(room.office, Actor("GD01", room.code("GD01")), lambda session, at: None)
    ahead = room.office.now() - given_at
    room.clock.tick(seconds=-ahead.total_seconds())
    assert "đã dùng" in answer(room, code)
    room.clock.tick(seconds=ahead.total_seconds())
    assert answer(room, code, at=given_at) == ""


def test_used_steps_changed_around_the_program_are_no_used_steps():
    with pytest.raises(UnreadableContentError):
        _ = Device(officer_id="GD01", state="active", changed_by="QT01", used_steps="evil").tries


@pytest.mark.parametrize("typed", ["", "abc", "12345", "1234567", "١٢٣٤٥٦", "０"])
def test_what_is_no_code_is_refused_and_counted(room, typed):
    assert "không đúng" in answer(room, typed)
    assert room.ask(reading.device, "GD01").failures == 1


def test_somebody_else_s_code_is_wrong(room):
    assert "không đúng" in answer(room, room.code(HEAD))


def test_a_code_counts_once_also_for_another_gate_and_when_the_answer_was_refused(room):
    code = room.code("GD01")
    gate = room.gate("selection_proposal")
    refused = take_answer(room.office, gate, Answer("return", "GD01", code=code))
    assert "lý do" in refused
    assert "đã dùng" in answer(room, code)
    assert room.ask(reading.device, "GD01").failures == 0  # a right code, used twice, is no guess
    assert answer(room, room.code("GD01")) == ""


# The lock


def test_four_wrong_codes_do_not_lock_and_a_right_one_forgets_them(room):
    for _ in range(4):
        assert "không đúng" in answer(room, wrong(room))
    assert answer(room, room.code("GD01")) == ""
    assert room.ask(reading.device, "GD01").failures == 0


def test_five_lock_for_a_quarter_of_an_hour_and_tell_the_officer_and_the_administrator(room):
    for _ in range(5):
        answer(room, wrong(room))
    assert "đang tạm khóa" in answer(room, room.code("GD01"))
    mails = room.ask(reading.mail_keys, "locked:GD01:")
    assert {key.rpartition("/")[2] for key in mails} == {"GD01", "QT01"}
    room.clock.tick(minutes=15)
    assert answer(room, room.code("GD01")) == ""


def test_a_locked_officer_locks_nobody_else_out(room):
    for _ in range(5):
        answer(room, wrong(room, HEAD), HEAD)
    assert answer(room, room.code("GD01")) == ""


def test_a_refused_answer_leaves_nothing_but_its_trail(room):
    before = room.work()
    answer(room, wrong(room))
    assert room.work() == before
    assert [e.action for e in room.ask(reading.audit_trail)][-2:] == ["code_refused", "answer_refused"]


def test_the_refusal_says_how_many_tries_are_left_and_until_when_it_is_locked(room):
    said = [answer(room, wrong(room)) for _ in range(5)]
    assert ["còn" in one for one in said] == [False, False, True, True, False]
    assert "(còn 2 lần thử trước khi bị tạm khóa)" in said[2]
    assert "(còn 1 lần thử trước khi bị tạm khóa)" in said[3]
    until = room.ask(reading.device, "GD01").locked_until.astimezone(room.office.settings.zone)
    assert f"cán bộ GD01 bị tạm khóa đến {until:%H:%M}; đề nghị chờ đến {until:%H:%M}" in said[4]


# Who


def test_an_officer_without_a_device_is_told_to_get_one(room):
    with transaction(room.office.engine) as session:
        store.add_officer(session, code="GD02", name="A", title="B", agency="board", by="QT01", at=room.office.now())
    assert "chưa có thiết bị" in answer(room, "123456", "GD02")


def test_a_disabled_officer_answers_nothing_from_that_day_on(room):
    with transaction(room.office.engine) as session:
        store.disable_officer(
            session, officer_id="GD01", on=room.clock.on, reason="Nghỉ hưu", by="QT01", at=room.office.now()
        )
    assert "đã thôi nhiệm vụ" in answer(room, room.code("GD01"))


def test_who_drafts_never_answers_not_even_in_the_right_office(room):
    room.give("GD01", "drafter")
    assert "không được tự trả lời" in answer(room, room.code("GD01"))


# Four eyes: whoever drafted it, whatever office they hold by now


@pytest.mark.parametrize(("ended", "may"), [(-2, True), (-1, False), (0, False)])
def test_a_drafter_promoted_meanwhile_does_not_approve_the_own_draft(room, ended, may):
    """The director's gate opened yesterday; until `ended` TM02 drafted."""
    room.put_list_to_the_director(2018)
    room.clock.on += timedelta(days=1)
    room.give("TM02", "drafter", ALWAYS, room.clock.on + timedelta(days=ended))
    room.give("TM02", "director")
    room.put_list_to_the_director(2018)  # the draft names both who may sign it
    assert (answer(room, room.code("TM02"), "TM02") == "") is may


def test_who_drafts_for_another_does_not_approve_it_either(room):
    with transaction(room.office.engine) as session:
        who = {"from_officer": "TM02", "to_officer": "GD01", "role": "drafter", "capacity": "TUQ."}
        span = {"valid_from": room.clock.on, "valid_to": room.clock.on}
        store.delegate(session, **who, **span, by="TM02", at=room.office.now())
    room.put_list_to_the_director(2018)
    assert "đã soạn thảo" in answer(room, room.code("GD01"), "GD01")


# Delegations


def delegate(room, first, last, capacity="KT."):
    with transaction(room.office.engine) as session:
        store.delegate(
            session,
            from_officer="GD01",
            to_officer="BCN1",
            role="director",
            capacity=capacity,
            valid_from=room.clock.on + timedelta(days=first),
            valid_to=room.clock.on + timedelta(days=last),
            by="GD01",
            at=room.office.now(),
        )
    room.put_list_to_the_director(2018)  # the tờ trình shows who signs


@pytest.mark.parametrize(("first", "last", "may"), [(-3, -1, False), (-1, 0, True), (0, 2, True), (1, 2, False)])
def test_a_delegation_counts_from_its_first_to_its_last_day(room, first, last, may):
    delegate(room, first, last)
    assert (answer(room, room.code("BCN1"), "BCN1") == "") is may


def test_the_approval_says_for_whom_and_as_what_it_was_given(room):
    delegate(room, 0, 0)
    assert answer(room, room.code("BCN1"), "BCN1") == ""
    approval = room.ask(reading.approvals)[-1][1]
    assert (approval.officer_id, approval.on_behalf_of, approval.capacity) == ("BCN1", "GD01", "KT.")


def test_nobody_passes_on_an_office_that_is_not_theirs_any_more(room):
    delegate(room, 0, 5)
    with transaction(room.office.engine) as session:
        at = room.office.now()
        store.disable_officer(session, officer_id="GD01", on=room.clock.on, reason="Chuyển", by="QT01", at=at)
    assert "đề nghị chuyển đúng người" in answer(room, room.code("BCN1"), "BCN1")


def end_delegation(room, after):
    with transaction(room.office.engine) as session:
        return store.end_delegation(
            session,
            from_officer="GD01",
            to_officer="BCN1",
            role="director",
            on=room.clock.on + timedelta(days=after),
            reason="Giám đốc đã về",
            by="QT01",
            at=room.office.now(),
        )


@pytest.mark.parametrize(("after", "may"), [(0, False), (1, True)])
def test_a_delegation_ended_before_its_time_counts_until_the_day_before(room, after, may):
    delegate(room, -3, 5)
    assert end_delegation(room, after) == 1
    assert (answer(room, room.code("BCN1"), "BCN1") == "") is may


def test_one_that_has_not_begun_never_does_and_one_that_is_over_is_left_alone(room):
    delegate(room, 1, 5)
    delegate(room, -3, -1)
    assert end_delegation(room, 0) == 1
    assert end_delegation(room, 0) == 0
    room.clock.on += timedelta(days=2)
    assert room.ask(reading.acting, "director", room.clock.on) == []


# Devices and their administrator


def admin(room):
    return Actor("QT01", room.code("QT01"))


def test_a_new_device_counts_after_its_first_code(room):
    with transaction(room.office.engine) as session:
        store.add_officer(session, code="GD02", name="A", title="B", agency="board", by="QT01", at=room.office.now())
    made = offer(room.office, admin(room), "GD02")
    secret = made.uri.partition("secret=")[2].partition("&")[0]
    assert made.uri.startswith("otpauth://totp/chuyenhoa:GD02?")
    assert "chưa có thiết bị" in answer(room, TOTP(secret).at(room.office.now()), "GD02")
    with pytest.raises(Refusal, match="Mã không đúng"):
        confirm(room.office, "GD02", "000000")
    confirm(room.office, "GD02", TOTP(secret).at(room.office.now()))
    assert room.ask(reading.device, "GD02").state == "active"
    assert room.ask(reading.device, "GD02").failures == 0
    assert secret not in str(room.rows())


def test_five_wrong_first_codes_lock_the_offered_device_for_a_quarter_of_an_hour(room):
    with transaction(room.office.engine) as session:
        store.add_officer(session, code="GD02", name="A", title="B", agency="board", by="QT01", at=room.office.now())
    secret = offer(room.office, admin(room), "GD02").uri.partition("secret=")[2].partition("&")[0]
    for _ in range(5):
        with pytest.raises(Refusal, match="Mã không đúng"):
            confirm(room.office, "GD02", "abc")
    with pytest.raises(Refusal, match="đang tạm khóa"):
        confirm(room.office, "GD02", TOTP(secret).at(room.office.now()))
    assert room.ask(reading.device, "GD02").state == "offered"
    mails = room.ask(reading.mail_keys, "locked:GD02:")
    assert {key.rpartition("/")[2] for key in mails} == {"GD02", "QT01"}
    room.clock.tick(minutes=15)
    confirm(room.office, "GD02", TOTP(secret).at(room.office.now()))
    assert room.ask(reading.device, "GD02").state == "active"


def test_a_lost_device_needs_an_administrator_and_a_second_officer(room):
    office = room.office
    with pytest.raises(Refusal, match="đã có thiết bị"):
        offer(office, admin(room), "GD01")

    def reset(session, at):
        store.reset_device(session, officer_id="GD01", reason="Mất máy", by="QT01", at=at)

    def clear(by):
        return lambda session, at: store.clear_device(session, officer_id="GD01", by=by, at=at)

    act(office, admin(room), reset)
    assert "chưa có thiết bị" in answer(room, room.code("GD01"))
    with pytest.raises(Refusal, match="chờ người thứ hai"):
        offer(office, admin(room), "GD01")
    with pytest.raises(Refusal, match="cán bộ thứ hai"):
        act_as_officer(office, admin(room), clear("QT01"))
    act_as_officer(office, Actor(HEAD, room.code(HEAD)), clear(HEAD))
    assert offer(office, admin(room), "GD01").officer == "GD01"


def test_only_an_administrator_acts_and_with_a_code(room):
    for actor, said in (
        (Actor("GD01", room.code("GD01")), "không phải quản trị"),
        (Actor("QT01", ""), "không đúng"),
        (Actor("QT01", wrong(room, "QT01")), "không đúng"),
    ):
        with pytest.raises(Refusal, match=said):
            offer(room.office, actor, "GD01")
    assert room.ask(reading.device, "QT01").failures == 2


# The key


def test_the_key_lies_outside_the_database_for_its_owner_only(room):
    path = room.office.settings.key_path
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_bytes().strip() not in (room.office.folder / "chuyenhoa.db").read_bytes()


def test_a_missing_key_is_refused_and_never_made_again(room):
    path = room.office.settings.key_path
    path.rename(path.with_suffix(".away"))
    install(room.office)
    assert not path.exists()
    assert "không tự tạo khóa mới" in answer(room, room.code("GD01"))
    path.with_suffix(".away").rename(path)
    assert answer(room, room.code("GD01")) == ""


@pytest.mark.parametrize("content", [b"", b"nonsense\n"])
def test_a_broken_key_is_refused(tmp_path, content):
    path = tmp_path / "key"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(Refusal, match="bị hỏng"):
        encrypt(path, "x")


def test_another_installation_s_key_is_refused(tmp_path):
    ours, theirs = tmp_path / "ours", tmp_path / "keys" / "theirs"
    assert make_key(ours)
    assert make_key(theirs)
    assert not make_key(ours)
    with pytest.raises(Refusal, match="không phải khóa đã dùng"):
        decrypt(theirs, encrypt(ours, "x"))


@pytest.mark.parametrize("kept", ["", "evil", "Đ"])
def test_a_secret_that_was_changed_points_to_the_verification_too(tmp_path, kept):
    make_key(tmp_path / "key")
    with pytest.raises(Refusal, match="hoặc dữ liệu thiết bị đã bị sửa; hãy chạy `chuyenhoa audit verify`"):
        decrypt(tmp_path / "key", kept)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_a_key_open_to_others_is_refused(tmp_path):
    path = tmp_path / "key"
    make_key(path)
    path.chmod(0o640)
    with pytest.raises(Refusal, match="chmod 600"):
        encrypt(path, "x")


def test_the_reason_is_asked_before_anything_is_done(room):
    gate = replace(room.gate("selection_proposal"), subject_sha256="0" * 64)
    assert "đã thay đổi" in take_answer(room.office, gate, Answer("approve", "GD01", code=room.code("GD01")))
