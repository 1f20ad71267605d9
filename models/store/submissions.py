"""Writes of what reporters file."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Table as SqlTable
from sqlmodel import Session, col, select

from models.audit import witness
from models.meant import insert_rows
from models.reporting import RefusedFile, Reporter, Submission, SubmittedFigure, SubmittedNarrative
from models.store.finding_rows import required
from models.units import Unit
from rules.errors import Refusal
from rules.figures import BLANK_REASONS, NARRATIVE_SECTIONS, Figure, Narrative

_FIGURES: SqlTable = SubmittedFigure.__table__  # type: ignore[attr-defined]
_NARRATIVES: SqlTable = SubmittedNarrative.__table__  # type: ignore[attr-defined]
Place = tuple[str, str, str, str]  # kind, unit, item, part


def record_submission(
    session: Session,
    *,
    period: str,
    reporter_id: str,
    received_on: date,
    file_name: str,
    sha256: str,
    figures: Sequence[Figure],
    narratives: Sequence[Narrative] = (),
    form_version: str = "",
    is_nil: bool = False,
    is_late: bool = False,
    supplement: bool = False,
    by: str,
    at: datetime,
) -> Submission:
    """An accepted form, as the reporter's next version for `period`; the event says how much it differs.

    The same file (`sha256`) from the same reporter for the same period is the same submission. `supplement`
    marks what came in after the figures were frozen. `Refusal` for a figure twice, a blank without a reason,
    a unit or reporter we do not know.
    """
    required(session, Reporter, reporter_id, "đơn vị báo cáo")
    before = session.exec(
        select(Submission)
        .where(Submission.period == period, Submission.reporter_id == reporter_id)
        .order_by(col(Submission.version).desc())
    ).all()
    for known in before:
        if known.sha256 == sha256:
            return known
    _check_figures(session, figures)
    _check_narratives(narratives)
    submission = Submission(
        period=period,
        reporter_id=reporter_id,
        version=before[0].version + 1 if before else 1,
        received_on=received_on,
        received_at=at,
        file_name=file_name,
        sha256=sha256,
        form_version=form_version,
        is_nil=is_nil,
        is_late=is_late,
        supplement=supplement,
    )
    session.add(submission)
    session.flush()
    _insert(session, submission.id, figures, narratives)
    details: dict[str, Any] = {"file_name": file_name, "sha256": sha256, "figures": len(figures), "is_nil": is_nil}
    details |= {"is_late": is_late, "supplement": supplement}
    if before:
        details["difference"] = _difference(_values(session, before[0].id), figures)
    subject = f"submission:{period}/{reporter_id}#{submission.version}"
    witness(session, "submission_recorded", subject, details, by=by, at=at)
    return submission


def record_refused_file(
    session: Session, *, sha256: str, file_name: str, received_on: date, reasons: Sequence[Any], by: str, at: datetime
) -> RefusedFile:
    """A file that was not taken in: only its hash and the reasons are kept. The same file is refused once."""
    known = session.get(RefusedFile, sha256)
    if known is not None:
        return known
    refused = RefusedFile(sha256=sha256, file_name=file_name, received_on=received_on, reasons=list(reasons))
    session.add(refused)
    details = {"file_name": file_name, "sha256": sha256, "reasons": len(reasons)}
    witness(session, "file_refused", f"file:{sha256}", details, by=by, at=at)
    return refused


def _check_figures(session: Session, figures: Sequence[Figure]) -> None:
    units = set(session.exec(select(Unit.code))) | {""}
    seen: set[Place] = set()
    for figure in figures:
        place = _place(figure)
        where = f"{figure.item} ({figure.part}) của đơn vị {figure.unit or 'báo cáo'}"
        if place in seen:
            raise Refusal(f"Số liệu {where} bị khai hai lần; hãy giữ lại một ô.")
        seen.add(place)
        if figure.unit not in units:
            raise Refusal(f"Không có đơn vị hành chính mang mã {figure.unit}; hãy dùng biểu mẫu do hệ thống phát.")
        if figure.value is None and figure.reason not in BLANK_REASONS:
            raise Refusal(f"Số liệu {where} để trống mà không nêu lý do; hãy chọn lý do trong danh sách.")
        if figure.value is not None and not figure.value.is_finite():
            raise Refusal(f"Số liệu {where} không phải là một số; hãy nhập lại bằng chữ số.")


def _check_narratives(narratives: Sequence[Narrative]) -> None:
    for narrative in narratives:
        if narrative.section not in NARRATIVE_SECTIONS:
            raise Refusal(f"Không có mục lời văn “{narrative.section}”; hãy dùng biểu mẫu do hệ thống phát.")


def _insert(session: Session, id: int, figures: Sequence[Figure], narratives: Sequence[Narrative]) -> None:
    if figures:
        fields = ("kind", "unit", "item", "part", "value", "reason", "comment", "cell")
        rows = [{"submission_id": id} | {name: getattr(figure, name) for name in fields} for figure in figures]
        insert_rows(session, _FIGURES, rows)
    if narratives:
        numbered = enumerate(narratives, start=1)
        texts = [{"submission_id": id, "position": n, "section": w.section, "text": w.text} for n, w in numbered]
        insert_rows(session, _NARRATIVES, texts)


def _place(figure: Figure) -> Place:
    return (figure.kind, figure.unit, figure.item, figure.part)


def _values(session: Session, submission_id: int) -> dict[Place, Decimal | None]:
    columns = (SubmittedFigure.kind, SubmittedFigure.unit, SubmittedFigure.item, SubmittedFigure.part)
    rows = session.exec(
        select(*columns, SubmittedFigure.value).where(SubmittedFigure.submission_id == submission_id)  # type: ignore[call-overload]
    )
    return {(kind, unit, item, part): value for kind, unit, item, part, value in rows}


def _difference(old: dict[Place, Decimal | None], figures: Sequence[Figure]) -> dict[str, int]:
    """How many figures were added, removed, and given another value."""
    new = {_place(figure): figure.value for figure in figures}
    changed = sum(1 for place, value in new.items() if place in old and old[place] != value)
    return {"added": len(new.keys() - old.keys()), "removed": len(old.keys() - new.keys()), "changed": changed}
