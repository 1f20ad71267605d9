"""The ranking of the units, as rows and reasons that their chiefs can check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from plans.schema import Criterion, Plan
from reports.comparison import spoken_unit
from reports.facts import SelectionFacts, UnitName
from reports.grid import Grid, Row
from reports.vietnamese import MISSING_MARK, number, ratio_text, roman
from reports.wording import LEGEND, by_code, place_of, unit_list
from rules.scoring import UnitScore

TOP = 3  # how many criteria a reason names
READINGS_AFTER = 3  # the appendix of readings follows two of ranking and one a group of criteria


def points(share: Fraction | None) -> str:
    """A score or share in [0, 1] on the scale of 100: `63,45`."""
    return MISSING_MARK if share is None else number(share * 100, 2)


def list_rows(facts: SelectionFacts, selected: Sequence[str]) -> tuple[Row, ...]:
    """Rows (TT, unit, district, score, rank, note) of the proposed list."""
    units, places, scores = by_code(facts.units), _places(facts), _scores(facts)
    return tuple(
        (str(place), units[code].name, units[code].district, points(scores[code].score if code in scores else None),
         f"{places[code]}/{len(facts.ranking)}" if code in places else MISSING_MARK, note(facts, code))
        for place, code in enumerate(selected, start=1)
    )  # fmt: skip


def note(facts: SelectionFacts, code: str) -> str:
    """`Chuyển tiếp`, `Lựa chọn mới`, and what is special."""
    words = ["Chuyển tiếp" if code in facts.proposal.carried_over else "Lựa chọn mới"]
    if code in facts.proposal.tied_at_cut:
        words.append("bằng điểm tại ngưỡng")
    if code in facts.on_ministers_list:
        words.append("thuộc danh sách theo Thông tư 15/2010/TT-BCA")
    return "; ".join(words)


def reasons(facts: SelectionFacts, plan: Plan, selected: Sequence[str]) -> Grid:
    """Rows (TT, unit, reason): score, groups, the criteria that weigh most, what is missing.

    What no unit of the ranking has is said once, below.
    """
    units, scores = by_code(facts.units), _scores(facts)
    common = [c.id for c in plan.criteria if facts.ranking and all(c.id in s.missing for s in facts.ranking)]
    rows = tuple(
        (str(place), f"{units[code].name}\n{units[code].district}", _reason(facts, plan, scores.get(code), common))
        for place, code in enumerate(selected, start=1)
    )
    lacking = f"Ghi chú: cả {len(facts.ranking)} đơn vị đều thiếu số liệu: {named_missing(plan, common)}."
    return Grid(rows, (lacking,) if rows and common else ())


def full_ranking(facts: SelectionFacts, plan: Plan, selected: Sequence[str]) -> Grid:
    """Rows (rank, unit, district, score, a column a group, completeness, missing, proposed) of all units."""
    units = by_code(facts.units)
    rows = tuple(
        (str(place), units[s.code].name, units[s.code].district, points(s.score),
         *(points(s.groups[group.id]) for group in plan.groups), ratio_text(s.completeness),
         missing_words(plan, s.missing), _standing(facts, s.code, selected))
        for place, s in enumerate(facts.ranking, start=1)
    )  # fmt: skip
    return Grid(rows, (LEGEND,) if any(MISSING_MARK in row for row in rows) else ())


def missing_words(plan: Plan, missing: Sequence[str]) -> str:
    """`16, nhóm d`, `tất cả`, `không`: the numbers of the criteria without figures, a whole group as one."""
    return ", ".join(_missing(plan, missing, lambda c: str(place_of(plan, c.id)))) or "không"


def named_missing(plan: Plan, missing: Sequence[str]) -> str:
    """`tiêu chí số 16 (vụ phá rừng); nhóm d`, `tất cả`: as `missing_words`, for a sentence that stands alone."""
    return "; ".join(_missing(plan, missing, lambda c: f"tiêu chí số {place_of(plan, c.id)} ({_inside(c.short)})"))


def _missing(plan: Plan, missing: Sequence[str], name: Callable[[Criterion], str]) -> list[str]:
    if len(missing) == len(plan.criteria):
        return ["tất cả"]
    words: list[str] = []
    for group in plan.groups:
        own = [c for c in plan.criteria if c.group == group.id]
        lost = [c for c in own if c.id in missing]
        words += [f"nhóm {group.id}"] if lost == own else [name(c) for c in lost]
    return words


def tie_words(facts: SelectionFacts, plan: Plan, units: Mapping[str, UnitName], selected: Sequence[str]) -> str:
    """Who stood level at the cut, and how it was broken."""
    tied = facts.proposal.tied_at_cut
    if not tied:
        return "không phát sinh"
    taken = [units[code] for code in tied if code in selected]
    passed = [units[code] for code in tied if code not in selected]
    names = unit_list([units[code] for code in tied])
    chosen = f"; đề nghị {unit_list(taken)}" if taken else ""
    left = f"; không đề nghị {unit_list(passed)}" if passed else ""
    return f"{names}{chosen}{left}; thứ tự xét: Phụ lục {roman(READINGS_AFTER + len(plan.groups))}"


def _reason(facts: SelectionFacts, plan: Plan, score: UnitScore | None, common: Sequence[str]) -> str:
    if score is None:
        return "Chưa có số liệu để tính điểm."
    place = _places(facts)[score.code]
    groups = "; ".join(f"nhóm {group.id}: {points(score.groups[group.id])}" for group in plan.groups)
    words = [f"Điểm {points(score.score)}, xếp thứ {place}/{len(facts.ranking)} ({groups})."]
    top = sorted((c for c in plan.criteria if (score.shares[c.id] or 0) > 0), key=lambda c: -(score.shares[c.id] or 0))[
        :TOP
    ]
    if top:
        values = facts.values.get(score.code, {})
        words.append("Nổi bật: " + "; ".join(_weighs(c, values.get(c.id), score.shares[c.id]) for c in top) + ".")
    if own := [id for id in score.missing if id not in common]:
        words.append(f"Thiếu số liệu: {named_missing(plan, own)}.")
    return " ".join(words)


def _weighs(criterion: Criterion, value: Decimal | None, share: Fraction | None) -> str:
    counted = f"{number(value)} {spoken_unit(criterion)}".rstrip()
    amount = f"mức {number(value)}" if criterion.measure == "grade" else counted
    return f"{_inside(criterion.short)}: {amount} (cao hơn {points(share or Fraction(0))}% số đơn vị)"


def _inside(text: str) -> str:
    return text[:1].lower() + text[1:]


def _standing(facts: SelectionFacts, code: str, selected: Sequence[str]) -> str:
    if code in selected:
        return "Đề nghị chọn"
    if code in facts.proposal.set_apart:
        return "Tách riêng"
    if any(unit.code == code for unit in facts.ineligible):
        return "Đề nghị công nhận"
    if any(dropped.unit.code == code for dropped in facts.dropped):
        return "Không đề nghị"
    return ""


def _places(facts: SelectionFacts) -> dict[str, int]:
    return {score.code: place for place, score in enumerate(facts.ranking, start=1)}


def _scores(facts: SelectionFacts) -> dict[str, UnitScore]:
    return {score.code: score for score in facts.ranking}
