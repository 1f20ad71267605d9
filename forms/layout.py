"""Where everything stands on a form: one description that both the writer and the reader follow.

Rows and columns count from 0, as XlsxWriter and python-calamine do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from forms.spec import BUDGET_ITEMS, FormSpec, Key, measure_rows
from plans.schema import Target
from plans.units import Unit
from rules.figures import NARRATIVE_SECTIONS

COVER, CRITERIA, TARGETS, MEASURES, BUDGET, REMARKS = "Bìa", "Tiêu chí", "Chỉ tiêu", "Nhiệm vụ", "Kinh phí", "Nhận xét"
NIL_CELL = (15, 1)
HEAD_ROW, ID_ROW, FIRST_ROW = 3, 4, 5
LIST_ROW = 4  # a list has no row of marks
PREVIOUS_HEADING, COMMENT_HEADING = "Cùng kỳ", "Giải trình"

# One letter for each reason, so that it fits a narrow cell and can be typed on any keyboard.
REASON_CODES = {"no_data": "C", "not_competent": "T", "not_arisen": "K", "being_verified": "X"}

Wants = Literal["count", "rate", "grade", "yes_no", "state", "money"]


@dataclass(frozen=True)
class Slot:
    """One open cell: where it is, which figure it holds, what it takes; `comment_column` explains its row."""

    row: int
    column: int
    key: Key
    wants: Wants
    comment_column: int


@dataclass(frozen=True)
class Heading:
    """One column of values: the `item` and `part` it holds, the `mark` below its words, the `note` that hangs on it."""

    column: int
    item: str
    part: str
    mark: str
    text: str
    note: str
    wants: Wants
    band: str  # the wider heading above it
    grades: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetLayout:
    """A sheet: its open cells, and the `fixed` words that must stand unchanged."""

    name: str
    slots: tuple[Slot, ...]
    fixed: dict[tuple[int, int], str]
    headings: tuple[Heading, ...] = ()
    rows: tuple[Unit, ...] = ()
    comment_column: int = 0


def layout(spec: FormSpec) -> tuple[SheetLayout, ...]:
    """The figure sheets of the form, in order; a sheet with nothing to ask is left out."""
    sheets = (
        _grid(CRITERIA, "criterion", spec.units, _criterion_headings(spec)),
        _grid(TARGETS, "target", spec.areas, _target_headings(spec.targets)),
        _measures(spec),
        _budget(spec),
    )
    return tuple(sheet for sheet in sheets if sheet.slots)


def remarks_cells() -> dict[str, tuple[int, int]]:
    """Where each section of the narrative is written."""
    return {section: (LIST_ROW - 1 + i, 1) for i, section in enumerate(NARRATIVE_SECTIONS)}


def a1(row: int, column: int) -> str:
    """The cell's name as Excel shows it: (6, 3) is "D7"."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _criterion_headings(spec: FormSpec) -> tuple[Heading, ...]:
    return tuple(
        Heading(
            column=2 + 2 * i,
            item=c.id,
            part="value",
            mark=c.id,
            text=c.short,
            note=f"Tiêu chí {c.id}: {c.text}\nĐơn vị tính: {c.unit}",
            wants=c.measure,
            band=_band(spec, c.group),
            grades=c.grades,
        )
        for i, c in enumerate(spec.criteria)
    )


def _band(spec: FormSpec, group: str) -> str:
    return f"{group}) {spec.group_titles.get(group, '')}"


def _target_headings(targets: Iterable[Target]) -> tuple[Heading, ...]:
    numbered = [(t, p, n) for t in targets for n, p in enumerate(t.parts, 1)]
    return tuple(
        Heading(
            column=2 + 2 * i,
            item=target.id,
            part=part.id,
            mark=f"{target.id}.{n}" if len(target.parts) > 1 else target.id,
            text=part.label,
            note=f"Chỉ tiêu {target.id}: {target.text}\n{part.label}",
            wants=_part_wants(part.id),
            band=target.short,
        )
        for i, (target, part, n) in enumerate(numbered)
    )


def _part_wants(part: str) -> Wants:
    return "yes_no" if part in ("answer", "rules") else "count"


def _grid(name: str, kind: str, rows: tuple[Unit, ...], headings: tuple[Heading, ...]) -> SheetLayout:
    last = 2 + 2 * len(headings)
    fixed = {(HEAD_ROW, 0): "Mã", (HEAD_ROW, 1): "Xã, phường, thị trấn", (HEAD_ROW, last): COMMENT_HEADING}
    fixed |= {(HEAD_ROW, h.column): h.text for h in headings} | {(ID_ROW, h.column): h.mark for h in headings}
    slots: list[Slot] = []
    for row, unit in enumerate(rows, FIRST_ROW):
        fixed |= {(row, 0): unit.code, (row, 1): unit.name}
        slots.extend(Slot(row, h.column, (unit.code, kind, h.item, h.part), h.wants, last) for h in headings)
    return SheetLayout(name, tuple(slots), fixed, headings, rows, last)


def _measures(spec: FormSpec) -> SheetLayout:
    titles = ("Mục", "Mã", "Địa bàn", "Nhiệm vụ", "Kết quả", PREVIOUS_HEADING, "Ghi chú")
    fixed = {(HEAD_ROW, column): title for column, title in enumerate(titles)}
    slots = []
    for row, (area, measure) in enumerate(measure_rows(spec), LIST_ROW):
        code, name = (area.code, area.name) if area else ("", "Toàn đơn vị")
        fixed |= {(row, 0): measure.id, (row, 1): code, (row, 2): name, (row, 3): measure.short}
        slots.append(Slot(row, 4, (code, "measure", measure.id, "state"), "state", 6))
    return SheetLayout(MEASURES, tuple(slots), fixed, comment_column=6)


def _budget(spec: FormSpec) -> SheetLayout:
    titles = ("Nội dung", "Triệu đồng", PREVIOUS_HEADING, "Ghi chú")
    fixed = {(HEAD_ROW, column): title for column, title in enumerate(titles)}
    slots = []
    for row, (item, label) in enumerate(BUDGET_ITEMS.items() if spec.has_budget else (), LIST_ROW):
        fixed[(row, 0)] = label
        slots.append(Slot(row, 1, ("", "budget", item, "value"), "money", 3))
    return SheetLayout(BUDGET, tuple(slots), fixed, comment_column=3)
