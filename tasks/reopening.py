"""A reviewed report opened again by the head of the standing office: its figures are no longer frozen."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from models import reading, store
from models.gates import VOID
from rules.errors import Refusal
from rules.gates import check_may_answer
from tasks.answers import standing_at
from tasks.codes import Actor, identify, proven
from tasks.office import Office

REVIEW, RELEASE = "report_review", "report_release"


def reopen(office: Office, stem: str, year: int, head: Actor, reason: str) -> None:
    """Voids the approval of the report's figures and whatever asks for its release; the watch drafts it anew.

    Who may review may reopen, with a reason. `Refusal` if the report was not reviewed, or is released already: what is
    filed later then goes into the supplement.
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

    proven(office, head, lambda session, at: identify(session, office, head.officer, head.code, at), work)
