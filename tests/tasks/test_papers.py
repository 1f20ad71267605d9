"""A signed paper answers a gate once a secretary has recorded it and a second officer has confirmed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from models import reading
from rules.errors import Refusal
from rules.gates import GATES
from tasks.codes import Actor
from tasks.papers import Paper, confirm, record, reject

KIND = "selection_proposal"


@pytest.fixture
def room(room_at):
    """1/11/2017: the first list lies before the director, who signs paper; the secretary is TK01."""
    return room_at("first_list_proposed")


@pytest.fixture
def paper(room):
    scan = room.office.folder / "to-trinh.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    return Paper("GD01", "approve", "45/TTr-CAT", room.clock.on, scan)


def act(room, officer):
    return Actor(officer, room.code(officer))


def put(room, paper, officer="TK01"):
    return record(room.office, room.gate(KIND), paper, act(room, officer))


def test_recorded_and_confirmed_it_is_an_approval_of_who_signed(room, paper):
    gate = room.gate(KIND)
    kept = put(room, paper)
    assert room.gate(KIND).id == gate.id, "one officer alone opens no gate"
    assert (room.office.folder / kept.scan).read_bytes() == paper.scan.read_bytes()
    confirm(room.office, gate, act(room, "TM01"))
    approval = room.ask(reading.approvals)[-1][1]
    assert (approval.officer_id, approval.via, approval.paper_id) == ("GD01", "paper", kept.id)
    assert room.ask(reading.papers, gate.id)[0].confirmed_by == "TM01"
    assert room.ask(reading.cycle, 2018).stage == "proposed"


@pytest.mark.parametrize("second", ["TK01", "GD01", "BCD1"])
def test_who_recorded_or_signed_and_who_may_not_never_confirms(room, paper, second):
    put(room, paper)
    with pytest.raises(Refusal, match=r"đề nghị|cán bộ thứ hai"):
        confirm(room.office, room.gate(KIND), act(room, second))
    assert room.ask(reading.papers, room.gate(KIND).id)[0].state == "recorded"


def test_only_a_secretary_records_and_never_the_signer(room, paper):
    for officer in ("BCD1", "TM02"):
        with pytest.raises(Refusal, match="ghi nhận"):
            put(room, paper, officer)
    room.give("GD01", "secretary", room.clock.on)
    with pytest.raises(Refusal, match="không tự ghi nhận"):
        put(room, paper, "GD01")


def test_the_review_is_not_answered_on_paper():
    assert {kind for kind, rule in GATES.items() if not rule.on_paper} == {"report_review"}


def test_the_signer_had_to_hold_the_office_on_the_paper_s_day(room, paper):
    with pytest.raises(Refusal, match="do Giám đốc Công an tỉnh quyết định"):
        put(room, replace(paper, signed_by="BCN1"))


def test_who_drafted_it_does_not_confirm_it_in_another_office(room, paper):
    room.give("TM02", "secretary", room.clock.on)
    put(room, paper)
    with pytest.raises(Refusal, match="đã soạn thảo"):
        confirm(room.office, room.gate(KIND), act(room, "TM02"))


def test_what_was_refused_about_a_paper_stays_in_the_gate_s_trail(room, paper):
    put(room, paper)
    with pytest.raises(Refusal):
        confirm(room.office, room.gate(KIND), act(room, "TK01"))
    event = room.ask(reading.audit_trail)[-2]  # the last one uses the code up
    assert (event.action, event.actor) == ("answer_refused", "TK01")
    assert "cán bộ thứ hai" in event.details["because"]


def test_a_paper_about_figures_that_have_changed_since_is_neither_recorded_nor_confirmed(room, paper):
    put(room, paper)
    room.file_anew("police_964", "2017-first_selection", offences=71)
    for refused in (lambda: confirm(room.office, room.gate(KIND), act(room, "TM01")), lambda: put(room, paper)):
        with pytest.raises(Refusal, match="Có số liệu mới"):
            refused()
    assert room.ask(reading.answer_in_force, KIND, "criteria_review:2018") is None


@pytest.mark.parametrize(("days", "said"), [(-1, "ký trước ngày trình"), (0, None), (1, None), (2, "chưa đến")])
def test_a_paper_is_of_a_day_between_the_question_and_today(room, paper, days, said):
    given = replace(paper, dated=room.clock.on + timedelta(days=days))
    room.clock.on += timedelta(days=1)
    if said is None:
        put(room, given)
        return
    with pytest.raises(Refusal, match=said):
        put(room, given)


@pytest.mark.parametrize(("votes", "may"), [((6, 5), True), ((5, 5), False), ((0, 11), False), (None, True)])
def test_what_was_voted_down_is_no_approval(room, paper, votes, may):
    if may:
        put(room, replace(paper, votes=votes))
        return
    with pytest.raises(Refusal, match="không nhiều hơn"):
        put(room, replace(paper, votes=votes))


def test_a_scan_may_be_dropped_into_its_folder_and_is_taken_out_of_it(room, paper):
    room.office.scan_inbox.mkdir(exist_ok=True)
    dropped = room.office.scan_inbox / "to-trinh-45.pdf"
    paper.scan.rename(dropped)
    kept = put(room, replace(paper, scan=Path("to-trinh-45.pdf")))
    assert not dropped.exists()
    assert (room.office.folder / kept.scan).read_bytes() == b"%PDF-1.4 signed"


def test_a_return_on_paper_needs_its_reason(room, paper):
    with pytest.raises(Refusal, match="phải nêu lý do"):
        put(room, replace(paper, decision="return"))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", b"x", "phải là tệp"),
        ("a.pdf", b"", "rỗng"),
        ("b.pdf", b"not a pdf at all", "không phải tệp"),
        ("missing.pdf", None, "Không tìm thấy"),
    ],
)
def test_what_is_no_scan_is_refused(room, paper, name, content, said):
    path = room.office.folder / name
    if content is not None:
        path.write_bytes(content)
    before = room.work()
    with pytest.raises(Refusal, match=said):
        put(room, replace(paper, scan=path))
    assert room.work() == before


def test_a_scan_changed_after_it_was_recorded_confirms_nothing(room, paper):
    kept = put(room, paper)
    (room.office.folder / kept.scan).write_bytes(b"%PDF-1.4 another")
    with pytest.raises(Refusal, match="bị sửa"):
        confirm(room.office, room.gate(KIND), act(room, "TM01"))


def test_the_same_paper_twice_is_one_and_another_takes_its_place(room, paper):
    first = put(room, paper)
    assert put(room, paper).id == first.id
    second = put(room, replace(paper, number="46/TTr-CAT"))
    states = {row.id: row.state for row in room.ask(reading.papers, room.gate(KIND).id)}
    assert states == {first.id: "rejected", second.id: "recorded"}


def test_what_is_not_on_the_paper_is_rejected_with_its_reason_and_the_gate_waits_on(room, paper):
    put(room, paper)
    with pytest.raises(Refusal, match="phải nêu lý do"):
        reject(room.office, room.gate(KIND), act(room, "TM01"), " ")
    reject(room.office, room.gate(KIND), act(room, "TM01"), "Số văn bản không khớp.")
    assert room.gate(KIND)
    with pytest.raises(Refusal, match="chưa có văn bản giấy"):
        confirm(room.office, room.gate(KIND), act(room, "TM01"))


def test_a_wrong_code_records_nothing_and_counts(room, paper):
    before = room.work()
    with pytest.raises(Refusal, match="không đúng"):
        record(room.office, room.gate(KIND), paper, Actor("TK01", "000000"))
    assert room.work() == before
    assert room.ask(reading.device, "TK01").failures == 1
