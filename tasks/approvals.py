"""Gates: opened, rung, shown to a person, and answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session

from models import reading, store
from models.canonical import content_sha256
from models.db import read, transaction
from models.gates import Gate
from rules.errors import Refusal
from rules.gates import GATES, Decision, check_may_answer
from tasks.decisions import carry_out
from tasks.office import SYSTEM, Office
from tasks.stopwatch import timed


@dataclass(frozen=True)
class Question:
    """One more field of a form: a text with a `default`, or any number of `options` ("31999 Phường 9")."""

    name: str
    title: str
    options: tuple[str, ...] = ()
    default: str = ""


@dataclass(frozen=True)
class WaitingGate:
    """A gate as its form shows it."""

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


@dataclass(frozen=True)
class Answer:
    """What an officer answered. `choices` holds the gate's own fields."""

    decision: Decision
    officer: str
    reason: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)


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
) -> Gate:
    """The gate that asks about `content`, whose hash it is bound to; the same content again is the same gate.

    `question` stands in for that of the gate's kind, where this one asks less.
    """
    payload = {"title": title, "summary": list(summary), "questions": [vars(q) for q in questions]}
    if question:
        payload["question"] = question
    return store.open_gate(
        session,
        kind=kind,
        subject=subject,
        subject_sha256=content_sha256(content),
        payload=payload,
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


def waiting_gate(office: Office, gate_id: int) -> WaitingGate | None:
    """The gate, if it still waits for an answer."""
    return next((gate for gate in waiting(office) if gate.id == gate_id), None)


@timed
def remember_run(office: Office, gate_id: int, run_id: UUID) -> None:
    """Notes which run rings at the gate, so that it is rung once."""
    with transaction(office.engine) as session:
        store.set_gate_run(session, gate_id=gate_id, flow_run_id=str(run_id), by=SYSTEM, at=office.now())


@timed
def take_answer(office: Office, gate: WaitingGate, answer: Answer) -> str:
    """Records `answer` and does what it decides, in one transaction. Returns "" or the sentence why it was refused.

    A refused answer leaves no trace in the work itself.
    """
    try:
        with transaction(office.engine) as session:
            roles = reading.roles(session, answer.officer, office.today)
            if not roles:
                raise Refusal(
                    f"Không có cán bộ mang mã “{answer.officer}” đang giữ chức vụ; đề nghị kiểm tra lại mã cán bộ."
                )
            check_may_answer(gate.kind, answer.decision, roles, answer.reason)
            _check_choices(gate, answer.choices)
            store.record_approval(
                session,
                gate_id=gate.id,
                decision=answer.decision,
                officer_id=answer.officer,
                subject_sha256=gate.subject_sha256,
                reason=answer.reason,
                answer=dict(answer.choices),
                on=office.today,
                by=answer.officer,
                at=office.now(),
            )
            carry_out(
                session, office, gate.kind, gate.subject, answer.decision, answer.officer, answer.reason, answer.choices
            )
    except Refusal as refusal:
        return str(refusal)
    return ""


def refused_before(office: Office, gate: WaitingGate, run_id: str, asked: int) -> str:
    """Why the answer to the `asked`-th form of a run was not taken; "" if it was not weighed yet.

    A run starts again from the top after each answer: what was refused once must not pass the second time, when the
    day or the officer's post has changed and another answer has been given.
    """
    with read(office.engine) as session:
        return reading.refusal_of(session, session.get_one(Gate, gate.id), run_id, asked)


def remember_refusal(office: Office, gate: WaitingGate, run_id: str, asked: int, officer: str, because: str) -> None:
    """Keeps what `refused_before` finds."""
    with transaction(office.engine) as session:
        store.record_refused_answer(
            session,
            gate_id=gate.id,
            flow_run_id=run_id,
            asked=asked,
            officer_id=officer,
            because=because,
            by=SYSTEM,
            at=office.now(),
        )


def _check_choices(gate: WaitingGate, choices: Mapping[str, Any]) -> None:
    """Whatever way the answer came: nothing is chosen that the form did not offer."""
    questions = {question.name: question for question in gate.questions}
    for name, given in choices.items():
        if name not in questions:
            raise Refusal(f"Biểu mẫu không có mục “{name}”; đề nghị trả lời theo đúng biểu mẫu.")
        options = questions[name].options
        strange = [str(option) for option in given if option not in options] if options else []
        if strange:
            raise Refusal(f"“{strange[0]}” không có trong mục “{questions[name].title}”; đề nghị chọn lại.")


def _show(gate: Gate) -> WaitingGate:
    rule = GATES[gate.kind]
    payload = gate.payload
    questions = tuple(Question(q["name"], q["title"], tuple(q["options"]), q["default"]) for q in payload["questions"])
    return WaitingGate(
        id=gate.id,
        kind=gate.kind,
        subject=gate.subject,
        subject_sha256=gate.subject_sha256,
        title=f"{rule.title} · {payload['title']}",
        question=payload.get("question", rule.question),
        summary=tuple(payload["summary"]),
        questions=questions,
        opened_on=gate.opened_on,
        due_on=gate.due_on,
        attempt=gate.attempt,
        flow_run_id=gate.flow_run_id,
    )
