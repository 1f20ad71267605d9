"""The areas against the targets of I.2: table rows and sentences."""

from __future__ import annotations

from collections.abc import Sequence

from plans.schema import Criterion, Plan, Target
from reports.comparison import spoken_unit
from reports.facts import AreaStanding
from reports.grid import Row
from reports.vietnamese import MISSING, NOT_ARISEN, change, number, percent, sentence_start
from rules.achievement import Outcome
from rules.findings import Evidence, Movement

PRELIMINARY = {"converted": "Dự kiến thành công", "not_converted": "Dự kiến chưa thành công", None: "Chưa kết luận"}
RESULTS = {"converted": "Chuyển hóa thành công", "not_converted": "Chưa chuyển hóa thành công", None: "Chưa kết luận"}
FINDINGS = {
    "reduced": "giảm cơ bản tội phạm, tệ nạn xã hội, không để phức tạp nổi lên",
    "not_reduced": "chưa giảm cơ bản tội phạm, tệ nạn xã hội hoặc còn phức tạp nổi lên",
    None: "chưa có kết luận",
}
STATES = {"met": "Đạt", "not_met": "Không đạt", "not_applicable": "Không phát sinh", "missing": "Chưa có số liệu"}


def outcome_words(target: Target, outcome: Outcome | None) -> str:
    """`Đạt: 17/20 (85%)`, `Đạt: 2 mô hình`, `Không phát sinh`, `Chưa có số liệu`."""
    if outcome is None:
        return STATES["missing"]
    state = STATES[outcome.state]
    if outcome.state in ("missing", "not_applicable") or outcome.numerator is None or target.measure == "yes_no":
        return state
    if target.measure == "absence":
        return f"{state}: {number(outcome.numerator)} vụ việc" if outcome.numerator else state
    if target.measure == "count_and_rules":
        return f"{state}: {number(outcome.numerator)} mô hình" if outcome.numerator else state
    share = f"{number(outcome.numerator)}/{number(outcome.denominator)}"
    return f"{state}: {share} ({percent(outcome.numerator, outcome.denominator)})"


def target_rows(plan: Plan, areas: Sequence[AreaStanding], targets: Sequence[str] | None = None) -> tuple[Row, ...]:
    """Rows (TT, area and district, an outcome a target, met/counted, letters met/counted); `targets` None: all."""
    wanted = [t for t in plan.targets if targets is None or t.id in targets]
    return tuple(
        (
            str(place),
            f"{area.unit.name}\n{area.unit.district}",
            *(_outcomes(area, wanted)),
            _counts(area),
            _letters(area),
        )
        for place, area in enumerate(areas, start=1)
    )


def summary_rows(plan: Plan, areas: Sequence[AreaStanding], judged: bool, preliminary: bool = True) -> tuple[Row, ...]:
    """Rows (TT, area, district, targets met, letters met, what falls short, result); not `judged`: still at work."""
    words = PRELIMINARY if preliminary else RESULTS
    return tuple(
        (str(place), area.unit.name, area.unit.district, _counts(area), _letters(area), shortfalls(plan, area),
         words[area.result] if judged else "Đang thực hiện")
        for place, area in enumerate(areas, start=1)
    )  # fmt: skip


def shortfalls(plan: Plan, area: AreaStanding) -> str:
    """The targets that fall short, those without data, and the second gate if it is wanting; `Không có` for none.

    Before the finding of II.4 is made, an area that meets the threshold and is not expected to succeed says why.
    """
    parts = unmet(plan, area)
    if area.finding == "not_reduced":
        parts.append("chưa giảm cơ bản tội phạm, tệ nạn xã hội")
    elif area.finding is None and area.result == "not_converted" and area.meets_threshold:
        parts.append("số liệu chưa cho thấy tội phạm, tệ nạn xã hội giảm so với cùng kỳ")
    return sentence_start("; ".join(parts)) or "Không có"


def unmet(plan: Plan, area: AreaStanding) -> list[str]:
    """The targets not met, by name, then those without data."""
    parts = [_inside(plan.target(id).short) for id in area.achievement.not_met]
    if area.achievement.missing:
        parts.append(f"{MISSING}: {missing_targets(plan, area)}")
    return parts


