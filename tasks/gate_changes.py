"""What became of a draft since it was sent back: who returned it, why, and which lines differ now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import reading
from models.documents import Document
from models.gates import STATE_AFTER, Gate
from models.people import Officer
from reports.papers import changed_lines
from reports.render import document_text
from tasks.gate_content import content_of
from tasks.office import Office


@dataclass(frozen=True)
class Changes:
    """The last return of a subject, and `lines` of Markdown that tell what is different now."""

    returned_on: date
    by: str
    reason: str
    lines: tuple[str, ...]


def document_of(session: Session, gate: Gate) -> Document | None:
    """The draft that `gate` puts before an officer: its path stands in what the form shows."""
    if ":" not in gate.subject:
        return None
    year = int(gate.subject.rpartition(":")[2])
    shown = " ".join(content_of(gate).summary)
    return next((d for d in reversed(reading.documents(session, year=year)) if d.path in shown), None)


def changes_since_return(session: Session, office: Office, gate_id: int) -> Changes | None:
    """What changed since the subject of the gate was last returned, at whatever gate; None if it never was."""
    gate = session.get_one(Gate, gate_id)
    returned = _last_return(session, gate)
    answer = reading.approval(session, returned.id) if returned else None
    if returned is None or answer is None:
        return None
    officer = session.get(Officer, answer.officer_id)
    by = f"{officer.name}, {officer.title}" if officer else answer.officer_id
    return Changes(answer.answered_on, by, answer.reason, _difference(session, office, returned, gate))


def _last_return(session: Session, gate: Gate) -> Gate | None:
    """A report returned at its release comes back to its review: the subject counts, not the kind of gate."""
    earlier = select(Gate).where(Gate.subject == gate.subject, Gate.id < gate.id, Gate.state == STATE_AFTER["return"])
    return session.exec(earlier.order_by(col(Gate.id).desc()).limit(1)).first()


def _difference(session: Session, office: Office, before: Gate, after: Gate) -> tuple[str, ...]:
    """By the drafts' own words; of a gate without a draft, by what its form shows."""
    old, new = (document_of(session, gate) for gate in (before, after))
    if old is not None and new is not None:
        return changed_lines(_words(office, old), _words(office, new))
    return changed_lines(content_of(before).summary, content_of(after).summary)


def _words(office: Office, document: Document) -> Sequence[str]:
    return document_text((office.folder / document.path).read_bytes()).splitlines()
