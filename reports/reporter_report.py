"""A reporter's own báo cáo (IV.3.a), from its accepted form: through the Công an tỉnh to the UBND tỉnh."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from plans.schema import Plan
from reports.areas import outcome_words
from reports.comparison import comparison_groups, comparison_notes
from reports.contributions import measure_state_rows
from reports.facts import AreaStanding, Budget, Said
from reports.frame import Frame
from reports.grid import Grid, Group
from reports.issuer import Issue, frame
from reports.reporter_facts import ReporterFacts
from reports.vietnamese import MISSING, number, percent, roman, sentence_start, two_digits
from reports.wording import plan_reference, plan_title, window

RECIPIENTS = ("Như trên", "Phòng Tham mưu Công an tỉnh")
SPANS = {"half_year": "6 tháng đầu năm {year}", "annual": "năm {year}",
         "first_selection": "phục vụ lựa chọn địa bàn năm {next_year}"}  # fmt: skip


@dataclass(frozen=True)
class Parts:
    """The Roman number of each part; "" for a part that is not for this reporter and is left out."""

    situation: str
    criteria: str
    targets: str
    measures: str
    budget: str
    shortcomings: str
    proposals: str


@dataclass(frozen=True)
class ReporterReport:
    """The fields of `reporter_report.docx`."""

    frame: Frame
    opening: str
    window: str
    nil: str
    parts: Parts
    criteria_opening: str
    comparison: tuple[Group, ...]
    comparison_notes: tuple[str, ...]
    targets_opening: str
    targets: tuple[Group, ...]
    measures_opening: str
    measures: Grid
    budget: tuple[str, ...]
    situation: tuple[str, ...]
    shortcomings: tuple[str, ...]
    causes: tuple[str, ...]
    proposals: tuple[str, ...]


def build(facts: ReporterFacts, plan: Plan, issue: Issue) -> ReporterReport:
    """The words of the reporter's draft; it signs and sends it."""
    year = facts.period.year
    span = SPANS[facts.period.kind].format(year=year, next_year=year + 1)
    scope = (plan, facts.criteria, facts.units, facts.now, facts.before)
    measures = Grid(measure_state_rows(plan, facts.measures))
    return ReporterReport(
        frame=frame(issue, "BÁO CÁO", "BC", f"{_subject()} {span}", (_addressee(plan),), RECIPIENTS),
        opening=f"Thực hiện {plan_reference(plan)} {plan_title(plan)}, {facts.reporter} báo cáo kết quả thực hiện "
        f"{span} như sau:",
        window=f"Số liệu tính {window(facts.period)}.",
        parts=_parts(facts),
        nil="Trong kỳ, đơn vị không có nội dung phát sinh phải báo cáo." if facts.nil else "",
        criteria_opening=_criteria_opening(facts),
        comparison=comparison_groups(*scope),
        comparison_notes=comparison_notes(*scope) if facts.criteria else (),
        targets_opening=_targets_opening(facts),
        targets=_target_groups(plan, facts),
        measures_opening="Tiến độ các nhiệm vụ được giao:",
        measures=measures,
        budget=_budget(facts.budget),
        situation=_said(facts.narratives, "situation"),
        shortcomings=_said(facts.narratives, "shortcomings"),
        causes=_said(facts.narratives, "causes"),
        proposals=_said(facts.narratives, "proposals"),
    )


def _subject() -> str:
    return "Kết quả thực hiện Kế hoạch chuyển hóa địa bàn trọng điểm, phức tạp về trật tự, an toàn xã hội"


def _addressee(plan: Plan) -> str:
    return f"Ủy ban nhân dân {plan.decision.province} (qua Công an tỉnh)"


def _parts(facts: ReporterFacts) -> Parts:
    there = {
        "situation": True,
        "criteria": bool(facts.criteria),
        "targets": bool(facts.targets),
        "measures": bool(facts.measures),
        "budget": facts.budget is not None,
        "shortcomings": True,
        "proposals": True,
    }
    places = count(1)
    return Parts(**{name: roman(next(places)) if present else "" for name, present in there.items()})


def _criteria_opening(facts: ReporterFacts) -> str:
    compared = "so sánh với cùng kỳ năm trước" if facts.before is not None else "chưa có số liệu cùng kỳ để so sánh"
    return f"Số liệu của {len(facts.units)} đơn vị hành chính cấp xã, {compared}:"


def _targets_opening(facts: ReporterFacts) -> str:
    if not facts.areas:
        return "Trong kỳ, đơn vị không có địa bàn thực hiện chuyển hóa."
    return f"Kết quả các chỉ tiêu được giao báo cáo tại {two_digits(len(facts.areas))} địa bàn chuyển hóa:"


def _target_groups(plan: Plan, facts: ReporterFacts) -> tuple[Group, ...]:
    """Rows (TT, target, outcome) for each area, under its name."""
    own = [target for target in plan.targets if target.id in facts.targets]
    if not own:
        return ()
    return tuple(
        Group(
            area.unit.name,
            tuple(
                (str(place), target.short, outcome_words(target, _outcome(area, target.id)))
                for place, target in enumerate(own, start=1)
            ),
        )
        for area in facts.areas
    )


def _outcome(area: AreaStanding, target: str):
    return next((outcome for outcome in area.achievement.outcomes if outcome.target == target), None)


def _budget(budget: Budget | None) -> tuple[str, ...]:
    if budget is None or (budget.planned is None and budget.spent is None):
        return (f"{sentence_start(MISSING)}.",)
    share = f" ({percent(budget.spent, budget.planned)})" if budget.planned and budget.spent is not None else ""
    return (f"Kinh phí được bố trí: {_money(budget.planned)}; đã sử dụng: {_money(budget.spent)}{share}.",)


def _money(amount) -> str:
    return MISSING if amount is None else f"{number(amount)} triệu đồng"


def _said(narratives: tuple[Said, ...], section: str) -> tuple[str, ...]:
    texts = [piece.text.strip() for piece in narratives if piece.section == section and piece.text.strip()]
    return tuple(line for text in texts for line in text.splitlines()) or ("Đơn vị không có ý kiến ở nội dung này.",)
