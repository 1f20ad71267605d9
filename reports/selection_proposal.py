"""The tờ trình of the Công an tỉnh to Steering Committee 138: which communes to transform, and why these (II.2.a)."""

from __future__ import annotations

from dataclasses import dataclass

from plans.schema import Plan
from reports.comparison import by_district, legend
from reports.contributions import filing_sentences
from reports.facts import SelectionFacts
from reports.frame import Frame
from reports.grid import Grid, Group
from reports.issuer import Issue, frame
from reports.ranking import full_ranking, list_rows, reasons, tie_words
from reports.vietnamese import letter, listing, short_date, two_digits
from reports.wording import by_code, plan_reference, plan_title, readings, scheme_bases, term, unit_list, window

READINGS = (
    "quota_rounding", "quota_base", "carry_over_counts", "carry_over_ranked_first",
    "recognised_eligible_in_same_sitting", "minister_list_inside_cap", "term_start", "score_method", "tie_break",
    "minimum_completeness_percent", "missing",
)  # fmt: skip
RECIPIENTS = ("Như trên", "Thành viên Ban Chỉ đạo 138 tỉnh", "Ban Chủ nhiệm Đề án")


@dataclass(frozen=True)
class SelectionProposal:
    """The fields of `selection_proposal.docx`."""

    frame: Frame
    bases: tuple[str, ...]
    opening: str
    filing: tuple[str, ...]
    method: tuple[str, ...]
    cap: tuple[str, ...]
    areas: Grid
    remarks: tuple[str, ...]
    request: str
    reasons: Grid
    ranking: Grid
    units: tuple[tuple[Group, ...], ...]
    units_legends: tuple[Grid, ...]
    readings: tuple[str, ...]


def build(facts: SelectionFacts, plan: Plan, issue: Issue) -> SelectionProposal:
    """The words of the tờ trình; the list is `facts.selected` if people changed it, else the proposal's own."""
    selected = facts.proposal.proposed if facts.selected is None else facts.selected
    subject = (
        "Đề nghị lựa chọn địa bàn trọng điểm, phức tạp về trật tự, an toàn xã hội "
        f"để thực hiện chuyển hóa năm {facts.cycle_year}"
    )
    groups = tuple(
        by_district(facts.units, [c for c in plan.criteria if c.group == group.id], facts.values)
        for group in plan.groups
    )
    return SelectionProposal(
        frame=frame(issue, "TỜ TRÌNH", "TTr", subject, ("Ban Chỉ đạo 138 tỉnh",), RECIPIENTS),
        bases=(*scheme_bases(plan), f"{plan_reference(plan)} {plan_title(plan)}"),
        opening=_opening(facts),
        filing=filing_sentences(facts.filings),
        method=_method(facts, plan),
        cap=_cap(facts, plan, selected),
        areas=Grid(list_rows(facts, selected), (f"Điểm và hạng tính trên số liệu {window(facts.period)}.",)),
        remarks=_remarks(facts, plan, selected),
        request=_request(facts, selected),
        reasons=reasons(facts, plan, selected),
        ranking=full_ranking(facts, plan, selected),
        units=groups,
        units_legends=tuple(legend(group) for group in groups),
        readings=_readings(plan),
    )


def _opening(facts: SelectionFacts) -> str:
    return (
        "Công an tỉnh đã tổng hợp số liệu theo các nhóm tiêu chí tại mục 3 phần II Kế hoạch của "
        f"{len(facts.units)} đơn vị hành chính cấp xã, số liệu tính {window(facts.period)}, kính trình Ban Chỉ đạo 138 "
        f"tỉnh xem xét, quyết định danh sách địa bàn thực hiện chuyển hóa năm {facts.cycle_year} như sau:"
    )


