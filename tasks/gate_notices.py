"""What is told about gates besides that they wait: that nobody answers, or that a run was lost."""

from __future__ import annotations

from collections.abc import Iterable

from sqlmodel import Session

from models import reading
from models.db import transaction
from models.gates import OPEN, Gate
from models.people import Officer
from reports.mail import MailText, gate_passed_on, gate_reminder, gate_rung_again, gate_set_going
from rules.gates import GATES, NEXT_IN_LINE, ROLE_LABELS
from tasks.approvals import WaitingGate
from tasks.gate_content import content_of
from tasks.letters import STANDING_OFFICE, queue, to_administrators, to_officer, to_standing_office
from tasks.office import Office

REMINDED, PASSED_ON = "holder:", "next_in_line:"  # begin the keys of the mails, before the gate's name in the trail


def remind_holder(office: Office, gate_id: int) -> int:
    """Reminds, once, those who should answer the gate; the standing office where there is nobody. Returns how many."""
    with transaction(office.engine) as session:
        gate = session.get_one(Gate, gate_id)
        text = gate_reminder(_title(gate), gate.opened_on, gate.due_on)
        return _tell(session, office, gate, GATES[gate.kind].roles, REMINDED, text)


def tell_next_in_line(office: Office, gate_id: int) -> int:
    """Tells, once, the next in line that the gate has no answer, and the standing office. Returns how many."""
    with transaction(office.engine) as session:
        gate = session.get_one(Gate, gate_id)
        roles = GATES[gate.kind].roles
        holders = " hoặc ".join(ROLE_LABELS[role] for role in roles)
        text = gate_passed_on(_title(gate), gate.opened_on, gate.due_on, holders)
        return _tell(session, office, gate, [NEXT_IN_LINE[role] for role in roles], PASSED_ON, text, and_office=True)


def tell_rung_again(office: Office, gate: WaitingGate, why: str) -> None:
    """Tells the administrators, once, that the run of `gate` was lost ("đã bị hủy") and has been replaced."""
    text = gate_rung_again(gate.title, why)
    with transaction(office.engine) as session:
        queue(session, office, to_administrators(session, office, f"rung_again:{gate.id}/{gate.flow_run_id}/", text))


def tell_set_going(office: Office, gate: WaitingGate, why: str, state: str) -> None:
    """Tells the administrators that the answered run of `gate` was led astray ("đã bị hẹn lùi") and goes on after all.

    `state` is the state in which it was found: each attempt is told once.
    """
    text = gate_set_going(gate.title, why)
    key = f"set_going:{gate.id}/{gate.flow_run_id}/{state}/"
    with transaction(office.engine) as session:
        queue(session, office, to_administrators(session, office, key, text))


def _tell(
    session: Session,
    office: Office,
    gate: Gate,
    roles: Iterable[str],
    about: str,
    text: MailText,
    *,
    and_office: bool = False,
) -> int:
    """Mails all who hold `roles` while the gate is open; the standing office too, or for want of them."""
    if gate.state != OPEN:
        return 0
    told = {officer.id: officer for role in roles for officer in _in_charge(session, office, role)}
    key = f"{about}{gate.trail_name}/"
    letters = [to_officer(key + id, officer, text) for id, officer in told.items()]
    if and_office or not letters:
        letters.append(to_standing_office(key + STANDING_OFFICE, office, text))
    queue(session, office, letters)
    return len(letters)


def _in_charge(session: Session, office: Office, role: str) -> list[Officer]:
    """Who holds the office today, and who exercises it for them."""
    own = reading.officers_in_role(session, role, office.today)
    return [*own, *(officer for _, officer in reading.acting(session, role, office.today))]


def _title(gate: Gate) -> str:
    return f"{GATES[gate.kind].title} · {content_of(gate).title}"
