"""Answers on signed paper: recorded by a secretary with its scan, confirmed by a second officer; then they count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import Session

from models import reading, store
from models.gates import PaperAnswer
from rules.errors import Refusal
from rules.gates import (
    Decision,
    check_four_eyes,
    check_may_answer,
    check_may_confirm,
    check_may_record,
    check_paper,
    check_second_officer,
    check_votes,
)
from tasks.answers import Answer, changed_since, check_choices, drafters, may_be_another, settle, standing_at
from tasks.approvals import WaitingGate
from tasks.codes import Actor, identify, proven
from tasks.kept_files import unchanged
from tasks.office import Office
from tasks.scans import Scan, look_at_scan
from tasks.signatures import check_signs
from tasks.waiting_papers import named, tell_confirmers

Made = TypeVar("Made")


@dataclass(frozen=True)
class Paper:
    """What the paper says: who signed it, its number and day, the decision, and the votes where a sitting voted."""

    signed_by: str
    decision: Decision
    number: str
    dated: date
    scan: Path
    reason: str = ""
    votes: tuple[int, int] | None = None
    choices: Mapping[str, Any] = field(default_factory=dict)


class _TriedOut(Exception):
    """Ends a transaction in which something was only tried: nothing of it is kept."""


def record(office: Office, gate: WaitingGate, paper: Paper, secretary: Actor) -> PaperAnswer:
    """Keeps the paper and its scan (by its SHA-256). `Refusal` for what could never count: nothing is kept then.

    The whole decision is tried first, and undone: what confirming would refuse is refused while the secretary still
    has the paper in hand. A scan named without a folder is looked for in the drop folder too, and taken out of it.
    Those who may confirm the paper are told by mail.
    """
    scan = _look_at_scan(office, paper.scan)  # before any transaction: it is large

    def try_out(session: Session, at: datetime) -> None:
        _check_can_record(session, office, gate, paper, secretary)
        if isinstance(scan, Refusal):
            raise scan
        answer = Answer(paper.decision, paper.signed_by, paper.reason, paper.choices)
        settle(session, office, gate, answer, at, via="paper", signed_on=paper.dated)
        session.flush()
        raise _TriedOut

    def work(session: Session, at: datetime) -> PaperAnswer:
        assert isinstance(scan, Scan)  # else the trial refused it
        _check_can_record(session, office, gate, paper, secretary)
        office.write_whole(scan.kept, scan.content)
        kept_paper = store.record_paper(
            session,
            gate_id=gate.id,
            subject_sha256=gate.subject_sha256,
            signed_by=paper.signed_by,
            decision=paper.decision,
            reason=paper.reason,
            answer=dict(paper.choices),
            number=paper.number,
            dated=paper.dated,
            votes=paper.votes,
            scan=str(scan.kept),
            scan_sha256=scan.sha256,
            by=secretary.officer,
            at=at,
        )
        session.flush()
        tell_confirmers(session, office, gate, kept_paper)
        return kept_paper

    with suppress(_TriedOut):
        _prove(office, gate, secretary, try_out)
    recorded = _prove(office, gate, secretary, work)
    if isinstance(scan, Scan) and scan.path == office.scan_inbox / paper.scan.name:
        scan.path.unlink(missing_ok=True)
    return recorded


def confirm(office: Office, gate: WaitingGate, typed: str, second: Actor) -> PaperAnswer:
    """The second officer has seen the paper: the answer counts and does what it decides. `Refusal` if it cannot.

    `typed` names the paper (`tasks.waiting_papers.named`): what another record says since is not confirmed unseen.
    """

    def work(session: Session, at: datetime) -> PaperAnswer:
        paper = named(session, gate, typed)
        _check_unchanged(session, gate, paper.dated)
        check_may_confirm(reading.roles(session, second.officer, office.today))
        check_second_officer(second.officer, (paper.recorded_by, paper.signed_by))
        check_four_eyes(gate.kind, second.officer, drafters(session, gate, office.today))
        unchanged(office.folder, paper.scan, paper.scan_sha256, "đề nghị thư ký ghi nhận lại")
        store.close_paper(session, paper_id=paper.id, state="confirmed", by=second.officer, at=at)
        decision: Any = paper.decision
        answer = Answer(decision, paper.signed_by, paper.reason, paper.answer)
        settle(session, office, gate, answer, at, via="paper", paper_id=paper.id, signed_on=paper.dated)
        return paper

    return _prove(office, gate, second, work)


def reject(office: Office, gate: WaitingGate, typed: str, second: Actor, reason: str) -> PaperAnswer:
    """The second officer does not find on the paper that `typed` names what was recorded: it never counts, and says
    why."""

    def work(session: Session, at: datetime) -> PaperAnswer:
        paper = named(session, gate, typed)
        check_may_confirm(reading.roles(session, second.officer, office.today))
        if not reason.strip():
            raise Refusal("Không xác nhận bản ghi phải nêu lý do; đề nghị ghi lý do.")
        return store.close_paper(session, paper_id=paper.id, state="rejected", reason=reason, by=second.officer, at=at)

    return _prove(office, gate, second, work)


def _look_at_scan(office: Office, typed: Path) -> Scan | Refusal:
    """The scan, or why it is none: said only to who has proved who they are, and then kept in the trail."""
    try:
        return look_at_scan(typed, office.scan_inbox)
    except Refusal as refusal:
        return refusal


def _check_can_record(session: Session, office: Office, gate: WaitingGate, paper: Paper, secretary: Actor) -> None:
    check_may_record(gate.kind, reading.roles(session, secretary.officer, office.today))
    check_paper(paper.decision, paper.dated, paper.votes, opened_on=gate.opened_on, today=office.today)
    check_votes(gate.kind, paper.votes)
    standing = standing_at(session, gate.kind, paper.signed_by, paper.dated)
    check_may_answer(gate.kind, paper.decision, standing.roles, paper.reason)
    if paper.decision == "approve":
        check_signs(session, gate, paper.signed_by, standing.capacity, paper.dated)
    _check_unchanged(session, gate, paper.dated)
    check_choices(gate, paper.choices)
    if paper.signed_by == secretary.officer:
        raise Refusal("Người ký văn bản không tự ghi nhận văn bản của mình; đề nghị chuyển thư ký khác.")


def _check_unchanged(session: Session, gate: WaitingGate, signed_on: date) -> None:
    if may_be_another(session, gate.id, signed_on):
        raise changed_since("chờ lần chạy hằng ngày tới, trình ký bản mới rồi ghi nhận")


def _prove(office: Office, gate: WaitingGate, actor: Actor, work: Callable[[Session, datetime], Made]) -> Made:
    def check(session: Session, at: datetime) -> None:
        identify(session, office, actor.officer, actor.code, at)

    return proven(office, actor, check, work, gate_id=gate.id)
