"""Who signs for the head (KT., TUQ.), from which day to which; and that nobody releases what shows another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlmodel import select

from models import reading, store
from models.audit import AuditEvent
from models.db import read, transaction
from models.gates import Gate
from reports.frame import Signer
from reports.render import document_text
from reports.signature_block import signature_of
from reports.signing import Signing
from rules.agenda import agenda
from rules.errors import Refusal
from tasks.answers import may_have_changed
from tasks.codes import Actor
from tasks.documents import draft_report, let_sign
from tasks.gate_openings import document_at, open_report_gate
from tasks.papers import Paper, confirm, record
from tasks.state import load_state

ANNUAL = ("annual_report", 2017)
DRAFTED, NEXT, LAST = date(2017, 11, 22), date(2017, 11, 23), date(2017, 11, 24)
DAY = timedelta(days=1)
DEPUTY = "Phó Giám đốc Công an tỉnh"
HEAD = Signer(("GIÁM ĐỐC",))
FOR_THE_HEAD = Signer(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Cán bộ PGD1")
FOR_THE_HEAD_BY_PGD1 = Signing(FOR_THE_HEAD, ("PGD1",))


@pytest.fixture
def room(room_at):
    return room_at("first_cycle_executed").on(2017, 11, 22)


def content(room, document):
    return (room.office.folder / document.path).read_bytes()


def drafted_on(room, day):
    """The signature block of the annual report drafted on that day."""
    room.clock.on = day
    return signature_of(content(room, draft_report(room.office, *ANNUAL)))


def bring_on(room):
    """What the report's flow does: a draft to its review, a reviewed one to its release."""
    document = document_at(room.office, *ANNUAL)
    if document and document.stage == "reviewed":
        open_report_gate(room.office, "report_release", let_sign(room.office, document))
    else:
        open_report_gate(room.office, "report_review", draft_report(room.office, *ANNUAL))


def reviewed(room):
    """The report, reviewed on 22/11 and put to the director."""
    bring_on(room)
    assert room.answer("report_review", reason="Đủ số liệu.") == ""
    bring_on(room)


def due(room):
    with read(room.office.engine) as session:
        found = agenda(room.office.timetable, load_state(session, room.office), room.office.today)
    return {(one.action, one.subject) for one in found}


def late_figure(room):
    return room.file_anew("police_964", "2017-annual", offences=77)


def disable(room, officer, on):
    with transaction(room.office.engine) as session:
        at = room.office.now()
        store.disable_officer(session, officer_id=officer, on=on, reason="Chuyển công tác", by="QT01", at=at)


# Which day


@pytest.mark.parametrize(
    ("day", "signer"),
    [
        (NEXT - DAY, HEAD),
        (NEXT, FOR_THE_HEAD),
        (LAST, FOR_THE_HEAD),
        (LAST + DAY, HEAD),
    ],
    ids=["the day before", "the first day", "the last day", "the day after"],
)
def test_a_deputy_signs_from_the_first_day_to_the_last(room, day, signer):
    room.deputise("PGD1", DEPUTY, NEXT, LAST)
    assert drafted_on(room, day) == signer


def test_who_is_authorised_signs_under_the_own_title(room):
    room.deputise("TP01", "Trưởng phòng Tham mưu", DRAFTED, capacity="TUQ.")
    assert drafted_on(room, DRAFTED) == Signer(("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG THAM MƯU"), "Cán bộ TP01")


def test_of_two_deputies_the_one_asked_last_signs(room):
    room.deputise("PGD2", DEPUTY, DRAFTED - DAY, LAST)
    room.deputise("PGD1", DEPUTY, DRAFTED, LAST)
    assert drafted_on(room, NEXT) == FOR_THE_HEAD


@pytest.mark.parametrize("gone", ["PGD1", "GD01"], ids=["the deputy", "the head who asked them"])
def test_nobody_signs_for_another_once_either_has_left(room, gone):
    room.deputise("PGD1", DEPUTY, DRAFTED, LAST)
    disable(room, gone, NEXT)
    assert drafted_on(room, DRAFTED) == FOR_THE_HEAD
    assert drafted_on(room, NEXT) == HEAD


