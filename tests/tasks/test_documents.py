"""A document is rendered once for what it says."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from decimal import Decimal

import pytest

from models import reading
from tasks import documents
from tasks.documents import draft_report, draft_reporter_reports
from tasks.intake import take_in_inbox


@pytest.fixture
def room(room_at):
    return room_at("first_cycle_executed").on(2017, 11, 22)


def versions(room, stem="annual_report", year=2017):
    return room.ask(reading.documents, stem, year, "")


def test_what_says_the_same_is_the_same_document_and_nothing_is_rendered_again(room, monkeypatch):
    first = draft_report(room.office, "annual_report", 2017)
    rows, files = room.rows(), room.files()
    monkeypatch.setattr(documents, "render", lambda *args: pytest.fail("rendered twice"))
    assert draft_report(room.office, "annual_report", 2017).id == first.id
    assert (room.rows(), room.files()) == (rows, files)


def test_the_row_knows_its_file_by_hash(room):
    document = draft_report(room.office, "annual_report", 2017)
    content = (room.office.folder / document.path).read_bytes()
    assert hashlib.sha256(content).hexdigest() == document.content_sha256
    assert document.path == "documents/2017/annual_report-2017.docx"
    assert document.is_illustrative


def test_other_figures_make_a_new_version_beside_the_old_one(room):
    first = draft_report(room.office, "annual_report", 2017)
    filled = room.on(2017, 11, 23).filled("police_964", "2017-annual")
    key = next(key for key, value in filled.values.items() if key[2] == "a1" and isinstance(value, Decimal))
    room.drop("police_964", "2017-annual", replace(filled, values={**filled.values, key: Decimal(77)}))
    (taken,) = take_in_inbox(room.office)
    assert taken.version == 2
    second = draft_report(room.office, "annual_report", 2017)
    assert (second.version, second.path) == (2, "documents/2017/annual_report-2017-v2.docx")
    assert [document.stage for document in versions(room)] == ["replaced", "drafted"]
    assert all((room.office.folder / document.path).is_file() for document in (first, second))


def test_a_file_left_by_a_crash_before_its_row_is_written_over(room):
    stray = room.office.folder / "documents/2017/annual_report-2017.docx"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"half a file")
    document = draft_report(room.office, "annual_report", 2017)
    assert hashlib.sha256(stray.read_bytes()).hexdigest() == document.content_sha256


def test_a_render_that_fails_leaves_neither_file_nor_row(room, monkeypatch):
    rows, files = room.rows(), room.files()
    monkeypatch.setattr(documents, "render", lambda *args: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        draft_report(room.office, "annual_report", 2017)
    assert (room.rows(), room.files()) == (rows, files)


def test_each_reporter_gets_its_own_report_once_and_again_for_a_new_version(room):
    filed = room.ask(reading.latest_submissions, "2017-annual")
    assert draft_reporter_reports(room.office) == len(filed)
    rows, files = room.rows(), room.files()
    assert draft_reporter_reports(room.office) == 0
    assert (room.rows(), room.files()) == (rows, files)


def test_without_a_success_there_is_no_delisting_decision(room):
    assert documents.draft_delisting(room.office, 2018) is None
