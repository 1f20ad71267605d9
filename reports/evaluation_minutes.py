"""The minutes (biên bản) of the meeting that judges the areas of a cycle: both gates, area by area."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from plans.schema import Plan
from reports.areas import RESULTS, evidence_words, gate_words, target_rows
from reports.facts import AreaStanding, MinutesFacts, UnitName
from reports.frame import Frame, Signer
from reports.grid import Grid
from reports.issuer import Issue, frame
from reports.relapses import ruling_sentences
from reports.results import held_words, success_words
from reports.vietnamese import listing, long_date, short_date, two_digits
from reports.wording import by_reason, plan_reference, readings, unit_label, unit_list, window
from rules.terms import has_cycle

BLANK = "…………………………"
READINGS = ("term_start", "count_by", "not_applicable", "missing", "second_gate_offences", "second_gate_vice_spots",
            "success_base", "held_base", "comparison")  # fmt: skip
DELISTING = {"board": "đề nghị", "steering_committee": "thống nhất"}  # the Board proposes, the Committee decides
BODIES = {"board": "Ban Chủ nhiệm Đề án", "steering_committee": "Ban Chỉ đạo 138 tỉnh"}


@dataclass(frozen=True)
class AreaFinding:
    """One area's part of the minutes."""

    head: str
    gates: str
    evidence: tuple[str, ...]
    conclusion: str


@dataclass(frozen=True)
class EvaluationMinutes:
    """The fields of `evaluation_minutes.docx`."""

    frame: Frame
    opening: tuple[str, ...]
    basis: str
    readings: tuple[str, ...]
    findings: tuple[AreaFinding, ...]
    decisions: tuple[str, ...]
    closing: str
    secretary: Signer
    chair: Signer
    targets: Grid


def build(facts: MinutesFacts, plan: Plan, issue: Issue) -> EvaluationMinutes:
    """The words of the minutes; names, place and times not given are left as dots to be filled in by hand."""
    body = BODIES[facts.held_by]
    subject = (
        "Họp đánh giá kết quả chuyển hóa địa bàn trọng điểm, phức tạp về trật tự, an toàn xã hội "
        f"năm {facts.cycle_year}"
    )
    return EvaluationMinutes(
        # Who led the sitting and who wrote sign it, whoever acts for the head otherwise.
        frame=frame(replace(issue, acting=None), "BIÊN BẢN", "BB", subject, recipients=(body, "Các thành viên dự họp")),
        opening=_opening(facts, body),
        basis=_basis(facts, plan),
        readings=tuple(f"- {text}" for text in readings(plan, READINGS)),
        findings=tuple(_finding(place, area, plan) for place, area in enumerate(facts.areas, start=1)),
        decisions=_decisions(facts, plan),
        closing=f"Cuộc họp kết thúc vào {facts.closed_at or BLANK}, {long_date(facts.held_on)}; biên bản đã được thông "
        "qua, các thành viên dự họp thống nhất./.",
        secretary=Signer(("THƯ KÝ",), facts.secretary),
        chair=Signer(("CHỦ TỌA",), facts.chair),
        targets=Grid(target_rows(plan, facts.areas)),
    )


def _opening(facts: MinutesFacts, body: str) -> tuple[str, ...]:
    return (
        f"Thời gian bắt đầu: {facts.opened_at or BLANK}, {long_date(facts.held_on)}.",
        f"Địa điểm: {facts.place or BLANK}.",
        f"Cơ quan họp: {body}.",
        f"Thành phần tham dự: {listing(facts.present, BLANK)}.",
        f"Chủ trì (chủ tọa): {facts.chair or BLANK}.",
        f"Thư ký (người ghi biên bản): {facts.secretary or BLANK}.",
    )


def _basis(facts: MinutesFacts, plan: Plan) -> str:
    limit = plan.parameters.achievement_percent.value
    return (
        f"Căn cứ {plan_reference(plan)}, mục 4 phần II Kế hoạch: địa bàn đạt {limit}% các chỉ tiêu của Kế hoạch trở "
        "lên, trong đó giảm cơ bản tội phạm và tệ nạn xã hội, không để phức tạp nổi lên về trật tự, an toàn xã hội. Số "
        f"liệu tính {window(facts.period)}; so sánh với cùng kỳ năm trước. Những điểm Kế "
        "hoạch không quy định cụ thể được hiểu như sau:"
    )


def _finding(place: int, area: AreaStanding, plan: Plan) -> AreaFinding:
    label = unit_label(area.unit)
    carried = " (chuyển tiếp từ đợt trước)" if area.carried_over else ""
    return AreaFinding(
        head=f"{place}. {label[:1].upper()}{label[1:]}{carried}",
        gates=gate_words(plan, area),
        evidence=evidence_words(plan, area.evidence),
        conclusion=f"Kết luận: {RESULTS[area.result][:1].lower()}{RESULTS[area.result][1:]}.",
    )


def _carried(facts: MinutesFacts, plan: Plan) -> str:
    if not facts.carried_over and not has_cycle(plan, facts.cycle_year + 1):
        return "không có, do Kế hoạch không còn đợt chuyển hóa tiếp theo"
    return unit_list(facts.carried_over)


def _decisions(facts: MinutesFacts, plan: Plan) -> tuple[str, ...]:
    limits = {objective.id: objective.at_least_percent for objective in plan.objectives}
    converted = [area.unit for area in facts.areas if area.result == "converted"]
    failed = [area.unit for area in facts.areas if area.result == "not_converted"]
    dropped = _with_reasons((dropped.unit, dropped.reason) for dropped in facts.dropped)
    relapsed = "; ".join(
        f"{unit_list([r.unit])}, đưa ra khỏi diện ngày {short_date(r.delisted_on)}"
        + (f", lý do: {r.reason.rstrip('.')}" if r.reason else "")
        for r in facts.relapsed
    )
    return (
        f"- {_recognised(facts)}: {unit_list(converted)}.",
        f"- Chưa chuyển hóa thành công: {unit_list(failed)}.",
        f"- Chuyển tiếp sang đợt sau: {_carried(facts, plan)}.",
        f"- Không chuyển tiếp: {dropped}.",
        *ruling_sentences(facts.warnings),
        f"- Kết luận tái phức tạp: {relapsed or 'không phát sinh'}.",
        f"- Tỷ lệ chuyển hóa thành công: {success_words(facts.success, limits['success'])}.",
        f"- Duy trì kết quả: {held_words(facts.held, limits['held'])}.",
        *_next_list(facts),
    )


def _with_reasons(changed: Iterable[tuple[UnitName, str]]) -> str:
    groups = by_reason(changed)
    return "; ".join(f"{unit_list(units)}, lý do: {why or BLANK}" for why, units in groups.items()) or "không có"


def _recognised(facts: MinutesFacts) -> str:
    return f"Công nhận chuyển hóa thành công, {DELISTING[facts.held_by]} đưa ra khỏi diện"


def _next_list(facts: MinutesFacts) -> tuple[str, ...]:
    if facts.next_year is None or not facts.next_list:
        return ()
    count = two_digits(len(facts.next_list))
    return (
        f"- Thống nhất danh sách {count} địa bàn thực hiện chuyển hóa năm {facts.next_year}: "
        f"{unit_list(facts.next_list)}.",
        f"- Đưa ra khỏi danh sách đề nghị: {_with_reasons((d.unit, d.reason) for d in facts.removed)}.",
        f"- Bổ sung vào danh sách: {_with_reasons((a.unit, a.added_reason) for a in facts.added)}.",
    )
