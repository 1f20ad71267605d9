"""What the half-year and the annual report share: fields, tables and sentences from the same `PeriodFacts`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from plans.schema import Plan
from reports.areas import summary_rows, target_rows
from reports.comparison import comparison_groups, comparison_notes, highlights, legend, units_by_group
from reports.contributions import (
    budget_grid,
    filing_sentences,
    measure_groups,
    measure_rows,
    measures_not_done,
    previous_sentences,
)
from reports.facts import Budget, Filing, PeriodFacts, Said
from reports.frame import Frame
from reports.grid import Grid, Group
from reports.narratives import TITLES, Chapter, chapters, narrative
from reports.results import next_steps, objective_sentences, result_sentences
from reports.vietnamese import MISSING, long_date, roman, sentence_start, short_date, two_digits
from reports.wording import plan_reference, plan_title, readings, window

READINGS = ("term_start", "count_by", "not_applicable", "missing", "second_gate_offences", "second_gate_vice_spots",
            "success_base", "held_base", "comparison")  # fmt: skip
NO_DATA = f"{sentence_start(MISSING)}."
RECIPIENTS = ("Như trên", "Ban Chỉ đạo 138 tỉnh", "Ban Chủ nhiệm Đề án", "Giám đốc, các Phó Giám đốc Công an tỉnh")
SILENT = {
    "situation": NO_DATA,
    "shortcomings": "Các đơn vị không nêu tồn tại, hạn chế.",
    "causes": "Các đơn vị không nêu nguyên nhân.",
    "proposals": "Không có đề xuất, kiến nghị.",
}
ADDRESSEES = ("chairman", "ministry")  # agencies of the plan (IV.2.h)


Told = TypeVar("Told", Budget, Filing, Said)


@dataclass(frozen=True)
class Consolidated:
    """The fields of `half_year_report.docx` and `annual_report.docx`. Tables hold text; strings are whole sentences."""

    frame: Frame
    opening: str
    window: tuple[str, ...]
    filing: tuple[str, ...]
    highlights: tuple[str, ...]
    situation: tuple[str, ...]
    comparison: tuple[Group, ...]
    comparison_notes: tuple[str, ...]
    areas_opening: str
    areas: Grid
    results: tuple[str, ...]
    objectives: tuple[str, ...]
    readings: tuple[str, ...]
    measures_opening: str
    measures: Grid
    not_done: tuple[str, ...]
    budget_opening: str
    budget: Grid
    shortcomings: tuple[str, ...]
    causes: tuple[str, ...]
    next_steps: tuple[str, ...]
    proposals: tuple[str, ...]
    targets: Grid
    units: tuple[tuple[Group, ...], ...]
    units_legends: tuple[Grid, ...]
    measures_by_task: tuple[Group, ...]
    voices: tuple[Chapter, ...]


def compose(facts: PeriodFacts, plan: Plan, frame: Frame, span: str) -> Consolidated:
    """All fields from `facts`; `span` names the time reported on ("năm 2018", "6 tháng đầu năm 2019")."""
    criteria = [criterion.id for criterion in plan.criteria]
    scope = (plan, criteria, facts.units, facts.now, facts.before)
    main = (*plan.parameters.second_gate_offences.value, *plan.parameters.second_gate_vice_spots.value)
    groups = units_by_group(plan, facts.units, facts.now)
    said = _in_plan_order(plan, facts.narratives)
    voices = chapters(said)
    words = _words(plan, said, voices)
    judged = facts.result is not None and facts.result.cycle_year == facts.cycle_year
    return Consolidated(
        frame=frame,
        opening=_opening(plan, span),
        window=_window(facts),
        filing=(
            *filing_sentences(_in_plan_order(plan, facts.filings)),
            *previous_sentences(facts.previous, _in_plan_order(plan, facts.filings_previous)),
        ),
        highlights=highlights(plan, main, facts.units, facts.now, facts.before),
        situation=words["situation"],
        comparison=comparison_groups(*scope),
        comparison_notes=comparison_notes(*scope),
        areas_opening=_areas_opening(facts, judged),
        areas=Grid(summary_rows(plan, facts.areas, judged, facts.result.preliminary if facts.result else True)),
        results=result_sentences(facts, plan),
        objectives=objective_sentences(facts, plan),
        readings=tuple(f"- {text}" for text in (*readings(plan, READINGS), *_pointer(facts, judged))),
        measures_opening=_measures_opening(facts),
        measures=Grid(measure_rows(plan, facts.measures) if facts.measures else ()),
        not_done=measures_not_done(plan, facts.measures) or _no_idle_measure(facts),
        budget_opening="Kinh phí các đơn vị đã báo cáo:" if facts.budgets else f"Kinh phí: {MISSING}.",
        budget=budget_grid(_in_plan_order(plan, facts.budgets)),
        shortcomings=words["shortcomings"],
        causes=words["causes"],
        next_steps=next_steps(facts, plan),
        proposals=words["proposals"],
        targets=Grid(target_rows(plan, facts.areas)),
        units=groups,
        units_legends=tuple(legend(group) for group in groups),
        measures_by_task=measure_groups(plan, facts.measures) if facts.measures else (),
        voices=voices,
    )


def addressees(plan: Plan) -> tuple[str, ...]:
    """Whom the consolidated reports are sent to, by name."""
    return tuple(plan.agency(id).name for id in ADDRESSEES)


def _words(plan: Plan, said: Sequence[Said], voices: Sequence[Chapter]) -> dict[str, tuple[str, ...]]:
    """What the body tells of each section of the reporters' words; where there is more, it says where."""
    place = roman(3 + len(plan.groups))  # after the targets, the units by group, and the measures
    more = {chapter.title for chapter in voices}
    pointer = (f"Nội dung khác do các đơn vị nêu: Phụ lục {place}.",)
    return {
        section: (narrative(said, section) or (SILENT[section],)) + (pointer if title in more else ())
        for section, title in TITLES.items()
    }


