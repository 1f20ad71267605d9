"""What waits for whom, what was answered, who may."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.audit import AuditEvent
from models.gates import DECIDED, OPEN, Approval, Gate, PaperAnswer
from rules.gates import CONFIRMERS, GATES


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


def last_answer_resting_on(session: Session, officer_id: str, role: str | None = None, to: str = "") -> date | None:
    """The last day of an answer that rests on the officer's office `role` (None: on any): given by the officer or for
    them, or on a paper that they recorded or confirmed. With `to`: only of those that officer gave for them."""
    query = select(Gate, Approval, PaperAnswer).join(Approval, col(Approval.gate_id) == col(Gate.id))
    found = session.exec(query.outerjoin(PaperAnswer, col(PaperAnswer.id) == col(Approval.paper_id)))
    days = []
    for gate, given, paper in found:
        answering = role is None or (gate.kind in GATES and role in GATES[gate.kind].roles)
        signers = {(given.officer_id, given.on_behalf_of)} if to else {given.officer_id, given.on_behalf_of}
        seen_to = {paper.recorded_by, paper.confirmed_by} if paper and not to and role in (None, *CONFIRMERS) else set()
        if (answering and ((to, officer_id) if to else officer_id) in signers) or officer_id in seen_to:
            days.append(given.answered_on)
    return max(days, default=None)


def decided(session: Session, kind: str) -> list[str]:
    """The subjects that were decided at gates of `kind` (approved, amended or dropped)."""
    query = select(Gate.subject).where(Gate.kind == kind, col(Gate.state).in_(DECIDED))
    return sorted(set(session.exec(query)))


def first_asked_on(session: Session, subject: str) -> date | None:
    """The day on which people were first asked about the subject, at whatever gate; None if they never were."""
    return session.exec(select(func.min(Gate.opened_on)).where(Gate.subject == subject)).one()


def audit_trail(session: Session, subject: str | None = None) -> list[AuditEvent]:
    """The events of a subject ("gate:report_review/annual_report:2018#1"), or all, in order."""
    query = select(AuditEvent).order_by(col(AuditEvent.id))
    return list(session.exec(query if subject is None else query.where(AuditEvent.subject == subject)))


def last_event_before(session: Session, on: date, without: str) -> AuditEvent | None:
    """The last event of the days before `on` whose subject does not begin with `without`."""
    others = ~col(AuditEvent.subject).startswith(without, autoescape=True)
    newest_first = select(AuditEvent).order_by(col(AuditEvent.id).desc())  # walks back: it is among the first
    return session.exec(newest_first.where(AuditEvent.on < on, others).limit(1)).first()


def last_deed(session: Session, subject: str, actions: Iterable[str]) -> AuditEvent | None:
    """The last event of these kinds about the subject, of the transactions that have ended."""
    about = select(AuditEvent).where(AuditEvent.subject == subject, col(AuditEvent.action).in_(list(actions)))
    return session.exec(about.order_by(col(AuditEvent.id).desc()).limit(1)).first()


def refusals_of(session: Session, gate: Gate, flow_run_id: str) -> list[str]:
    """Why the answers to the forms of a run were not taken, in the order of the forms."""
    refused = [e.details for e in audit_trail(session, gate.trail_name) if e.action == "answer_refused"]
    mine = sorted((d["asked"], d["because"]) for d in refused if d["flow_run_id"] == flow_run_id)
    return [because for _, because in mine]


def refused_acts_of(session: Session, flow_run_id: str) -> list[str]:
    """Why what was asked for in the forms of a run, at no gate, was refused, in the order of the forms."""
    refused = session.exec(select(AuditEvent).where(AuditEvent.action == "act_refused").order_by(col(AuditEvent.id)))
    mine = [event.details for event in refused if event.details.get("flow_run_id") == flow_run_id]
    return [because for _, because in sorted((details["asked"], details["because"]) for details in mine)]


def actions_since_opened(session: Session, gate: Gate) -> set[str]:
    """The kinds of write, on whatever subject, since the gate was opened."""
    opened = [e.id for e in audit_trail(session, gate.trail_name) if e.action == "gate_opened"]
    later = select(AuditEvent.action).where(col(AuditEvent.id) > max(opened, default=0))
    return set(session.exec(later.distinct()))
