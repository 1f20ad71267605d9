"""How the areas came out, in sentences: converted, not converted, carried over, relapsed; the objectives of I.1."""

from __future__ import annotations

from plans.schema import Plan
from reports.areas import missing_targets
from reports.facts import CycleResult, PeriodFacts, Relapse
from reports.relapses import open_warnings, waiting_words
from reports.vietnamese import MISSING, NOT_ARISEN, percent, short_date, two_digits
from reports.wording import counted_units, unit_list
from rules.objectives import Share
from rules.terms import has_cycle

NOT_YET = "chưa đến kỳ đánh giá"


def result_sentences(facts: PeriodFacts, plan: Plan) -> tuple[str, ...]:
    """Converted, not converted, without a finding, carried over, relapsed; each by name, none left unsaid."""
    result = facts.result
    relapsed = (f"- Tái phức tạp: {_relapses(facts.relapsed)}.", open_warnings(facts.warnings))
    if result is None:
        return (f"- Kết quả chuyển hóa: {NOT_YET}.", *relapsed)
    head = f"Kết quả {_kind(result)} của đợt chuyển hóa năm {result.cycle_year}"
    if result.session_on and not result.preliminary:
        head += f" (phiên họp Ban Chỉ đạo 138 tỉnh ngày {short_date(result.session_on)})"
    return (head + ":", *_verdicts(result), *_on_missing(result, plan), _carried(facts, result, plan), *relapsed)


def objective_sentences(facts: PeriodFacts, plan: Plan) -> tuple[str, ...]:
    """Each objective of I.1 against what was reached; the one without a number says so."""
    limits = {o.id: o for o in plan.objectives}
    unmeasured = [
        f"- {objective.title}: Kế hoạch không định mức; kết quả thể hiện qua "
        + ("các chỉ tiêu tại Phụ lục I và " if facts.areas else "")
        + "tiến độ các nhiệm vụ tại phần IV Báo cáo này."
        for objective in plan.objectives
        if objective.at_least_percent is None
    ]
    numbered = (_success(facts.result, limits["success"].at_least_percent), _held(facts, limits["held"]))
    return (*numbered, *unmeasured)


def success_words(success: Share, limit: int | None) -> str:
    """`9/15 địa bàn (60%), đạt mục tiêu ít nhất 60%`."""
    if not success.denominator:
        return "không có địa bàn được lựa chọn nên không tính tỷ lệ"
    return f"{success} địa bàn ({percent(success.numerator, success.denominator)}), {_verdict(success, limit)}"


def held_words(held: Share | None, limit: int | None) -> str:
    """`12/13 địa bàn (92,31%), đạt …`; says so when none was ever converted."""
    if held is None or not held.denominator:
        return "chưa có địa bàn nào được công nhận chuyển hóa thành công nên chưa tính tỷ lệ"
    return (
        f"{held} địa bàn đã chuyển hóa thành công không tái phức tạp "
        f"({percent(held.numerator, held.denominator)}), {_verdict(held, limit)}"
    )


def next_steps(facts: PeriodFacts, plan: Plan) -> tuple[str, ...]:
    """What follows from the figures, then the standing office's own sentences."""
    steps: list[str] = []
    if facts.areas and (facts.result is None or facts.result.cycle_year != facts.cycle_year):
        steps.append(
            f"- Tiếp tục thực hiện chuyển hóa {two_digits(len(facts.areas))} địa bàn của đợt năm {facts.cycle_year}, "
            "tập trung vào các chỉ tiêu chưa đạt nêu tại Phụ lục I."
        )
    if facts.carried_over and _is_carried_on(facts, plan):
        steps.append(f"- Tập trung chuyển hóa các địa bàn chuyển tiếp: {unit_list(facts.carried_over)}.")
    elif facts.carried_over:
        steps.append(f"- Tiếp tục theo dõi, giải quyết các địa bàn chưa thành công: {unit_list(facts.carried_over)}.")
    if any(state.state == 0 for state in facts.measures):
        steps.append("- Triển khai các nhiệm vụ chưa thực hiện đã nêu ở trên.")
    if any(filing.state == "missing" for filing in facts.filings):
        steps.append("- Đôn đốc các đơn vị chưa gửi báo cáo; số liệu đến sau được đưa vào báo cáo bổ sung.")
    if facts.relapsed:
        steps.append("- Có biện pháp ổn định các địa bàn tái phức tạp đã nêu ở trên.")
    if facts.warnings:
        steps.append("- Rà soát, xác minh các địa bàn có cảnh báo tái phức tạp, trình Ban Chỉ đạo 138 tỉnh kết luận.")
    steps += [step if step.startswith("-") else f"- {step}" for step in facts.next_steps]
    return tuple(steps) or (
        "- Tiếp tục thực hiện các nhiệm vụ, giải pháp tại phần III Kế hoạch, duy trì chế độ thông tin báo cáo.",
    )


