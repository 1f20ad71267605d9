"""One cell of a figure sheet, written: the open one, its grey neighbour, the explanation of its row."""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from forms.layout import REASON_CODES, SheetLayout, Slot
from forms.look import Look
from forms.spec import Filled, FormSpec
from forms.words import NO, YES
from rules.figures import BLANK_REASONS, MEASURE_STATES


def write_slot(sheet: Worksheet, look: Look, slot: Slot, filled: Filled) -> None:
    """Writes what was filled into one open cell, or leaves it open."""
    value, form = filled.values.get(slot.key), _format(look, slot)
    if value is None:
        sheet.write_blank(slot.row, slot.column, None, form)
    elif isinstance(value, str):
        sheet.write_string(slot.row, slot.column, _reason(slot, value), form)
    elif slot.wants == "yes_no":
        sheet.write_string(slot.row, slot.column, YES if value else NO, form)
    elif slot.wants == "state":
        sheet.write_string(slot.row, slot.column, MEASURE_STATES[int(value)], form)
    else:
        sheet.write_number(slot.row, slot.column, float(value), form)


def _format(look: Look, slot: Slot) -> Format:
    if slot.wants == "state":
        return look.choice
    return look.decimal if slot.wants in ("money", "rate") else look.number


def _reason(slot: Slot, value: str) -> str:
    return BLANK_REASONS.get(value, value) if slot.wants in ("state", "money") else REASON_CODES.get(value, value)


def write_previous(sheet: Worksheet, look: Look, slot: Slot, spec: FormSpec) -> None:
    """Writes last period's figure, greyed, beside its open cell."""
    value: Decimal | None = spec.previous.get(slot.key)
    if value is None:
        sheet.write_blank(slot.row, slot.column + 1, None, look.previous)
    elif slot.wants == "state":
        sheet.write_string(slot.row, slot.column + 1, MEASURE_STATES.get(int(value), ""), look.previous)
    elif slot.wants == "yes_no":
        sheet.write_string(slot.row, slot.column + 1, YES if value else NO, look.previous)
    else:
        sheet.write_number(slot.row, slot.column + 1, float(value), look.previous)


def write_comment(sheet: Worksheet, look: Look, at: SheetLayout, row: int, words: str) -> None:
    """Writes the explanation at the end of a row, or leaves it open."""
    if words:
        sheet.write_string(row, at.comment_column, words, look.open_text)
    else:
        sheet.write_blank(row, at.comment_column, None, look.open_text)


def shade_empty(sheet: Worksheet, look: Look, first: Slot, last: Slot, formula: str) -> None:
    """Open cells from `first` to `last` stay yellow while `formula` holds: until they are filled."""
    rule = {"type": "formula", "criteria": f"={formula}", "format": look.still_empty}
    sheet.conditional_format(first.row, first.column, last.row, last.column, rule)
