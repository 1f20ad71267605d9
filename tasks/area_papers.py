"""Beside the gates that judge areas: what each achieved, what the figures show, and which may have fallen back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import fill

from sqlmodel import Session

from models import reading
from models.cycles import Evaluation
from plans.schema import Plan
from reports.charts import Chart, TargetChart
from reports.facts import AreaStanding, UnitName
from reports.papers import Paper
from reports.ranking import points
from reports.vietnamese import MISSING_MARK, cell, short_date
from rules.findings import Evidence, Movement, points_to_reduction
from tasks import recorded
from tasks.list_papers import BESIDE_OTHERS, short_district
from tasks.naming import Names
from tasks.office import Office
from tasks.relapse_facts import open_warnings

POINTS = {True: "giảm", False: "chưa giảm", None: "chưa đủ số liệu"}
FINDINGS = {"reduced": "Giảm cơ bản", "not_reduced": "Chưa giảm cơ bản", None: "Chưa có"}
VERDICTS = {True: "Đề nghị công nhận", False: "Chưa đạt", None: "Chưa kết luận"}


def finding_papers(session: Session, office: Office, year: int) -> tuple[list[Paper], list[Chart]]:
    """The evidence for the second gate of II.4, area by area, as recorded with the evaluation of cycle `year`."""
    found = reading.evaluations(session, year, "final")
    names, plan = Names(office, office.today), office.plan
    seen = {code: recorded.evidence(evaluation) for code, evaluation in found.items()}
    first = next(iter(seen.values()), None)
    moved = (*first.offences, *first.spots) if first else ()
    head = ("Địa bàn", "Chỉ tiêu", *(m.criterion for m in moved), "Hạng", "Tăng", "Số liệu")
    rows = tuple(_evidence_row(names.unit(code), found[code], seen[code]) for code in found)
    notes = (
        "; ".join(f"{m.criterion}: {plan.criterion(m.criterion).short}" for m in moved) + ".",
        "Mỗi ô: số trong năm (số cùng kỳ năm trước). “Tăng”: số tiêu chí của mục II.3 tăng so với năm trước; "
        f"(*): chưa đạt mức {plan.parameters.achievement_percent.value}% chỉ tiêu.",
        *(_risen(plan, names.unit(code), evidence) for code, evidence in seen.items() if evidence.rose),
    )
    table = Paper(f"Căn cứ kết luận từng địa bàn, đợt năm {year}", head, rows, notes if rows else ())
    return [table], target_charts(plan, names, found, year)


def sitting_papers(session: Session, office: Office, year: int) -> tuple[list[Paper], list[Chart]]:
    """The areas of cycle `year` with both gates' outcome, and the delisted ones that warn of a relapse."""
    found = reading.evaluations(session, year, "final")
    names, plan = Names(office, office.today), office.plan
    head = ("Địa bàn", "Chỉ tiêu", f"Mức {plan.parameters.achievement_percent.value}%", "Tội phạm, tệ nạn", "Kết quả")
    rows = tuple(_verdict_row(names.unit(code), evaluation) for code, evaluation in found.items())
    lacking = {code: recorded.achievement(evaluation).missing for code, evaluation in found.items()}
    notes = tuple(
        f"{_label(names.unit(code))}, còn thiếu số liệu: {'; '.join(plan.target(id).short for id in missing)}."
        for code, missing in lacking.items()
        if missing
    )
    tables = [Paper(f"Kết quả các địa bàn của đợt năm {year}", head, rows, notes)] if rows else []
    return [*tables, *warning_papers(session, office)], target_charts(plan, names, found, year)


def target_charts(plan: Plan, names: Names, found: Mapping[str, Evaluation], year: int) -> list[Chart]:
    """The areas against the targets, as recorded; none without areas."""
    areas = [(names.unit(code), recorded.achievement(evaluation)) for code, evaluation in found.items()]
    standings = [AreaStanding(unit, False, achievement) for unit, achievement in areas]
    return [target_chart(plan, standings, f"Địa bàn đợt năm {year} so với chỉ tiêu mục I.2")] if areas else []


def target_chart(plan: Plan, areas: Sequence[AreaStanding], title: str) -> Chart:
    """A square an area and target."""
    states = [{o.target: o.state for o in area.achievement.outcomes} for area in areas]
    return TargetChart(
        title,
        tuple(f"{area.unit.name} ({short_district(area.unit.district)})" for area in areas),
        tuple(target.id for target in plan.targets),
        tuple(tuple(row.get(target.id, "missing") for target in plan.targets) for row in states),
        tuple(f"{area.achievement.met}/{area.achievement.counted}" for area in areas),
    )


def _evidence_row(unit: UnitName, evaluation: Evaluation, evidence: Evidence) -> tuple[str, ...]:
    return (
        _label(unit),
        f"{evaluation.met}/{evaluation.counted}{'' if evaluation.meets_threshold else ' (*)'}",
        *(_now_and_before(movement) for movement in (*evidence.offences, *evidence.spots)),
        f"{evidence.rank}/{evidence.units_ranked}" if evidence.rank else MISSING_MARK,
        str(len(evidence.rose)),
        POINTS[points_to_reduction(evidence)],
    )


def _verdict_row(unit: UnitName, evaluation: Evaluation) -> tuple[str, ...]:
    finding = FINDINGS[evaluation.finding]
    return (
        _label(unit),
        f"{evaluation.met}/{evaluation.counted}",
        "Đạt" if evaluation.meets_threshold else "Không đạt",
        fill(f"{finding}: {evaluation.finding_reason}" if evaluation.finding_reason else finding, BESIDE_OTHERS),
        VERDICTS[evaluation.is_converted],
    )


def warning_papers(session: Session, office: Office) -> list[Paper]:
    """The delisted units that warn of a relapse; no table without any."""
    rows = tuple(
        (_label(w.unit), short_date(w.delisted_on), points(w.score), points(w.threshold), f"{w.rank}/{w.units_ranked}")
        for w in open_warnings(session, office)
    )
    head = ("Địa bàn", "Đưa ra khỏi diện", "Điểm", "Điểm thấp nhất của danh sách gần nhất", "Hạng")
    return [Paper("Địa bàn có dấu hiệu tái phức tạp", head, rows)] if rows else []


def _risen(plan: Plan, unit: UnitName, evidence: Evidence) -> str:
    return f"{_label(unit)}, tiêu chí tăng: {'; '.join(plan.criterion(id).short for id in evidence.rose)}."


def _now_and_before(movement: Movement) -> str:
    return f"{cell(movement.now)} ({cell(movement.before)})"


def _label(unit: UnitName) -> str:
    return f"{unit.name}, {short_district(unit.district)}"
