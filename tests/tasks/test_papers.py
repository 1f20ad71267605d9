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
from tasks.waiting_papers import look, replaced

KIND = "selection_proposal"
NUMBER = "45/TTr-CAT"


@pytest.fixture
def room(room_at):
    """1/11/2017: the first list lies before the director, who signs paper; the secretary is TK01."""
    return room_at("first_list_proposed")


@pytest.fixture
def paper(room):
    scan = room.office.folder / "to-trinh.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    return Paper("GD01", "approve", NUMBER, room.clock.on, scan)


def act(room, officer):
    return Actor(officer, room.code(officer))


def put(room, paper, officer="TK01"):
    return record(room.office, room.gate(KIND), paper, act(room, officer))


def test_recorded_and_confirmed_it_is_an_approval_of_who_signed(room, paper):
    gate = room.gate(KIND)
    kept = put(room, paper)
    assert room.gate(KIND).id == gate.id, "one officer alone opens no gate"
    assert (room.office.folder / kept.scan).read_bytes() == paper.scan.read_bytes()
    confirm(room.office, gate, NUMBER, act(room, "TM01"))
    approval = room.ask(reading.approvals)[-1][1]
    assert (approval.officer_id, approval.via, approval.paper_id) == ("GD01", "paper", kept.id)
    assert room.ask(reading.papers, gate.id)[0].confirmed_by == "TM01"
    assert room.ask(reading.cycle, 2018).stage == "proposed"


@pytest.mark.parametrize("second", ["TK01", "GD01", "BCD1"])
def test_who_recorded_or_signed_and_who_may_not_never_confirms(room, paper, second):
    put(room, paper)
    with pytest.raises(Refusal, match=r"đề nghị|cán bộ thứ hai"):
        confirm(room.office, room.gate(KIND), NUMBER, act(room, second))
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
        confirm(room.office, room.gate(KIND), NUMBER, act(room, "TM02"))


def test_what_was_refused_about_a_paper_stays_in_the_gate_s_trail(room, paper):
    put(room, paper)
    with pytest.raises(Refusal):
        confirm(room.office, room.gate(KIND), NUMBER, act(room, "TK01"))
    event = room.ask(reading.audit_trail)[-2]  # the last one uses the code up
    assert (event.action, event.actor) == ("answer_refused", "TK01")
    assert "cán bộ thứ hai" in event.details["because"]


LATE, VOTED_DOWN, NO_SCAN = {"days": 1}, {"votes": (3, 9)}, {"scan": Path("missing.pdf")}


@pytest.mark.parametrize("wrong", [LATE, VOTED_DOWN, NO_SCAN], ids=["of tomorrow", "voted down", "no scan"])
def test_a_paper_that_is_none_leaves_its_refusal_in_the_gate_s_trail_and_uses_the_code_up(room, paper, wrong):
    wrong = {"dated": room.clock.on + timedelta(**wrong)} if "days" in wrong else wrong
    refused_of(room, "TK01", lambda by: record(room.office, room.gate(KIND), replace(paper, **wrong), by))


def test_a_rejection_without_a_reason_leaves_its_refusal_too(room, paper):
    put(room, paper)
    refused_of(room, "TM01", lambda by: reject(room.office, room.gate(KIND), NUMBER, by, " "))


@pytest.mark.parametrize("wrong", [VOTED_DOWN, NO_SCAN], ids=["voted down", "no scan"])
def test_the_code_is_judged_before_what_is_on_the_paper(room, paper, wrong):
    with pytest.raises(Refusal, match="Mã xác thực không đúng"):
        record(room.office, room.gate(KIND), replace(paper, **wrong), Actor("TK01", "000000"))
    assert room.ask(reading.device, "TK01").failures == 1


def refused_of(room, officer, deed):
    """What the deed is refused for is an event, and the code of it counts no more."""
    by = act(room, officer)
    with pytest.raises(Refusal) as refused:
        deed(by)
    event, used_up = room.ask(reading.audit_trail)[-2:]
    assert (event.action, event.actor, event.details["because"]) == ("answer_refused", officer, str(refused.value))
    assert (used_up.action, used_up.actor) == ("code_taken", officer)
    with pytest.raises(Refusal, match="đã dùng"):
        deed(by)


def test_a_paper_about_figures_that_have_changed_since_is_neither_recorded_nor_confirmed(room, paper):
    put(room, paper)
    room.file_anew("police_964", "2017-first_selection", offences=71)
    for refused in (lambda: confirm(room.office, room.gate(KIND), NUMBER, act(room, "TM01")), lambda: put(room, paper)):
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


@pytest.mark.parametrize("decision", ["approve", "return"])
def test_votes_are_no_part_of_what_one_officer_decides(room, paper, decision):
    before = room.work()
    with pytest.raises(Refusal, match="do Giám đốc Công an tỉnh quyết định, không biểu quyết; đề nghị bỏ số phiếu"):
        put(room, replace(paper, decision=decision, reason="Chưa rõ.", votes=(11, 0)))
    assert room.work() == before