def _kind(result: CycleResult) -> str:
    return "sơ bộ" if result.preliminary else "chính thức"


def _verdicts(result: CycleResult) -> list[str]:
    words = {"converted": "Chuyển hóa thành công", "not_converted": "Chưa chuyển hóa thành công"}
    if result.preliminary:
        words = {"converted": "Dự kiến chuyển hóa thành công", "not_converted": "Dự kiến chưa thành công"}
    words |= {None: "Chưa có kết luận"}
    sentences = []
    for verdict, label in words.items():
        units = [area.unit for area in result.areas if area.result == verdict]
        if units or verdict:
            sentences.append(f"- {label}: {counted_units(units)}.")
    return sentences


def _on_missing(result: CycleResult, plan: Plan) -> list[str]:
    """The areas that pass although a target has no data: recognised only with a written reason."""
    named = "; ".join(
        f"{unit_list([area.unit])}, {MISSING}: {missing_targets(plan, area)}"
        + (f" (lý do: {area.missing_reason[:1].lower()}{area.missing_reason[1:].rstrip('.')})" if area.missing_reason
           else "")
        for area in result.areas
        if area.result == "converted" and area.achievement.missing
    )  # fmt: skip
    label = "Chỉ công nhận khi có lý do bằng văn bản do" if result.preliminary else "Công nhận khi"
    return [f"- {label} còn thiếu số liệu: {named}."] if named else []


def _is_carried_on(facts: PeriodFacts, plan: Plan) -> bool:
    """Whether a cycle follows into which the areas not converted go."""
    return facts.result is None or has_cycle(plan, facts.result.cycle_year + 1)


def _carried(facts: PeriodFacts, result: CycleResult, plan: Plan) -> str:
    if not _is_carried_on(facts, plan):
        return "- Chuyển tiếp sang đợt sau: không có, do Kế hoạch không còn đợt chuyển hóa tiếp theo."
    label = "Dự kiến chuyển tiếp sang đợt sau" if result.preliminary else "Chuyển tiếp sang đợt sau"
    return f"- {label}: {counted_units(facts.carried_over)}."


def _relapses(relapsed: tuple[Relapse, ...]) -> str:
    if not relapsed:
        return NOT_ARISEN
    named = "; ".join(
        f"{unit_list([r.unit])}, đưa ra khỏi diện ngày {short_date(r.delisted_on)}, "
        f"kết luận tái phức tạp ngày {short_date(r.ruled_on)}" + (f" ({r.reason.rstrip('.')})" if r.reason else "")
        for r in relapsed
    )
    return f"{two_digits(len(relapsed))} địa bàn, gồm: {named}"


def _success(result: CycleResult | None, limit: int | None) -> str:
    head = f"- Hằng năm chuyển hóa thành công ít nhất {limit}% tổng số địa bàn được lựa chọn: "
    if result is None:
        return head + f"{NOT_YET}."
    open_ = sum(area.result is None for area in result.areas)
    pending = f"; còn {open_} địa bàn chưa có kết luận" if open_ else ""
    return f"{head}đợt năm {result.cycle_year}, {_kind(result)}, {success_words(result.success, limit)}{pending}."


def _held(facts: PeriodFacts, objective) -> str:
    limit = objective.at_least_percent
    words = held_words(facts.held, limit) + waiting_words(facts.warnings)
    return f"- Ít nhất {limit}% địa bàn đã chuyển hóa thành công không tái trở lại phức tạp: {words}."


def _verdict(share: Share, limit: int | None) -> str:
    if limit is None:
        return "không định mức"
    return f"{'đạt' if share.meets(limit) else 'không đạt'} mục tiêu ít nhất {limit}%"
