"""Mail is written once, as files any mail program can open."""

from __future__ import annotations

import email
import email.policy

import pytest

from models import reading
from rules.errors import Refusal
from tasks.mail import send_waiting_mail


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
