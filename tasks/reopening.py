"""A reviewed report opened again by the head of the standing office: its figures are no longer frozen."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from models import reading, store
from models.db import read
from models.gates import VOID
from rules.errors import Refusal
from rules.gates import check_may_answer
from tasks.answers import Asked, standing_at
from tasks.codes import Actor, identify, proven
from tasks.office import Office

ON_THE_LINE = Asked()  # of no form
REVIEW, RELEASE = "report_review", "report_release"


def reviewed_reports(office: Office) -> tuple[tuple[str, int], ...]:
    """The reports that can be opened again (name and year): reviewed, and not signed yet."""
    known = dict.fromkeys(due.report for due in office.timetable.reports)
    with read(office.engine) as session:
        newest = reading.newest_documents(session, tuple(known))
        return tuple(sorted(which for which, document in newest.items() if document.stage == "reviewed"))


def refused_reopenings(office: Office, run_id: str) -> list[str]:
    """Why what was filled in in the forms of a run was refused, in order."""
    with read(office.engine) as session:
        return reading.refused_acts_of(session, run_id)


def reopen(
    office: Office,
    stem: str,
    year: int,
    head: Actor,
    reason: str,
    *,
    at: datetime | None = None,
    asked: Asked = ON_THE_LINE,
) -> None:
    """Voids the approval of the report's figures and whatever asks for its release; the watch drafts it anew.

    Who may review may reopen, with a reason. `Refusal` if the report was not reviewed, or is released already: what is
    filed later then goes into the supplement. `asked`: which form it was; `at`: when it was filled in.
    """

    def work(session: Session, at: datetime) -> None:
        roles = standing_at(session, REVIEW, head.officer, office.today).roles
        check_may_answer(REVIEW, "return", roles, reason)
        document = reading.newest_document(session, stem, year)
        if document is None or document.stage != "reviewed":
            raise Refusal(
                "Chỉ mở lại được báo cáo đã duyệt nội dung và chưa ký ban hành; số liệu gửi sau khi ký được đưa vào "
                "báo cáo bổ sung."
            )
        for kind in (REVIEW, RELEASE):
            gate = reading.newest_gate(session, kind, f"{stem}:{year}")
            if gate is not None and gate.state != VOID:
                store.void_gate(session, gate_id=gate.id, reason=f"Mở lại báo cáo: {reason}", by=head.officer, at=at)
        store.move_document(
            session, document_id=document.id, to="returned", on=office.today, reason=reason, by=head.officer, at=at
        )

    def check(session: Session, at: datetime) -> None:
        identify(session, office, head.officer, head.code, at)

    proven(office, head, check, work, at=at, run_id=asked.run_id, asked=asked.number)
