"""The Committee's decisions, from the sitting until they are signed: each day they show who may sign them that day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models import reading, store
from models.db import read, transaction
from models.documents import OutgoingMail
from reports.frame import Signer
from reports.signature_block import signature_of
from rules.agenda import agenda
from tasks.cycle import close
from tasks.documents import draft_decision, draft_delisting, draft_minutes
from tasks.release import announce_draft
from tasks.state import load_state

HELD, DAY = date(2017, 11, 15), timedelta(days=1)
DRAFTED = HELD + 2 * DAY
OWN = ("TM. BAN CHỈ ĐẠO", "TRƯỞNG BAN")
FOR_THE_CHAIR = ("TM. BAN CHỈ ĐẠO", "KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")


@pytest.fixture
def room(room_at):
    """The first session, whose decision has neither number nor day yet: it waits to be signed."""
    room = room_at("first_session_prepared")
    assert room.answer("steering_decision", held_on="15/11/2017") == ""
    bring_on(room)
    room.clock.on = DRAFTED
    return room


def bring_on(room, year=2018):
    """What the session's story does with the decision: drafted, and sent to be put up for signature."""
    decision = draft_decision(room.office, year)
    announce_draft(room.office, decision)
    return decision


def deputise(room, first, last=None, code="PTB1", **how):
    room.deputise(code, "Phó Trưởng ban", first, last, of="BCD1", role="committee_chair", **how)


def shown(room, stem="selection_decision", year=2018):
    """The block of the newest version, and whose it is."""
    document = room.ask(reading.newest_document, stem, year)
    return signature_of((room.office.folder / document.path).read_bytes()), document.signer_ids


def is_due(room, on=None, sitting=2017):
    room.clock.on = on or room.clock.on
    with read(room.office.engine) as session:
        found = agenda(room.office.timetable, load_state(session, room.office), room.office.today)
    return ("steering_decision", str(sitting)) in {(one.action, one.subject) for one in found}


def change(room, write, **what):
    with transaction(room.office.engine) as session:
        write(session, **what, by="QT01", at=room.office.now())


def mails(room):
    keys = room.ask(reading.mail_keys, "drafted:selection_decision:2018")
    return [room.ask(lambda s, key=key: s.get(OutgoingMail, key)).body for key in sorted(keys)]


def test_the_head_s_decision_is_drafted_once(room):
    rows, files = room.rows(), room.files()
    assert not is_due(room)
    bring_on(room)
    assert (room.rows(), room.files()) == (rows, files)
    assert shown(room) == (Signer(OWN), "BCD1")


def test_it_is_drafted_for_the_deputy_from_the_first_day_of_the_delegation_to_the_last(room):
    first, last = DRAFTED + 2 * DAY, DRAFTED + 4 * DAY
    deputise(room, first, last)
    days = [(first - DAY, OWN), (first, FOR_THE_CHAIR), (last, FOR_THE_CHAIR), (last + DAY, OWN)]
    seen = OWN
    for day, titles in days:
        assert is_due(room, day) is (titles != seen)
        bring_on(room)
        assert not is_due(room), "drafted anew once"
        assert shown(room)[0].titles == titles
        seen = titles
    assert shown(room) == (Signer(OWN), "BCD1")


@pytest.mark.parametrize("deed", ["revoked", "the deputy disabled", "the head disabled"])
def test_the_head_s_own_block_comes_back_when_the_deputy_may_sign_no_more(room, deed):
    deputise(room, DRAFTED, DRAFTED + 9 * DAY)
    bring_on(room)
    end = {"on": DRAFTED + DAY, "reason": "Trở lại làm việc"}
    if deed == "revoked":
        change(room, store.end_delegation, from_officer="BCD1", to_officer="PTB1", role="committee_chair", **end)
    else:
        change(room, store.disable_officer, officer_id="PTB1" if "deputy" in deed else "BCD1", **end)
    assert not is_due(room)
    assert is_due(room, DRAFTED + DAY)
    bring_on(room)
    assert shown(room)[0] == Signer(OWN)
    assert not is_due(room)


