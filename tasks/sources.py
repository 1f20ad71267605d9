"""The sheet of sources beside a released report: what it was made from, and the audit trail as it then stood."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from sqlmodel import Session

from models import reading
from models.audit import head
from models.documents import Document
from models.gates import Approval
from models.reporting import Submission
from reports.sources import SUFFIX, FormSource, SourcesFacts, sources_workbook
from reports.wording import period_name
from rules.gates import GATES
from rules.periods import Period, period, same_window_last_year
from tasks.office import ILLUSTRATIVE, Office

APPROVED_AT = ("report_review", "report_release")


def write_sources(session: Session, office: Office, document: Document, title: str) -> tuple[str, str]:
    """Files the sheet beside the released report `document`. Returns its path and its SHA-256."""
    beside = Path(document.path)
    path = beside.with_name(f"{beside.stem}-{SUFFIX}.xlsx")
    content = sources_workbook(_facts(session, office, document, title))
    office.write_whole(path, content)
    return str(path), hashlib.sha256(content).hexdigest()


def _facts(session: Session, office: Office, document: Document, title: str) -> SourcesFacts:
    report = office.timetable.report(document.stem, document.year)
    of = period(office.plan, report.period)
    before = same_window_last_year(office.plan, of)
    answers = [(kind, _answer(session, kind, document)) for kind in APPROVED_AT]
    reviewed = answers[0][1]
    return SourcesFacts(
        title=title,
        document=document.path,
        document_sha256=document.content_sha256,
        released_on=document.released_on or office.today,
        approvals=[_words(session, office, kind, answer) for kind, answer in answers if answer],
        head=head(session),
        forms=[f for p in (of, before) if p for f in _forms(session, office, p, reviewed)],
        mark=ILLUSTRATIVE if document.is_illustrative else "",
    )


def _answer(session: Session, kind: str, document: Document) -> Approval | None:
    return reading.answer_in_force(session, kind, f"{document.stem}:{document.year}")


def _words(session: Session, office: Office, kind: str, answer: Approval) -> str:
    officer = reading.officer(session, answer.officer_id)
    assert officer is not None  # no answer without its officer
    capacity = f" ({answer.capacity} {answer.on_behalf_of})" if answer.capacity else ""
    at = answer.answered_at.astimezone(office.settings.zone)
    return f"{GATES[kind].title}: {officer.name}, {officer.title}{capacity}, {at:%d/%m/%Y %H:%M}"


def _forms(session: Session, office: Office, of: Period, reviewed: Approval | None) -> Iterator[FormSource]:
    """The newest form of each reporter among those that were there when the report's content was approved."""
    counting: dict[str, Submission] = {}
    for submission in reading.submissions(session, of.id):
        if reviewed is None or submission.received_at <= reviewed.answered_at:
            counting[submission.reporter_id] = submission
    for reporter, submission in counting.items():
        yield FormSource(
            period=period_name(of),
            reporter=office.plan.agency(reporter).name,
            version=submission.version,
            received_at=submission.received_at.astimezone(office.settings.zone),
            state=_state(submission),
            file_name=submission.file_name,
            sha256=submission.sha256,
        )


def _state(submission: Submission) -> str:
    timely = "gửi muộn" if submission.is_late else "đúng hạn"
    return f"{timely}, không phát sinh" if submission.is_nil else timely
