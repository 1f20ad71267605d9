"""What an administrator gives counts for nothing until a second officer has confirmed it; who is told of what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pyotp.totp import TOTP

from models import reading, store
from models.db import read, transaction
from reports.mail import administration_changed
from rules.errors import Refusal
from rules.second_officer import INIT
from samples.officers import give_device
from settings import Settings
from tasks.administration_notices import is_end_untold, tell_of_end
from tasks.codes import Actor
from tasks.gate_notices import remind_holder
from tasks.officer_changes import correct, withdraw_device
from tasks.officers import act, act_as_officer, confirm, ends_from, offer
from tasks.opening import install, open_office
from tasks.second_officers import confirm_lent, confirm_new_device, confirm_office, confirm_withdrawn
from tasks.signatures import signing_of

DAY = timedelta(days=1)
KIND = "selection_proposal"


@pytest.fixture
def room(room_at):
    """Everybody has a device, QT01 is the only administrator; the director is asked about the first list."""
    return room_at("first_list_proposed")


def newcomer(room, code="X1", role="director", by="QT01", device=True):
    """Somebody whom an administrator adds, gives an office and (to be sure) a device that shows codes to the giver."""
    with transaction(room.office.engine) as s:
        signed = {"by": by, "at": room.office.now()}
        if reading.officer(s, code) is None:
            store.add_officer(s, code=code, name="A", title="Giám đốc", agency="provincial_police", **signed)
        store.give_role(s, officer_id=code, role=role, valid_from=room.clock.on, **signed)
        if device and reading.device(s, code) is None:
            give_device(s, room.office, code)


def second(room, by, officer="X1", role="director"):
    actor = Actor(by, room.code(by))
    work = lambda s, at: confirm_office(s, room.office, officer, role, by=by, at=at)  # noqa: E731
    return act_as_officer(room.office, actor, work)


def administer(room, write, by="QT01", said=None, **values):
    """What an administrator does, by the store's function `write`."""
    work = lambda s, at: write(s, **values, by=by, at=at)  # noqa: E731
    return act(room.office, Actor(by, room.code(by)), work, told=(said if said is not None else []).append)


def change(room, write, **values):
    with transaction(room.office.engine) as s:
        return write(s, **values, at=room.office.now())


# An office that waits counts for nothing


def test_who_is_given_an_office_answers_nothing_until_another_has_confirmed_it(room):
    newcomer(room)
    assert "đề nghị chuyển đúng người" in room.answer(KIND, officer="X1")
    second(room, "TM01")
    assert "ghi người ký là" in room.answer(KIND, officer="X1"), "an office now, but the draft still names one director"
    room.put_list_to_the_director(2018)  # as the watch does before the answer
    assert room.answer(KIND, officer="X1") == ""
    assert [e.action for e in room.ask(reading.audit_trail, "officer:X1")][:2] == ["officer_added", "role_given"]
    (event,) = [e for e in room.ask(reading.audit_trail, "officer:X1") if e.action == "role_confirmed"]
    assert (event.actor, event.details["given_by"], event.details["role"]) == ("TM01", ["QT01"], "director")


def test_an_administrator_who_gives_themselves_the_director_s_office_is_no_director(room):
    newcomer(room, "QT01")
    with pytest.raises(Refusal, match="cán bộ thứ hai, khác QT01"):
        second(room, "QT01", "QT01")
    assert "do Giám đốc Công an tỉnh quyết định" in room.answer(KIND, officer="QT01")


def test_nor_is_a_second_administrator_whom_the_first_has_just_made_up_anybody_s_second_officer(room):
    newcomer(room, "QT02", "administrator")
    newcomer(room, "X1")
    with pytest.raises(Refusal, match="do cán bộ TM01 xác nhận"):
        second(room, "QT02")
    with pytest.raises(Refusal, match="không phải quản trị"):
        administer(room, store.give_role, by="QT02", officer_id="X1", role="secretary", valid_from=room.clock.on)


