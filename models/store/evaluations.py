"""Writes of how areas were judged, and of what came back after delisting."""

from datetime import date, datetime
from typing import Any, Literal

from sqlmodel import Session, col, select

from models.audit import witness
from models.canonical import content_sha256, plain
from models.cycles import Area, Evaluation, Relapse
from models.store.cycles import move_area
from models.store.finding_rows import required
from rules.errors import Refusal
from rules.findings import is_converted

WITHDRAWN = "withdrawn"  # in place of a ruling


def record_evaluation(
    session: Session,
    *,
    area_id: int,
    kind: Literal["preliminary", "final"],
    content: Any,
    met: int,
    counted: int,
    letters_met: int,
    letters_counted: int,
    meets_threshold: bool,
    on: date,
    by: str,
    at: datetime,
) -> Evaluation:
    """The next version of the area's evaluation of this kind, unless its newest says the same.

    `content`: each target's figures and outcome, and the evidence for the second gate.
    """
    area = required(session, Area, area_id, "địa bàn")
    newest = session.exec(
        select(Evaluation)
        .where(Evaluation.area_id == area_id, Evaluation.kind == kind)
        .order_by(col(Evaluation.version).desc())
        .limit(1)
    ).first()
    sha256 = content_sha256(content)
    if newest is not None and newest.sha256 == sha256:
        return newest
    evaluation = Evaluation(
        area_id=area_id,
        kind=kind,
        version=newest.version + 1 if newest else 1,
        content=plain(content),
        sha256=sha256,
        met=met,
        counted=counted,
        letters_met=letters_met,
        letters_counted=letters_counted,
        meets_threshold=meets_threshold,
        made_on=on,
    )
    session.add(evaluation)
    details = {"sha256": sha256, "met": met, "counted": counted, "meets_threshold": meets_threshold}
    witness(session, "evaluation_made", _subject(area, evaluation), details, by=by, at=at)
    return evaluation


def record_finding(
    session: Session,
    *,
    evaluation_id: int,
    finding: Literal["reduced", "not_reduced"],
    reason: str,
    second_gate_required: bool = True,
    on: date,
    by: str,
    at: datetime,
) -> Evaluation:
    """What people found at the second gate of II.4, which with the threshold gives the verdict `is_converted`.

    `second_gate_required` is the plan's parameter of that name.
    """
    if finding not in ("reduced", "not_reduced"):
        raise Refusal(f"Không có kết luận “{finding}”; hãy chọn giảm cơ bản hoặc chưa giảm cơ bản.")
    evaluation = required(session, Evaluation, evaluation_id, "bản đánh giá")
    if (evaluation.finding, evaluation.finding_reason) == (finding, reason):
        return evaluation
    area = required(session, Area, evaluation.area_id, "địa bàn")
    before = evaluation.finding
    evaluation.finding, evaluation.finding_reason, evaluation.found_on = finding, reason, on
    evaluation.is_converted = is_converted(
        evaluation.meets_threshold, finding, second_gate_required=second_gate_required
    )
    details = {"before": before, "finding": finding, "reason": reason, "is_converted": evaluation.is_converted}
    witness(session, "finding_recorded", _subject(area, evaluation), details, by=by, at=at)
    return evaluation


def record_relapse_warning(
    session: Session, *, area_id: int, period: str, because: Any, on: date, by: str, at: datetime
) -> Relapse:
    """A warning that a delisted area may be complex again; one a period. `because`: the figures that say so.

    Other figures take the place of those of a warning that waits for its ruling or was withdrawn.
    """
    known = session.exec(select(Relapse).where(Relapse.area_id == area_id, Relapse.period == period)).first()
    content = plain(because)
    if known is not None and known.ruling != WITHDRAWN and (known.ruling is not None or known.because == content):
        return known
    area = required(session, Area, area_id, "địa bàn")
    if area.stage != "delisted":
        raise Refusal(f"Địa bàn {area.unit_code} chưa được đưa ra khỏi diện nên chưa thể cảnh báo tái phức tạp.")
    warning = known or Relapse(area_id=area_id, period=period, warned_on=on, because={})
    warning.because, warning.ruling, warning.reason = content, None, ""
    session.add(warning)
    witness(session, "relapse_warned", _relapse_subject(area, warning), {"because": because}, by=by, at=at)
    return warning


def withdraw_relapse_warning(
    session: Session, *, relapse_id: int, reason: str, on: date, by: str, at: datetime
) -> Relapse:
    """A warning that its period's figures no longer give, before anybody ruled on it."""
    warning = required(session, Relapse, relapse_id, "cảnh báo tái phức tạp")
    if warning.ruling is not None:
        return warning
    area = required(session, Area, warning.area_id, "địa bàn")
    warning.ruling, warning.reason = WITHDRAWN, reason
    details = {"reason": reason, "on": on}
    witness(session, "relapse_withdrawn", _relapse_subject(area, warning), details, by=by, at=at)
    return warning


def rule_on_relapse(
    session: Session,
    *,
    relapse_id: int,
    ruling: Literal["relapsed", "not_relapsed"],
    reason: str,
    on: date,
    by: str,
    at: datetime,
) -> Relapse:
    """The Committee's ruling on a warning, with its reason. A relapsed area moves to that stage."""
    warning = required(session, Relapse, relapse_id, "cảnh báo tái phức tạp")
    if warning.ruling is not None:
        if warning.ruling != ruling:
            raise Refusal("Cảnh báo tái phức tạp này đã có kết luận; không thể kết luận lại.")
        return warning
    if ruling not in ("relapsed", "not_relapsed") or not reason.strip():
        raise Refusal("Kết luận về tái phức tạp phải chọn có hoặc không và nêu lý do; hãy nhập đủ.")
    area = required(session, Area, warning.area_id, "địa bàn")
    warning.ruling, warning.reason, warning.ruled_on = ruling, reason, on
    details = {"ruling": ruling, "reason": reason, "on": on}
    witness(session, "relapse_ruled", _relapse_subject(area, warning), details, by=by, at=at)
    if ruling == "relapsed":
        move_area(session, area_id=area.id, to="relapsed", on=on, reason=reason, by=by, at=at)
    return warning


def _subject(area: Area, evaluation: Evaluation) -> str:
    return f"evaluation:{area.cycle_year}/{area.unit_code}/{evaluation.kind}#{evaluation.version}"


def _relapse_subject(area: Area, warning: Relapse) -> str:
    return f"relapse:{area.cycle_year}/{area.unit_code}/{warning.period}"
