"""Who administers: without a code only until the first administrator's device is confirmed, and never again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pyotp.totp import TOTP

from models import reading, store
from models.db import transaction
from rules.errors import Refusal
from samples.officers import give_device
from settings import Settings
from tasks.codes import Actor
from tasks.officers import act, act_as_officer, check_can_delegate, confirm, offer
from tasks.opening import install, open_office

HEAD = "TM01"
ON = date(2018, 5, 2)


@pytest.fixture
def room(room_at):
    """Everybody has a device, QT01 is the only administrator."""
    return room_at("installed")


@pytest.fixture
def new(tmp_path):
    """An office just installed: an administrator and a head, and nobody has a device."""
    office = open_office(Settings(data_dir=tmp_path, database_url=""), durable=False)
    install(office)
    for code, role in (("QT01", "administrator"), (HEAD, "standing_office_head")):
        write(office, store.add_officer, code=code, name="A", title="B", agency="board", roles=[store.RoleSpan(role)])
    return office


def write(office, function, by="test", **values):
    with transaction(office.engine) as session:
        return function(session, **values, by=by, at=office.now())


def add(code):
    return lambda session, at: store.add_officer(
        session, code=code, name="A", title="B", agency="board", by="test", at=at
    )


def first_code(office, made):
    return TOTP(made.secret.replace(" ", "")).at(office.now())


def reset(room, actor, officer):
    act(
        room.office,
        actor,
        lambda session, at: store.reset_device(session, officer_id=officer, reason="Mất", by=actor.officer, at=at),
        losing=officer,
    )


def clear(room, actor, officer):
    act_as_officer(
        room.office,
        actor,
        lambda session, at: store.clear_device(session, officer_id=officer, by=actor.officer, at=at),
    )


def with_code(room, officer):
    return Actor(officer, room.code(officer))


# The window in which no code is asked for


def test_until_an_administrator_s_device_is_confirmed_no_code_is_asked_for(new):
    act(new, Actor("QT01"), add("A1"))
    made = offer(new, Actor("QT01"), "QT01")
    act(new, Actor("QT01"), add("A2"))  # offered is not confirmed
    confirm(new, "QT01", first_code(new, made))
    with pytest.raises(Refusal, match="Mã xác thực không đúng"):
        act(new, Actor("QT01"), add("A3"))


def test_a_device_of_anybody_else_does_not_close_it(new):
    made = offer(new, Actor("QT01"), HEAD)
    confirm(new, HEAD, first_code(new, made))
    act(new, Actor("QT01"), add("A1"))


def test_who_had_a_device_and_is_made_an_administrator_closes_it(new):
    made = offer(new, Actor("QT01"), HEAD)
    confirm(new, HEAD, first_code(new, made))
    write(new, store.give_role, officer_id=HEAD, role="administrator", valid_from=new.today)
    act(new, Actor("QT01"), add("A1"))  # that waits for its confirmation: it is no administrator's device yet
    write(new, store.confirm_role, officer_id=HEAD, role="administrator", on=new.today, by="GD01")
    with pytest.raises(Refusal, match="chưa có thiết bị"):
        act(new, Actor("QT01"), add("A2"))


@pytest.mark.parametrize("how", ["reset", "cleared", "offered", "disabled", "role ended", "role over"])
def test_once_closed_it_never_opens_again(room, how):
    office, on = room.office, room.clock.on
    if how in ("reset", "cleared", "offered"):
        reset(room, with_code(room, "QT01"), "QT01")
    if how in ("cleared", "offered"):
        clear(room, with_code(room, HEAD), "QT01")
    if how == "offered":
        offer(office, with_code(room, HEAD), "QT01")
    if how == "disabled":
        write(office, store.disable_officer, officer_id="QT01", on=on, reason="Nghỉ hưu")
    if how == "role ended":
        write(office, store.end_role, officer_id="QT01", role="administrator", on=on, reason="Chuyển")
    if how == "role over":
        write(office, store.end_role, officer_id="QT01", role="administrator", on=on, reason="Chuyển")
        write(office, store.give_role, officer_id="BCN1", role="administrator", valid_from=on)
        write(office, store.reset_device, officer_id="BCN1", reason="Mất")
    administrators = {o.id for o in room.ask(reading.officers_in_role, "administrator", on)}
    for actor in {"QT01", "BCN1", HEAD} | administrators:
        with pytest.raises(Refusal):
            act(office, Actor(actor), add("A1"))
    assert room.ask(reading.administrator_was_confirmed)
    assert room.ask(reading.officer, "A1") is None


# The head of the standing office, when no administrator can


def test_an_only_administrator_who_lost_the_device_is_helped_by_the_head_and_a_second_officer(room):
    office = room.office
    reset(room, with_code(room, HEAD), "QT01")
    with pytest.raises(Refusal, match="Lãnh đạo cơ quan thường trực làm thay"):
        offer(office, Actor("QT01"), "QT01")
    with pytest.raises(Refusal, match="cán bộ thứ hai"):
        clear(room, with_code(room, HEAD), "QT01")
    clear(room, with_code(room, "GD01"), "QT01")
    made = offer(office, with_code(room, HEAD), "QT01")
    room.clock.tick()
    assert not confirm(office, "QT01", first_code(office, made)), "a new device waits for a second officer"
    admit = lambda session, at: store.admit_device(session, officer_id="QT01", by="GD01", at=at)  # noqa: E731
    act_as_officer(office, with_code(room, "GD01"), admit)
    with pytest.raises(Refusal, match="chỉ làm thay"):
        act(office, with_code(room, HEAD), add("A1"))  # from now on the administrator does it
    room.clock.tick()
    act(office, Actor("QT01", first_code(office, made)), add("A1"))


def test_an_administrator_who_left_leaves_the_head(room):
    write(room.office, store.disable_officer, officer_id="QT01", on=room.clock.on, reason="Nghỉ hưu")
    act(room.office, with_code(room, HEAD), add("QT02"))
    assert room.ask(reading.officer, "QT02") is not None


def test_the_head_needs_an_own_code(room):
    for code, said in (("", "không đúng"), ("000000", "không đúng")):
        with pytest.raises(Refusal, match=said):
            reset(room, Actor(HEAD, code), "QT01")
    assert room.ask(reading.device, "QT01").state == "active"


def test_while_an_administrator_s_device_works_the_head_administers_nothing(room):
    with pytest.raises(Refusal, match="chỉ làm thay khi"):
        act(room.office, with_code(room, HEAD), add("A1"))
    with pytest.raises(Refusal, match="chỉ làm thay khi"):
        reset(room, with_code(room, HEAD), "GD01")


def test_while_another_administrator_can_the_head_withdraws_no_administrator_s_device(room):
    with transaction(room.office.engine) as session:
        signed = {"by": "QT01", "at": room.office.now()}
        span = [store.RoleSpan("administrator")]
        store.add_officer(session, code="QT02", name="A", title="B", agency="board", roles=span, **signed)
        give_device(session, room.office, "QT02")
        store.confirm_role(
            session, officer_id="QT02", role="administrator", on=room.clock.on, by=HEAD, at=room.office.now()
        )
    with pytest.raises(Refusal, match=r"chỉ làm thay khi.*QT02"):
        reset(room, with_code(room, HEAD), "QT01")


@pytest.mark.parametrize("officer", ["GD01", "BCN1", "TM02"])
def test_nobody_else_stands_in(room, officer):
    with pytest.raises(Refusal, match="không phải quản trị"):
        reset(room, with_code(room, officer), "QT01")


# Delegations


def may_pass_on(room, days, role="director"):
    check = lambda session: check_can_delegate(  # noqa: E731
        session, room.office, "GD01", role, room.clock.on + timedelta(days=days)
    )
    room.ask(check)


def test_an_office_is_passed_on_from_today_on_by_who_holds_it_that_day(room):
    may_pass_on(room, 0)
    with pytest.raises(Refusal, match="trước hôm nay"):
        may_pass_on(room, -1)
    write(
        room.office, store.end_role, officer_id="GD01", role="director", on=room.clock.on + timedelta(3), reason="Nghỉ"
    )
    may_pass_on(room, 2)
    with pytest.raises(Refusal, match="không giữ vai trò"):
        may_pass_on(room, 3)


# What is written of an officer


def test_a_role_given_twice_is_held_once(room):
    write(room.office, store.give_role, officer_id="GD01", role="director", valid_from=room.clock.on)
    assert room.ask(reading.roles, "GD01", room.clock.on) == ["director"]
    assert [o.id for o in room.ask(reading.officers_in_role, "director", room.clock.on)] == ["GD01"]


@pytest.mark.parametrize(("after", "held"), [(-1, []), (0, []), (1, ["director"])])
def test_a_role_that_ended_is_held_until_the_day_before(room, after, held):
    on = room.clock.on + timedelta(days=after)
    write(room.office, store.end_role, officer_id="GD01", role="director", on=on, reason="Chuyển")
    assert room.ask(reading.roles, "GD01", room.clock.on) == held


def test_a_role_taken_back_before_its_first_day_is_never_held_and_can_be_given_again(room):
    first = room.clock.on + timedelta(days=10)
    role = {"officer_id": "BCN1", "role": "director"}
    room.give("BCN1", "director", first)
    assert write(room.office, store.end_role, **role, on=first - timedelta(5), reason="Thôi") == 1
    assert room.ask(reading.role_spans, "BCN1", first - timedelta(5))[-1].role != "director"
    assert "director" not in room.ask(reading.roles, "BCN1", first)
    write(room.office, store.give_role, **role, valid_from=first)
    assert "director" not in room.ask(reading.roles, "BCN1", first)  # what was confirmed is not what is given now
    write(room.office, store.confirm_role, **role, on=first, by=HEAD)
    assert "director" in room.ask(reading.roles, "BCN1", first)


def test_codes_that_differ_only_in_case_are_one_officer_s(room):
    for code in ("gd01", "Gd01", " GD01"):
        with pytest.raises(Refusal, match="GD01 đã được cấp"):
            write(room.office, store.add_officer, code=code, name="Khác", title="B", agency="board")
    made = write(room.office, store.add_officer, code="tk09", name="A", title="B", agency="board")
    assert made.id == "TK09"


def test_a_code_from_before_that_rule_still_stands_in_the_way(room):
    with room.office.engine.begin() as connection:
        columns = "id, name, title, agency, email, valid_from"
        connection.exec_driver_sql(f"INSERT INTO officer ({columns}) VALUES ('cu01', 'A', 'B', 'C', '', '1900-01-01')")
    with pytest.raises(Refusal, match="cu01 đã được cấp"):
        write(room.office, store.add_officer, code="CU01", name="Khác", title="B", agency="board")


def test_what_is_corrected_is_in_the_trail_and_blank_is_refused(room):
    write(room.office, store.correct_officer, officer_id="GD01", title="Quyền Giám đốc", email="")
    event = room.ask(reading.audit_trail)[-1]
    assert event.action == "officer_corrected"
    assert event.details["now"] == {"email": "", "title": "Quyền Giám đốc"}
    assert event.details["was"]["title"] == "Giám đốc Công an tỉnh"
    with pytest.raises(Refusal, match="không được để trống"):
        write(room.office, store.correct_officer, officer_id="GD01", name=" ")


@pytest.mark.parametrize("function", [store.end_role, store.disable_officer, store.reset_device])
def test_what_ends_needs_its_reason(room, function):
    how = {"role": "director"} if function is store.end_role else {}
    how |= {} if function is store.reset_device else {"on": room.clock.on}
    with pytest.raises(Refusal, match="phải nêu lý do"):
        write(room.office, function, officer_id="GD01", reason=" ", **how)
