"""What is told about gates besides that they wait: a run that was lost."""

from __future__ import annotations

from models.db import transaction
from reports.mail import gate_rung_again
from tasks.approvals import WaitingGate
from tasks.letters import queue, to_administrators
from tasks.office import Office


def tell_rung_again(office: Office, gate: WaitingGate, why: str) -> None:
    """Tells the administrators, once, that the run of `gate` was lost ("đã bị hủy") and has been replaced."""
    text = gate_rung_again(gate.title, why)
    with transaction(office.engine) as session:
        queue(session, office, to_administrators(session, office, f"rung_again:{gate.id}/{gate.flow_run_id}/", text))
