"""Drafts: a document is rendered once for what it says, kept as a file, and remembered by its hashes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session

from models import reading, store
from models.canonical import content_sha256
from models.db import read, transaction
from models.documents import Document, Letter
from models.reporting import Reporter, Submission
from plans.schema import Agency
from reports.catalogue import KINDS
from reports.consolidated import Consolidated
from reports.mail import reporter_draft
from reports.render import render
from reports.signature_block import sign_anew, signature_of
from reports.signing import Signing, words
from rules.periods import period
from tasks.assessment import Selection
from tasks.cycle_facts import decision_facts, delisting_facts, minutes_facts, selection_facts
from tasks.kept_files import unchanged
from tasks.letters import queue, to_reporter
from tasks.office import SYSTEM, Office
from tasks.period_facts import Filed, period_facts
from tasks.reporter_facts import reporter_facts
from tasks.signatures import issue_of, signing_of
from tasks.signing_days import day_of_signature

REPORTER_REPORT_MAIL = "reporter_report:"  # begins the keys of the mails that bring them


@dataclass(frozen=True)
class _Draft:
    """A file that is written and has no row yet."""

    stem: str
    year: int
    subject: str
    path: str
    content_sha256: str
    context_sha256: str
    signer: str | None = None
    signer_ids: str | None = None


def draft_report(office: Office, stem: str, year: int) -> Document:
    """The newest draft of the consolidated report, rendered anew if the figures say something else."""
    report = office.timetable.report(stem, year)
    with read(office.engine) as session:
        context = report_context(stem, Filed(session, office, period(office.plan, report.period)))
    return keep(office, stem, year, context)


def report_context(stem: str, filed: Filed) -> Consolidated:
    """What the consolidated report `stem` says of what was filed: what is drafted, and what its gates show."""
    return _context(filed.session, filed.office, stem, filed.of.year, period_facts(filed))


def draft_proposal(office: Office, selection: Selection) -> Document:
    """The tờ trình for the list of a cycle."""
    with read(office.engine) as session:
        facts = selection_facts(session, office, selection)
        context = _context(session, office, "selection_proposal", selection.year, facts)
    return keep(office, "selection_proposal", selection.year, context)


def draft_decision(office: Office, year: int) -> Document:
    """The decision of Steering Committee 138 on the list of cycle `year`."""
    with read(office.engine) as session:
        context = _context(session, office, "selection_decision", year, decision_facts(session, office, year))
    return keep(office, "selection_decision", year, context)


def draft_minutes(office: Office, year: int) -> Document:
    """The minutes of the session that judged cycle `year`, written once: what came after it is not theirs to say."""
    with read(office.engine) as session:
        newest = reading.newest_document(session, "evaluation_minutes", year)
        if newest is not None and newest.stage not in ("returned", "replaced"):
            return newest
        context = _context(session, office, "evaluation_minutes", year, minutes_facts(session, office, year))
    return keep(office, "evaluation_minutes", year, context)


def draft_delisting(office: Office, year: int) -> Document | None:
    """The decision that takes the converted areas of cycle `year` off the list; None if none was converted."""
    with read(office.engine) as session:
        facts = delisting_facts(session, office, year)
        context = _context(session, office, "delisting_decision", year, facts) if facts.areas else None
    return keep(office, "delisting_decision", year, context) if context else None


def let_sign(office: Office, document: Document) -> Document:
    """The reviewed report as it is to be signed today: its words and figures stay, only the signature block is drawn.

    The review stands: what was approved has not changed. A file without such a block (a template of one's own) stays.
    `Refusal` if the file is gone or is not what was reviewed: then nobody is asked to sign it.
    """
    with read(office.engine) as session:
        now = signing_of(session, document.stem, office.today)
    content = unchanged(office.folder, document.path, document.content_sha256)
    block = signature_of(content)
    if block is None or now is None or not now.is_another_than(Signing(block, document.officers)):
        return document
    signed = sign_anew(content, now.block)
    path = _path(document.stem, document.year, document.subject, document.version + 1)
    office.write_whole(path, signed)
    with transaction(office.engine) as session:
        return store.record_signed_anew(
            session,
            document_id=document.id,
            path=str(path),
            content_sha256=hashlib.sha256(signed).hexdigest(),
            context_sha256=content_sha256([document.context_sha256, now]),
            **_signed_by(now),
            on=office.today,
            by=SYSTEM,
            at=office.now(),
        )


def draft_reporter_reports(office: Office) -> int:
    """Each reporter's own report from its newest accepted form, with the mail that brings it. Returns how many."""
    with read(office.engine) as session:
        waiting = _without_report(session, office)
        drafts = [_reporter_report(session, office, submission) for submission in waiting]
    with transaction(office.engine) as session:
        rows = reading.reporters(session)
        kept = [_record(session, office, draft) for draft in drafts]
        both = zip(waiting, kept, strict=True)
        queue(session, office, (_bringing(filed, rows[filed.reporter_id], office, report) for filed, report in both))
    return len(drafts)


def keep(office: Office, stem: str, year: int, context: Any, subject: str = "") -> Document:
    """The document that says `context`: the one there is, or a new version, rendered and filed whole."""
    with read(office.engine) as session:
        draft = _write(session, office, stem, year, context, subject)
    if isinstance(draft, Document):
        return draft
    with transaction(office.engine) as session:
        return _record(session, office, draft)


def _write(
    session: Session, office: Office, stem: str, year: int, context: Any, subject: str = ""
) -> _Draft | Document:
    """The file of a new version, or the document that says this already."""
    says = content_sha256(context)
    signing = signing_of(session, stem, day_of_signature(session, office, stem, year))
    newest = reading.newest_document(session, stem, year, subject)
    if newest is not None and newest.still_says(says, signing.codes if signing else None):
        return newest
    path = _path(stem, year, subject, newest.version + 1 if newest else 1)
    content = render(stem, context)
    office.write_whole(path, content)
    return _Draft(stem, year, subject, str(path), hashlib.sha256(content).hexdigest(), says, **_signed_by(signing))


def _record(session: Session, office: Office, draft: _Draft | Document) -> Document:
    if isinstance(draft, Document):
        return draft
    return store.record_document(
        session,
        **vars(draft),
        is_illustrative=office.illustrative,
        on=office.today,
        by=SYSTEM,
        at=office.now(),
    )


def _without_report(session: Session, office: Office) -> list[Submission]:
    """The newest submissions of the periods of IV.3.a whose report was not announced yet."""
    announced = reading.mail_keys(session, REPORTER_REPORT_MAIL)
    newest = reading.newest_versions(session)
    waiting = {filed for filed, version in newest.items() if _report_key(*filed, version) not in announced}
    owed = {report.period for report in office.timetable.reports} & {period_id for period_id, _ in waiting}
    filed = (reading.latest_submissions(session, of, with_supplements=True) for of in sorted(owed))
    return [s for of in filed for s in of.values() if (s.period, s.reporter_id) in waiting]


def _report_key(period_id: str, reporter_id: str, version: int) -> str:
    return f"{REPORTER_REPORT_MAIL}{period_id}/{reporter_id}#{version}"


def _reporter_report(session: Session, office: Office, submission: Submission) -> _Draft | Document:
    agency = office.plan.agency(submission.reporter_id)
    facts = reporter_facts(session, office, submission)
    context = _context(session, office, "reporter_report", facts.period.year, facts, agency)
    subject = f"{submission.period}/{agency.id}"
    return _write(session, office, "reporter_report", facts.period.year, context, subject)


def _bringing(submission: Submission, reporter: Reporter, office: Office, document: Document) -> Letter:
    text = reporter_draft(period(office.plan, submission.period), submission.supplement)
    key = _report_key(submission.period, submission.reporter_id, submission.version)
    return to_reporter(key, reporter, text, [document.path])


def _context(session: Session, office: Office, stem: str, year: int, facts: Any, reporter: Agency | None = None) -> Any:
    """What the document says, issued by who issues its kind and signed by who signs on its day."""
    return KINDS[stem].build(facts, office.plan, issue_of(session, office, stem, year, reporter))


def _signed_by(signing: Signing | None) -> dict[str, str | None]:
    """Who signs, as the document's row keeps it."""
    return {"signer": words(signing.block), "signer_ids": signing.codes or None} if signing else {}


def _path(stem: str, year: int, subject: str, version: int) -> Path:
    whose = f"-{subject.replace('/', '-')}" if subject else f"-{year}"
    again = f"-v{version}" if version > 1 else ""
    folder = Path("documents") / str(year)
    return (folder / stem if subject else folder) / f"{stem}{whose}{again}.docx"