def test_only_the_board_and_the_committee_vote():
    voted = {kind for kind, rule in GATES.items() if rule.voted}
    assert voted == {kind for kind, rule in GATES.items() if {"board_chair", "committee_chair"} & set(rule.roles)}


def test_a_scan_may_be_dropped_into_its_folder_and_is_taken_out_of_it(room, paper):
    room.office.scan_inbox.mkdir(exist_ok=True)
    dropped = room.office.scan_inbox / "to-trinh-45.pdf"
    paper.scan.rename(dropped)
    kept = put(room, replace(paper, scan=Path("to-trinh-45.pdf")))
    assert not dropped.exists()
    assert (room.office.folder / kept.scan).read_bytes() == b"%PDF-1.4 signed"


@pytest.mark.parametrize("typed", ["quét/to-trinh.pdf", "to-trinh.pdf"])
def test_a_scan_that_is_not_there_is_named_as_it_was_typed_with_the_drop_folder(room, paper, typed):
    with pytest.raises(Refusal) as refused:
        put(room, replace(paper, scan=Path(typed)))
    assert f"Không tìm thấy bản chụp {typed};" in str(refused.value)
    assert f"chép tệp vào thư mục {room.office.scan_inbox} rồi chỉ ghi tên tệp" in str(refused.value)


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
        confirm(room.office, room.gate(KIND), NUMBER, act(room, "TM01"))


def test_the_same_paper_twice_is_one_and_another_takes_its_place(room, paper):
    first = put(room, paper)
    assert put(room, paper).id == first.id
    second = put(room, replace(paper, number="46/TTr-CAT"))
    states = {row.id: row.state for row in room.ask(reading.papers, room.gate(KIND).id)}
    assert states == {first.id: "replaced", second.id: "recorded"}


def test_what_a_record_replaced_is_told_and_is_in_the_gate_s_trail(room, paper):
    first = put(room, paper)
    assert replaced(room.office, first) is None
    room.give("TM01", "secretary", room.clock.on)
    before = replaced(room.office, put(room, replace(paper, number="46/TTr-CAT"), "TM01"))
    assert (before.number, before.recorded_by) == (NUMBER, "TK01")
    (event,) = [event for event in room.ask(reading.audit_trail) if event.action == "paper_replaced"]
    assert event.actor == "TM01"
    told = {"number": NUMBER, "recorded_by": "TK01", "replaced_by": "46/TTr-CAT", "scan_sha256": first.scan_sha256}
    assert event.details.items() >= told.items()


# A confirmation is of the record that the second officer saw


@pytest.mark.parametrize("typed", [NUMBER, " 45/ttr-cat ", "scan", "SCAN"])
def test_a_record_is_named_by_its_number_or_by_its_scan(room, paper, typed):
    kept = put(room, paper)
    named = {"scan": kept.scan_sha256[:8], "SCAN": kept.scan_sha256.upper()}.get(typed, typed)
    assert confirm(room.office, room.gate(KIND), named, act(room, "TM01")).id == kept.id


@pytest.mark.parametrize("typed", ["", "45", "46/TTr-CAT", "45/TTr-CAT#2", "short"])
@pytest.mark.parametrize("deed", [confirm, reject])
def test_what_names_another_is_refused_with_what_waits(room, paper, typed, deed):
    kept = put(room, paper)
    why = ("Không khớp.",) if deed is reject else ()
    with pytest.raises(Refusal) as refused:
        deed(room.office, room.gate(KIND), kept.scan_sha256[:7] if typed == "short" else typed, act(room, "TM01"), *why)
    for told in (f"số {NUMBER} ngày 01/11/2017, GD01 ký: Đồng ý", kept.scan_sha256, f"ghi --paper {NUMBER}."):
        assert told in str(refused.value)
    assert look(room.office, room.gate(KIND)).paper.id == kept.id


def test_a_record_that_came_after_the_second_officer_looked_is_not_confirmed(room, paper):
    seen = put(room, paper)
    put(room, replace(paper, number="46/TTr-CAT", decision="return", reason="Chưa rõ."))
    with pytest.raises(Refusal, match=r"đang chờ: văn bản giấy số 46/TTr-CAT .* ký: Trả lại"):
        confirm(room.office, room.gate(KIND), NUMBER, act(room, "TM01"))
    with pytest.raises(Refusal, match="không phải bản ghi đang chờ"):
        confirm(room.office, room.gate(KIND), seen.scan_sha256, act(room, "TM01"))
    assert room.ask(reading.answer_in_force, KIND, "criteria_review:2018") is None


def test_a_record_changed_under_the_same_number_has_to_be_named_anew(room, paper):
    put(room, paper)
    second = put(room, replace(paper, decision="return", reason="Chưa rõ."))
    for seen in (NUMBER, second.scan_sha256):
        with pytest.raises(Refusal, match=r"ký: Trả lại.*ghi --paper 45/TTr-CAT#2\."):
            confirm(room.office, room.gate(KIND), seen, act(room, "TM01"))
    assert confirm(room.office, room.gate(KIND), "45/TTr-CAT#2", act(room, "TM01")).decision == "return"


