"""`gate` and `officer`: the same checks as in the browser, typed."""

from __future__ import annotations

from models import reading


def test_what_waits_is_listed_and_shown(at):
    shell = at("second_session_prepared")
    (row,) = shell.json("gate", "list")
    assert (row["kind"], row["decisions"]) == ("steering_decision", ["approve", "amend", "return"])
    page = shell.type("gate", "show", row["id"]).out
    assert "Người trả lời: Trưởng Ban Chỉ đạo 138 tỉnh." in page
    assert "--set removed=" in page
    assert "Các bước đang chờ" not in page
    assert "Không có bước phê duyệt số 999" in shell.refusal("gate", "show", "999")


def gate_of(shell):
    return shell.json("gate", "list")[0]["id"]


def test_an_officer_answers_with_a_code(station):
    shell, room = station("first_list_proposed")
    number = gate_of(shell)
    words = ("gate", "answer", number, "--decision", "approve", "--by", "GD01", "--code")
    assert "Mã xác thực không đúng" in shell.refusal(*words, "000000")
    assert "do Giám đốc Công an tỉnh quyết định" in shell.refusal(
        "gate", "answer", number, "--decision", "approve", "--by", "TM01", "--code", noon(room, "TM01")
    )
    assert "Đã ghi nhận: Đồng ý" in shell.type(*words, noon(room, "GD01")).out
    assert shell.json("gate", "list") == []
    assert room.ask(reading.approvals)[-1][1].officer_id == "GD01"


def noon(room, officer):
    """The code of the command line's clock: noon of the demonstration's day."""
    from datetime import datetime, time

    from samples.officers import code_of

    return code_of(officer, datetime.combine(room.clock.on, time(12), tzinfo=room.office.settings.zone))


def test_a_list_is_amended_by_code_and_a_wrong_field_is_named(station):
    shell, room = station("first_session_prepared")
    number = gate_of(shell)
    first = room.ask(reading.newest_proposal, 2018).content["proposed"][0]
    words = ("gate", "answer", number, "--decision", "amend", "--reason", "Để theo dõi.", "--by", "BCD1", "--code")
    assert "Mục “x=1” không đúng" in shell.refusal(*words, noon(room, "BCD1"), "--set", "x=1")
    done = shell.type(*words, noon(room, "BCD1"), "--set", f"removed={first}", "--set", "number=17/QĐ-BCĐ")
    assert done.code == 0, done.err
    assert first not in [area.unit_code for area in room.ask(reading.areas, 2018)]


def test_a_list_amended_past_the_cap_is_refused(station):
    shell, room = station("first_session_prepared")
    question = next(q for q in shell.json("gate", "list")[0]["questions"] if q["name"] == "added")
    spare = question["options"][0].split(" ")[0]
    said = shell.refusal(
        "gate", "answer", gate_of(shell), "--decision", "amend", "--reason", "Thêm.", "--by", "BCD1",
        "--code", noon(room, "BCD1"), "--set", f"added={spare}", "--set", "number=17/QĐ-BCĐ",
    )  # fmt: skip
    assert "15" in said
    assert room.ask(reading.areas, 2018) == []


def test_officers_are_listed_with_offices_and_devices(at):
    shell = at("second_session_prepared")
    rows = {row["code"]: row for row in shell.json("officer", "list")}
    assert rows["GD01"]["roles"] == ["director"]
    assert rows["GD01"]["device"] == "active"
    assert "Giám đốc Công an tỉnh" in shell.type("officer", "list").out


def test_an_officer_is_added_by_an_administrator_with_a_code(station):
    shell, room = station("installed")
    words = ("officer", "add", "PGD1", "--name", "Trần Văn B", "--title", "Phó Giám đốc", "--agency")
    rest = ("--role", "director", "--by", "QT01", "--code")
    assert "Không có cơ quan" in shell.refusal(*words, "nowhere", *rest, noon(room, "QT01"))
    assert "không đúng" in shell.refusal(*words, "provincial_police", *rest, "000000")
    assert "Đã thêm cán bộ PGD1" in shell.type(*words, "provincial_police", *rest, noon(room, "QT01")).out
    assert room.ask(reading.roles, "PGD1", room.clock.on) == []
    confirm = ("officer", "confirm-role", "PGD1", "--role", "director", "--by")
    assert "PGD1 giữ vai trò Giám đốc" in shell.type(*confirm, "TM01", "--code", noon(room, "TM01")).out
    assert room.ask(reading.roles, "PGD1", room.clock.on) == ["director"]
    assert "không có vai trò" in shell.refusal(*confirm, "GD01", "--code", noon(room, "GD01"))


def test_a_delegation_is_ended_before_its_last_day(station):
    shell, room = station("installed")
    ending = ("officer", "revoke", "GD01", "PGD1", "--role", "director", "--reason", "Giám đốc đã về", "--by", "QT01")
    room.deputise("PGD1", "Phó Giám đốc Công an tỉnh", room.clock.on)
    assert "PGD1 thôi thay GD01" in shell.type(*ending, "--code", noon(room, "QT01")).out
    assert room.ask(reading.acting, "director", room.clock.on) == []


def test_a_reviewed_report_is_reopened_by_the_head(station):
    shell, room = station("first_cycle_executed")
    words = ("gate", "reopen", "annual_report", "2017", "--reason", "Bổ sung số liệu.", "--by", "TM01", "--code")
    assert "chưa ký ban hành" in shell.refusal(*words, noon(room, "TM01"))
    unknown = ("gate", "reopen", "weekly_report", "2017", "--reason", "x", "--by", "TM01", "--code", "000000")
    assert "hãy chọn annual_report hoặc half_year_report" in shell.refusal(*unknown)