def _method(facts: SelectionFacts, plan: Plan) -> tuple[str, ...]:
    groups = ", ".join(
        f"{group.title.lower()} ({sum(c.group == group.id for c in plan.criteria)} tiêu chí)" for group in plan.groups
    )
    incomplete = sum(bool(score.missing) for score in facts.ranking)
    return (
        f"Kế hoạch quy định {len(plan.criteria)} tiêu chí thuộc {len(plan.groups)} nhóm: {groups}; không quy định công "
        "thức tính điểm. Cách tính điểm do Công an tỉnh đề xuất (cách hiểu, không phải quy định của Kế hoạch): "
        + plan.parameters.score_method.reading.replace("Kế hoạch không nêu công thức. ", ""),
        "Điểm được trình bày theo thang 100; điểm càng cao, địa bàn càng phức tạp.",
        f"Số đơn vị thiếu số liệu ở ít nhất một tiêu chí: {incomplete}; số liệu thiếu không tính bằng 0, tiêu chí "
        "thiếu được nêu tại Phụ lục II.",
    )


def _cap(facts: SelectionFacts, plan: Plan, selected: tuple[str, ...]) -> tuple[str, ...]:
    carried = sum(code in facts.proposal.carried_over for code in selected)
    percent, units, cap = plan.parameters.quota_percent.value, len(facts.units), facts.proposal.cap
    return (
        f"Số đơn vị hành chính cấp xã hiện có: {units}. Mức tối đa: {percent}% của {units} = {cap} đơn vị "
        "(phần lẻ bỏ đi, không làm tròn lên).",
        f"Số địa bàn đề nghị: {len(selected)}, trong đó chuyển tiếp từ năm trước: {two_digits(carried)}, "
        f"lựa chọn mới: {two_digits(len(selected) - carried)}.",
    )


def _remarks(facts: SelectionFacts, plan: Plan, selected: tuple[str, ...]) -> tuple[str, ...]:
    units = by_code(facts.units)
    minimum = plan.parameters.minimum_completeness_percent.value
    carried = [units[code] for code in facts.proposal.carried_over if code in selected]
    apart = [units[code] for code in facts.proposal.set_apart]
    listed = [units[code] for code in selected if code in facts.on_ministers_list]
    return (
        f"- Địa bàn chuyển tiếp từ năm trước: {unit_list(carried)}.",
        f"- Đơn vị tách riêng do có dưới {minimum}% số liệu, đề nghị Ban Chỉ đạo xem xét: {unit_list(apart)}.",
        f"- Bằng điểm tại ngưỡng chọn: {tie_words(facts, plan, units, selected)}.",
        f"- Thuộc danh sách của Bộ trưởng Bộ Công an theo Thông tư 15/2010/TT-BCA: {unit_list(listed)}.",
        "- Được đề nghị công nhận chuyển hóa thành công tại cùng phiên họp, không đưa vào danh sách: "
        f"{unit_list(facts.ineligible)}.",
        f"- Đã đưa ra khỏi diện ở đợt trước, nay đề nghị lựa chọn lại: {_again(facts, selected)}.",
        *(f"- Không đề nghị {unit_list([d.unit])}; lý do: {d.reason.rstrip('.')}." for d in facts.dropped),
    )


def _again(facts: SelectionFacts, selected: tuple[str, ...]) -> str:
    again = [d for d in facts.delisted_before if d.unit.code in selected]
    return listing([f"{unit_list([d.unit])}, đưa ra khỏi diện ngày {short_date(d.delisted_on)}" for d in again])


def _request(facts: SelectionFacts, selected: tuple[str, ...]) -> str:
    if not selected:
        return "Chưa có địa bàn đủ số liệu để đề nghị; Công an tỉnh kính trình Ban Chỉ đạo 138 tỉnh cho ý kiến./."
    return (
        f"Công an tỉnh kính trình Ban Chỉ đạo 138 tỉnh xem xét, quyết định {two_digits(len(selected))} địa bàn nêu "
        f"trên để thực hiện chuyển hóa {term(facts.term_from, facts.term_to, facts.session_on)}./."
    )


def _readings(plan: Plan) -> tuple[str, ...]:
    weights = next((group.reading for group in plan.groups if group.weight_basis == "interpretation"), "")
    texts = (*readings(plan, READINGS), *((f"Trọng số: {weights}",) if weights else ()))
    return tuple(f"{letter(place)}) {text}" for place, text in enumerate(texts, start=1))
