"""Documents, mail, and the counts of a summary."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from models.audit import AuditEvent
from models.documents import Document, OutgoingMail
from models.gates import Approval
from models.reporting import Submission


@dataclass(frozen=True)
class Counts:
    """How many rows of each kind there are. `returned`: answers that sent something back."""

    submissions: int
    documents: int
    approvals: int
    returned: int
    mails: int
    audit_events: int


def documents(
    session: Session, stem: str | None = None, year: int | None = None, subject: str | None = None
) -> list[Document]:
    """Every version of the documents asked for, in the order they were made."""
    query = select(Document).order_by(col(Document.id))
    for column, wanted in ((Document.stem, stem), (Document.year, year), (Document.subject, subject)):
        if wanted is not None:
            query = query.where(column == wanted)
    return list(session.exec(query))


def newest_document(session: Session, stem: str, year: int, subject: str = "") -> Document | None:
    """The last version of a document."""
    versions = select(Document).where(Document.stem == stem, Document.year == year, Document.subject == subject)
    return session.exec(versions.order_by(col(Document.version).desc()).limit(1)).first()


def newest_documents(session: Session, stems: Iterable[str]) -> dict[tuple[str, int], Document]:
    """The last version of each document of these kinds, by stem and year."""
    query = select(Document).where(col(Document.stem).in_(list(stems)), Document.subject == "")
    return {(d.stem, d.year): d for d in session.exec(query.order_by(col(Document.version)))}


def mails_unsent(session: Session) -> list[OutgoingMail]:
    """What waits to be sent, the oldest first."""
    waiting = select(OutgoingMail).where(col(OutgoingMail.sent_on).is_(None))
    return list(session.exec(waiting.order_by(col(OutgoingMail.created_on), OutgoingMail.key)))


def mail_keys(session: Session, prefix: str = "") -> set[str]:
    """The keys of all mail, sent or not, that begin with `prefix`: what was already announced."""
    return set(session.exec(select(OutgoingMail.key).where(col(OutgoingMail.key).startswith(prefix, autoescape=True))))


def mailed_on(session: Session, prefixes: Iterable[str]) -> dict[str, date]:
    """The day each mail was written whose key begins with one of `prefixes`, sent or not, by its key."""
    return {key: on for key, (on, _) in mails_about(session, prefixes).items()}


def mails_about(session: Session, prefixes: Iterable[str]) -> dict[str, tuple[date, date | None]]:
    """As `mailed_on`, with the day each mail was sent; None for one that waits."""
    about = or_(*(col(OutgoingMail.key).startswith(prefix, autoescape=True) for prefix in prefixes))
    query = select(OutgoingMail.key, OutgoingMail.created_on, OutgoingMail.sent_on)  # type: ignore[call-overload]
    return {key: (on, sent_on) for key, on, sent_on in session.exec(query.where(about))}


def is_illustrative(session: Session) -> bool:
    """Whether any document was made from made-up figures: then the whole database is a demonstration's."""
    return session.exec(select(Document.id).where(col(Document.is_illustrative)).limit(1)).first() is not None


def counts(session: Session) -> Counts:
    """The counts of the replay's summary."""
    return Counts(
        submissions=_count(session, Submission),
        documents=_count(session, Document),
        approvals=_count(session, Approval),
        returned=_count(session, Approval, Approval.decision == "return"),
        mails=_count(session, OutgoingMail),
        audit_events=_count(session, AuditEvent),
    )


def _count(session: Session, table: Any, *conditions: Any) -> int:
    return session.exec(select(func.count()).select_from(table).where(*conditions)).one()
