"""`gate` and `officer`: the same checks as in the browser, typed."""

from __future__ import annotations

import pytest

from models import reading, store
from models.db import transaction


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
    assert "Báo có việc chờ: BCD1" in page.partition("Thư chờ gửi:")[2]
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
    assert told["draft"] == {
        "path": str(room.office.folder / draft.path),
        "sha256": draft.content_sha256,
        "fault": None,
    }
    assert told["changes"] is None
    assert told["notices"] == [{"occasion": "asked", "to": "GD01", "on": "2017-11-01", "sent_on": None}]


@pytest.mark.parametrize(
    ("content", "said"), [(b"another", "đã bị sửa sau khi lập"), (None, "không còn trong thư mục dữ liệu")]
)
def test_a_draft_that_was_altered_or_is_gone_is_told_beside_its_hash(station, content, said):
    shell, room = station("first_list_proposed")
    number = gate_of(shell)
    assert "LƯU Ý" not in shell.type("gate", "show", number).out
    draft = room.office.folder / room.ask(reading.newest_document, "selection_proposal", 2018).path
    draft.unlink()
    if content is not None:
        draft.write_bytes(content)
    page = " ".join(shell.type("gate", "show", number).out.split())
    assert "LƯU Ý, bản dự thảo chưa duyệt được: Tệp documents/" in page
    assert said in page
    assert said in shell.json("gate", "show", number)["draft"]["fault"]
    assert said in shell.refusal(
        "gate", "answer", number, "--decision", "approve", "--by", "GD01", "--code", noon(room, "GD01")
    )


def test_who_was_reminded_and_what_a_secretary_recorded_are_told(station):
    from tasks.codes import Actor
    from tasks.gate_notices import remind_holder
    from tasks.mail import send_waiting_mail
    from tasks.papers import Paper, record

    shell, room = station("first_list_proposed")
    scan = room.office.folder / "to-trinh.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    paper = Paper("GD01", "approve", "45/TTr-CAT", room.clock.on, scan)
    record(room.office, room.gate("selection_proposal"), paper, Actor("TK01", room.code("TK01")))
    remind_holder(room.office, gate_of(shell))
    page = shell.type("gate", "show", gate_of(shell)).out
    assert "Thư đã gửi về bước này:\n- chưa có\nThư chờ gửi:\n" in page, "nobody has them"
    assert "- Nhắc: GD01 (viết ngày 01/11/2017)" in page
    send_waiting_mail(room.office)
    sent = shell.type("gate", "show", gate_of(shell)).out
    assert "Thư đã gửi về bước này:\n- 01/11/2017 Báo có việc chờ: GD01\n- 01/11/2017 Nhắc: GD01\n" in sent
    assert "Thư chờ gửi" not in sent
    assert {n["sent_on"] for n in shell.json("gate", "show", gate_of(shell))["notices"]} == {"2017-11-01"}
    assert "Văn bản giấy số 45/TTr-CAT ngày 01/11/2017, GD01 ký: Đồng ý; TK01 ghi, chờ cán bộ thứ hai" in page


def test_a_paper_is_recorded_listed_and_confirmed_by_its_number(station):
    shell, room = station("first_list_proposed")
    scan = room.office.folder / "to-trinh.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    number = gate_of(shell)

    def typed(paper, seconds, *more):
        told = ("--decision", "approve", "--signed-by", "GD01", "--number", paper, "--date", "1/11/2017", *more)
        return (
            "gate",
            "record",
            number,
            *told,
            "--scan",
            str(scan),
            "--by",
            "TK01",
            "--code",
            noon(room, "TK01", seconds),
        )

    assert "không biểu quyết" in shell.refusal(*typed("45/TTr-CAT", -30, "--votes", "11/0"))
    recorded = shell.type(*typed("45/TTr-CAT", 0)).out
    assert f'gate confirm {number} --paper "45/TTr-CAT"' in recorded
    assert "Thay bản ghi trước" not in recorded
    assert f"Bước {number}: văn bản giấy số 45/TTr-CAT (TK01 ghi) chờ xác nhận." in shell.type("gate", "list").out
    assert shell.json("gate", "list")[0]["papers"][0]["name"] == "45/TTr-CAT"
    anew = shell.type(*typed("46/TTr-CAT", 30)).out
    assert "Thay bản ghi trước, chưa xác nhận: văn bản giấy số 45/TTr-CAT" in anew
    assert "do TK01 ghi" in anew
    confirm = ("gate", "confirm", number, "--by", "TM01", "--code")
    seen = shell.refusal(*confirm, noon(room, "TM01"), "--paper", "45/TTr-CAT")
    assert "đang chờ: văn bản giấy số 46/TTr-CAT" in seen
    done = shell.type(*confirm, noon(room, "TM01", 30), "--paper", "46/TTr-CAT").out
    said = "văn bản giấy số 46/TTr-CAT ngày 01/11/2017, GD01 ký: Đồng ý, bản chụp SHA-256 "
    assert f"Đã ghi {said}" in anew
    assert f"Đã xác nhận {said}" in done
    assert shell.json("gate", "list") == []


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
    approval = room.ask(reading.approvals)[-1][1]
    assert (approval.officer_id, approval.via) == ("GD01", "command_line")