def test_it_is_reminded_of_nothing_drafts_nothing_and_signs_nothing(room):
    newcomer(room)
    assert remind_holder(room.office, room.gate(KIND).id) == 1
    assert {key.rpartition("/")[2] for key in room.ask(reading.mail_keys, "holder:")} == {"GD01"}
    with transaction(room.office.engine) as s:
        who = {"from_officer": "GD01", "to_officer": "X1", "role": "director", "capacity": "KT."}
        on = room.clock.on
        store.delegate(s, **who, valid_from=on, valid_to=on, by="QT01", at=room.office.now())
    assert room.ask(signing_of, KIND, room.clock.on).officers == ("GD01",)
    assert room.ask(reading.acting, "director", room.clock.on) == []
    assert "X1" not in room.ask(reading.ever_in_role, "director", room.clock.on, room.clock.on)


def test_a_confirmation_counts_from_its_own_day_never_for_a_day_before(room):
    newcomer(room)
    room.clock.on += 2 * DAY
    second(room, "TM01")
    for day, held in ((-1, []), (0, ["director"]), (1, ["director"])):
        assert room.ask(reading.roles, "X1", room.clock.on + day * DAY) == held


def test_what_was_confirmed_is_not_made_longer_behind_the_second_officer_s_back(room):
    newcomer(room)
    second(room, "TM01")
    with pytest.raises(Refusal, match="đã giữ vai trò"):
        change(
            room, store.give_role, officer_id="X1", role="director", valid_from=room.clock.on,
            valid_to=room.clock.on + 9 * DAY, by="QT01",
        )  # fmt: skip


def test_a_role_taken_back_while_it_waits_is_confirmed_by_nobody(room):
    newcomer(room)
    change(room, store.end_role, officer_id="X1", role="director", on=room.clock.on, reason="Nhầm", by="QT01")
    with pytest.raises(Refusal, match="không có vai trò"):
        second(room, "TM01")


def test_an_officer_without_a_code_confirms_nothing(room):
    newcomer(room)
    work = lambda s, at: confirm_office(s, room.office, "X1", "director", by="TM01", at=at)  # noqa: E731
    with pytest.raises(Refusal, match="không đúng"):
        act_as_officer(room.office, Actor("TM01", "000000"), work)
    assert room.ask(reading.roles, "X1", room.clock.on) == []


# Delegations


def lend(room, by, to="X1"):
    newcomer(room, to, "drafter")
    who = {"from_officer": "GD01", "to_officer": to, "role": "director", "capacity": "KT."}
    return change(room, store.delegate, **who, valid_from=room.clock.on, valid_to=room.clock.on + 5 * DAY, by=by)


def confirm_loan(room, by, to="X1"):
    work = lambda s, at: confirm_lent(s, room.office, "GD01", to, "director", by=by, at=at)  # noqa: E731
    return act_as_officer(room.office, Actor(by, room.code(by)), work)


def acting(room):
    return [to.id for _, to in room.ask(reading.acting, "director", room.clock.on)]


def test_a_director_who_lends_the_own_office_needs_nobody(room):
    assert not lend(room, "GD01").is_waiting
    assert acting(room) == ["X1"]


def test_nor_after_an_administrator_has_recorded_the_same(room):
    assert lend(room, "QT01").is_waiting
    assert not lend(room, "GD01").is_waiting
    assert acting(room) == ["X1"]
    assert lend(room, "QT01").given_by is None, "the same again from the administrator changes nothing"


@pytest.mark.parametrize("by", ["GD01", "TM01"])
def test_one_that_an_administrator_records_waits_for_the_director_or_a_second_officer(room, by):
    assert lend(room, "QT01").is_waiting
    assert acting(room) == []
    confirm_loan(room, by)
    assert acting(room) == ["X1"]


@pytest.mark.parametrize(
    ("by", "said"), [("QT01", "cán bộ thứ hai"), ("X1", "cán bộ thứ hai"), ("BCN1", "do cán bộ TM01")]
)
def test_and_for_nobody_else(room, by, said):
    lend(room, "QT01")
    with pytest.raises(Refusal, match=said):
        confirm_loan(room, by)


