"""Writes of answers given on signed paper."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from models.audit import witness
from models.canonical import content_sha256, plain
from models.gates import OPEN, Gate, PaperAnswer
from models.store.finding_rows import required
from rules.errors import Refusal


def record_paper(
    session: Session,
    *,
    gate_id: int,
    subject_sha256: str,
    signed_by: str,
    decision: str,
    reason: str,
    answer: Mapping[str, Any],
    number: str,
    dated: date,
    votes: tuple[int, int] | None,
    scan: str,
    scan_sha256: str,
    by: str,
    at: datetime,
) -> PaperAnswer:
    """The paper as the secretary `by` recorded it; it counts for nothing before a second officer confirms it.

    The same paper again is the same row; another one takes the place of one that still waits, which is witnessed with
    the number of both.
    """
    gate = required(session, Gate, gate_id, "bước phê duyệt")
    if gate.state != OPEN:
        raise Refusal("Bước phê duyệt này không còn chờ trả lời; hãy mở danh sách chờ phê duyệt để xem.")
    if not number.strip():
        raise Refusal("Văn bản giấy phải có số; hãy nhập số văn bản.")
    values: dict[str, Any] = {
        "subject_sha256": subject_sha256,
        "signed_by": signed_by,
        "decision": decision,
        "reason": reason,
        "answer": plain(answer),
        "number": number.strip(),
        "dated": dated,
        "votes_for": votes[0] if votes else None,
        "votes_against": votes[1] if votes else None,
        "scan": scan,
        "scan_sha256": scan_sha256,
        "recorded_by": by,
    }
    waiting = session.exec(
        select(PaperAnswer).where(PaperAnswer.gate_id == gate_id, PaperAnswer.state == "recorded")
    ).first()
    if waiting is not None:
        if all(getattr(waiting, name) == value for name, value in values.items()):
            return waiting
        _replace(session, gate, waiting, number.strip(), by=by, at=at)
    paper = PaperAnswer(gate_id=gate_id, recorded_at=at, **values)
    session.add(paper)
    details = plain(values) | {"form_sha256": content_sha256(gate.payload), "flow_run_id": gate.flow_run_id}
    witness(session, "paper_recorded", gate.trail_name, details, by=by, at=at)
    return paper


def close_paper(session: Session, *, paper_id: int, state: str, reason: str = "", by: str, at: datetime) -> PaperAnswer:
    """The paper "confirmed" by a second officer, or "rejected" with the reason."""
    paper = required(session, PaperAnswer, paper_id, "bản ghi ý kiến trên giấy số")
    if paper.state == state:
        return paper
    paper.state, paper.confirmed_by = state, by if state == "confirmed" else ""
    gate = required(session, Gate, paper.gate_id, "bước phê duyệt")
    details = {"number": paper.number, "reason": reason, "scan_sha256": paper.scan_sha256}
    if state == "confirmed":
        witness(session, "paper_confirmed", gate.trail_name, details, by=by, at=at)
    else:
        witness(session, "paper_rejected", gate.trail_name, details, by=by, at=at)
    return paper


def _replace(session: Session, gate: Gate, paper: PaperAnswer, by_number: str, *, by: str, at: datetime) -> None:
    paper.state = "replaced"
    details = {"number": paper.number, "recorded_by": paper.recorded_by, "scan_sha256": paper.scan_sha256}
    witness(session, "paper_replaced", gate.trail_name, details | {"replaced_by": by_number}, by=by, at=at)
