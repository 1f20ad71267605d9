"""What each answer does at each gate: wholly, with its approval, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from models import reading
from models.gates import Approval
from rules.errors import Refusal
from rules.gates import GATES
from tasks import answers, decisions, gate_openings
from tasks.answers import Answer, Asked, take_answer
from tasks.approvals import remember_run, waiting
from tasks.codes import Actor
from tasks.documents import draft_report
from tasks.reopening import reopen

# Where each kind of gate waits: the station, and the day.
WAITING_AT = {
    "report_review": "first_cycle_executed",
    "report_release": "first_cycle_executed",
    "selection_proposal": "first_list_proposed",
    "evaluation_finding": "first_cycle_evaluated",
    "steering_decision": "second_session_prepared",
    "relapse_ruling": "relapses_warned",
}


@pytest.fixture
def room_with(room_at):
    """`room_with("report_release")`: an office in which a gate of that kind waits."""

    def open_room(kind):
        room = room_at(WAITING_AT[kind])
        if kind.startswith("report"):
            review(room.on(2017, 11, 22))
        if kind == "report_release":
            assert room.answer("report_review") == ""
            gate_openings.open_report_gate(room.office, kind, newest(room))
        return room

    return open_room


def review(room):
    document = draft_report(room.office, "annual_report", 2017)
    gate_openings.open_report_gate(room.office, "report_review", document)


def number(kind):
    """What the Committee is asked beside."""
    fields = {
        "steering_decision": {"number": "18/QĐ-BCĐ", "missing_reason": "Huyện đã xác nhận."},
        "relapse_ruling": {"not_relapsed_reason": "Do bắt giữ nhiều hơn."},
    }
    return fields.get(kind, {})


def newest(room, stem="annual_report", year=2017):
    return room.ask(reading.newest_document, stem, year)


def stage(room, year):
    return room.ask(reading.cycle, year).stage


# Who may answer


@pytest.mark.parametrize("kind", GATES)
def test_only_the_right_officer_answers_and_nobody_else_leaves_a_trace(kind, room_with):
    room = room_with(kind)
    before = room.work()
    for officer in ("TM01", "TM02", "GD01", "BCN1", "BCD1", "QT01", "CB99", "", "tm01"):
        if ROLE_OF.get(officer) not in GATES[kind].roles:
            answer = Answer("approve", officer, code=room.code(officer))
            assert "đề nghị" in take_answer(room.office, room.gate(kind), answer), officer
    assert room.work() == before


def holder(kind):
    """Who answers gates of this kind."""
    return next(code for code, role in ROLE_OF.items() if role in GATES[kind].roles)


ROLE_OF = {"TM01": "standing_office_head", "GD01": "director", "BCN1": "board_chair", "BCD1": "committee_chair"}


def test_an_officer_who_is_not_known_is_told_so(room_with):
    refusal = room_with("report_review").answer("report_review", officer="CB99")
    assert refusal == "Không có cán bộ mang mã “CB99”; đề nghị kiểm tra lại mã cán bộ."


@pytest.mark.parametrize("kind", GATES)
def test_whatever_is_not_plain_approval_needs_its_reason(kind, room_with):
    room = room_with(kind)
    before = room.work()
    for decision in ("amend", "return", "drop"):
        assert room.answer(kind, decision, reason="   ") != ""
    assert room.work() == before


@pytest.mark.parametrize("kind", GATES)
def test_a_gate_takes_only_its_own_decisions(kind, room_with):
    room = room_with(kind)
    before = room.work()
    for decision in {"amend", "drop", "hack"} - set(GATES[kind].decisions):
        assert "chỉ nhận một trong các ý kiến" in room.answer(kind, decision, reason="Có lý do.")
    assert room.work() == before


# An approval and its effect are one


@pytest.mark.parametrize("kind", GATES)
def test_if_the_effect_fails_there_is_no_approval(kind, room_with, monkeypatch):
    room = room_with(kind)

    def fails(session, office, decided):
        decisions._CARRY_OUT_FOR_REAL[kind](session, office, decided)
        raise Refusal("Không thực hiện được; đề nghị thử lại.")

    monkeypatch.setattr(decisions, "_CARRY_OUT_FOR_REAL", dict(decisions._CARRY_OUT), raising=False)
    monkeypatch.setitem(decisions._CARRY_OUT, kind, fails)  # type: ignore[index]
    before = room.work()
    assert room.answer(kind, **number(kind)) == "Không thực hiện được; đề nghị thử lại."
    assert room.work() == before
    assert room.gate(kind).attempt == 1


@pytest.mark.parametrize("kind", GATES)
def test_if_the_machine_stops_in_the_midst_nothing_was_decided(kind, room_with, monkeypatch):
    room = room_with(kind)
    monkeypatch.setattr(answers, "carry_out", lambda *args: (_ for _ in ()).throw(OSError("no power")))
    before = room.work()
    with pytest.raises(OSError, match="no power"):
        room.answer(kind)
    assert room.work() == before


@pytest.mark.parametrize("kind", GATES)
def test_an_answer_is_bound_to_what_was_asked(kind, room_with):
    room = room_with(kind)
    gate = room.gate(kind)
    assert room.answer(kind, **number(kind)) == ""
    answered, approval = room.ask(reading.approvals)[-1]
    assert (answered.id, answered.state) == (gate.id, "approved")
    assert isinstance(approval, Approval)
    assert approval.subject_sha256 == gate.subject_sha256
    assert approval.answered_on == room.clock.on


@pytest.mark.parametrize("kind", GATES)
def test_a_second_answer_is_refused_and_the_first_stands(kind, room_with):
    room = room_with(kind)
    gate = room.gate(kind)
    assert room.answer(kind, **number(kind)) == ""
    officer = room.ask(reading.approvals)[-1][1].officer_id
    before = room.work()
    refusal = take_answer(room.office, gate, Answer("return", officer, "Xem lại.", code=room.code(officer)))
    assert "không còn chờ trả lời" in refusal
    assert room.work() == before


@pytest.mark.parametrize("kind", GATES)
def test_the_same_answer_with_another_code_comes_too_late_and_does_nothing_again(kind, room_with):
    room = room_with(kind)
    gate = room.gate(kind)
    assert room.answer(kind, **number(kind)) == ""
    given = room.ask(reading.approvals)[-1][1]
    before = room.work()
    again = Answer(given.decision, given.officer_id, given.reason, given.answer, room.code(given.officer_id))
    assert "không còn chờ trả lời" in take_answer(room.office, gate, again)
    assert room.work() == before


def test_an_answer_to_a_gate_that_was_voided_since_moves_nothing_though_it_was_given_before(room_with):
    """Reopened, the report is drafted anew: the officer's old answer must not review the new draft."""
    room = room_with("report_review")
    gate = room.gate("report_review")
    assert room.answer("report_review") == ""
    reopen(room.office, "annual_report", 2017, Actor("TM01", room.code("TM01")), "Bổ sung số liệu.")
    room.file_anew("police_964", "2017-annual", 7)
    review(room)
    before = room.work()
    assert "không còn chờ trả lời" in take_answer(room.office, gate, Answer("approve", "TM01", code=room.code("TM01")))
    assert room.work() == before
    assert newest(room).stage == "drafted"