def test_nobody_passes_on_an_office_that_they_do_not_hold(room):
    room.deputise("PGD1", DEPUTY, DRAFTED, of="BCN1")
    assert drafted_on(room, DRAFTED) == HEAD


# A draft that waits


def test_without_a_delegation_nothing_is_drawn_anew(room):
    reviewed(room)
    rows, files = room.rows(), room.files()
    bring_on(room)
    assert (room.rows(), room.files()) == (rows, files)
    assert ("annual_report", "2017") not in due(room.on(2017, 11, 23))


def test_a_reviewed_report_is_signed_anew_and_nothing_else_in_it_changes(room):
    reviewed(room)
    first, asked = document_at(room.office, *ANNUAL), room.gate("report_release")
    room.deputise("PGD1", DEPUTY, NEXT, NEXT)
    assert ("annual_report", "2017") not in due(room)
    assert ("annual_report", "2017") in due(room.on(2017, 11, 23))
    assert may_have_changed(room.office, asked.id)
    bring_on(room)
    second = document_at(room.office, *ANNUAL)
    assert (second.version, second.stage, second.reviewed_on) == (2, "reviewed", DRAFTED)
    before, after = (document_text(content(room, document)).splitlines() for document in (first, second))
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [new.rpartition(" | ")[2] for _, new in changed] == ["KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC / Cán bộ PGD1"]
    assert "Người ký: KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC Cán bộ PGD1 (mã PGD1)." in room.gate("report_release").summary
    assert ("annual_report", "2017") not in due(room)  # asked anew once
    assert not may_have_changed(room.office, room.gate("report_release").id)


def test_its_review_holds_and_its_figures_stay_frozen(room):
    reviewed(room)
    asked = room.gate("report_release")
    room.on(2017, 11, 23).deputise("PGD1", DEPUTY, NEXT)
    bring_on(room)
    gates = {gate.id: gate for gate in room.ask(lambda session: session.exec(select(Gate)).all())}
    assert [gate.state for gate in gates.values() if gate.kind == "report_review"] == ["approved"]
    assert gates[asked.id].state == "void"
    (event,) = room.ask(lambda s: s.exec(select(AuditEvent).where(AuditEvent.action == "signature_redrawn")).all())
    assert event.details["stage"] == "reviewed"
    assert late_figure(room).supplement
    bring_on(room)
    assert document_at(room.office, *ANNUAL).version == 2
    assert room.answer("report_release", officer="PGD1") == ""
    assert document_at(room.office, *ANNUAL).stage == "released"


def test_the_head_is_back_the_day_after(room):
    room.deputise("PGD1", DEPUTY, DRAFTED)
    reviewed(room)
    assert room.gate("report_release").signing == FOR_THE_HEAD_BY_PGD1
    assert ("annual_report", "2017") in due(room.on(2017, 11, 23))
    bring_on(room)
    assert room.gate("report_release").signing == Signing(HEAD, ("GD01",))
    assert room.answer("report_release") == ""


def test_a_draft_before_its_review_is_drafted_anew_too(room):
    bring_on(room)
    asked = room.gate("report_review")
    room.deputise("PGD1", DEPUTY, NEXT)
    assert ("annual_report", "2017") in due(room.on(2017, 11, 23))
    bring_on(room)
    assert room.gate("report_review").id != asked.id
    assert room.gate("report_review").signing == FOR_THE_HEAD_BY_PGD1


def test_the_list_before_the_director_is_put_to_the_deputy_on_their_first_day(room_at):
    room = room_at("first_list_proposed")  # 1/11/2017
    room.deputise("PGD1", DEPUTY, date(2017, 11, 2))
    assert ("criteria_review", "2018") not in due(room)
    assert ("criteria_review", "2018") in due(room.on(2017, 11, 2))
    room.put_list_to_the_director(2018)
    assert ("criteria_review", "2018") not in due(room)
    assert room.gate("selection_proposal").signing == FOR_THE_HEAD_BY_PGD1
    assert "GD01 không ký được" in room.answer("selection_proposal")
    assert room.answer("selection_proposal", officer="PGD1") == ""