def _opening(plan: Plan, span: str) -> str:
    return (
        f"Thực hiện {plan_reference(plan)} {plan_title(plan)} (sau đây gọi là Kế hoạch), "
        f"Công an tỉnh tổng hợp, báo cáo kết quả thực hiện {span} như sau:"
    )


def _window(facts: PeriodFacts) -> tuple[str, ...]:
    period = facts.period
    sentences = [f"Số liệu tính {window(period)}; chốt số liệu {long_date(period.closes_on)}."]
    if facts.before is None or facts.period_before is None:
        sentences.append("Chưa có số liệu cùng kỳ năm trước để so sánh.")
    else:
        sentences.append(f"Cùng kỳ năm trước tính {window(facts.period_before)}.")
    if period.due_before:
        sentences.append(f"Hạn các đơn vị gửi báo cáo: trước ngày {short_date(period.due_before)}.")
    return tuple(sentences)


def _areas_opening(facts: PeriodFacts, judged: bool) -> str:
    if not facts.areas:
        return "Trong kỳ chưa có địa bàn thực hiện chuyển hóa; chưa đến kỳ đánh giá."
    carried = sum(area.carried_over for area in facts.areas)
    of_them = f" (trong đó {two_digits(carried)} địa bàn chuyển tiếp từ đợt trước)" if carried else ""
    verdict = "kết quả sơ bộ" if judged else "tình hình đến ngày chốt số liệu"
    return (
        f"Đợt chuyển hóa năm {facts.cycle_year} có {two_digits(len(facts.areas))} địa bàn{of_them}; {verdict} theo các "
        "chỉ tiêu tại mục 2 phần I Kế hoạch như sau (chi tiết từng chỉ tiêu tại Phụ lục I):"
    )


def _pointer(facts: PeriodFacts, judged: bool) -> tuple[str, ...]:
    if not judged or facts.result is None or not facts.result.preliminary:
        return ()
    return (
        "Kết quả sơ bộ: dự kiến thành công khi đạt ngưỡng chỉ tiêu, số vụ phạm pháp hình sự giảm và trong các loại nêu "
        "trên số loại giảm nhiều hơn số loại tăng so với cùng kỳ; không thay cho kết luận của người có thẩm quyền.",
    )


def _in_plan_order(plan: Plan, told: Sequence[Told]) -> tuple[Told, ...]:
    """What reporters sent, in the order in which the plan names them."""
    places = {agency.name: place for place, agency in enumerate(plan.agencies)}
    return tuple(sorted(told, key=lambda item: places.get(item.reporter, len(places))))


def _measures_opening(facts: PeriodFacts) -> str:
    if not facts.measures:
        return f"Tiến độ thực hiện các nhiệm vụ tại phần III Kế hoạch: {MISSING}."
    return (
        "Tiến độ các nhiệm vụ tại phần III Kế hoạch, tính theo lượt đơn vị được giao báo cáo từng nhiệm vụ, ở từng địa "
        "bàn nếu là nhiệm vụ tại địa bàn; lượt chưa báo cáo tính vào cột “Chưa có số liệu” (chi tiết từng nhiệm vụ tại "
        "Phụ lục VI):"
    )


def _no_idle_measure(facts: PeriodFacts) -> tuple[str, ...]:
    return ("Không có nhiệm vụ nào được báo cáo là chưa thực hiện.",) if facts.measures else (NO_DATA,)
