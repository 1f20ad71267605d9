"""Drafts: a document is rendered once for what it says, kept as a file, and remembered by its hashes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from sqlmodel import Session

from models import reading, store
from models.canonical import content_sha256
from models.db import read, transaction
from models.documents import Document
from models.reporting import Reporter, Submission
from plans.schema import Agency
from reports.catalogue import KINDS
from reports.issuer import Issue, issuer
from reports.mail import reporter_draft
from reports.render import render
from rules.periods import Period, period
from tasks.assessment import Selection
from tasks.cycle_facts import decision_facts, delisting_facts, minutes_facts, selection_facts
from tasks.office import SYSTEM, Office
from tasks.period_facts import Filed, period_facts, reporter_facts


def draft_report(office: Office, stem: str, year: int) -> Document:
    """The newest draft of the consolidated report, rendered anew if the figures say something else."""
    report = next(r for r in office.timetable.reports if (r.report, r.year) == (stem, year))
    with read(office.engine) as session:
        facts = period_facts(Filed(session, office, period(office.plan, report.period)))
    return _draft(office, stem, year, facts)


def draft_proposal(office: Office, selection: Selection) -> Document:
    """The tờ trình for the list of a cycle."""
    with read(office.engine) as session:
        facts = selection_facts(session, office, selection)
    return _draft(office, "selection_proposal", selection.year, facts)


def draft_decision(office: Office, year: int) -> Document:
    """The decision of Steering Committee 138 on the list of cycle `year`."""
    with read(office.engine) as session:
        facts = decision_facts(session, office, year)
    return _draft(office, "selection_decision", year, facts)


def draft_minutes(office: Office, year: int) -> Document:
    """The minutes of the session that judged cycle `year`."""
    with read(office.engine) as session:
        facts = minutes_facts(session, office, year)
    return _draft(office, "evaluation_minutes", year, facts)


def draft_delisting(office: Office, year: int) -> Document | None:
    """The decision that takes the converted areas of cycle `year` off the list; None if none was converted."""
    with read(office.engine) as session:
        facts = delisting_facts(session, office, year)
    return _draft(office, "delisting_decision", year, facts) if facts.areas else None


def draft_reporter_reports(office: Office) -> int:
    """Each reporter's own report from its newest accepted form, with the mail that brings it. Returns how many."""
    with read(office.engine) as session:
        waiting = _without_report(session, office)
        periods = {of: Filed(session, office, period(office.plan, of)) for of in {s.period for s in waiting}}
        facts = [(submission, reporter_facts(periods[submission.period], submission)) for submission in waiting]
    for submission, said in facts:
        agency = office.plan.agency(submission.reporter_id)
        subject = f"{submission.period}/{agency.id}"
        document = _draft(office, "reporter_report", said.period.year, said, agency, subject)
        _announce_reporter_report(office, said.period, submission, agency, document.path)
    return len(facts)


def keep(office: Office, stem: str, year: int, context: Any, subject: str = "") -> Document:
    """The document that says `context`: the one there is, or a new version, rendered and filed whole."""
    says = content_sha256(context)
    with read(office.engine) as session:
        known = reading.document_saying(session, stem, year, says, subject)
        newest = reading.newest_document(session, stem, year, subject)
    if known is not None:
        return known
    content = render(stem, context)
    version = newest.version + 1 if newest else 1
    path = _path(stem, year, subject, version)
    _write_whole(office.folder / path, content)
    with transaction(office.engine) as session:
        return store.record_document(
            session,
            stem=stem,
            year=year,
            subject=subject,
            path=str(path),
            content_sha256=hashlib.sha256(content).hexdigest(),
            context_sha256=says,
            is_illustrative=office.illustrative,
            on=office.today,
            by=SYSTEM,
            at=office.now(),
        )


def _without_report(session: Session, office: Office) -> list[Submission]:
    """The newest submissions of the periods of IV.3.a whose report was not announced yet."""
    announced = reading.mail_keys(session, "reporter_report:")
    owed = {report.period for report in office.timetable.reports}
    newest = reading.newest_submissions(session)
    return [s for s in newest if s.period in owed and _report_key(s) not in announced]


def _report_key(submission: Submission) -> str:
    return f"reporter_report:{submission.period}/{submission.reporter_id}#{submission.version}"


def _announce_reporter_report(office: Office, of: Period, submission: Submission, agency: Agency, path: str) -> None:
    text = reporter_draft(of, submission.supplement)
    with transaction(office.engine) as session:
        reporter = session.get_one(Reporter, agency.id)
        store.queue_mail(
            session,
            key=_report_key(submission),
            recipient_name=reporter.name,
            recipient_address=reporter.address,
            channel=reporter.channel,
            subject=text.subject,
            body=text.body,
            attachments=[path],
            on=office.today,
            by=SYSTEM,
            at=office.now(),
        )


def _draft(
    office: Office, stem: str, year: int, facts: Any, reporter: Agency | None = None, subject: str = ""
) -> Document:
    """The document of `facts`, issued by who issues its kind: a body of the province, or the `reporter` itself."""
    kind = KINDS[stem]
    body = issuer(kind.issuer or (reporter.id if reporter else ""), office.today, reporter)
    context = kind.build(facts, office.plan, Issue(body, office.today, office.illustrative))
    return keep(office, stem, year, context, subject)


def _path(stem: str, year: int, subject: str, version: int) -> Path:
    whose = f"-{subject.replace('/', '-')}" if subject else f"-{year}"
    again = f"-v{version}" if version > 1 else ""
    folder = Path("documents") / str(year)
    return (folder / stem if subject else folder) / f"{stem}{whose}{again}.docx"


def _write_whole(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".tmp")
    draft.write_bytes(content)
    draft.replace(path)