@pytest.mark.parametrize("deputised", [True, False])
@pytest.mark.parametrize("content", [b"edited", None])
def test_a_report_edited_or_lost_since_its_review_is_put_to_nobody_to_sign(room, content, deputised):
    reviewed(room)
    document = document_at(room.office, *ANNUAL)
    path = room.office.folder / document.path
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    if deputised:
        room.deputise("PGD1", DEPUTY, DRAFTED)
    before = room.rows()
    with pytest.raises(Refusal, match=r"không còn trong|đã bị sửa"):
        let_sign(room.office, document)
    assert room.rows() == before


def test_the_deputy_is_told_as_well(room):
    room.deputise("PGD1", DEPUTY, DRAFTED)
    reviewed(room)
    told = room.ask(reading.mail_keys, "gate:report_release/")
    assert {key.rpartition("/")[2] for key in told} == {"GD01", "PGD1"}


# Who may release it


def test_only_whom_the_draft_shows_releases_it(room):
    room.deputise("PGD1", DEPUTY, DRAFTED, LAST)
    room.deputise("PGD2", DEPUTY, DRAFTED - DAY, LAST)
    reviewed(room)
    for officer in ("GD01", "PGD2"):
        said = room.answer("report_release", officer=officer)
        assert "người ký là “KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC Cán bộ PGD1 (mã PGD1)”" in said
        assert f"{officer} không ký được; đề nghị chuyển đúng người ký" in said
    assert document_at(room.office, *ANNUAL).stage == "reviewed"
    assert room.answer("report_release", officer="PGD1") == ""
    approval = room.ask(reading.approvals)[-1][1]
    assert (approval.on_behalf_of, approval.capacity) == ("GD01", "KT.")


def test_a_deputy_does_not_release_what_shows_the_head(room):
    reviewed(room)
    room.deputise("PGD1", DEPUTY, DRAFTED)
    assert "người ký là “GIÁM ĐỐC (mã GD01)”" in room.answer("report_release", officer="PGD1")
    assert room.answer("report_release") == ""  # it was put to the head, and shows the head


def test_the_head_sends_back_what_a_deputy_was_to_sign(room):
    room.deputise("PGD1", DEPUTY, DRAFTED)
    reviewed(room)
    assert room.answer("report_release", "return", reason="Tôi sẽ ký.") == ""


# On paper


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.7")
    return path


def test_what_a_deputy_signed_on_the_last_day_counts_when_it_is_confirmed_on_the_next(room, scan):
    room.deputise("PGD1", DEPUTY, DRAFTED)
    reviewed(room)
    record(room.office, room.gate("report_release"), Paper("PGD1", "approve", "15/BC", DRAFTED, scan), by(room, "TK01"))
    room.on(2017, 11, 23)
    assert ("annual_report", "2017") not in due(room)  # it stays as it was signed
    confirm(room.office, room.gate("report_release"), "15/BC", by(room, "TM01"))
    approval = room.ask(reading.approvals)[-1][1]
    assert (approval.officer_id, approval.capacity, approval.via) == ("PGD1", "KT.", "paper")


def test_a_paper_signed_by_another_than_the_draft_shows_is_not_recorded(room, scan):
    reviewed(room)
    room.deputise("PGD1", DEPUTY, DRAFTED)
    before = room.work()
    with pytest.raises(Refusal, match=r"người ký là “GIÁM ĐỐC \(mã GD01\)”"):
        record(room.office, room.gate("report_release"), Paper("PGD1", "approve", "1", DRAFTED, scan), by(room, "TK01"))
    assert room.work() == before


def by(room, officer):
    return Actor(officer, room.code(officer))
