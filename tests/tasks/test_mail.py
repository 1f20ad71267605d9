"""Mail is written once, as files any mail program can open."""

from __future__ import annotations

import email
import email.policy
import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from models import db, reading, store
from models.documents import Letter, OutgoingMail
from rules.errors import Refusal
from tasks.mail import send_waiting_mail
from tasks.urgent_mail import send_queued_since, trail_length

SEVEN_HOURS = timedelta(hours=7)


@pytest.fixture
def room(room_at):
    return room_at("first_figures_asked")


def letters(room):
    return sorted(room.office.settings.mail_folder.rglob("*.eml"))


def test_every_queued_mail_becomes_one_file_and_is_sent_once(room):
    waiting = len(room.ask(reading.mails_unsent))
    assert send_waiting_mail(room.office) == waiting == len(letters(room)) > 0
    assert room.ask(reading.mails_unsent) == []
    rows, files = room.rows(), room.files()
    assert send_waiting_mail(room.office) == 0
    assert (room.rows(), room.files()) == (rows, files)


def test_a_mail_reads_as_it_was_meant(room):
    queued = {mail.subject: mail for mail in room.ask(reading.mails_unsent)}
    send_waiting_mail(room.office)
    for path in letters(room):
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert letter["Subject"] in queued
        assert not letter.defects
        body = letter.get_body()
        assert body is not None
        assert body.get_content().strip().splitlines()[0] in queued[letter["Subject"]].body
        (form,) = letter.iter_attachments()
        assert form.get_filename().endswith(".xlsx")
        assert form.get_payload(decode=True)[:2] == b"PK"


def test_its_day_and_hour_are_the_office_s(room):
    send_waiting_mail(room.office)
    for path in letters(room):
        sent_at = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)["Date"].datetime
        assert sent_at == room.office.now().replace(microsecond=0)
        assert sent_at.utcoffset() == room.office.now().astimezone(room.office.settings.zone).utcoffset() == SEVEN_HOURS


def test_it_is_addressed_to_the_body_by_its_full_name(room):
    names = {mail.recipient_name for mail in room.ask(reading.mails_unsent)}
    send_waiting_mail(room.office)
    found = set()
    for path in letters(room):
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        (address,) = letter["To"].addresses
        found.add(address.display_name)
    assert found == names


def test_written_but_not_recorded_it_is_written_again_as_the_same_file(room, monkeypatch):
    from tasks import mail

    def stops(*args, **options):
        raise OSError("no power")

    with monkeypatch.context() as patch:
        patch.setattr(mail.store, "mark_mail_sent", stops)
        with pytest.raises(OSError, match="no power"):
            send_waiting_mail(room.office)
    send_waiting_mail(room.office)
    assert len(letters(room)) == len(room.ask(reading.mail_keys))


def test_a_mail_whose_attachment_is_gone_stays_queued_and_holds_up_no_other(room):
    waiting = room.ask(reading.mails_unsent)
    (room.office.folder / waiting[0].attachments[0]).unlink()
    with pytest.raises(Refusal, match="1 thư chưa gửi được"):
        send_waiting_mail(room.office)
    assert [mail.key for mail in room.ask(reading.mails_unsent)] == [waiting[0].key]
    assert len(letters(room)) == len(waiting) - 1


@pytest.fixture
def drafted(room_at):
    """The office with its first tờ trình drafted, and the keys of the mails that bring it."""
    room = room_at("first_list_proposed")
    document = room.ask(reading.newest_document, "selection_proposal", 2018)
    carried = [mail.key for mail in room.ask(reading.mails_unsent) if document.path in mail.attachments]
    assert carried
    return room, document, carried


@pytest.mark.parametrize("end", [b" ", None], ids=["longer", "another of the same length"])
def test_a_document_changed_since_it_was_filed_goes_to_nobody_and_holds_up_no_other(drafted, end):
    room, document, carried = drafted
    waiting = len(room.ask(reading.mails_unsent))
    path = room.office.folder / document.path
    filed = path.read_bytes()
    change(path, filed + end if end else bytes([*filed[:-1], filed[-1] ^ 1]))
    with pytest.raises(Refusal, match=f"{len(carried)} thư chưa gửi được.*Tệp {document.path} đã bị sửa"):
        send_waiting_mail(room.office)
    assert [mail.key for mail in room.ask(reading.mails_unsent)] == carried
    assert len(letters(room)) == waiting - len(carried)
    change(path, filed)
    assert send_waiting_mail(room.office) == len(carried)


def test_a_changed_sheet_of_sources_goes_to_nobody(drafted):
    room, document, _ = drafted
    send_waiting_mail(room.office)
    room.office.write_whole(Path("sheet.xlsx"), b"filed")
    with db.transaction(room.office.engine) as session:
        signed = {"by": "test", "at": room.office.now()}
        sha256 = hashlib.sha256(b"filed").hexdigest()
        store.record_sources(session, document_id=document.id, path="sheet.xlsx", content_sha256=sha256, **signed)
        letter = Letter("sources", "A", "B", "C", attachments=["sheet.xlsx"])
        store.queue_mails(session, letters=[letter], on=room.office.today, **signed)
    room.office.write_whole(Path("sheet.xlsx"), b"changed")
    with pytest.raises(Refusal, match=r"Tệp sheet\.xlsx đã bị sửa"):
        send_waiting_mail(room.office)
    room.office.write_whole(Path("sheet.xlsx"), b"filed")
    assert send_waiting_mail(room.office) == 1