def test_an_administrator_who_delegates_to_themselves_acts_for_nobody(room):
    lend(room, "QT01", "QT01")
    assert "do Giám đốc Công an tỉnh quyết định" in room.answer(KIND, officer="QT01")
    with pytest.raises(Refusal, match="cán bộ thứ hai"):
        confirm_loan(room, "QT01", "QT01")


def test_one_that_is_changed_waits_again(room):
    lend(room, "QT01")
    confirm_loan(room, "GD01")
    who = {"from_officer": "GD01", "to_officer": "X1", "role": "director", "capacity": "KT."}
    change(room, store.delegate, **who, valid_from=room.clock.on, valid_to=room.clock.on + 90 * DAY, by="QT01")
    assert acting(room) == []


# A device withdrawn


def test_who_holds_nothing_that_was_confirmed_does_not_confirm_the_withdrawal_of_a_device(room):
    newcomer(room, "X1", "secretary")
    administer(room, store.reset_device, officer_id="GD01", reason="Mất")
    done = lambda by: act_as_officer(  # noqa: E731
        room.office,
        Actor(by, room.code(by)),
        lambda s, at: confirm_withdrawn(s, room.office, "GD01", by=by, at=at),
    )
    with pytest.raises(Refusal, match="vai trò có thẩm quyền"):
        done("X1")
    assert done("TK01").state == "cleared"


# Whose hand a device is in


def as_second(room, by, what, *values):
    return act_as_officer(
        room.office, Actor(by, room.code(by)), lambda s, at: what(s, room.office, *values, by=by, at=at)
    )


def enrol(room, code, by="QT01"):
    """The officer's new device, offered by an administrator; whether it works."""
    secret = offer(room.office, Actor(by, room.code(by)), code).secret.replace(" ", "")
    room.clock.tick()
    return confirm(room.office, code, TOTP(secret).at(room.office.now()))


def test_an_office_is_confirmed_only_once_its_receiver_s_device_works(room):
    newcomer(room, device=False)
    with pytest.raises(Refusal, match="X1 chưa có thiết bị tạo mã"):
        second(room, "TM01")
    assert enrol(room, "X1")
    second(room, "TM01")
    assert room.ask(reading.roles, "X1", room.clock.on) == ["director"]


def test_nor_is_a_delegation_that_an_administrator_recorded(room):
    newcomer(room, device=False, role="secretary")
    who = {"from_officer": "GD01", "to_officer": "X1", "role": "director", "capacity": "KT."}
    on = room.clock.on
    change(room, store.delegate, **who, valid_from=on, valid_to=on, by="QT01")
    with pytest.raises(Refusal, match="X1 chưa có thiết bị tạo mã"):
        confirm_loan(room, "GD01")


def withdrawn(room, code):
    administer(room, store.reset_device, officer_id=code, reason="Mất")
    as_second(room, "TM01", confirm_withdrawn, code)


def test_after_a_lost_device_the_new_one_of_who_holds_a_confirmed_office_waits_for_a_second_officer(room):
    withdrawn(room, "GD01")
    assert not enrol(room, "GD01")
    assert "officer confirm-device GD01" in room.answer(KIND)
    for by, said in (("QT01", "cán bộ thứ hai"), ("TM02", "vai trò có thẩm quyền")):
        with pytest.raises(Refusal, match=said):
            as_second(room, by, confirm_new_device, "GD01")
    assert as_second(room, "TM01", confirm_new_device, "GD01").state == "active"


def test_so_does_the_first_device_of_who_acts_for_the_director_already(room):
    newcomer(room, role="secretary", device=False)
    who = {"from_officer": "GD01", "to_officer": "X1", "role": "director", "capacity": "KT."}
    on = room.clock.on
    change(room, store.delegate, **who, valid_from=on, valid_to=on, by="GD01")
    assert not enrol(room, "X1")
    assert as_second(room, "GD01", confirm_new_device, "X1").state == "active"


