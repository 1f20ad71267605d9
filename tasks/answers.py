"""Answers at gates: who gave them, by what right, and what they do: all in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from models import reading, store
from models.canonical import plain
from models.db import read, transaction
from models.gates import OPEN, Gate, Via
from rules.errors import Refusal
from rules.gates import GATES, Decision, check_four_eyes, check_may_answer, check_waits
from tasks.approvals import WaitingGate
from tasks.codes import Actor, identify, note_refusal
from tasks.decisions import carry_out
from tasks.office import Office
from tasks.signatures import check_signs, is_signed_by_another
from tasks.stopwatch import timed

# What can change the subject of a gate after it was opened.
_INPUTS = (
    "submission_recorded",
    "proposal_made",
    "evaluation_made",
    "finding_recorded",
    "relapse_",
    "area_",
    "cycle_",
    "units_installed",
)


@dataclass(frozen=True)
class Answer:
    """What an officer answered, with the one-time code. `choices` holds the gate's own fields."""

    decision: Decision
    officer: str
    reason: str = ""
    choices: Mapping[str, Any] = field(default_factory=dict)
    code: str = ""


@dataclass(frozen=True)
class Asked:
    """Which form it was: the `number`-th of a run of the approval flow; of none on the command line."""

    run_id: str = ""
    number: int = 0


@dataclass(frozen=True)
class Standing:
    """By what right an officer answers: an own office, or another's (`on_behalf_of`) as `capacity` ("KT.")."""

    roles: tuple[str, ...]
    on_behalf_of: str = ""
    capacity: str = ""


@timed
def take_answer(
    office: Office, gate: WaitingGate, answer: Answer, *, at: datetime | None = None, asked: Asked = Asked()
) -> str:
    """Records `answer`, given at instant `at`, and does what it decides. Returns "" or the sentence why it was refused.

    A refused answer leaves no trace in the work itself: only its audit event, and the officer's count of wrong codes.
    Weighed again by the run that gave it, an answer that counts is taken as given; from elsewhere it comes too late.
    """
    at = at or office.now()
    try:
        with transaction(office.engine) as session:
            if _was_taken(session, gate, answer, asked):
                return ""
            identify(session, office, answer.officer, answer.code, at)
            settle(session, office, gate, answer, at, via="prefect" if asked.run_id else "command_line")
    except Refusal as refusal:
        _note(office, gate, answer, refusal, at, asked)
        return str(refusal)
    return ""


def _was_taken(session: Session, gate: WaitingGate, answer: Answer, asked: Asked) -> bool:
    """Whether this very answer counts already: a run that died the moment after weighs it again, and goes on."""
    row, known = session.get_one(Gate, gate.id), reading.approval(session, gate.id)
    if known is None or known.via != "prefect" or row.flow_run_id != asked.run_id:
        return False
    given = (answer.officer, answer.decision, answer.reason, plain(dict(answer.choices)), gate.subject_sha256)
    return given == (known.officer_id, known.decision, known.reason, known.answer, known.subject_sha256)


def settle(
    session: Session,
    office: Office,
    gate: WaitingGate,
    answer: Answer,
    at: datetime,
    *,
    via: Via,
    paper_id: int | None = None,
    signed_on: date | None = None,
) -> None:
    """All that an answer has to pass once it is known whose it is, and what it does. `Refusal` if it does not pass.

    `signed_on` is the day of a paper: its signer had to hold the office then.
    """
    check_waits(session.get_one(Gate, gate.id).state == OPEN)
    on = signed_on or at.astimezone(office.settings.zone).date()
    standing = standing_at(session, gate.kind, answer.officer, on)
    check_may_answer(gate.kind, answer.decision, standing.roles, answer.reason)
    check_four_eyes(gate.kind, answer.officer, drafters(session, gate, on))
    if answer.decision == "approve":
        check_signs(session, gate, answer.officer, standing.capacity, on)
    check_choices(gate, answer.choices)
    store.record_approval(
        session,
        gate_id=gate.id,
        decision=answer.decision,
        officer_id=answer.officer,
        subject_sha256=gate.subject_sha256,
        reason=answer.reason,
        answer=dict(answer.choices),
        on=at.astimezone(office.settings.zone).date(),
        via=via,
        on_behalf_of=standing.on_behalf_of,
        capacity=standing.capacity,
        paper_id=paper_id,
        by=answer.officer,
        at=at,
    )
    carry_out(session, office, gate.kind, gate.subject, answer.decision, answer.officer, answer.reason, answer.choices)


