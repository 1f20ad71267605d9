"""Until the director has signed, the head of the standing office may take the review back: the figures thaw."""

from __future__ import annotations

import pytest

from models import reading
from rules.errors import Refusal
from tasks import gate_openings
from tasks.codes import Actor
from tasks.documents import draft_report
from tasks.reopening import reopen

REPORT, YEAR, PERIOD = "annual_report", 2017, "2017-annual"
WHY = "Bổ sung số liệu của huyện gửi muộn."


@pytest.fixture
def room(room_at):
    """22/11/2017: the report is reviewed, and its release lies before the director."""
    room = room_at("first_cycle_executed").on(2017, 11, 22)
    ask(room)
    assert room.answer("report_review") == ""
    gate_openings.open_report_gate(room.office, "report_release", newest(room))
    return room


def ask(room):
    document = draft_report(room.office, REPORT, YEAR)
    gate_openings.open_report_gate(room.office, "report_review", document)


def newest(room):
    return room.ask(reading.newest_document, REPORT, YEAR)


def reopened(room, officer="TM01", reason=WHY):
    reopen(room.office, REPORT, YEAR, Actor(officer, room.code(officer)), reason)


def refuse(room, match, **who):
    before = room.work()
    with pytest.raises(Refusal, match=match):
        reopened(room, **who)
    assert room.work() == before


def in_force(room, kind):
    return room.ask(reading.answer_in_force, kind, f"{REPORT}:{YEAR}")


def test_the_approval_is_void_and_the_release_is_no_longer_asked_for(room):
    assert in_force(room, "report_review") is not None
    reopened(room)
    assert in_force(room, "report_review") is None
    assert room.waiting() == ()
    assert newest(room).stage == "returned"


def test_it_is_drafted_reviewed_and_put_up_for_release_anew(room):
    reopened(room)
    ask(room)
    assert (newest(room).version, room.gate("report_review").attempt) == (2, 2)
    assert room.answer("report_review") == ""
    gate_openings.open_report_gate(room.office, "report_release", newest(room))
    assert room.answer("report_release") == ""
    assert newest(room).stage == "released"


def test_what_is_filed_then_is_no_supplement(room):
    assert room.file_anew("police_964", PERIOD, offences=71).supplement is True
    reopened(room)
    assert room.file_anew("police_964", PERIOD, offences=72).supplement is False


@pytest.mark.parametrize("officer", ["TM02", "GD01", "BCD1", "QT01"])
def test_only_the_head_reopens(room, officer):
    refuse(room, "đề nghị chuyển đúng người có thẩm quyền", officer=officer)


def test_a_reason_is_needed(room):
    refuse(room, "phải nêu lý do", reason="  ")


def test_a_draft_under_review_and_a_released_report_are_not_reopened(room_at, room):
    early = room_at("first_cycle_executed").on(2017, 11, 22)
    ask(early)
    refuse(early, "đã duyệt nội dung và chưa ký")
    assert room.answer("report_release") == ""
    refuse(room, "báo cáo bổ sung")