def test_another_head_is_asked_though_the_block_reads_the_same(room):
    change(room, store.disable_officer, officer_id="BCD1", on=DRAFTED, reason="Nghỉ hưu")
    assert not is_due(room), "nobody else holds the office"
    room.give("BCN1", "committee_chair", DRAFTED)
    assert is_due(room)
    bring_on(room)
    assert shown(room) == (Signer(OWN), "BCN1")
    assert "trước: TM. BAN CHỈ ĐẠO, TRƯỞNG BAN (mã BCD1); nay: TM. BAN CHỈ ĐẠO, TRƯỞNG BAN (mã BCN1)." in mails(room)[1]


def test_a_title_put_right_is_printed(room):
    room.deputise("PTB1", "Phó ban", DRAFTED, DRAFTED + DAY, of="BCD1", role="committee_chair")
    bring_on(room)
    change(room, store.correct_officer, officer_id="PTB1", title="Phó Trưởng ban")
    assert is_due(room)
    bring_on(room)
    assert shown(room) == (Signer(FOR_THE_CHAIR, "Cán bộ PTB1"), "PTB1")


def test_the_office_is_told_who_signed_before_and_who_signs_now(room):
    deputise(room, DRAFTED)
    bring_on(room)
    first, second = mails(room)
    assert "Người ký đã thay đổi" not in first
    assert (
        "Người ký đã thay đổi, trước: TM. BAN CHỈ ĐẠO, TRƯỞNG BAN (mã BCD1); nay: TM. BAN CHỈ ĐẠO, KT. TRƯỞNG BAN, PHÓ "
        "TRƯỞNG BAN Cán bộ PTB1 (mã PTB1)."
    ) in second


def test_the_trail_names_whom_each_version_was_drafted_for(room):
    deputise(room, DRAFTED)
    bring_on(room)
    versions = (room.ask(reading.audit_trail, f"document:selection_decision/2018#{number}") for number in (1, 2))
    drafted = [event for trail in versions for event in trail if event.action == "document_drafted"]
    assert [event.details["signer_ids"] for event in drafted] == ["BCD1", "PTB1"]


@pytest.mark.parametrize(
    ("fields", "day"),
    [({"number": "17/QĐ-BCĐ"}, HELD), ({"signed_on": "16/11/2017"}, HELD + DAY)],
    ids=["numbered", "its day is known"],
)
def test_a_decision_that_was_signed_shows_for_ever_who_could_sign_that_day(room_at, fields, day):
    room = room_at("first_session_prepared").on(2017, 11, 17)
    deputise(room, day)
    assert room.answer("steering_decision", held_on="15/11/2017", **fields) == ""
    bring_on(room)
    assert shown(room) == (Signer(FOR_THE_CHAIR, "Cán bộ PTB1"), "PTB1")
    deputise(room, DRAFTED, code="PTB2")
    assert not is_due(room)
    rows = room.rows()
    bring_on(room)
    assert room.rows() == rows


def test_the_decision_that_delists_follows_and_the_minutes_stay_as_they_were_written(room_at):
    room = room_at("second_session_prepared")
    held_on = room.clock.on
    why = {"missing_reason": "Huyện đã xác nhận."}
    assert room.answer("steering_decision", number="18/QĐ-BCĐ", held_on=f"{held_on:%d/%m/%Y}", **why) == ""
    for draft, year in ((draft_minutes, 2018), (draft_delisting, 2018), (draft_decision, 2019)):
        draft(room.office, year)
    close(room.office, 2018)
    minutes = draft_minutes(room.office, 2018)
    assert not is_due(room, held_on + DAY, 2018)
    deputise(room, held_on + 2 * DAY)
    assert is_due(room, held_on + 2 * DAY, 2018)
    draft_delisting(room.office, 2018)
    assert shown(room, "delisting_decision", 2018) == (Signer(FOR_THE_CHAIR, "Cán bộ PTB1"), "PTB1")
    draft_decision(room.office, 2019)
    assert shown(room, "selection_decision", 2019)[0] == Signer(OWN), "it bears a number: it was signed at the sitting"
    room.warn(0, "2018-annual")
    assert draft_minutes(room.office, 2018).id == minutes.id
    assert not is_due(room, held_on + 2 * DAY, 2018)
