"""Writes at gates: opened, rung, answered, voided."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Literal

from sqlmodel import Session, col, select

from models.audit import details_of, witness
from models.canonical import content_sha256, plain
from models.gates import DECIDED, OPEN, STATE_AFTER, VOID, Approval, Gate, Via
from models.people import Officer
from models.store.finding_rows import required
from rules.errors import Refusal
from rules.gates import check_waits

_CHANGED = "Nội dung trình đã thay đổi sau khi biểu mẫu được mở; hãy mở lại biểu mẫu và xem bản mới trước khi trả lời."
_SUPERSEDED = "nội dung trình đã thay đổi"


def open_gate(
    session: Session,
    *,
    kind: str,
    subject: str,
    subject_sha256: str,
    payload: Any,
    asked_by: str,
    on: date,
    due_on: date | None = None,
    superseded: str = "",
    by: str,
    at: datetime,
) -> Gate:
    """The gate that asks to approve `subject` as it stands at `subject_sha256`.

    A gate open for the same hash, or already decided on it (approved, amended, dropped), is returned as it is.
    One open for another hash is voided first, `superseded` says why. After a return or a void the next attempt is
    opened.
    """
    attempts = select(Gate).where(Gate.kind == kind, Gate.subject == subject)
    newest = session.exec(attempts.order_by(col(Gate.attempt).desc()).limit(1)).first()
    if newest is not None and newest.subject_sha256 == subject_sha256 and newest.state in (OPEN, *DECIDED):
        return newest
    if newest is not None and newest.state == OPEN:
        void_gate(session, gate_id=newest.id, reason=superseded or _SUPERSEDED, by=by, at=at)
    gate = Gate(
        kind=kind,
        subject=subject,
        attempt=newest.attempt + 1 if newest else 1,
        subject_sha256=subject_sha256,
        asked_by=asked_by,
        opened_on=on,
        due_on=due_on,
        payload=plain(payload),
    )
    session.add(gate)
    details = {"asked_by": asked_by, "due_on": due_on, "subject_sha256": subject_sha256}
    witness(session, "gate_opened", gate.trail_name, details, by=by, at=at)
    return gate


def set_gate_run(session: Session, *, gate_id: int, flow_run_id: str, by: str, at: datetime) -> Gate:
    """Remembers the run that rings at this gate; another run id means it was rung again."""
    gate = required(session, Gate, gate_id, "bước phê duyệt")
    if gate.flow_run_id == flow_run_id:
        return gate
    check_waits(gate.state == OPEN)
    details = {"again": gate.flow_run_id is not None, "flow_run_id": flow_run_id}
    gate.flow_run_id = flow_run_id
    witness(session, "gate_rung", gate.trail_name, details, by=by, at=at)
    return gate


def record_approval(
    session: Session,
    *,
    gate_id: int,
    decision: Literal["approve", "amend", "return", "drop"],
    officer_id: str,
    subject_sha256: str,
    reason: str = "",
    answer: Mapping[str, Any] | None = None,
    on: date,
    via: Via = "prefect",
    on_behalf_of: str = "",
    capacity: str = "",
    paper_id: int | None = None,
    by: str,
    at: datetime,
) -> Approval:
    """The answer that counts at this gate; the gate takes its state from it. The very same answer again is one.

    Who may answer what is checked before (identity, role). `Refusal` if the gate does not wait any more, if what is
    approved is not what was asked (`subject_sha256`), without the reason that all but a plain approval need.
    """
    gate = required(session, Gate, gate_id, "bước phê duyệt")
    given = plain(answer or {})
    known = session.exec(select(Approval).where(Approval.gate_id == gate_id)).first()
    if known is not None and (known.officer_id, known.decision, known.reason, known.answer, known.subject_sha256) == (
        officer_id,
        decision,
        reason,
        given,
        subject_sha256,
    ):
        return known
    _check_answer(session, gate, decision, officer_id, subject_sha256, reason)
    approval = Approval(
        gate_id=gate_id,
        decision=decision,
        officer_id=officer_id,
        reason=reason,
        answer=given,
        subject_sha256=subject_sha256,
        answered_on=on,
        answered_at=at,
        via=via,
        on_behalf_of=on_behalf_of,
        capacity=capacity,
        paper_id=paper_id,
    )
    gate.state = STATE_AFTER[decision]
    session.add(approval)
    details = {"decision": decision, "officer": officer_id, "reason": reason, "answer": given, "via": via}
    details |= {"subject_sha256": subject_sha256, "answered_on": on}
    details["flow_run_id"] = gate.flow_run_id if via == "prefect" else None  # of the form that was filled in, if any
    details |= {"form_sha256": content_sha256(gate.payload), "on_behalf_of": on_behalf_of, "capacity": capacity}
    if paper_id is not None:
        details["paper_id"] = paper_id
    witness(session, "gate_answered", gate.trail_name, details, by=by, at=at)
    return approval


def record_refused_answer(
    session: Session,
    *,
    gate_id: int,
    flow_run_id: str,
    asked: int,
    officer_id: str,
    because: str,
    by: str,
    at: datetime,
) -> None:
    """Remembers that the answer to the `asked`-th form of a run was not taken, and why: it is never weighed again.

    An answer from the command line belongs to no run ("").
    """
    gate = required(session, Gate, gate_id, "bước phê duyệt")
    details = {"flow_run_id": flow_run_id, "asked": asked, "officer": officer_id, "because": because}
    details |= {"subject_sha256": gate.subject_sha256, "form_sha256": content_sha256(gate.payload)}
    if not flow_run_id or details not in details_of(session, "answer_refused", gate.trail_name):
        witness(session, "answer_refused", gate.trail_name, details, by=by, at=at)


def void_gate(session: Session, *, gate_id: int, reason: str, by: str, at: datetime) -> Gate:
    """The gate without force, open or answered: what was asked has changed. Its approval row stays as history."""
    gate = required(session, Gate, gate_id, "bước phê duyệt")
    if gate.state == VOID:
        return gate
    if not reason.strip():
        raise Refusal("Hủy một bước phê duyệt phải nêu lý do; hãy nhập lý do.")
    details = {"state": gate.state, "reason": reason}
    gate.state = VOID
    witness(session, "gate_voided", gate.trail_name, details, by=by, at=at)
    return gate


def _check_answer(
    session: Session, gate: Gate, decision: str, officer_id: str, subject_sha256: str, reason: str
) -> None:
    check_waits(gate.state == OPEN)
    if gate.subject_sha256 != subject_sha256:
        raise Refusal(_CHANGED)
    if decision not in STATE_AFTER:
        raise Refusal(f"Không có cách trả lời “{decision}”; hãy chọn phê duyệt, phê duyệt có sửa, trả lại hoặc bỏ.")
    if decision != "approve" and not reason.strip():
        raise Refusal("Trả lại, sửa hoặc bỏ nội dung trình phải nêu lý do; hãy nhập lý do.")
    required(session, Officer, officer_id, "cán bộ có mã")
