"""The files that the database knows by their SHA-256 lie there as they were filed, or the first other one is named."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from models import db, reading, store
from tasks.kept_files import changed_file


@pytest.fixture
def room(room_at):
    """An office with a document, its sheet of sources, and the scan of an answer on paper."""
    room = room_at("first_list_proposed")
    document = room.ask(reading.newest_document, "selection_proposal", 2018)
    gate = room.gate("selection_proposal")
    signed = {"by": "TK01", "at": room.office.now()}
    for path in ("documents/sheet.xlsx", "scans/a.pdf"):
        room.office.write_whole(Path(path), path.encode())
    with db.transaction(room.office.engine) as session:
        store.record_sources(
            session, document_id=document.id, path="documents/sheet.xlsx",
            content_sha256=sha256("documents/sheet.xlsx"), **signed,
        )  # fmt: skip
        store.record_paper(
            session, gate_id=gate.id, subject_sha256=gate.subject_sha256, signed_by="GD01", decision="approve",
            reason="", answer={}, number="1/CV", dated=room.office.today, votes=None, scan="scans/a.pdf",
            scan_sha256=sha256("scans/a.pdf"), by=reading.officers(session)[0].id, at=room.office.now(),
        )  # fmt: skip
    return room


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def fault(room):
    return room.ask(changed_file, room.office.folder)


def known(room):
    return [path for path, _ in room.ask(reading.known_files)]


def test_what_was_filed_and_left_alone_has_no_fault(room):
    assert fault(room) is None
    assert [Path(path).suffix for path in known(room)] == [".docx", ".xlsx", ".pdf"]


@pytest.mark.parametrize("place", range(3), ids=["document", "sheet of sources", "scan"])
def test_a_changed_file_is_named_and_so_is_one_that_is_gone(room, place):
    path = known(room)[place]
    file = room.office.folder / path
    filed = file.read_bytes()
    file.unlink()
    assert fault(room).words == f"Tệp {path} không còn trong thư mục dữ liệu; hãy khôi phục từ bản sao lưu gần nhất."
    file.write_bytes(filed[:-1])
    found = fault(room)
    assert (found.kind, found.where) == ("file", path)
    assert found.words == f"Tệp {path} đã bị sửa sau khi lập; hãy khôi phục từ bản sao lưu gần nhất."
    file.write_bytes(filed)
    assert fault(room) is None


def test_a_file_that_cannot_be_read_is_named(room):
    file = room.office.folder / known(room)[0]
    file.unlink()
    file.mkdir()
    assert "không đọc được" in fault(room).words


def test_a_draft_that_another_took_the_place_of_is_still_looked_at(room):
    before = room.ask(reading.newest_document, "selection_proposal", 2018)
    room.office.write_whole(Path("documents/next.docx"), b"next")
    with db.transaction(room.office.engine) as session:
        store.record_document(
            session, stem=before.stem, year=before.year, path="documents/next.docx", content_sha256=sha256("next"),
            context_sha256="x", on=room.office.today, by="test", at=room.office.now(),
        )  # fmt: skip
    assert fault(room) is None
    (room.office.folder / before.path).unlink()
    assert fault(room).where == before.path


def test_only_the_files_asked_for_are_given(room):
    _, sheet, _ = known(room)
    assert [path for path, _ in room.ask(reading.known_files, {sheet, "forms/a.xlsx"})] == [sheet]
    assert room.ask(reading.known_files, set()) == []
