"""What became of a subject since it was last asked about: sent back or void, why, who signs now, which lines differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import reading
from models.documents import Document
from models.gates import STATE_AFTER, VOID, Gate
from models.people import Officer
from reports.papers import changed_lines
from reports.render import document_text
from rules.gates import DECISION_LABELS
from tasks.approvals import change_of_signer, signing_shown
from tasks.gate_content import content_of
from tasks.office import Office

_RETURNED = STATE_AFTER["return"]


@dataclass(frozen=True)
class Changes:
    """Why a subject is asked about again, and `lines` of Markdown that tell what is different now.

    `on` that day it was sent back (`returned`) or its form became void, by whom ("" where nobody did) and for what
    `reason`. `signer` is one sentence, if another signs than on the form before.
    """

    on: date
    by: str
    reason: str
    lines: tuple[str, ...]
    returned: bool = True
    signer: str = ""

    @property
    def title(self) -> str:
        """What the difference is to."""
        return f"Thay đổi so với {'bản bị trả lại' if self.returned else 'lần trình trước'}"

    @property
    def sentences(self) -> tuple[str, ...]:
        """When, by whom and why; and who signs, if that has changed."""
        who = f", người {'trả lại' if self.returned else 'thực hiện'}: {self.by}" if self.by else ""
        what = DECISION_LABELS["return"] if self.returned else "Lần trình trước hết hiệu lực"
        why = "" if self.reason == self.signer else f" Lý do: {self.reason.rstrip('.')}."
        return (f"{what} ngày {self.on:%d/%m/%Y}{who}.{why}", *filter(None, [self.signer]))


def document_of(session: Session, gate: Gate) -> Document | None:
    """The draft that `gate` puts before an officer: its path stands in what the form shows."""
    if ":" not in gate.subject:
        return None
    year = int(gate.subject.rpartition(":")[2])
    shown = " ".join(content_of(gate).summary)
    return next((d for d in reversed(reading.documents(session, year=year)) if d.path in shown), None)


def changes_since_asked(session: Session, office: Office, gate_id: int) -> Changes | None:
    """What changed since the subject of the gate was last returned, at whatever gate, or since the form that this one
    takes the place of became void; None if neither ever was."""
    gate = session.get_one(Gate, gate_id)
    before = _asked_before(session, gate)
    if before is None:
        return None
    on, by, reason = _returned(session, before) if before.state == _RETURNED else _voided(session, before)
    lines = _difference(session, office, before, gate)
    return Changes(on, by, reason, lines, before.state == _RETURNED, signer_change(session, gate))


def signer_change(session: Session, gate: Gate) -> str:
    """One sentence (trước: …; nay: …), if another signs the draft than when the same was last asked; else ""."""
    asked = select(Gate).where(Gate.kind == gate.kind, Gate.subject == gate.subject, Gate.attempt < gate.attempt)
    before = session.exec(asked.order_by(col(Gate.attempt).desc()).limit(1)).first()
    return change_of_signer(signing_shown(before), signing_shown(gate)) if before else ""


def _asked_before(session: Session, gate: Gate) -> Gate | None:
    """The last return: at whatever gate, for a report returned at its release comes back to its review. Else what this
    gate takes the place of, if that became void.

    A form that became void between a return and this one said nothing that the return does not.
    """
    earlier = select(Gate).where(Gate.subject == gate.subject, Gate.id < gate.id).order_by(col(Gate.id).desc())
    void: Gate | None = None
    for one in session.exec(earlier):
        if one.state == _RETURNED and (void is None or one.kind == gate.kind):
            return one
        if one.state == VOID and one.kind == gate.kind:
            void = void or one
    return void


def _returned(session: Session, gate: Gate) -> tuple[date, str, str]:
    answer = reading.approval(session, gate.id)
    assert answer is not None  # it made it so
    officer = session.get(Officer, answer.officer_id)
    return answer.answered_on, f"{officer.name}, {officer.title}" if officer else answer.officer_id, answer.reason


def _voided(session: Session, gate: Gate) -> tuple[date, str, str]:
    event = next(e for e in reversed(reading.audit_trail(session, gate.trail_name)) if e.action == "gate_voided")
    officer = session.get(Officer, event.actor)
    return event.on, f"{officer.name}, {officer.title}" if officer else "", event.details["reason"]


def _difference(session: Session, office: Office, before: Gate, after: Gate) -> tuple[str, ...]:
    """By the drafts' own words; of a gate without a draft, by what its form shows."""
    old, new = (document_of(session, gate) for gate in (before, after))
    if old is not None and new is not None:
        return changed_lines(_words(office, old), _words(office, new))
    return changed_lines(content_of(before).summary, content_of(after).summary)


def _words(office: Office, document: Document) -> Sequence[str]:
    return document_text((office.folder / document.path).read_bytes()).splitlines()
