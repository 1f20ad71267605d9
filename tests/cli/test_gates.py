"""`gate` and `officer`: the same checks as in the browser, typed."""

from __future__ import annotations

from models import reading
from models.db import transaction
from samples.officers import give_device


def test_what_waits_is_listed_and_shown(at):
    shell = at("second_session_prepared")
    (row,) = shell.json("gate", "list")
    assert (row["kind"], row["decisions"]) == ("steering_decision", ["approve", "amend", "return"])
    page = shell.type("gate", "show", row["id"]).out
    assert "Trả lời chậm nhất ngày 14/12/2018." in page
    assert "Nơi trình: Công an tỉnh." in page
    assert "BCD1   Cán bộ BCD1, Trưởng Ban Chỉ đạo 138 tỉnh" in page
    assert "--set removed=" in page
    fields = {field["name"]: field for field in shell.json("gate", "show", row["id"])["fields"]}
    assert fields["removed"]["help"] == "Chỉ khi chọn “Đồng ý, có sửa đổi”"
    assert "Đề nghị công nhận trong cùng phiên" in page, "the table to decide on"
    assert "Báo có việc chờ: BCD1" in page
    assert "Các bước đang chờ" not in page
    assert "Không có bước phê duyệt số 999" in shell.refusal("gate", "show", "999")


def test_a_machine_is_told_the_same_in_one_value(station):
    shell, room = station("first_list_proposed")
    told = shell.json("gate", "show", gate_of(shell))
    assert (told["due_on"], told["asked_by"]) == ("2017-11-15", "Phòng Tham mưu Công an tỉnh")
    assert [one["officer"] for one in told["answerers"]] == ["GD01"]
    assert [field["option"] for field in told["fields"]] == ["--decision", "--reason", "--by", "--code"]
    assert told["tables"][0]["rows"][0][:4] == ["1", "Phường 5, TP. Cà Mau", "69,63", "1"]
    draft = room.ask(reading.newest_document, "selection_proposal", 2018)
    assert told["draft"] == {"path": str(room.office.folder / draft.path), "sha256": draft.content_sha256}
    assert told["changes"] is None
    assert told["notices"] == [{"occasion": "asked", "to": "GD01", "on": "2017-11-01"}]


def test_who_was_reminded_and_what_a_secretary_recorded_are_told(station):
    from tasks.codes import Actor
    from tasks.gate_notices import remind_holder
    from tasks.papers import Paper, record

    shell, room = station("first_list_proposed")
    scan = room.office.folder / "to-trinh.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    paper = Paper("GD01", "approve", "45/TTr-CAT", room.clock.on, scan)
    record(room.office, room.gate("selection_proposal"), paper, Actor("TK01", room.code("TK01")))
    remind_holder(room.office, gate_of(shell))
    page = shell.type("gate", "show", gate_of(shell)).out
    assert "01/11/2017 Nhắc: GD01" in page
    assert "Văn bản giấy số 45/TTr-CAT ngày 01/11/2017, GD01 ký: Đồng ý; TK01 ghi, chờ cán bộ thứ hai" in page


def test_a_list_sent_back_shows_what_changed_since(station):
    shell, room = station("first_list_proposed")
    assert room.answer("selection_proposal", "return", reason="Nêu rõ căn cứ.") == ""
    room.put_list_to_the_director(2018)
    page = shell.type("gate", "show", gate_of(shell)).out
    assert "Thay đổi so với bản bị trả lại" in page
    assert "Lý do: Nêu rõ căn cứ." in page
    assert shell.json("gate", "show", gate_of(shell))["changes"]["lines"]


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
    with transaction(room.office.engine) as session:
        give_device(session, room.office, "PGD1")  # first: who confirms has seen whose hand it is in
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
