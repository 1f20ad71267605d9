"""`officer`, typed: added, corrected, given and relieved of offices, listed; and a database somebody else changed."""

from __future__ import annotations

import re
import sqlite3
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models import reading, store
from models.db import connect, read, transaction
from samples.officers import give_device

ADMINISTRATOR = "QT01,Nguyễn Văn A,Cán bộ Phòng Tham mưu,standing_office,administrator"
GD01 = ("GD01", "--name", "Lê Văn C", "--title", "Giám đốc", "--agency", "provincial_police")
BY = ("--by", "QT01")


@pytest.fixture
def shell(empty):
    """An office being set up: its administrator has no device yet, and so needs no code."""
    assert empty.type("init", "--officer", ADMINISTRATOR).code == 0
    return empty


def ask(shell, query, *args):
    engine = connect(f"sqlite:///{shell.folder / 'chuyenhoa.db'}", durable=False)
    with read(engine) as session:
        found = query(session, *args)
    engine.dispose()
    return found


def write(shell, function, by="TM01", **values):
    """What somebody does who has no device yet."""
    engine = connect(f"sqlite:///{shell.folder / 'chuyenhoa.db'}", durable=False)
    with transaction(engine) as session:
        assert function(session, **values, by=by, at=datetime.now(UTC))
    engine.dispose()


def confirmed(shell, role):
    """The second officer confirms it: setting up without codes is over with that."""
    write(shell, store.confirm_role, officer_id="GD01", role=role, on=day())


def row(shell, code="GD01"):
    (found,) = [row for row in shell.json("officer", "list") if row["code"] == code]
    return found