# Those who may confirm are told


def told_of(room):
    return {key.rpartition("/")[2] for key in room.ask(reading.mail_keys, "paper:")}


def test_who_may_confirm_is_told_once_and_who_may_not_is_not(room, paper):
    room.give("TM02", "secretary", room.clock.on)  # who drafted it
    kept = put(room, paper)
    assert told_of(room) == {"TM01", "QT01"}
    assert put(room, paper).id == kept.id
    mails = [mail for mail in room.ask(reading.mails_unsent) if mail.key.startswith("paper:")]
    assert len(mails) == 2
    assert mails[0].subject.startswith(f"Chờ xác nhận văn bản giấy số {NUMBER}: ")
    assert f'gate confirm {room.gate(KIND).id} --paper "{NUMBER}"' in mails[0].body
    assert kept.scan_sha256 in mails[0].body


def test_another_record_is_told_anew(room, paper):
    put(room, paper)
    put(room, replace(paper, decision="return", reason="Chưa rõ."))
    assert len(room.ask(reading.mail_keys, "paper:")) == 4
    assert any('--paper "45/TTr-CAT#2"' in mail.body for mail in room.ask(reading.mails_unsent))


def test_a_record_that_is_refused_is_told_to_nobody(room, paper):
    with pytest.raises(Refusal):
        put(room, replace(paper, decision="return"))
    assert told_of(room) == set()


def test_what_is_not_on_the_paper_is_rejected_with_its_reason_and_the_gate_waits_on(room, paper):
    put(room, paper)
    with pytest.raises(Refusal, match="phải nêu lý do"):
        reject(room.office, room.gate(KIND), NUMBER, act(room, "TM01"), " ")
    reject(room.office, room.gate(KIND), NUMBER, act(room, "TM01"), "Số văn bản không khớp.")
    assert room.gate(KIND)
    with pytest.raises(Refusal, match="chưa có văn bản giấy"):
        confirm(room.office, room.gate(KIND), NUMBER, act(room, "TM01"))


def test_a_wrong_code_records_nothing_and_counts(room, paper):
    before = room.work()
    with pytest.raises(Refusal, match="không đúng"):
        record(room.office, room.gate(KIND), paper, Actor("TK01", "000000"))
    assert room.work() == before
    assert room.ask(reading.device, "TK01").failures == 1


# What confirming would refuse is refused to the secretary already


SESSION = "steering_decision"


@pytest.fixture
def sitting(room_at):
    """15/11/2017: the first session sits, and its chair signs paper."""
    return room_at("first_session_prepared")


def decided_on_paper(room, decision, reason="", votes=(11, 0), **choices):
    scan = room.office.folder / "quyet-dinh.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    paper = Paper("BCD1", decision, "17/QĐ-BCĐ", room.clock.on, scan, reason, votes, choices)
    return record(room.office, room.gate(SESSION), paper, act(room, "TK01"))


def options(room, name, count):
    question = next(question for question in room.gate(SESSION).questions if question.name == name)
    return list(question.options[:count])


@pytest.mark.parametrize(
    ("decision", "added", "removed", "said"),
    [
        ("amend", 1, 0, "vượt mức tối đa 15; hãy bớt 1 đơn vị"),
        ("amend", 2, 2, "Chưa ghi lý do của địa bàn"),
        ("amend", 0, 0, "Chưa chọn địa bàn nào"),
        ("approve", 1, 1, "Phiên họp có sửa đổi danh sách"),
    ],
)
def test_a_sitting_that_could_not_be_carried_out_is_not_recorded(sitting, decision, added, removed, said):
    chosen = {"added": options(sitting, "added", added), "removed": options(sitting, "removed", removed)}
    before = sitting.work()
    with pytest.raises(Refusal, match=said):
        decided_on_paper(sitting, decision, "Theo ý kiến phiên họp.", **chosen)
    assert sitting.work() == before
    assert not list(sitting.office.folder.glob("scans/*"))


def test_trying_a_paper_decides_nothing_until_it_is_confirmed(sitting):
    kept = decided_on_paper(sitting, "amend", "Để theo dõi.", removed=options(sitting, "removed", 1))
    assert kept.state == "recorded"
    assert sitting.ask(reading.areas, 2018) == []
    assert sitting.ask(reading.answer_in_force, SESSION, "steering_decision:2017") is None
    confirm(sitting.office, sitting.gate(SESSION), "17/QĐ-BCĐ", act(sitting, "TM01"))
    assert len(sitting.ask(reading.areas, 2018)) == 14


@pytest.mark.parametrize(("votes", "may"), [((6, 5), True), ((5, 5), False), ((0, 11), False), (None, True)])
def test_what_was_voted_down_is_no_approval(sitting, votes, may):
    if may:
        assert decided_on_paper(sitting, "approve", votes=votes).state == "recorded"
        return
    with pytest.raises(Refusal, match="không nhiều hơn"):
        decided_on_paper(sitting, "approve", votes=votes)
