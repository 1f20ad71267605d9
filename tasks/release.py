"""What the office is told: a report released, a session's papers drafted, a year without its days off."""

from __future__ import annotations

from sqlmodel import Session

from models import reading, store
from models.db import transaction
from models.documents import Document
from reports.catalogue import KINDS
from reports.mail import calendar_missing, document_drafted, document_released, report_sources
from reports.signing import signer_changed, with_code
from tasks.gate_openings import TITLES
from tasks.letters import queue, to_body, to_standing_office
from tasks.office import SYSTEM, Office
from tasks.sources import write_sources

RELEASE_MAIL = "released:"  # begins the keys of the mails that bring a report: "released:annual_report:2018/ubnd"
SOURCES_MAIL = "sources:"


def announce_release(office: Office, stem: str, year: int) -> None:
    """Queues the released report for each body it is owed to, and its sources for the standing office; once."""
    duty, title = office.plan.obligation(f"consolidated_{stem}"), TITLES[stem].format(year)
    with transaction(office.engine) as session:
        document = reading.newest_document(session, stem, year)
        if document is None or document.released_on is None or document.sources_path is not None:
            return
        path, sha256 = write_sources(session, office, document, title)
        store.record_sources(
            session, document_id=document.id, path=path, content_sha256=sha256, by=SYSTEM, at=office.now()
        )
        text = document_released(title)
        bodies = (office.plan.agency(body) for body in duty.owed_to)
        letters = [to_body(f"{RELEASE_MAIL}{stem}:{year}/{body.id}", body, text, [document.path]) for body in bodies]
        letters.append(to_standing_office(f"{SOURCES_MAIL}{stem}:{year}", office, report_sources(title), [path]))
        queue(session, office, letters)


def warn_of_missing_notice(office: Office) -> None:
    """Tells the standing office, once a year, that the deadlines of this year are guesses until its notice is known."""
    year = office.today.year
    warning = office.calendar.missing_notice(office.today)
    assert warning is not None  # the watch has looked
    text = calendar_missing(year, warning)
    with transaction(office.engine) as session:
        queue(session, office, [to_standing_office(f"calendar_missing:{year}", office, text)])


def announce_draft(office: Office, document: Document) -> None:
    """Queues the draft of a decision or of minutes for the standing office, which puts it up for signature; once.

    One drafted anew because another signs it says so.
    """
    with transaction(office.engine) as session:
        text = document_drafted(f"{KINDS[document.stem].title} năm {document.year}", _signer_change(session, document))
        key = f"drafted:{document.stem}:{document.year}#{document.version}"
        queue(session, office, [to_standing_office(key, office, text, [document.path])])


def _signer_change(session: Session, document: Document) -> str:
    """One sentence, if another signs this version than the one before; else ""."""
    versions = reading.documents(session, document.stem, document.year, document.subject)
    before = next((d for d in reversed(versions) if d.version < document.version), None)
    if before is None or before.signer is None or document.signer is None:
        return ""
    if before.signer == document.signer and not before.is_for_another(document.signer_ids):
        return ""
    signers = (with_code(d.signer or "", d.signer_ids or "") for d in (before, document))
    return signer_changed(*signers)