def day(days=0):
    return (datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")) + timedelta(days=days)).date()


def typed(on: date):
    return f"{on:%d/%m/%Y}"


def add(shell, *more, who=GD01):
    return shell.type("officer", "add", *who, *more, *BY).out


# Added, and added to


def test_either_spelling_of_a_code_is_the_same_officer(shell):
    assert "Đã thêm cán bộ GD01" in add(shell, who=("gd01", *GD01[1:]))
    assert "không có gì thay đổi" in add(shell)
    assert "GD01" in shell.type("officer", "correct", "gd01", "--title", "Quyền Giám đốc", "--by", "qt01").out
    assert shell.json("officer", "list")[0]["code"] == "GD01"
    assert len(shell.json("officer", "list")) == 2


def test_init_knows_one_spelling_too(shell):
    shell.type("init", "--officer", ADMINISTRATOR.replace("QT01", "qt01"))
    assert [row["code"] for row in shell.json("officer", "list")] == ["QT01"]


def test_a_further_role_is_said_to_be_one_and_no_device_is_asked_for_again(station):
    shell, room = station("installed")
    who = ("BCN1", "--name", "Cán bộ BCN1", "--title", "Trưởng Ban Chủ nhiệm", "--agency", "board")
    code = at_noon(room, "QT01")
    said = shell.type("officer", "add", *who, "--role", "committee_chair", *BY, "--code", code).out
    assert "Đã giao thêm vai trò Trưởng Ban Chỉ đạo 138 tỉnh cho cán bộ BCN1" in said.replace("\n", " ")
    assert "không cấp lại" in said
    assert "enrol" not in said


def at_noon(room, officer):
    from datetime import time

    from samples.officers import code_of

    return code_of(officer, datetime.combine(room.clock.on, time(12), tzinfo=room.office.settings.zone))


def test_a_role_that_is_held_is_not_given_again(shell):
    add(shell, "--role", "director")
    assert "không có gì thay đổi" in add(shell, "--role", "director")
    assert len(row(shell)["role_spans"]) == 1


@pytest.mark.parametrize(
    "other", [("--email", "b@minhhoa.invalid"), ("--name", "Lê C"), ("--title", "Phó"), ("--agency", "board")]
)
def test_another_name_title_agency_or_e_mail_of_a_known_officer_is_refused(shell, other):
    add(shell, "--email", "a@minhhoa.invalid")
    said = shell.refusal("officer", "add", *GD01, "--email", "a@minhhoa.invalid", *other, *BY)
    assert "chuyenhoa officer correct GD01" in said


def test_who_left_is_not_added_to(shell):
    add(shell)
    shell.type("officer", "disable", "GD01", "--reason", "Nghỉ hưu", *BY)
    assert "hãy thêm bằng mã mới" in shell.refusal("officer", "add", *GD01, "--role", "director", *BY)


# Corrected, relieved


def test_what_is_written_of_an_officer_is_corrected(shell):
    add(shell, "--email", "a@minhhoa.invalid")
    shell.type("officer", "correct", "GD01", "--name", "Lê Văn Cường", "--email", "", *BY)
    found = row(shell)
    assert (found["name"], found["title"], found["email"]) == ("Lê Văn Cường", "Giám đốc", "")
    (event,) = [event for event in ask(shell, reading.audit_trail) if event.action == "officer_corrected"]
    assert (event.actor, event.subject) == ("QT01", "officer:GD01")


def test_a_correction_says_what_of_whom_and_where(shell):
    add(shell)
    assert "Chưa ghi mục cần sửa" in shell.refusal("officer", "correct", "GD01", *BY)
    assert "Không có cơ quan" in shell.refusal("officer", "correct", "GD01", "--agency", "nowhere", *BY)
    assert "Không tìm thấy cán bộ" in shell.refusal("officer", "correct", "GD02", "--title", "A", *BY)


def test_one_role_is_taken_back_and_the_others_stay(shell):
    add(shell, "--role", "director", "--role", "board_chair")
    ending = ("officer", "remove-role", "GD01", "--role", "director", "--reason", "Chuyển công tác", *BY)
    assert f"thôi giữ vai trò Giám đốc Công an tỉnh từ ngày {typed(day())}" in shell.type(*ending).out
    assert [span["role"] for span in row(shell)["role_spans"]] == ["board_chair"]
    assert "không giữ vai trò" in shell.refusal(*ending)
    assert [e.action for e in ask(shell, reading.audit_trail)][-2:] == ["role_ended", "act_refused"]
    assert "Đã giao thêm vai trò" in add(shell, "--role", "director")
    assert row(shell)["roles"] == []
    confirmed(shell, "director")
    assert row(shell)["roles"] == ["director"]


@pytest.mark.parametrize("command", ["add", "remove-role", "disable"])
def test_nothing_is_given_or_taken_for_a_day_that_is_over(shell, command):
    add(shell, "--role", "director")
    words = {"add": GD01, "remove-role": ("GD01", "--role", "director"), "disable": ("GD01",)}[command]
    why = () if command == "add" else ("--reason", "Nghỉ")
    said = shell.refusal("officer", command, *words, *why, "--from", typed(day(-1)), *BY)
    assert f"Ngày {typed(day(-1))} đã qua" in said
    assert ask(shell, reading.audit_trail)[-1].action == "act_refused"
    assert shell.type("officer", command, *words, *why, "--from", typed(day()), *BY).code == 0


def test_a_drafter_stays_one_until_the_evening(shell):
    add(shell, "--role", "drafter")
    said = shell.type("officer", "remove-role", "GD01", "--role", "drafter", "--reason", "Chuyển", *BY).out
    assert f"từ ngày {typed(day(1))}" in said.replace("\n", " ")
    assert "chuyenhoa officer reset" in " ".join(said.split())
    assert row(shell)["roles"] == ["drafter"]


def test_taking_the_last_administrator_away_warns_first(shell):
    said = shell.type("officer", "disable", "QT01", "--reason", "Nghỉ", "--from", typed(day(3)), *BY).out.splitlines()
    assert said[0].startswith(f"Lưu ý: từ ngày {typed(day(3))} không còn ai giữ vai trò Quản trị hệ thống")
    assert "thôi trả lời" in said[-1]


# Delegations


def delegate(shell, *more, role="director", first=0):
    return ("officer", "delegate", "gd01", "PGD1", "--role", role, "--from", typed(day(first)), "--to", typed(day(9)))


def test_only_what_the_giver_holds_and_a_gate_asks_for_is_delegated_from_today_on(shell):
    add(shell, "--role", "director", "--role", "secretary")
    add(shell, who=("PGD1", *GD01[1:]))
    assert "không giữ vai trò" in shell.refusal(*delegate(shell, role="board_chair"), *BY)
    assert "không trả lời bước phê duyệt nào" in shell.refusal(*delegate(shell, role="secretary"), *BY)
    assert "trước hôm nay" in shell.refusal(*delegate(shell, first=-1), *BY)
    assert "không giữ vai trò" in shell.refusal(*delegate(shell), *BY), "what is not confirmed is nobody's to lend"


def test_a_delegation_that_an_administrator_records_waits_for_the_confirmation(station):
    shell, room = station("installed")
    of, span = ("GD01", "BCN1", "--role", "director"), ("--from", typed(room.clock.on), "--to", "31/12/2017")
    said = shell.type("officer", "delegate", *of, *span, *BY, "--code", at_noon(room, "QT01")).out
    assert "chuyenhoa officer confirm-delegation GD01 BCN1" in said.replace("\n", " ")
    assert row(shell, "BCN1")["delegations"][0]["waits_for_confirmation"]
    assert row(shell, "BCN1")["acts_for"] == []
    listed = " ".join(shell.type("officer", "list").out.split())
    assert "chờ cán bộ thứ hai xác nhận" in listed
    assert "(director)" not in listed
    said = shell.type("officer", "confirm-delegation", *of, "--by", "TM01", "--code", at_noon(room, "TM01")).out
    assert "Đã xác nhận: BCN1 KT. Giám đốc Công an tỉnh" in said
    assert row(shell, "BCN1")["acts_for"] == ["KT. GD01"]


def test_whose_office_it_is_delegates_it_with_the_own_code_and_it_counts_at_once(station):
    shell, room = station("installed")
    words = ("GD01", "BCN1", "--role", "director", "--from", typed(room.clock.on), "--to", "31/12/2017", "--by", "GD01")
    assert "Mã xác thực không đúng" in shell.refusal("officer", "delegate", *words, "--code", "000000")
    said = shell.type("officer", "delegate", *words, "--code", at_noon(room, "GD01")).out
    assert "confirm-delegation" not in said
    assert row(shell, "BCN1")["acts_for"] == ["KT. GD01"]


def lend(room, to, *more, by="GD01"):
    span = ("--from", typed(room.clock.on), "--to", "31/12/2017")
    return ("officer", "delegate", "GD01", to, "--role", "director", *span, "--by", by, *more)


def test_a_drafter_is_lent_nothing_and_who_was_lent_an_office_is_made_no_drafter(station):
    shell, room = station("installed")
    said = shell.refusal(*lend(room, "TM02", "--code", at_noon(room, "GD01")))
    assert "TM02 là Cán bộ soạn thảo" in said
    assert row(shell, "TM02")["delegations"] == []
    with transaction(room.office.engine) as session:
        of = {"from_officer": "GD01", "to_officer": "BCN1", "role": "director", "capacity": "KT."}
        days = {"valid_from": room.clock.on, "valid_to": room.clock.on + timedelta(days=9)}
        store.delegate(session, **of, **days, by="GD01", at=room.office.now())
    who = ("BCN1", "--name", "Cán bộ BCN1", "--title", "Trưởng Ban Chủ nhiệm", "--agency", "board")
    words = ("officer", "add", *who, "--role", "drafter", *BY, "--code", at_noon(room, "QT01"))
    assert "BCN1 đang nhận ủy quyền của GD01" in shell.refusal(*words)
    assert "drafter" not in row(shell, "BCN1")["roles"]


def test_who_left_is_lent_nothing_and_is_no_longer_shown_to_act(station):
    shell, room = station("installed")
    assert shell.type(*lend(room, "BCN1", "--code", at_noon(room, "GD01"))).code == 0
    with transaction(room.office.engine) as session:
        gone = {"on": room.clock.on, "reason": "Nghỉ", "by": "QT01", "at": room.office.now()}
        for code in ("BCN1", "BCD1"):
            store.disable_officer(session, officer_id=code, **gone)
    assert row(shell, "BCN1")["acts_for"] == row(shell, "BCN1")["delegations"] == []
    said = shell.refusal(*lend(room, "BCD1", "--code", at_noon(room, "QT01"), by="QT01"))
    assert "BCD1 thôi nhiệm vụ" in said


def test_who_has_no_device_is_lent_an_office_with_a_warning(station):
    shell, room = station("installed")
    with transaction(room.office.engine) as session:
        who = {"code": "PGD1", "name": "A", "title": "Phó Giám đốc", "agency": "provincial_police"}
        store.add_officer(session, **who, by="QT01", at=room.office.now())
    said = shell.type(*lend(room, "PGD1", "--code", at_noon(room, "GD01"))).out.replace("\n", " ")
    assert "Lưu ý: PGD1 chưa có thiết bị tạo mã" in said
    assert "chuyenhoa officer enrol PGD1" in said


def test_a_new_device_that_waits_is_confirmed_by_a_second_officer(station):
    shell, room = station("installed")
    with transaction(room.office.engine) as session:
        signed = {"officer_id": "BCN1", "at": room.office.now()}
        store.reset_device(session, **signed, reason="Mất", by="QT01")
        store.clear_device(session, **signed, by="TM01")
        give_device(session, room.office, "BCN1")
    assert row(shell, "BCN1")["device"] == "waiting"
    said = shell.type("officer", "confirm-device", "BCN1", "--by", "TM01", "--code", at_noon(room, "TM01")).out
    assert "dùng được ngay" in said
    assert row(shell, "BCN1")["device"] == "active"


# Enrolled


def test_who_enrols_has_to_be_named(shell):
    assert "hãy thêm --by" in shell.refusal("officer", "enrol", "QT01")


def test_a_picture_that_cannot_be_written_is_refused_before_anything_is_kept(shell, tmp_path):
    there = tmp_path / "qr.png"
    there.write_bytes(b"x")
    for place in (tmp_path / "nowhere" / "qr.png", "/proc/qr.png"):
        assert "Không đọc hoặc ghi được" in shell.refusal("officer", "enrol", "QT01", "--png", place, *BY)
    assert "Đã có tệp" in shell.refusal("officer", "enrol", "QT01", "--png", there, *BY)
    assert there.read_bytes() == b"x"
    assert row(shell, "QT01")["device"] is None


def test_a_refused_enrolment_leaves_no_picture(shell, tmp_path):
    shell.refusal("officer", "enrol", "NOBODY", "--png", tmp_path / "qr.png", *BY)
    assert not (tmp_path / "qr.png").exists()


def test_the_secret_can_be_typed_from_the_screen_and_is_not_printed_beside_a_picture(shell, tmp_path):
    page = shell.type("officer", "enrol", "QT01", *BY).out
    assert re.search(r"Khóa để nhập tay nếu không quét được: ([A-Z2-7]{4} ){7}[A-Z2-7]{4}\n", page)
    page = shell.type("officer", "enrol", "QT01", "--png", tmp_path / "qr.png", *BY).out
    assert shell.code == 0
    assert "nhập tay" not in page
    assert (tmp_path / "qr.png").stat().st_mode & 0o777 == 0o600


# Listed


def test_the_list_says_until_when(shell, monkeypatch):
    add(shell, "--email", "gd01@minhhoa.invalid", "--role", "director", "--to", typed(day(30)))
    assert "chờ cán bộ thứ hai xác nhận" in shell.type("officer", "list").out
    add(shell, "--email", "pgd1@minhhoa.invalid", who=("PGD1", *GD01[1:]))
    who = {"from_officer": "GD01", "to_officer": "PGD1", "role": "director", "capacity": "KT."}
    write(shell, store.delegate, by="GD01", **who, valid_from=day(), valid_to=day(9))
    shell.type("officer", "disable", "PGD1", "--reason", "Nghỉ", "--from", typed(day(20)), *BY)
    monkeypatch.setattr("commands.speech.PIPED_WIDTH", 120)
    page = shell.type("officer", "list").out
    assert "Làm đến hết ngày" in page
    assert "gd01@minhhoa.invalid" in page
    assert "Giám đốc Công an tỉnh" in page
    assert "KT. GD01 (Giám đốc" in page
    assert "director" not in page
    assert all(f"đến {typed(day(last))}" in page for last in (9, 30))
    assert typed(day(19)) in page
    assert max(map(len, page.splitlines())) <= 120


def test_machines_get_spans_beside_the_names(shell):
    add(shell, "--role", "director", "--from", typed(day(2)), "--to", typed(day(30)))
    add(shell, "--role", "board_chair")
    assert row(shell)["roles"] == []
    confirmed(shell, "board_chair")
    found = row(shell)
    assert found["roles"] == ["board_chair"]
    assert found["role_spans"] == [
        {"role": "board_chair", "valid_from": str(day()), "valid_to": None, "waits_for_confirmation": False},
        {
            "role": "director",
            "valid_from": str(day(2)),
            "valid_to": str(day(30)),
            "waits_for_confirmation": True,
        },
    ]
    assert found["delegations"] == []


# A database that somebody else changed


def tamper(shell, *statements):
    connection = sqlite3.connect(shell.folder / "chuyenhoa.db")
    connection.execute("PRAGMA foreign_keys=OFF")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_table_that_is_gone_gets_one_sentence(shell):
    tamper(shell, "DROP TABLE officer_role")
    assert "`chuyenhoa audit verify`" in shell.refusal("officer", "list")


def test_an_answer_without_the_table_of_devices_gets_one_sentence(at):
    shell = at("first_list_proposed")
    number = shell.json("gate", "list")[0]["id"]
    tamper(shell, "DROP TABLE device")
    answer = ("gate", "answer", number, "--decision", "approve", "--by", "GD01", "--code", "000000")
    assert "`chuyenhoa audit verify`" in shell.refusal(*answer)


def test_a_gate_whose_content_is_no_json_gets_one_sentence(at):
    shell = at("first_list_proposed")
    tamper(shell, "UPDATE gate SET payload = '{'")
    assert "`chuyenhoa audit verify`" in shell.refusal("gate", "list")


@pytest.mark.parametrize("table", ["officer_role", "document", "gate"])
def test_what_it_points_to_names_the_damage(shell, table):
    tamper(shell, f"DROP TABLE {table}")
    assert shell.type("audit", "verify").code == 2
    assert "PHÁT HIỆN CAN THIỆP" in shell.out
