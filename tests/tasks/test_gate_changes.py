"""Asked again, a gate says what is different: who sent it back or why its form is void, who signs now, which lines."""

from __future__ import annotations

from datetime import date

import pytest
from sqlmodel import col, select

from models import store
from models.audit import AuditEvent
from models.db import read, transaction
from models.documents import OutgoingMail
from tasks.codes import Actor
from tasks.documents import draft_report, let_sign
from tasks.gate_changes import changes_since_asked
from tasks.gate_openings import document_at, open_report_gate
from tasks.gate_papers import waiting_list
from tasks.reopening import reopen

ANNUAL = ("annual_report", 2017)
DRAFTED = date(2017, 11, 22)
DEPUTY, TITLE = "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC Cán bộ", "Phó Giám đốc Công an tỉnh"
TO_THE_DEPUTY = f"Người ký đã thay đổi, trước: GIÁM ĐỐC (mã GD01); nay: {DEPUTY} PGD1 (mã PGD1)."


@pytest.fixture
def room(room_at):
    """The annual report, reviewed and put to the director on 22/11."""
    room = room_at("first_cycle_executed").on(2017, 11, 22)
    open_report_gate(room.office, "report_review", draft_report(room.office, *ANNUAL))
    assert room.answer("report_review", reason="Đủ số liệu.") == ""
    put_to_the_signer(room)
    return room


def put_to_the_signer(room):
    open_report_gate(room.office, "report_release", let_sign(room.office, document_at(room.office, *ANNUAL)))


def changes(room, kind="report_release"):
    with read(room.office.engine) as session:
        return changes_since_asked(session, room.office, room.gate(kind).id)


def voided(room):
    query = select(AuditEvent).where(AuditEvent.action == "gate_voided").order_by(col(AuditEvent.id).desc())
    return room.ask(lambda session: session.exec(query).first())


def mail_to(room, officer):
    gate = room.gate("report_release")
    key = f"gate:{gate.kind}/{gate.subject}#{gate.attempt}/{officer}"
    return room.ask(lambda session: session.get(OutgoingMail, key)).body


def test_what_is_asked_for_the_first_time_has_nothing_before_it(room):
    assert changes(room) is None


def test_another_signer_is_told_in_one_sentence_on_the_page_in_the_mail_and_in_the_trail(room):
    room.on(2017, 11, 23).deputise("PGD1", TITLE, room.clock.on)
    put_to_the_signer(room)
    found = changes(room)
    assert (found.signer, found.returned, found.on) == (TO_THE_DEPUTY, False, date(2017, 11, 23))
    assert found.title == "Thay đổi so với lần trình trước"
    assert found.sentences == ("Lần trình trước hết hiệu lực ngày 23/11/2017.", TO_THE_DEPUTY)
    assert "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / Cán bộ PGD1" in " ".join(found.lines)
    assert all(TO_THE_DEPUTY in mail_to(room, officer) for officer in ("GD01", "PGD1"))
    assert voided(room).details["reason"] == TO_THE_DEPUTY


def test_and_so_is_the_head_s_return(room):
    room.on(2017, 11, 23).deputise("PGD1", TITLE, room.clock.on)
    put_to_the_signer(room)
    room.on(2017, 11, 24)
    put_to_the_signer(room)
    assert changes(room).signer == f"Người ký đã thay đổi, trước: {DEPUTY} PGD1 (mã PGD1); nay: GIÁM ĐỐC (mã GD01)."