def standing_at(session: Session, kind: str, officer_id: str, on: date) -> Standing:
    """By what right the officer answers gates of `kind` on day `on`: own offices before those of others."""
    own = reading.roles(session, officer_id, on)
    wanted = set(GATES[kind].roles)
    if wanted & set(own):
        return Standing(tuple(own))
    for role in sorted(wanted):
        for delegation, to in reading.acting(session, role, on):
            if to.id == officer_id:
                return Standing((*own, role), delegation.from_officer, delegation.capacity)
    return Standing(tuple(own))


def drafters(session: Session, gate: WaitingGate, on: date) -> frozenset[str]:
    """Who drafted or recorded what is asked here: they never answer it themselves, whatever office they hold by now.

    Who drafted is whoever was a drafter, also for another, on any day since people were first asked about it.
    """
    row = session.get_one(Gate, gate.id)
    first = reading.first_asked_on(session, gate.subject) or on
    drafting = reading.ever_in_role(session, "drafter", first, max(first, on))
    recording = {paper.recorded_by for paper in reading.papers(session, gate.id)}
    return frozenset({row.asked_by} | drafting | recording)


def check_choices(gate: WaitingGate, choices: Mapping[str, Any]) -> None:
    """Whatever way the answer came: nothing is chosen that the form did not offer."""
    questions = {question.name: question for question in gate.questions}
    for name, given in choices.items():
        if name not in questions:
            raise Refusal(f"Biểu mẫu không có mục “{name}”; đề nghị trả lời theo đúng biểu mẫu.")
        options = questions[name].options
        strange = [str(option) for option in given if option not in options] if options else []
        if strange:
            raise Refusal(f"“{strange[0]}” không có trong mục “{questions[name].title}”; đề nghị chọn lại.")


def refusals(office: Office, gate_id: int, run_id: str) -> list[str]:
    """Why the answers to the forms of a run were not taken, in order.

    A run starts again from the top after each answer: what was refused once must not be weighed a second time, when
    the day or the officer's post has changed.
    """
    with read(office.engine) as session:
        return reading.refusals_of(session, session.get_one(Gate, gate_id), run_id)


def may_have_changed(office: Office, gate_id: int) -> bool:
    """Whether the subject of the gate could hang on anything written since it was opened, or another signs it today."""
    with read(office.engine) as session:
        return may_be_another(session, gate_id, office.today)


def may_be_another(session: Session, gate_id: int, on: date) -> bool:
    """As `may_have_changed`, for an answer that was signed on day `on`."""
    gate = session.get_one(Gate, gate_id)
    if gate.state != OPEN:
        return False
    since = reading.actions_since_opened(session, gate)
    return any(action.startswith(_INPUTS) for action in since) or is_signed_by_another(session, gate, on)


def changed_since(what_to_do: str) -> Refusal:
    """Why an answer is not taken that was given to what may not be asked any more. `what_to_do` ends the sentence."""
    return Refusal(f"Có số liệu mới hoặc người ký đã khác sau khi trình; đề nghị {what_to_do}.")


def refuse_as_changed(office: Office, gate: WaitingGate, answer: Answer, asked: Asked = Asked()) -> str:
    """Keeps in the trail that an answer came for what is no longer asked. Returns the sentence."""
    refusal = changed_since("xem bản mới rồi trả lời")
    _note(office, gate, answer, refusal, office.now(), asked)
    return str(refusal)


def _note(office: Office, gate: WaitingGate, answer: Answer, refusal: Refusal, at: datetime, asked: Asked) -> None:
    actor = Actor(answer.officer, answer.code)
    with transaction(office.engine) as session:
        note_refusal(session, office, actor, refusal, at, gate_id=gate.id, run_id=asked.run_id, asked=asked.number)
