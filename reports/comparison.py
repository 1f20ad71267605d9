"""The criteria of II.3 over the province's units: totals beside the same window of the year before, and unit by unit.

Counts of one criterion are added over units; grades are not sums, so units of grade 1 and above are counted instead;
different criteria are never added to one another. A change is computed only over units with a figure in both windows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from plans.schema import Criterion, Plan
from reports.facts import Figures, UnitName
from reports.grid import Grid, Group, Row
from reports.vietnamese import NO_RATE_MARK, cell, change, change_cells, number
from reports.wording import LEGEND


@dataclass(frozen=True)
class Compared:
    """One criterion over all units: totals of each window (None: no unit has data), and over the `shared` units."""

    criterion: Criterion
    now: Decimal | None
    before: Decimal | None
    units_now: int
    units_before: int
    shared: int
    shared_now: Decimal | None
    shared_before: Decimal | None

    @property
    def is_partial(self) -> bool:
        """Whether the totals are not of the same units, so that the change is told apart."""
        return self.shared > 0 and not (self.shared == self.units_now == self.units_before)


def compare(criterion: Criterion, units: Iterable[UnitName], now: Figures, before: Figures | None) -> Compared:
    """`criterion` over `units` in both windows."""
    codes = [unit.code for unit in units]
    current = {c: v for c in codes if (v := now.get(c, {}).get(criterion.id)) is not None}
    earlier = {c: v for c in codes if (v := (before or {}).get(c, {}).get(criterion.id)) is not None}
    shared = [c for c in current if c in earlier]
    return Compared(
        criterion,
        _total(criterion, current.values()),
        _total(criterion, earlier.values()),
        len(current),
        len(earlier),
        len(shared),
        _total(criterion, [current[c] for c in shared]),
        _total(criterion, [earlier[c] for c in shared]),
    )


def spoken_unit(criterion: Criterion) -> str:
    """The unit in a sentence that begins with the criterion's name; "" where it would only say the name again."""
    unit = counted_unit(criterion)
    return "" if "," in unit else unit


def counted_unit(criterion: Criterion) -> str:
    """What a total of `criterion` counts: its own unit, or units of commune for grades and answers."""
    return criterion.unit if criterion.measure == "count" else "đơn vị"


def comparison_groups(
    plan: Plan, criteria: Sequence[str], units: Sequence[UnitName], now: Figures, before: Figures | None
) -> tuple[Group, ...]:
    """Rows (TT, criterion, unit, now, before, change, %, units with data), by group of II.3."""
    groups: list[Group] = []
    place = 0
    for group in plan.groups:
        rows: list[Row] = []
        for criterion in (c for c in plan.criteria if c.group == group.id and c.id in criteria):
            place += 1
            rows.append(_row(place, compare(criterion, units, now, before)))
        if rows:
            groups.append(Group(f"Nhóm {group.id}. {group.title}", tuple(rows)))
    return tuple(groups)


def comparison_notes(
    plan: Plan, criteria: Sequence[str], units: Sequence[UnitName], now: Figures, before: Figures | None
) -> tuple[str, ...]:
    """What the table needs said: the legend, what grades count, which changes rest on fewer units."""
    compared = [compare(c, units, now, before) for c in plan.criteria if c.id in criteria]
    notes = [f"{LEGEND}{_no_rate(compared)} Tổng số đơn vị hành chính cấp xã thuộc diện báo cáo: {len(units)}."]
    if any(c.criterion.measure != "count" for c in compared):
        notes.append("Tiêu chí chấm theo mức 0-3: ghi số đơn vị cấp xã có mức từ 1 trở lên.")
    partial: dict[int, list[str]] = {}
    for place, item in enumerate(compared, start=1):
        if item.is_partial:
            figures = f"{number(item.shared_now)} so với {number(item.shared_before)}"
            partial.setdefault(item.shared, []).append(f"tiêu chí {place}: {figures}")
    if partial:
        spans = (f"trên {units} đơn vị, {', '.join(told)}" for units, told in partial.items())
        notes.append("(*) Mức tăng, giảm chỉ tính các đơn vị có số liệu ở cả hai kỳ: " + "; ".join(spans) + ".")
    return tuple(notes)


def _no_rate(compared: Iterable[Compared]) -> str:
    if not any(item.shared and not item.shared_before for item in compared):
        return ""
    return f" Dấu “{NO_RATE_MARK}” là không tính tỷ lệ do cùng kỳ bằng 0."


def highlights(
    plan: Plan, criteria: Sequence[str], units: Sequence[UnitName], now: Figures, before: Figures | None
) -> tuple[str, ...]:
    """One sentence for each criterion of `criteria`: the figure, and how it moved."""
    sentences = []
    for criterion in (c for c in plan.criteria if c.id in criteria):
        item = compare(criterion, units, now, before)
        unit = spoken_unit(criterion)
        if item.now is None:
            sentences.append(f"- {criterion.short}: chưa có số liệu.")
            continue
        moved = change(item.shared_now, item.shared_before, unit)
        scope = f" (tính trên {item.shared} đơn vị có số liệu ở cả hai kỳ)" if item.is_partial else ""
        compared = f"{moved} so với cùng kỳ năm trước{scope}" if item.shared else "chưa có số liệu cùng kỳ để so sánh"
        amount = f"{number(item.now)} {unit}".rstrip()
        sentences.append(f"- {criterion.short}: {amount}; {compared}.")
    return tuple(sentences)


def units_by_group(plan: Plan, units: Sequence[UnitName], now: Figures) -> tuple[tuple[Group, ...], ...]:
    """For each group of criteria, the units by district: rows (TT, unit, one figure a criterion)."""
    return tuple(by_district(units, [c for c in plan.criteria if c.group == group.id], now) for group in plan.groups)


def by_district(units: Sequence[UnitName], criteria: Sequence[Criterion], now: Figures) -> tuple[Group, ...]:
    """The figures of `criteria`, a row a unit, under its district."""
    groups: dict[str, list[Row]] = {}
    for place, unit in enumerate(sorted(units, key=_district_order(units)), start=1):
        values = now.get(unit.code, {})
        row = (str(place), unit.name, *(cell(values.get(c.id)) for c in criteria))
        groups.setdefault(unit.district, []).append(row)
    return tuple(Group(district, tuple(rows)) for district, rows in groups.items())


def legend(groups: Iterable[Group]) -> Grid:
    """The legend, if any figure in `groups` is missing."""
    missing = any("-" in row for group in groups for row in group.rows)
    return Grid((), (LEGEND,) if missing else ())


def _district_order(units: Sequence[UnitName]):
    first = {unit.district: unit.code for unit in sorted(units, key=lambda u: u.code, reverse=True)}
    return lambda unit: (first[unit.district], unit.code)


def _row(place: int, item: Compared) -> Row:
    difference, growth = change_cells(item.shared_now, item.shared_before)
    mark = " (*)" if item.is_partial else ""
    coverage = f"{item.units_now}; {item.units_before}"
    return (str(place), item.criterion.short, counted_unit(item.criterion), cell(item.now), cell(item.before),
            difference + mark, growth, coverage)  # fmt: skip


def _total(criterion: Criterion, values: Iterable[Decimal]) -> Decimal | None:
    known = list(values)
    if not known:
        return None
    if criterion.measure == "count":
        return sum(known, Decimal(0))
    return Decimal(sum(value > 0 for value in known))
