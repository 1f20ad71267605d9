"""Gates: opened, rung, shown to a person. What is answered: `tasks.answers`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session

from models import reading, store
from models.canonical import content_sha256
from models.db import read, transaction
from models.gates import Gate
from reports.frame import Signer
from reports.signing import Signing, signer_changed
from rules.gates import GATES, ROLE_LABELS
from tasks.gate_content import content_of
from tasks.office import SYSTEM, Office
from tasks.stopwatch import timed

WAITING_KEY = "cho-phe-duyet"  # of the page of the Prefect UI that lists what waits


@dataclass(frozen=True)
class Question:
    """One more field of a form: a text with a `default`, or any number of `options` ("31999 Phường 9").

    `help`: how it is filled in, and when.
    """

    name: str
    title: str
    options: tuple[str, ...] = ()
    default: str = ""
    help: str = ""


@dataclass(frozen=True)
class WaitingGate:
    """A gate as its form shows it. `signing` is who signs the draft, where a draft is asked about."""

    id: int
    kind: str
    subject: str
    subject_sha256: str
    title: str
    question: str
    summary: tuple[str, ...]
    questions: tuple[Question, ...]
    opened_on: date
    due_on: date | None
    attempt: int
    flow_run_id: str | None
    signing: Signing | None = None

    @property
    def answerers(self) -> str:
        """Who may answer, for people; where the draft has to show who signs it, also whose name and code it bears."""
        rule = GATES[self.kind]
        offices = "; ".join(ROLE_LABELS[role] for role in rule.roles)
        return f"{offices} · người ký: {self.signing.words}" if rule.signs and self.signing else offices


def open_gate(
    session: Session,
    office: Office,
    *,
    kind: str,
    subject: str,
    title: str,
    content: Any,
    summary: Sequence[str] = (),
    questions: Sequence[Question] = (),
    due_on: date | None,
    question: str = "",
    signing: Signing | None = None,
) -> Gate:
    """The gate that asks about `content`, whose hash it is bound to; the same content again is the same gate.

    `question` stands in for that of the gate's kind, where this one asks less. `signing`: who signs the draft. An open
    gate that another signed is void, and says so.
    """
    payload = {"title": title, "summary": list(summary), "questions": [vars(q) for q in questions]}
    if question:
        payload["question"] = question
    if signing is not None:
        payload["signature"] = asdict(signing.block) | {"officers": signing.officers}
    before = reading.newest_gate(session, kind, subject)
    return store.open_gate(
        session,
        kind=kind,
        subject=subject,
        subject_sha256=content_sha256(content),
        payload=payload,
        superseded=change_of_signer(before and signing_shown(before), signing),
        asked_by=SYSTEM,
        on=office.today,
        due_on=due_on,
        by=SYSTEM,
        at=office.now(),
    )


@timed
def waiting(office: Office) -> tuple[WaitingGate, ...]:
    """Every gate that waits for a person, the oldest first."""
    with read(office.engine) as session:
        return tuple(_show(gate) for gate in reading.gates_open(session))


def by_deadline(gates: Iterable[WaitingGate]) -> tuple[WaitingGate, ...]:
    """The gates, what is due first before all; then the oldest."""
    return tuple(sorted(gates, key=lambda gate: (gate.due_on or date.max, gate.opened_on, gate.id)))


def waiting_gate(office: Office, gate_id: int) -> WaitingGate | None:
    """The gate, if it still waits for an answer."""
    return next((gate for gate in waiting(office) if gate.id == gate_id), None)


@timed
def remember_run(office: Office, gate_id: int, run_id: UUID) -> None:
    """Notes which run rings at the gate, so that it is rung once."""
    with transaction(office.engine) as session:
        store.set_gate_run(session, gate_id=gate_id, flow_run_id=str(run_id), by=SYSTEM, at=office.now())


def signing_shown(gate: Gate) -> Signing | None:
    """Who signs the draft that the gate asks about; None if it asks about none."""
    shown = content_of(gate).signature
    return Signing(Signer(tuple(shown.titles), shown.name), tuple(shown.officers)) if shown else None


def change_of_signer(before: Signing | None, now: Signing | None) -> str:
    """One sentence if another signs than before; "" if not, or where nobody signs."""
    if before is None or now is None or not now.is_another_than(before):
        return ""
    return signer_changed(before.words, now.words)


def _show(gate: Gate) -> WaitingGate:
    rule = GATES[gate.kind]
    content = content_of(gate)
    return WaitingGate(
        id=gate.id,
        kind=gate.kind,
        subject=gate.subject,
        subject_sha256=gate.subject_sha256,
        title=f"{rule.title} · {content.title}",
        question=content.question or rule.question,
        summary=tuple(content.summary),
        questions=tuple(Question(q.name, q.title, tuple(q.options), q.default, q.help) for q in content.questions),
        opened_on=gate.opened_on,
        due_on=gate.due_on,
        attempt=gate.attempt,
        flow_run_id=gate.flow_run_id,
        signing=signing_shown(gate),
    )
