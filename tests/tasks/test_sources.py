"""Beside a released report lies a sheet of what it was made from, with the head of the audit trail."""

from __future__ import annotations

import hashlib
import re

import pytest
from python_calamine import CalamineWorkbook

from models import db, reading
from models.verification import first_fault
from tasks import gate_openings
from tasks.documents import draft_report
from tasks.release import RELEASE_MAIL, SOURCES_MAIL, announce_release

REPORT, YEAR, PERIOD = "annual_report", 2017, "2017-annual"


@pytest.fixture
def room(room_at):
    """22/11/2017: the report is reviewed; afterwards one reporter files anew; the director releases."""
    room = room_at("first_cycle_executed").on(2017, 11, 22)
    gate_openings.open_report_gate(room.office, "report_review", draft_report(room.office, REPORT, YEAR))
    assert room.answer("report_review") == ""
    room.clock.tick(hours=1)
    assert room.file_anew("police_964", PERIOD, offences=71).supplement
    gate_openings.open_report_gate(room.office, "report_release", newest(room))
    room.clock.tick(minutes=5)
    assert room.answer("report_release") == ""
    announce_release(room.office, REPORT, YEAR)
    return room


def newest(room):
    return room.ask(reading.newest_document, REPORT, YEAR)


def sheets(room) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_path(room.office.folder / newest(room).sources_path)
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def said(room) -> dict[str, str]:
    return {row[0]: row[1] for row in sheets(room)["Nguồn số liệu"] if len(row) > 1 and row[1]}


def head(room) -> tuple[int, str]:
    number, _, hash = said(room)["Mã nhật ký khi phát hành"].partition(":")
    return int(number), hash


def test_it_names_the_report_as_released_and_who_approved_it(room):
    told, document = said(room), newest(room)
    assert (told["Văn bản"], told["Mã SHA-256 của văn bản"]) == (document.path, document.content_sha256)
    assert told["Ngày phê duyệt phát hành"] == "22/11/2017"
    reviewed, released = told["Người duyệt, người ký"].split("\n")
    assert reviewed.startswith("Duyệt nội dung báo cáo: Cán bộ TM01")
    assert released.startswith("Ký phát hành báo cáo: Cán bộ GD01")


def test_the_head_is_an_event_of_the_trail_no_older_than_the_release(room):
    number, hash = head(room)
    trail = {event.id: event for event in room.ask(reading.audit_trail)}
    assert trail[number].hash == hash
    released = next(event.id for event in trail.values() if event.action == "document_released")
    assert number >= released


def test_a_trail_rewritten_after_the_release_no_longer_has_the_head(room):
    number, _ = head(room)
    with db.read(room.office.engine) as session:
        assert first_fault(session, head(room)) is None
        assert first_fault(session, (number, "0" * 64)) is not None


def test_each_form_that_counts_is_there_with_the_hash_of_its_file_and_no_later_one(room):
    _, *rows = sheets(room)["Biểu đã nhận"]
    filed = [s for s in room.ask(reading.submissions, PERIOD) if not s.supplement]
    own = [row for row in rows if row[1] == "năm 2017"]
    assert sorted(row[7] for row in own) == sorted(s.sha256 for s in filed)
    assert {row[5] for row in own} <= {"đúng hạn", "gửi muộn"}
    assert all(re.fullmatch(r"\d\d/\d\d/\d{4} \d\d:\d\d", row[4]) for row in rows)


def test_the_figures_of_the_year_before_have_their_forms_too(room):
    _, *rows = sheets(room)["Biểu đã nhận"]
    assert {row[1] for row in rows} == {"năm 2017", "năm 2016"}


def test_the_standing_office_gets_it_once_and_the_recipients_do_not(room):
    path = newest(room).sources_path
    announce_release(room.office, REPORT, YEAR)
    mails = {mail.key: mail for mail in room.ask(reading.mails_unsent)}
    assert mails[f"{SOURCES_MAIL}{REPORT}:{YEAR}"].attachments == [path]
    assert all(mail.attachments == [newest(room).path] for k, mail in mails.items() if k.startswith(RELEASE_MAIL))


def test_the_file_is_the_one_its_row_knows_and_twice_the_same(room):
    content = (room.office.folder / newest(room).sources_path).read_bytes()
    assert hashlib.sha256(content).hexdigest() == newest(room).sources_sha256
    before = room.rows(), room.files()
    announce_release(room.office, REPORT, YEAR)
    assert (room.rows(), room.files()) == before