def test_the_hashes_of_all_attachments_are_asked_for_at_once(drafted):
    room, _, _ = drafted
    asked = []
    event.listen(room.office.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    send_waiting_mail(room.office)
    assert sum("content_sha256" in query for query in asked) == 1


def change(path, content):
    """Other offices of these tests have links to it: it is not written to."""
    path.unlink()
    path.write_bytes(content)


class Server:
    """Stands for an SMTP server: takes what is sent, or nobody answers."""

    def __init__(self, *, answers: bool = True) -> None:
        self.answers, self.taken = answers, []

    def __call__(self, settings):
        if not self.answers:
            raise ConnectionRefusedError("không kết nối được")
        return self

    def __enter__(self):
        return self

    def __exit__(self, *error) -> None:
        pass

    def send_message(self, message) -> None:
        self.taken.append(message)


@pytest.fixture
def by_server(room):
    """The office with a mail server, and one reporter that has an address."""
    settings = room.office.settings.model_copy(update={"mail_host": "mail.local"})
    first = room.ask(reading.mails_unsent)[0]
    with db.transaction(room.office.engine) as session:
        reporter = next(a for a in room.office.plan.agencies if a.name == first.recipient_name)
        store.install_reporters(
            session, reporters=[reporter], addresses={reporter.id: "vt@donvi.local"}, by="test", at=room.office.now()
        )
        mail = session.get_one(OutgoingMail, first.key)
        mail.channel, mail.recipient_address = "mail", "vt@donvi.local"
    return replace(room.office, settings=settings), first.key


def test_with_a_server_mail_goes_to_those_with_an_address_and_as_files_to_the_rest(room, by_server, monkeypatch):
    office, _ = by_server
    waiting = len(room.ask(reading.mails_unsent))
    server = Server()
    monkeypatch.setattr("tasks.mail._server", server)
    assert send_waiting_mail(office) == waiting
    (message,) = server.taken
    assert "vt@donvi.local" in message["To"]
    assert len(letters(room)) == waiting - 1
    assert room.ask(reading.mails_unsent) == []


def test_a_server_that_does_not_answer_keeps_its_mail_queued_and_holds_up_no_other(room, by_server, monkeypatch):
    office, addressed = by_server
    monkeypatch.setattr("tasks.mail._server", Server(answers=False))
    with pytest.raises(Refusal, match="1 thư chưa gửi được"):
        send_waiting_mail(office)
    assert [mail.key for mail in room.ask(reading.mails_unsent)] == [addressed]


def test_a_server_that_is_away_is_tried_once_and_not_for_each_mail(room, by_server, monkeypatch):
    office, _ = by_server
    queue_to(room, "vt@donvi.local", "a", "b")
    tried = []

    def away(settings):
        tried.append(settings)
        raise TimeoutError("quá 30 giây")

    monkeypatch.setattr("tasks.mail._server", away)
    with pytest.raises(Refusal, match="3 thư chưa gửi được"):
        send_waiting_mail(office)
    assert len(tried) == 1


# Two processes: none sends what the other does, and nothing is left lying


def test_while_one_sends_another_leaves_it_the_mail_and_what_came_meanwhile_goes_too(room, by_server, monkeypatch):
    office, _ = by_server
    other = replace(room.office, settings=office.settings)
    server, left = Server(), []

    def taken(message):
        if not server.taken:
            queue_to(room, "vt@donvi.local", "meanwhile")
            left.append(send_waiting_mail(other))
        server.taken.append(message)

    server.send_message = taken
    monkeypatch.setattr("tasks.mail._server", server)
    send_waiting_mail(office)
    assert left == [0]
    assert len(server.taken) == 2, "each once"
    assert room.ask(reading.mails_unsent) == []


def test_one_is_alone_at_it_until_it_lets_go(room):
    from models.alone import alone

    with alone(room.office.engine, "mail") as first, alone(room.office.engine, "mail") as second:
        assert (first, second) == (True, False)
    with alone(room.office.engine, "mail") as again:
        assert again


# What cannot wait for the watch


def test_letters_queued_since_go_at_once_and_else_nothing_is_sent(room):
    before = trail_length(room.office)
    assert send_queued_since(room.office, before)
    assert letters(room) == []
    queue_to(room, "", "now")
    assert send_queued_since(room.office, before)
    assert room.ask(reading.mails_unsent) == []


def test_a_server_s_trouble_is_only_told(room, by_server, monkeypatch):
    office, addressed = by_server
    monkeypatch.setattr("tasks.mail._server", Server(answers=False))
    before = trail_length(office)
    queue_to(room, "", "now")
    assert send_queued_since(office, before), "what waits is another, of before"
    queue_to(room, "vt@donvi.local", "later")
    assert not send_queued_since(office, before)
    assert {mail.key for mail in room.ask(reading.mails_unsent)} == {addressed, "later"}


def queue_to(room, address, *keys):
    queued = [Letter(key, "A", "B", "C", address) for key in keys]
    with db.transaction(room.office.engine) as session:
        store.queue_mails(session, letters=queued, on=room.office.today, by="test", at=room.office.now())
