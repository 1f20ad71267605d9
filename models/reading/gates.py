"""What waits for whom, what was answered, who may."""

from datetime import date

from sqlalchemy import or_
from sqlmodel import Session, col, select

from models.audit import AuditEvent
from models.gates import DECIDED, OPEN, Approval, Gate
from models.people import Officer, OfficerRole


def gates_open(session: Session) -> list[Gate]:
    """Every gate that waits for an answer, the oldest first."""
    return list(session.exec(select(Gate).where(Gate.state == OPEN).order_by(col(Gate.opened_on), col(Gate.id))))


def newest_gate(session: Session, kind: str, subject: str) -> Gate | None:
    """The last attempt to have `subject` approved, whatever its state."""
    attempts = select(Gate).where(Gate.kind == kind, Gate.subject == subject)
    return session.exec(attempts.order_by(col(Gate.attempt).desc()).limit(1)).first()


def approval(session: Session, gate_id: int) -> Approval | None:
    """The answer given at the gate."""
    return session.exec(select(Approval).where(Approval.gate_id == gate_id)).first()


def answer_in_force(session: Session, kind: str, subject: str, subject_sha256: str | None = None) -> Approval | None:
    """The answer (approved, amended or dropped) that holds for `subject`; None if it waits, was returned or voided.

    With `subject_sha256`, only an answer to exactly that content.
    """
    gate = newest_gate(session, kind, subject)
    if gate is None or gate.state not in DECIDED or subject_sha256 not in (None, gate.subject_sha256):
        return None
    return approval(session, gate.id)


def approvals(session: Session) -> list[tuple[Gate, Approval]]:
    """Every answer with its gate, in the order they were given."""
    return list(session.exec(select(Gate, Approval).join(Approval).order_by(col(Approval.id))))  # type: ignore[arg-type]


def decided(session: Session, kind: str) -> list[str]:
    """The subjects that were decided at gates of `kind` (approved, amended or dropped)."""
    query = select(Gate.subject).where(Gate.kind == kind, col(Gate.state).in_(DECIDED))
    return sorted(set(session.exec(query)))


def roles(session: Session, officer_id: str, on: date) -> list[str]:
    """The offices the officer holds on day `on`."""
    query = select(OfficerRole.role).where(OfficerRole.officer_id == officer_id, *_held(on))
    return sorted(session.exec(query))


def officers_in_role(session: Session, role: str, on: date) -> list[Officer]:
    """Who holds the office on day `on`, by code."""
    query = select(Officer).join(OfficerRole).where(OfficerRole.role == role, *_held(on))
    held = session.exec(query.order_by(Officer.id)).all()
    return [officer for officer in held if officer.valid_to is None or officer.valid_to >= on]


def audit_trail(session: Session, subject: str | None = None) -> list[AuditEvent]:
    """The events of a subject ("gate:report_review/annual_report:2018#1"), or all, in order."""
    query = select(AuditEvent).order_by(col(AuditEvent.id))
    return list(session.exec(query if subject is None else query.where(AuditEvent.subject == subject)))


def refusal_of(session: Session, gate: Gate, flow_run_id: str, asked: int) -> str:
    """Why the answer to the `asked`-th form of a run was not taken; "" if it never was refused."""
    trail = audit_trail(session, f"gate:{gate.kind}/{gate.subject}#{gate.attempt}")
    refused = [event.details for event in trail if event.action == "answer_refused"]
    this = (flow_run_id, asked)
    return next((d["because"] for d in refused if (d["flow_run_id"], d["asked"]) == this), "")


def _held(on: date) -> tuple:
    until = col(OfficerRole.valid_to)
    return (OfficerRole.valid_from <= on, or_(until.is_(None), until >= on))
