"""The record of a signed paper that waits for its second officer: what it is called, what it says, who is told."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from sqlmodel import Session

from models import reading
from models.db import read
from models.gates import Gate, PaperAnswer
from reports.mail import paper_waiting
from rules.errors import Refusal
from rules.gates import CONFIRMERS, DECISION_LABELS
from tasks.answers import drafters
from tasks.approvals import WaitingGate
from tasks.letters import STANDING_OFFICE, queue, to_officer, to_standing_office
from tasks.office import Office

SHORTEST_HASH = 8  # digits of a SHA-256 that name a scan


@dataclass(frozen=True)
class WaitingPaper:
    """The record that waits at a gate, and what names it and no other: the paper's number, or "45/TTr-CAT#2" for the
    second record of a gate where an earlier one bore that number too."""

    paper: PaperAnswer
    name: str


def waiting_paper(session: Session, gate_id: int) -> WaitingPaper | None:
    """The record that waits at the gate, if one does."""
    papers = reading.papers(session, gate_id)
    for place, paper in enumerate(papers, start=1):
        if paper.state == "recorded":
            is_alone = sum(_spelt(one.number) == _spelt(paper.number) for one in papers) == 1
            return WaitingPaper(paper, paper.number if is_alone else f"{paper.number}#{place}")
    return None


def look(office: Office, gate: WaitingGate) -> WaitingPaper | None:
    """As `waiting_paper`, for who only looks."""
    with read(office.engine) as session:
        return waiting_paper(session, gate.id)


def replaced(office: Office, kept: PaperAnswer) -> PaperAnswer | None:
    """The record that `kept` took the place of, if one waited."""
    with read(office.engine) as session:
        before = [paper for paper in reading.papers(session, kept.gate_id) if paper.id < kept.id]
    return before[-1] if before and before[-1].state == "replaced" else None


def named(session: Session, gate: WaitingGate, typed: str) -> PaperAnswer:
    """The record that waits, if it is the one that `typed` names. `Refusal` says what waits instead.

    The scan's SHA-256, or how it begins, names it as its number does. What an earlier record of the gate was called
    too names neither: whoever types it may have seen that one.
    """
    found = waiting_paper(session, gate.id)
    if found is None:
        raise Refusal("Bước này chưa có văn bản giấy nào chờ xác nhận; đề nghị thư ký ghi nhận trước.")
    fitting = [paper.id for paper in reading.papers(session, gate.id) if _fits(paper, typed)]
    if _spelt(typed) != _spelt(found.name) and fitting != [found.paper.id]:
        raise Refusal(
            f"“{typed.strip()}” không phải bản ghi đang chờ xác nhận; đang chờ: {words(found.paper)}; đề nghị xem lại "
            f"bản chụp, nếu đúng thì ghi --paper {found.name}."
        )
    if found.paper.subject_sha256 != gate.subject_sha256:
        raise Refusal("Nội dung trình đã thay đổi sau khi ghi nhận văn bản giấy; đề nghị trình lại và ghi nhận lại.")
    return found.paper


def words(paper: PaperAnswer) -> str:
    """All that a second officer compares with the paper in hand."""
    votes = "" if paper.votes_for is None else f", phiếu {paper.votes_for}/{paper.votes_against}"
    decision = DECISION_LABELS[paper.decision]  # type: ignore[index]
    return (
        f"văn bản giấy số {paper.number} ngày {paper.dated:%d/%m/%Y}, {paper.signed_by} ký: {decision}{votes}, "
        f"bản chụp SHA-256 {paper.scan_sha256}"
    )


def tell_confirmers(session: Session, office: Office, gate: WaitingGate, paper: PaperAnswer) -> None:
    """Queues, once for each record, the mail to those who may confirm it; to the standing office for want of them."""
    found = waiting_paper(session, gate.id)
    assert found is not None  # it was recorded a moment ago
    text = paper_waiting(gate.id, gate.title, found.name, words(paper), paper.recorded_by, paper.scan)
    barred = drafters(session, gate, office.today) | {paper.recorded_by, paper.signed_by}
    told = {one.id: one for role in CONFIRMERS for one in reading.officers_in_role(session, role, office.today)}
    key = f"paper:{session.get_one(Gate, gate.id).trail_name}/{paper.id}/"
    letters = [to_officer(key + id, one, text) for id, one in told.items() if id not in barred]
    queue(session, office, letters or [to_standing_office(key + STANDING_OFFICE, office, text)])


def _fits(paper: PaperAnswer, typed: str) -> bool:
    spelt = _spelt(typed)
    is_hash = len(spelt) >= SHORTEST_HASH and paper.scan_sha256.startswith(spelt)
    return is_hash or spelt == _spelt(paper.number)


def _spelt(text: str) -> str:
    return unicodedata.normalize("NFC", text.strip()).casefold()