def test_and_the_new_one_of_the_first_administrator_whose_office_nobody_confirmed(room):
    administer(room, store.reset_device, by="QT01", officer_id="QT01", reason="Đổi máy")
    as_second(room, "TM01", confirm_withdrawn, "QT01")
    assert not enrol(room, "QT01", by="TM01")
    assert as_second(room, "GD01", confirm_new_device, "QT01").state == "active"


def test_a_drafter_s_new_device_works_at_once(room):
    withdrawn(room, "TM02")
    assert enrol(room, "TM02")
    administer(room, store.reset_device, officer_id="TM02", reason="Mất")
    with pytest.raises(Refusal, match="không có thiết bị nào chờ"):
        as_second(room, "TM01", confirm_new_device, "TM02")


def letters(room):
    kept = [m for m in room.ask(reading.mails_unsent) if "vừa được thay đổi" in m.subject]
    return sorted(m.recipient_address for m in kept), "\n".join(m.body for m in kept)


def test_a_corrected_address_is_told_at_the_old_one_and_the_new_and_to_the_administrators(room):
    given = {"name": None, "email": "moi@minhhoa.invalid"}
    for _ in range(2):  # the same again is told to nobody
        actor = Actor("QT01", room.code("QT01"))
        act(room.office, actor, lambda s, at: correct(s, room.office, "GD01", given, by="QT01", at=at))
    addresses, said = letters(room)
    assert addresses == ["gd01@minhhoa.invalid", "moi@minhhoa.invalid", "qt01@minhhoa.invalid"]
    assert "Sửa địa chỉ thư: “gd01@minhhoa.invalid” thành “moi@minhhoa.invalid”" in said


def test_a_withdrawn_device_is_told_to_its_owner_and_to_the_administrators(room):
    for _ in range(2):
        actor = Actor("QT01", room.code("QT01"))
        act(room.office, actor, lambda s, at: withdraw_device(s, room.office, "GD01", "Mất", by="QT01", at=at))
    addresses, said = letters(room)
    assert addresses == ["gd01@minhhoa.invalid", "qt01@minhhoa.invalid"]
    assert "Hủy thiết bị tạo mã, lý do: Mất" in said


# Setting up


class Phones:
    """The devices of an office being set up, and its clock."""

    def __init__(self, folder):
        self.now, self.secrets = datetime(2018, 5, 2, 1, 0, tzinfo=UTC), {}
        self.office = open_office(Settings(data_dir=folder, database_url=""), now=lambda: self.now, durable=False)
        install(self.office, by=INIT)

    def appoint(self, code, role):
        span = [store.RoleSpan(role, self.office.today)]
        with transaction(self.office.engine) as s:
            store.add_officer(s, code=code, name=code, title="B", agency="board", roles=span, by=INIT, at=self.now)

    def actor(self, code):
        """Who proves to be there, a minute after the code before; who has no device gives none."""
        self.now += timedelta(minutes=1)
        return Actor(code, TOTP(self.secrets[code]).at(self.now) if code in self.secrets else "")

    def enrol(self, code):
        self.secrets[code] = offer(self.office, self.actor("QT01"), code).secret.replace(" ", "")
        confirm(self.office, code, self.actor(code).code)

    def confirm(self, code, role, by):
        actor = self.actor(by)
        act_as_officer(self.office, actor, lambda s, at: confirm_office(s, self.office, code, role, by=by, at=at))

    def held(self):
        with read(self.office.engine) as s:
            return {o.id: reading.roles(s, o.id, self.office.today) for o in reading.officers(s)}


THREE = (("QT01", "administrator"), ("TM01", "standing_office_head"), ("GD01", "director"))


@pytest.fixture
def phones(tmp_path):
    return Phones(tmp_path)