@pytest.mark.parametrize("kind", GATES)
def test_the_answer_of_a_run_weighed_again_by_it_is_taken_as_given_and_leaves_nothing_more(kind, room_with):
    room = room_with(kind)
    gate, run, officer = room.gate(kind), uuid4(), holder(kind)
    remember_run(room.office, gate.id, run)
    answer = Answer("approve", officer, choices=number(kind), code=room.code(officer))
    assert take_answer(room.office, gate, answer, asked=Asked(str(run))) == ""
    before = room.rows()
    assert take_answer(room.office, gate, answer, asked=Asked(str(run))) == ""
    assert room.rows() == before
    assert "đã dùng" in take_answer(room.office, gate, answer, asked=Asked(str(uuid4())))
    other = replace(answer, decision="return", reason="Xem lại.", code=room.code(officer))
    assert "không còn chờ trả lời" in take_answer(room.office, gate, other, asked=Asked(str(run)))


@pytest.mark.parametrize("kind", GATES)
def test_an_answer_to_what_has_changed_since_is_refused(kind, room_with):
    room = room_with(kind)
    officer = holder(kind)
    before = room.work()
    answer = Answer("approve", officer, code=room.code(officer))
    refusal = take_answer(room.office, replace(room.gate(kind), subject_sha256="0" * 64), answer)
    assert "Nội dung trình đã thay đổi" in refusal
    assert room.work() == before


