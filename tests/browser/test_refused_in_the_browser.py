"""An answer that must not count says why in Vietnamese on the next form, and leaves the work as it was."""

from __future__ import annotations

from datetime import date

import pytest

from models import reading, store
from models.db import transaction
from rules.errors import Refusal
from tasks.answers import Answer, take_answer
from tasks.codes import Actor
from tasks.papers import Paper, confirm, record

PROPOSAL = "selection_proposal"
SESSION = "steering_decision"


@pytest.fixture
def clerk(clerk_at):
    """1/11/2017: the first list lies before the director."""
    clerk = clerk_at("first_list_proposed")
    clerk.ring()
    return clerk


def change(clerk, work, **given):
    """What the administrator changes among the officers."""
    office = clerk.room.office
    with transaction(office.engine) as session:
        work(session, by="QT01", at=office.now(), **given)


def check_refused(clerk, why, kind=PROPOSAL, **fields):
    """The answer is not taken, the next form says why, nothing of the work has changed, and the gate waits on."""
    before = clerk.room.work()
    clerk.answer(clerk.open_run(kind), **fields)
    told = clerk.told(kind)
    assert "Chưa ghi nhận: " in told
    assert why in told
    assert clerk.room.work() == before


def failures(clerk, officer="GD01"):
    return clerk.room.ask(reading.device, officer).failures


def test_a_wrong_code_says_so_on_the_next_form_and_is_counted(clerk):
    check_refused(clerk, "Mã xác thực không đúng", Ý_kiến="Đồng ý", Mã_cán_bộ="GD01", Mã_xác_thực="000000")
    assert failures(clerk) == 1
    clerk.answer(clerk.open_run(PROPOSAL), Ý_kiến="Đồng ý", Mã_cán_bộ="GD01")
    clerk.wait_for(clerk.approvals)
    assert failures(clerk) == 0


def test_after_five_wrong_codes_the_right_one_is_not_taken_either(clerk):
    for _ in range(5):
        take_answer(clerk.room.office, clerk.room.gate(PROPOSAL), Answer("approve", "GD01", code="000000"))
    check_refused(clerk, "đang tạm khóa do nhập sai mã", Ý_kiến="Đồng ý", Mã_cán_bộ="GD01")


def test_a_code_that_was_used_is_not_taken_again(clerk):
    code = clerk.room.code("GD01")
    check_refused(clerk, "phải nêu lý do", Ý_kiến="Trả lại", Mã_cán_bộ="GD01", Mã_xác_thực=code)
    check_refused(clerk, "Mã xác thực này đã dùng", Ý_kiến="Đồng ý", Mã_cán_bộ="GD01", Mã_xác_thực=code)
    assert failures(clerk) == 0, "a code read twice from the device is no attempt to guess one"


def test_an_officer_who_was_disabled_is_not_heard(clerk):
    change(clerk, store.disable_officer, officer_id="GD01", on=date(2017, 11, 1), reason="Nghỉ hưu.")
    check_refused(clerk, "Cán bộ GD01 đã thôi nhiệm vụ", Ý_kiến="Đồng ý", Mã_cán_bộ="GD01")


def test_an_officer_of_another_office_is_told_whose_decision_it_is(clerk):
    check_refused(clerk, "do Giám đốc Công an tỉnh quyết định", Ý_kiến="Đồng ý", Mã_cán_bộ="TM01")


def test_a_drafter_does_not_answer_the_own_draft_even_as_director(clerk):
    clerk.room.give("TM02", "director", date(2017, 11, 1))
    clerk.room.put_list_to_the_director(2018)  # the draft names both directors now
    clerk.ring()
    check_refused(clerk, "Cán bộ TM02 đã soạn thảo hoặc ghi nhận", Ý_kiến="Đồng ý", Mã_cán_bộ="TM02")


def test_a_secretary_does_not_confirm_the_own_record_of_a_paper_and_the_form_waits_on(clerk):
    room = clerk.room
    scan = room.office.folder / "to-trinh.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    paper = Paper("GD01", "approve", "45/TTr-CAT", room.clock.on, scan)
    record(room.office, room.gate(PROPOSAL), paper, Actor("TK01", room.code("TK01")))
    with pytest.raises(Refusal, match="Người xác nhận phải là cán bộ thứ hai, khác GD01, TK01"):
        confirm(room.office, room.gate(PROPOSAL), "45/TTr-CAT", Actor("TK01", room.code("TK01")))
    assert clerk.approvals() == []
    clerk.answer(clerk.open_run(PROPOSAL), Ý_kiến="Đồng ý", Mã_cán_bộ="GD01")
    (approval,) = clerk.wait_for(clerk.approvals)
    assert approval.via == "prefect"


def test_a_list_amended_past_the_cap_is_not_taken_and_says_how_many_are_too_many(clerk_at):
    clerk = clerk_at("first_session_prepared")
    clerk.ring()
    questions = {question.name: question for question in clerk.room.gate(SESSION).questions}
    one_more = {questions["added"].title: questions["added"].options[0], questions["number"].title: "17/QĐ-BCĐ"}
    why = "16 đơn vị, vượt mức tối đa 15; hãy bớt 1 đơn vị"
    given = {"Ý_kiến": "Đồng ý, có sửa đổi", "Mã_cán_bộ": "BCD1", "Lý_do": "Thêm một.", **one_more}
    check_refused(clerk, why, SESSION, **given)
    assert clerk.room.ask(reading.areas, 2018) == []