def test_an_office_of_three_is_set_up_by_its_one_it_officer_and_two_who_confirm_each_other(phones):
    for code, role in THREE:
        phones.appoint(code, role)
    for code, _ in THREE:
        phones.enrol(code)
    assert phones.held() == {"QT01": ["administrator"], "TM01": [], "GD01": []}
    for code, role, by in (
        ("GD01", "director", "QT01"),  # who sat at the machine when it was given
        ("TM01", "standing_office_head", "QT01"),
        ("TM01", "standing_office_head", "TM01"),  # who receives it
    ):
        with pytest.raises(Refusal):
            phones.confirm(code, role, by)
    phones.confirm("TM01", "standing_office_head", "GD01")
    phones.confirm("GD01", "director", "TM01")
    assert phones.held() == {code: [role] for code, role in THREE}


def test_once_one_office_was_confirmed_nobody_confirms_who_waits_too(phones):
    for code, role in (*THREE, ("TK01", "secretary")):
        phones.appoint(code, role)
    for code in ("QT01", "TM01", "GD01", "TK01"):
        phones.enrol(code)
    phones.confirm("TM01", "standing_office_head", "GD01")
    with pytest.raises(Refusal, match="do cán bộ TM01 xác nhận"):
        phones.confirm("TK01", "secretary", "GD01")


def test_an_administrator_alone_with_somebody_made_up_gets_nowhere(phones):
    phones.appoint("QT01", "administrator")
    phones.appoint("X1", "director")
    for code in ("QT01", "X1"):
        phones.enrol(code)
    with pytest.raises(Refusal):
        phones.confirm("X1", "director", "QT01")
    with pytest.raises(Refusal, match="cán bộ thứ hai"):
        phones.confirm("X1", "director", "X1")


def test_the_administrator_s_lost_phone_stops_no_setting_up_once_the_two_have_confirmed_each_other(phones):
    for code, role in THREE:
        phones.appoint(code, role)
    for code, _ in THREE:
        phones.enrol(code)
    phones.confirm("TM01", "standing_office_head", "GD01")
    reset = lambda s, at: store.reset_device(s, officer_id="QT01", reason="Mất", by="TM01", at=at)  # noqa: E731
    act(phones.office, phones.actor("TM01"), reset, losing="QT01")
    with read(phones.office.engine) as s:
        assert reading.administrator_was_confirmed(s)


# Days


def end(room, role="director", on=None, officer="GD01", to=""):
    return room.ask(lambda s: ends_from(s, room.office, officer, role, on, to))


def test_an_office_ends_today_at_the_earliest(room):
    on = room.clock.on
    assert end(room) == on
    assert end(room, on=on) == on
    assert end(room, on=on + DAY) == on + DAY
    with pytest.raises(Refusal, match="đã qua"):
        end(room, on=on - DAY)


def test_and_tomorrow_for_who_has_answered_today_so_that_no_answer_loses_its_right(room):
    assert room.answer(KIND) == ""
    on = room.clock.on
    assert end(room) == end(room, role=None) == on + DAY
    assert end(room, role="board_chair") == on, "the answer rests on the director's office only"
    with pytest.raises(Refusal, match="đã làm việc với vai trò đó"):
        end(room, on=on)
    assert end(room, officer="TM01", role="standing_office_head") == on
    room.clock.on += DAY
    assert end(room) == room.clock.on


def test_what_a_deputy_answered_holds_the_deputy_the_head_and_the_delegation(room):
    room.deputise("PGD1", "Phó Giám đốc", room.clock.on, room.clock.on + 9 * DAY)
    room.put_list_to_the_director(2018)
    assert room.answer(KIND, officer="PGD1") == ""
    tomorrow = room.clock.on + DAY
    assert end(room, to="PGD1") == tomorrow
    assert end(room) == tomorrow
    assert end(room, role=None, officer="PGD1") == tomorrow
    assert end(room, to="BCN1") == room.clock.on


# Who is told


def mails(room):
    return {key.rpartition("/")[2]: key for key in room.ask(reading.mail_keys, "administration:")}