def test_an_answer_on_the_command_line_is_told_as_one_and_of_no_run(station):
    shell, room = station("first_list_proposed")
    number = gate_of(shell)
    with transaction(room.office.engine) as session:
        store.set_gate_run(session, gate_id=number, flow_run_id="run", by="x", at=room.office.now())
    code = noon(room, "GD01")
    shell.type("gate", "answer", number, "--decision", "approve", "--by", "GD01", "--code", code)
    (event,) = [event for event in room.ask(reading.audit_trail) if event.action == "gate_answered"]
    assert (event.details["via"], event.details["flow_run_id"]) == ("command_line", None)


def noon(room, officer, seconds=0):
    """The code of the command line's clock, noon of the demonstration's day; the one beside it is taken too."""
    from datetime import datetime, time, timedelta

    from samples.officers import code_of

    at = datetime.combine(room.clock.on, time(12), tzinfo=room.office.settings.zone)
    return code_of(officer, at + timedelta(seconds=seconds))


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


def test_the_reason_that_is_missing_is_asked_for_by_its_field_and_how_it_is_typed(station):
    shell, room = station("second_session_prepared")
    out = next(q for q in shell.json("gate", "list")[0]["questions"] if q["name"] == "removed")["options"][-1]
    typed = ("gate", "answer", gate_of(shell), "--decision", "amend", "--reason", "Để theo dõi.", "--by", "BCD1")
    typed += ("--set", f"removed={out.split(' ')[0]}", "--set", "number=18/QĐ-BCĐ")
    said = shell.refusal(*typed, "--code", noon(room, "BCD1"))
    assert said.startswith("Địa bàn 32128 Thị trấn Cái Nước (Huyện Cái Nước) còn thiếu số liệu của chỉ tiêu e; muốn ")
    assert "ghi mục “Lý do công nhận khi còn thiếu số liệu” (--set missing_reason=…), hoặc" in said
    why = ("--set", "missing_reason=Huyện đã xác nhận bằng công văn.")
    assert shell.type(*typed, *why, "--code", noon(room, "BCD1", 30)).code == 0, shell.err


def test_a_unit_typed_twice_is_one_unit_and_its_missing_reason_is_asked_once(station):
    shell, room = station("first_session_prepared")
    question = next(q for q in shell.json("gate", "list")[0]["questions"] if q["name"] == "added")
    spare = question["options"][0].split(" ")[0]
    first, second = room.ask(reading.newest_proposal, 2018).content["proposed"][:2]
    said = shell.refusal(
        "gate", "answer", gate_of(shell), "--decision", "amend", "--reason", "Thêm.", "--by", "BCD1",
        "--code", noon(room, "BCD1"), "--set", f"removed={first},{second}", "--set", f"added={spare}, {spare}",
    )  # fmt: skip
    assert said.startswith(f"Chưa ghi lý do của địa bàn {first}, {second}, {spare}; ")


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
    assert "Không có cơ quan" in shell.refusal(*words, "nowhere", *rest, noon(room, "QT01", -30))
    assert [event.action for event in room.ask(reading.audit_trail)][-2:] == ["act_refused", "code_taken"]
    assert "không đúng" in shell.refusal(*words, "provincial_police", *rest, "000000")
    assert "Đã thêm cán bộ PGD1" in shell.type(*words, "provincial_police", *rest, noon(room, "QT01")).out
    assert room.ask(reading.roles, "PGD1", room.clock.on) == []
    confirm = ("officer", "confirm-role", "PGD1", "--role", "director", "--by")
    assert "hãy cấp trước" in shell.refusal(*confirm, "TM01", "--code", noon(room, "TM01"))
    with transaction(room.office.engine) as session:
        store.offer_device(session, officer_id="PGD1", secret="x", by="QT01", at=room.office.now())
        store.confirm_device(session, officer_id="PGD1", step=1, by="PGD1", at=room.office.now())
    assert "PGD1 giữ vai trò Giám đốc" in shell.type(*confirm, "TM01", "--code", noon(room, "TM01", 30)).out
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