def test_two_deputies_of_one_name_and_one_title_are_told_apart_by_their_codes(room):
    """PGD2 is written as PGD1 is: the paper reads the same, only the code says whose signature is waited for."""
    room.deputise("PGD1", TITLE, DRAFTED, date(2017, 11, 24))
    put_to_the_signer(room)
    first = document_at(room.office, *ANNUAL)
    room.deputise("PGD2", TITLE, date(2017, 11, 23))
    with transaction(room.office.engine) as session:
        store.correct_officer(session, officer_id="PGD2", name="Cán bộ PGD1", by="QT01", at=room.office.now())
    room.on(2017, 11, 23)
    assert "(mã PGD1)” nên cán bộ PGD2 không ký được" in room.answer("report_release", officer="PGD2")
    put_to_the_signer(room)
    second = document_at(room.office, *ANNUAL)
    assert (first.signer_ids, second.signer_ids) == ("PGD1", "PGD2")
    assert first.signer == second.signer
    assert changes(room).signer.endswith(f"trước: {DEPUTY} PGD1 (mã PGD1); nay: {DEPUTY} PGD1 (mã PGD2).")
    assert changes(room).lines == ("Lời văn không thay đổi.",)
    assert "(mã PGD2)” nên cán bộ PGD1 không ký được" in room.answer("report_release", officer="PGD1")
    assert room.answer("report_release", officer="PGD2") == ""


def test_the_code_stands_in_the_question_the_summary_and_the_list_of_what_waits(room):
    room.deputise("PGD1", TITLE, DRAFTED)
    put_to_the_signer(room)
    gate, signer = room.gate("report_release"), f"{DEPUTY} PGD1 (mã PGD1)"
    assert gate.question == f"Đồng ý ký, phát hành báo cáo? Người ký: {signer}."
    assert gate.summary[-1] == f"Người ký: {signer}."
    (row,) = waiting_list((gate,)).rows
    assert row[2] == f"Giám đốc Công an tỉnh · người ký: {signer}"


def test_where_nobody_signs_the_list_names_the_office_only(room_at):
    room = room_at("first_session_prepared")
    assert room.gate("steering_decision").answerers == "Trưởng Ban Chỉ đạo 138 tỉnh"


def test_a_delegation_that_is_revoked_the_same_day_is_told_both_ways(room):
    room.deputise("PGD1", TITLE, DRAFTED)
    put_to_the_signer(room)
    who = {"from_officer": "GD01", "to_officer": "PGD1", "role": "director", "on": DRAFTED, "reason": "Đã về"}
    with transaction(room.office.engine) as session:
        store.end_delegation(session, **who, by="QT01", at=room.office.now())
    put_to_the_signer(room)
    assert changes(room).signer.endswith("nay: GIÁM ĐỐC (mã GD01).")
    assert room.answer("report_release") == ""


def test_after_a_return_it_is_told_who_returned_it_and_why_and_who_signs_now(room):
    assert room.answer("report_release", "return", reason="Để Phó Giám đốc ký.") == ""
    open_report_gate(room.office, "report_review", draft_report(room.office, *ANNUAL))
    assert room.answer("report_review", reason="Đủ số liệu.") == ""
    room.deputise("PGD1", TITLE, DRAFTED)
    put_to_the_signer(room)
    found = changes(room)
    assert found.title == "Thay đổi so với bản bị trả lại"
    who = "Trả lại ngày 22/11/2017, người trả lại: Cán bộ GD01, Giám đốc Công an tỉnh."
    assert found.sentences == (f"{who} Lý do: Để Phó Giám đốc ký.", TO_THE_DEPUTY)


def test_other_figures_before_the_review_are_told_by_their_lines(room_at):
    room = room_at("first_cycle_executed").on(2017, 11, 22)
    open_report_gate(room.office, "report_review", draft_report(room.office, *ANNUAL))
    room.file_anew("police_964", "2017-annual", offences=77)
    open_report_gate(room.office, "report_review", draft_report(room.office, *ANNUAL))
    found = changes(room, "report_review")
    assert found.sentences == ("Lần trình trước hết hiệu lực ngày 22/11/2017. Lý do: nội dung trình đã thay đổi.",)
    assert any(line.startswith("- **Thêm:**") for line in found.lines)


def test_a_report_opened_again_says_by_whom_and_why(room):
    reopen(room.office, *ANNUAL, Actor("TM01", room.code("TM01")), "Huyện gửi lại số liệu.")
    open_report_gate(room.office, "report_review", draft_report(room.office, *ANNUAL))
    (sentence,) = changes(room, "report_review").sentences
    assert "người thực hiện: Cán bộ TM01, Lãnh đạo cơ quan thường trực." in sentence
    assert sentence.endswith("Lý do: Mở lại báo cáo: Huyện gửi lại số liệu.")