def test_when_the_head_stands_in_administrators_head_and_director_get_one_mail_and_a_warning_comes_first(room):
    change(room, store.reset_device, officer_id="QT01", reason="Mất", by="TM01")
    said = []
    room.clock.tick()
    administer(room, store.give_role, "TM01", said, officer_id="BCN1", role="secretary", valid_from=room.clock.on)
    assert "TM01 làm thay quản trị hệ thống" in said[0]
    assert mails(room).keys() == {"QT01", "TM01", "GD01"}
    body = room.ask(lambda s: [m.body for m in reading.mails_unsent(s) if "làm thay" in m.subject])[0]
    assert "- Giao vai trò cho cán bộ: BCN1" in body
    assert "code_taken" not in body


@pytest.mark.parametrize("days", [0, 7])
@pytest.mark.parametrize("how", ["disable", "remove"])
def test_when_the_last_administrator_goes_today_or_by_an_end_date_the_same_are_told(room, days, how):
    on, said = room.clock.on + days * DAY, []
    values = {"officer_id": "QT01", "on": on, "reason": "Nghỉ hưu"}
    if how == "remove":
        administer(room, store.end_role, "QT01", said, role="administrator", **values)
    else:
        administer(room, store.disable_officer, "QT01", said, **values)
    assert f"từ ngày {on:%d/%m/%Y} không còn ai giữ vai trò Quản trị hệ thống" in said[0]
    assert mails(room).keys() == {"QT01", "TM01", "GD01"}


def test_nobody_is_told_while_another_administrator_stays(room):
    newcomer(room, "QT02", "administrator")
    second(room, "TM01", "QT02", "administrator")
    said = []
    administer(room, store.disable_officer, "QT01", said, officer_id="QT01", on=room.clock.on + DAY, reason="Nghỉ hưu")
    assert (said, mails(room)) == ([], {})


def test_one_whose_office_waits_is_no_other_administrator(room):
    newcomer(room, "QT02", "administrator")
    said = []
    administer(room, store.disable_officer, "QT01", said, officer_id="QT01", on=room.clock.on, reason="Nghỉ hưu")
    assert said


def test_an_ordinary_act_is_told_to_nobody(room):
    said = []
    administer(room, store.give_role, "QT01", said, officer_id="BCN1", role="secretary", valid_from=room.clock.on)
    assert (said, mails(room)) == ([], {})


def test_a_refused_act_is_told_to_nobody(room):
    said = []
    with pytest.raises(Refusal, match="phải nêu lý do"):
        administer(room, store.disable_officer, "QT01", said, officer_id="QT01", on=room.clock.on, reason=" ")
    assert (said, mails(room)) == ([], {})


@pytest.mark.parametrize(("days", "told"), [(8, False), (7, True), (0, True), (-3, True)])
def test_the_watch_tells_once_that_the_last_administrator_s_office_ends_by_its_own_date(room, days, told):
    first = room.clock.on + days * DAY
    change(room, store.end_role, officer_id="QT01", role="administrator", on=first, reason="Hết hạn", by="QT01")
    assert is_end_untold(room.office) is told
    if told:
        tell_of_end(room.office)
        assert {key.rpartition("/")[2] for key in room.ask(reading.mail_keys, "no_administrator:")} == {
            "QT01",
            "TM01",
            "GD01",
        }
    for _ in range(2):
        assert not is_end_untold(room.office)
        room.clock.on += DAY if told else timedelta(0)


def test_an_office_that_never_had_an_administrator_is_not_told_so_each_day(phones):
    phones.appoint("GD01", "director")
    assert not is_end_untold(phones.office)


def test_the_mail_says_from_which_day_and_who_did_what():
    at = datetime(2018, 5, 2, 8, 0, tzinfo=UTC)
    text = administration_changed("QT01", at, ["Thôi giao nhiệm vụ cho cán bộ: QT01"], False, at.date())
    assert text.subject == "Không còn quản trị hệ thống từ ngày 02/5/2018"
    assert "Lúc 08:00 ngày 02/05/2018, cán bộ QT01 đã thực hiện:\n- Thôi giao nhiệm vụ" in text.body
    alone = administration_changed("", at, (), False, at.date()).body
    assert "Kính gửi đồng chí,\n\nTừ ngày" in alone
    assert "Lúc" not in alone