def missing_targets(plan: Plan, area: AreaStanding) -> str:
    """The targets without data, by name."""
    return "; ".join(_inside(plan.target(id).short) for id in area.achievement.missing)


def gate_words(plan: Plan, area: AreaStanding) -> str:
    """Both gates of II.4 in one sentence, with both counts."""
    achievement, limit = area.achievement, plan.parameters.achievement_percent.value
    share = percent(achievement.met, achievement.counted)
    short = _lacking(plan, area)
    verdict = {True: "đạt", False: "không đạt", None: "chưa xét"}[area.meets_threshold]
    return (
        f"Đạt {_counts(area)} chỉ tiêu ({share}), theo điểm {_letters(area)}{short}: {verdict} mức {limit}% trở lên; "
        f"kết luận về tội phạm, tệ nạn xã hội: {FINDINGS[area.finding]}"
        + (f" ({_inside(area.reason.rstrip('.'))})" if area.reason else "")
        + "."
        + missing_reason_words(area)
    )


def recognised_words(plan: Plan, area: AreaStanding) -> str:
    """What a recognised area achieved, for the decision whose articles say the rest."""
    achievement = area.achievement
    share, lacking = percent(achievement.met, achievement.counted), _lacking(plan, area)
    return f"Đạt {_counts(area)} chỉ tiêu ({share}), theo điểm {_letters(area)}{lacking}.{missing_reason_words(area)}"


def _lacking(plan: Plan, area: AreaStanding) -> str:
    words = "; ".join(unmet(plan, area))
    head = "chưa đạt: " if area.achievement.not_met else ""
    return f" ({head}{words})" if words else ""


def missing_reason_words(area: AreaStanding) -> str:
    """The written reason for recognising an area some of whose targets have no data; "" where there is none."""
    if not (area.achievement.missing and area.missing_reason):
        return ""
    return f" Lý do công nhận khi còn thiếu số liệu: {_inside(area.missing_reason.rstrip('.'))}."


def evidence_words(plan: Plan, evidence: Evidence | None) -> tuple[str, ...]:
    """What the finding rests on: each kind of offence and vice spot beside the year before, rank, what rose."""
    if evidence is None:
        return (f"Số liệu so sánh: {MISSING}.",)
    movements = (*evidence.offences, *evidence.spots)
    compared = "; ".join(_moved(plan.criterion(movement.criterion), movement) for movement in movements)
    rank = f"Xếp thứ {evidence.rank}/{evidence.units_ranked} về mức độ phức tạp; " if evidence.rank else ""
    rose = "; ".join(_inside(plan.criterion(id).short) for id in evidence.rose)
    rising = f"{len(evidence.rose)}/{len(plan.criteria)} tiêu chí tăng: {rose}" if rose else "không có tiêu chí tăng"
    return f"So với cùng kỳ năm trước: {compared}.", sentence_start(f"{rank}{rising}.")


def _outcomes(area: AreaStanding, targets: Sequence[Target]) -> list[str]:
    known = {outcome.target: outcome for outcome in area.achievement.outcomes}
    words = (outcome_words(target, known.get(target.id)) for target in targets)
    return [text.replace(": ", "\n").replace(" (", "\n(") for text in words]


def _counts(area: AreaStanding) -> str:
    return f"{area.achievement.met}/{area.achievement.counted}"


def _letters(area: AreaStanding) -> str:
    return f"{area.achievement.letters_met}/{area.achievement.letters_counted}"


def _moved(criterion: Criterion, movement: Movement) -> str:
    what, now, before = _inside(criterion.short), movement.now, movement.before
    if now is None:
        return f"{what}: {MISSING}"
    if not now and before == 0:
        return f"{what}: hai kỳ đều {NOT_ARISEN}"
    unit = spoken_unit(criterion)
    moved = f"{MISSING} cùng kỳ" if before is None else change(now, before, unit)
    return f"{what}: {number(now)} {unit}".rstrip() + f", {moved}"


def _inside(text: str) -> str:
    return text[:1].lower() + text[1:]
