"""Documents and mail: made once, moved on, never sent twice."""

from datetime import UTC, date, datetime

import pytest

from models import db, reading, store
from models.documents import Letter
from rules.errors import Refusal

AT = datetime(2018, 11, 22, 2, 0, tzinfo=UTC)
ON = date(2018, 11, 22)
SIGNED = {"by": "TM01", "at": AT}


def draft(engine, says="1"):
    with db.transaction(engine) as session:
        return store.record_document(
            session,
            stem="annual_report",
            year=2018,
            path="documents/2018/annual_report.docx",
            content_sha256=f"file {says}",
            context_sha256=says,
            on=ON,
            **SIGNED,
        )


def move(engine, document, *stages):
    with db.transaction(engine) as session:
        for stage in stages:
            store.move_document(session, document_id=document.id, to=stage, on=ON, number="5/BC", **SIGNED)


def stages(engine):
    with db.read(engine) as session:
        return [(d.version, d.stage) for d in reading.documents(session, "annual_report", 2018)]


def saying(engine, says):
    with db.read(engine) as session:
        newest = reading.newest_document(session, "annual_report", 2018)
    return newest if newest.still_says(says) else None


def test_a_newer_draft_takes_the_place_of_the_older(engine):
    draft(engine, "1")
    newest = draft(engine, "2")
    assert stages(engine) == [(1, "replaced"), (2, "drafted")]
    assert saying(engine, "2") == newest
    assert saying(engine, "1") is None


def test_a_released_document_stands_beside_a_newer_draft(engine):
    move(engine, draft(engine, "1"), "reviewed", "released", "sent")
    draft(engine, "2")
    assert stages(engine) == [(1, "sent"), (2, "drafted")]


def test_a_returned_draft_is_drawn_up_anew_even_in_the_same_words(engine):
    move(engine, draft(engine), "returned")
    assert saying(engine, "1") is None
    draft(engine)
    assert stages(engine) == [(1, "replaced"), (2, "drafted")]


def test_each_step_keeps_its_day_and_the_number(engine):
    document = draft(engine)
    move(engine, document, "reviewed", "released", "sent")
    with db.read(engine) as session:
        found = reading.newest_document(session, "annual_report", 2018)
    assert (found.reviewed_on, found.released_on, found.sent_on, found.number) == (ON, ON, ON, "5/BC")


def test_a_draft_cannot_be_sent(engine):
    with pytest.raises(Refusal, match="không thể chuyển"):
        move(engine, draft(engine), "sent")


def test_mail_waits_until_it_is_sent_once(engine):
    def queue(session, body):
        return store.queue_mails(session, letters=[Letter("reminder:1", "A", "B", body)], on=ON, **SIGNED)

    with db.transaction(engine) as session:
        queue(session, "một")
        assert queue(session, "hai")[0].body == "một", "the key names the occasion: the first mail stands"
        assert [mail.key for mail in reading.mails_unsent(session)] == ["reminder:1"]
        store.mark_mail_sent(session, key="reminder:1", on=ON, path="mail/1.eml", **SIGNED)
        store.mark_mail_sent(session, key="reminder:1", on=date(2018, 12, 1), **SIGNED)
    with db.read(engine) as session:
        assert reading.mails_unsent(session) == []
        assert reading.mail_keys(session, "reminder:") == {"reminder:1"}
        assert reading.mail_keys(session, "remind_r") == set(), "a prefix is no pattern"
        counted = reading.counts(session)
    assert (counted.mails, counted.documents, counted.approvals, counted.audit_events) == (1, 0, 0, 7)


def test_mail_that_was_never_queued_cannot_be_sent(engine):
    with pytest.raises(Refusal, match="Không tìm thấy"), db.transaction(engine) as session:
        store.mark_mail_sent(session, key="none", on=ON, **SIGNED)
