"""What the daily watch cannot do is told to the administrators; it stops only at a database that was changed."""

from __future__ import annotations

import sqlite3
from email import message_from_bytes

import pytest

from models import reading
from models.db import read
from rules.errors import Refusal
from tasks.gate_openings import document_at

ANNUAL = ("annual_report", 2017)


def text_of(path):
    return message_from_bytes(path.read_bytes()).get_payload(0).get_payload(decode=True).decode()  # type: ignore[union-attr]


def mails(desk, about):
    return sorted(desk.room.office.settings.mail_folder.rglob(f"*{about}*.eml"))


def test_a_reviewed_report_whose_file_is_gone_waits_and_holds_up_nothing_else(desk_at):
    desk = desk_at("first_cycle_executed", 2017, 11, 22)
    desk.watch()
    assert desk.room.answer("report_review") == ""
    file = desk.room.office.folder / document_at(desk.room.office, *ANNUAL).path
    kept = file.read_bytes()
    file.unlink()
    with pytest.raises(Refusal, match=r"^1 việc chưa làm được, đã báo quản trị; việc đầu tiên là Báo cáo năm · 2017"):
        desk.watch()
    assert document_at(desk.room.office, *ANNUAL).stage == "reviewed", "what was approved is not drafted anew"
    assert "report_release" not in {gate.kind for gate in desk.gates()}
    assert desk.room.ask(reading.mails_unsent) == [], "the mail of the day has gone"
    (mail,) = mails(desk, "held_up")
    assert "không còn trong thư mục dữ liệu; hãy khôi phục từ bản sao lưu gần nhất" in " ".join(text_of(mail).split())
    file.write_bytes(kept)
    desk.room.on(2017, 11, 23)
    desk.watch()
    assert desk.room.gate("report_release")


@pytest.mark.parametrize("payload", ['{"title": 1}', "[]", "7", '{"title": "x", "summary": null, "questions": {}}'])
def test_at_a_gate_whose_form_was_changed_the_watch_stops_and_says_so(desk, payload):
    database = desk.room.office.settings.data_dir / "chuyenhoa.db"
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE gate SET payload = ?", (payload,))
    connection.close()
    before = desk.room.rows()
    with pytest.raises(Refusal, match=r"thay đổi ngoài chương trình.*Dòng 1 của bảng bước phê duyệt \(gate\)"):
        desk.room.on(2017, 11, 2)
        desk.watch()
    after = desk.room.rows()
    assert after["gate"] == before["gate"], "the database is kept as it is"
    (mail,) = mails(desk, "database_changed")
    said = " ".join(text_of(mail).split())
    assert "Dòng 1 của bảng bước phê duyệt (gate) đã bị sửa sau khi ghi" in said
    assert "chuyenhoa audit verify" in said


def test_a_database_without_its_officers_is_told_to_the_standing_office(desk):
    database = desk.room.office.settings.data_dir / "chuyenhoa.db"
    with sqlite3.connect(database) as connection:
        connection.execute("DROP TABLE officer")
    connection.close()
    with pytest.raises(Refusal, match="Không đọc được cơ sở dữ liệu"):
        desk.watch()
    assert mails(desk, "database_changed")


def test_what_fails_in_an_unharmed_database_stays_what_it_is(desk, monkeypatch):
    monkeypatch.setattr("tasks.documents.draft_reporter_reports", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        desk.watch()
    with read(desk.room.office.engine) as session:
        assert not reading.mail_keys(session, "held_up:")
