"""Writes of documents as they are made and move on, and of mail."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.audit import witness
from models.canonical import plain
from models.documents import Document, Letter, OutgoingMail
from models.store.finding_rows import required
from rules.stages import STAGES, event_of

_DAY_OF = {"adopted": "adopted_on", "reviewed": "reviewed_on", "released": "released_on", "sent": "sent_on"}
_DRAFTS = ("drafted", "adopted", "reviewed", "returned")  # nobody has released them: a newer draft takes their place

_SIGNED_ANEW = "thay khối chữ ký theo ủy quyền"


def record_document(
    session: Session,
    *,
    stem: str,
    year: int,
    subject: str = "",
    path: str,
    content_sha256: str,
    context_sha256: str,
    signer: str | None = None,
    signer_ids: str | None = None,
    is_illustrative: bool = False,
    on: date,
    by: str,
    at: datetime,
) -> Document:
    """A rendered draft, as the next version, unless the newest says the same (`context_sha256`) and was not returned.

    A draft it takes the place of, that nobody released, is marked replaced. `path` is relative to the data folder.
    `signer` is who signs it, `signer_ids` whose code that is: for another officer to sign it is another version.
    """
    newest = _newest(session, stem, year, subject)
    if newest is not None and newest.still_says(context_sha256, signer_ids):
        return newest
    if newest is not None and newest.stage in _DRAFTS:
        move_document(session, document_id=newest.id, to="replaced", on=on, by=by, at=at)
    document = Document(
        stem=stem,
        year=year,
        subject=subject,
        version=newest.version + 1 if newest else 1,
        stage=STAGES["document"].first,
        path=path,
        content_sha256=content_sha256,
        context_sha256=context_sha256,
        rendered_on=on,
        is_illustrative=is_illustrative,
        signer=signer,
        signer_ids=signer_ids,
    )
    session.add(document)
    details = {"path": path, "content_sha256": content_sha256, "context_sha256": context_sha256}
    details |= {"signer": signer, "signer_ids": signer_ids}
    witness(session, "document_drafted", document.trail_name, details, by=by, at=at)
    return document


def record_signed_anew(
    session: Session,
    *,
    document_id: int,
    path: str,
    content_sha256: str,
    context_sha256: str,
    signer: str | None = None,
    signer_ids: str | None = None,
    on: date,
    by: str,
    at: datetime,
) -> Document:
    """The document with another signature block and no other change: the next version, at the stage it had reached.

    What was reviewed stays reviewed; the version before is marked replaced. The same again changes nothing. `signer`,
    `signer_ids`: as in `record_document`.
    """
    before = required(session, Document, document_id, "văn bản")
    newest = _newest(session, before.stem, before.year, before.subject)
    if newest is not None and newest.still_says(context_sha256, signer_ids):
        return newest
    stage = before.stage
    move_document(session, document_id=document_id, to="replaced", on=on, reason=_SIGNED_ANEW, by=by, at=at)
    document = Document(
        stem=before.stem,
        year=before.year,
        subject=before.subject,
        version=before.version + 1,
        stage=stage,
        path=path,
        content_sha256=content_sha256,
        context_sha256=context_sha256,
        rendered_on=on,
        adopted_on=before.adopted_on,
        reviewed_on=before.reviewed_on,
        is_illustrative=before.is_illustrative,
        signer=signer,
        signer_ids=signer_ids,
    )
    session.add(document)
    details = {"path": path, "content_sha256": content_sha256, "context_sha256": context_sha256}
    details |= {"signer": signer, "signer_ids": signer_ids}
    details |= {"in_place_of": before.content_sha256, "stage": stage}
    witness(session, "signature_redrawn", document.trail_name, details, by=by, at=at)
    return document


def move_document(
    session: Session,
    *,
    document_id: int,
    to: str,
    on: date,
    number: str = "",
    reason: str = "",
    by: str,
    at: datetime,
) -> Document:
    """The document at stage `to`, on day `on`; `number` is the clerk's, when it is known."""
    document = required(session, Document, document_id, "văn bản")
    if document.stage == to:
        return document
    action = event_of("document", document.stage, to)
    details = {"from": document.stage, "to": to, "on": on, "number": number, "reason": reason}
    details["content_sha256"] = document.content_sha256
    document.stage = to
    document.number = number or document.number
    if to in _DAY_OF:
        setattr(document, _DAY_OF[to], on)
    witness(session, action, document.trail_name, details, by=by, at=at)
    return document


def record_sources(
    session: Session, *, document_id: int, path: str, content_sha256: str, by: str, at: datetime
) -> Document:
    """The sheet of sources that was filed beside a document, once."""
    document = required(session, Document, document_id, "văn bản")
    if document.sources_path is not None:
        return document
    document.sources_path, document.sources_sha256 = path, content_sha256
    details = {"path": path, "sources_sha256": content_sha256}
    witness(session, "sources_filed", document.trail_name, details, by=by, at=at)
    return document


def queue_mails(session: Session, *, letters: Sequence[Letter], on: date, by: str, at: datetime) -> list[OutgoingMail]:
    """A mail to be sent for each letter, once for its key (say "reminder:2018-annual/police_964")."""
    if not letters:
        return []
    asked = select(OutgoingMail).where(col(OutgoingMail.key).in_([letter.key for letter in letters]))
    mails = {mail.key: mail for mail in session.exec(asked)}
    for letter in letters:
        if letter.key in mails:
            continue
        filled = vars(letter) | {"attachments": plain(letter.attachments)}
        mails[letter.key] = mail = OutgoingMail(**filled, created_on=on)
        session.add(mail)
        details = {"recipient": mail.recipient_name, "subject": mail.subject, "attachments": mail.attachments}
        witness(session, "mail_queued", f"mail:{mail.key}", details, by=by, at=at)
    return [mails[letter.key] for letter in letters]


def mark_mail_sent(
    session: Session, *, key: str, on: date, path: str | None = None, by: str, at: datetime
) -> OutgoingMail:
    """The mail has gone, on day `on`; `path` is the file it went to, when mail goes to files."""
    mail = required(session, OutgoingMail, key, "thư")
    if mail.sent_on is not None:
        return mail
    mail.sent_on, mail.path = on, path
    witness(session, "mail_sent", f"mail:{key}", {"on": on, "path": path}, by=by, at=at)
    return mail


def _newest(session: Session, stem: str, year: int, subject: str) -> Document | None:
    versions = select(Document).where(Document.stem == stem, Document.year == year, Document.subject == subject)
    return session.exec(versions.order_by(col(Document.version).desc()).limit(1)).first()