@pytest.mark.parametrize("kind", GATES)
def test_what_was_sent_back_is_asked_again_as_the_next_attempt(kind, room_with):
    room = room_with(kind)
    assert room.answer(kind, "return", reason="Xem lại.") == ""
    assert waiting(room.office) == ()
    if kind.startswith("report"):
        review(room)
        kind = "report_review"
    elif kind == "selection_proposal":
        room.put_list_to_the_director(2018)
    elif kind == "evaluation_finding":
        gate_openings.open_finding_gate(room.office, 2018)
    elif kind == "relapse_ruling":
        gate_openings.open_ruling_gate(room.office, 2019)
    else:
        gate_openings.open_session_gate(room.office, 2018)
    assert room.gate(kind).attempt == 2


# Reports


def test_a_reviewed_report_goes_to_the_director_and_a_released_one_is_out(room_with):
    room = room_with("report_release")
    assert (newest(room).stage, newest(room).reviewed_on) == ("reviewed", date(2017, 11, 22))
    assert room.on(2017, 11, 23).answer("report_release") == ""
    assert (newest(room).stage, newest(room).released_on) == ("released", date(2017, 11, 23))


@pytest.mark.parametrize("kind", ["report_review", "report_release"])
def test_a_report_sent_back_is_drafted_anew(kind, room_with):
    room = room_with(kind)
    assert room.answer(kind, "return", reason="Thiếu phụ lục.") == ""
    assert newest(room).stage == "returned"
    review(room)
    assert (newest(room).stage, newest(room).version) == ("drafted", 2)


# The list


def test_the_director_puts_the_list_to_the_committee(room_with):
    room = room_with("selection_proposal")
    assert room.answer("selection_proposal") == ""
    assert stage(room, 2018) == "proposed"
    assert newest(room, "selection_proposal", 2018).stage == "released"


def test_a_list_sent_back_is_reviewed_again(room_with):
    room = room_with("selection_proposal")
    assert room.answer("selection_proposal", "return", reason="Nêu rõ căn cứ.") == ""
    assert stage(room, 2018) == "collecting"
    assert newest(room, "selection_proposal", 2018).stage == "returned"


# The Board's finding


def test_the_board_finds_area_by_area_and_both_gates_must_hold(room_with):
    room = room_with("evaluation_finding")
    found = room.ask(reading.evaluations, 2018, "final")
    code = next(code for code, row in found.items() if row.meets_threshold)
    chosen = room.option("evaluation_finding", "not_reduced", code)
    assert room.answer("evaluation_finding", not_reduced=[chosen], finding_note="Ma túy còn phức tạp.") == ""
    found = room.ask(reading.evaluations, 2018, "final")
    assert (found[code].finding, found[code].is_converted) == ("not_reduced", False)
    assert found[code].finding_reason == "Ma túy còn phức tạp."
    others = [row for other, row in found.items() if other != code]
    assert {row.finding for row in others} == {"reduced"}
    assert all(row.is_converted is row.meets_threshold for row in others)


def test_a_finding_against_an_area_says_why(room_with):
    room = room_with("evaluation_finding")
    option = room.gate("evaluation_finding").questions[0].options[0]
    before = room.work()
    assert "ghi căn cứ" in room.answer("evaluation_finding", not_reduced=[option], finding_note=" ")
    assert room.work() == before


def test_an_area_that_is_not_in_the_cycle_cannot_be_found_on(room_with):
    room = room_with("evaluation_finding")
    before = room.work()
    refusal = room.answer("evaluation_finding", not_reduced=["99999 Xã Lạ"], finding_note="Sai mã.")
    assert refusal
    assert room.work() == before


# What is approved is the file that was put to the officer


@pytest.mark.parametrize("content", [b"another report", None])
def test_a_draft_whose_file_was_changed_or_lost_is_not_approved_but_may_be_returned(room_at, content):
    room = room_at("first_list_proposed")
    document = room.ask(reading.newest_document, "selection_proposal", 2018)
    path = room.office.folder / document.path
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    said = "đã bị sửa sau khi lập" if content else "không còn trong thư mục dữ liệu"
    assert said in room.answer("selection_proposal")
    assert room.ask(reading.answer_in_force, "selection_proposal", "criteria_review:2018") is None
    assert room.answer("selection_proposal", "return", reason="Tệp hỏng.") == ""
