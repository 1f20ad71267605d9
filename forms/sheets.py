"""Fills the figure sheets: the grid (a row a commune, a column a figure) and the list (a row a figure)."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from forms.layout import (
    FIRST_ROW,
    HEAD_ROW,
    ID_ROW,
    LIST_ROW,
    PREVIOUS_HEADING,
    TARGETS,
    Heading,
    SheetLayout,
    a1,
)
from forms.look import Look
from forms.slots import shade_empty, write_comment, write_previous, write_slot
from forms.spec import Filled, FormSpec
from forms.validation import validation_for
from forms.words import reasons_line

COLUMNS_A_PAGE = 9  # headings that fit one A4 page across, each with its grey neighbour


def write_grid(sheet: Worksheet, look: Look, spec: FormSpec, at: SheetLayout, filled: Filled) -> None:
    """Headings, communes, open cells and last period's figures of a grid sheet."""
    sheet.write_string(1, 0, f"Ô trống phải có lý do: {reasons_line()}.", look.hint)
    sheet.set_column(0, 0, 7)
    sheet.set_column(1, 1, 24)
    for heading in at.headings:
        sheet.set_column(heading.column, heading.column, 8)
        sheet.set_column(heading.column + 1, heading.column + 1, 6.5)
    sheet.set_column(at.comment_column, at.comment_column, 28)
    sheet.set_row(HEAD_ROW, 195)
    _write_headings(sheet, look, at)
    for row, unit in enumerate(at.rows, FIRST_ROW):
        sheet.write_string(row, 0, unit.code, look.id)
        sheet.write_string(row, 1, unit.name, look.text)
        write_comment(sheet, look, at, row, filled.comments.get((at.slots[0].key[1], unit.code, ""), ""))
    for slot in at.slots:
        write_slot(sheet, look, slot, filled)
        write_previous(sheet, look, slot, spec)
    _check_columns(sheet, look, at)
    _print_grid(sheet, at)


def write_list(
    sheet: Worksheet, look: Look, spec: FormSpec, at: SheetLayout, filled: Filled, widths: tuple[int, ...]
) -> None:
    """Headings, rows, open cells and last period's figures of a list sheet."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for (row, column), words in at.fixed.items():
        sheet.write_string(row, column, words, look.heading if row == HEAD_ROW else look.text)
    for slot in at.slots:
        write_slot(sheet, look, slot, filled)
        write_previous(sheet, look, slot, spec)
        unit, kind, item, _ = slot.key
        write_comment(sheet, look, at, slot.row, filled.comments.get((kind, unit, item), ""))
    first, last = at.slots[0], at.slots[-1]
    sheet.data_validation(
        first.row, first.column, last.row, first.column, validation_for(first.wants, a1(first.row, first.column))
    )
    shade_empty(sheet, look, first, last, f'{a1(first.row, first.column)}=""')
    sheet.freeze_panes(LIST_ROW, 0)
    sheet.repeat_rows(HEAD_ROW)
    sheet.fit_to_pages(1, 0)


def _write_headings(sheet: Worksheet, look: Look, at: SheetLayout) -> None:
    for column in (0, 1, at.comment_column):
        sheet.write_string(HEAD_ROW, column, at.fixed[(HEAD_ROW, column)], look.heading)
        sheet.write_blank(ID_ROW, column, None, look.id)
    for heading in at.headings:
        sheet.write_string(HEAD_ROW, heading.column, heading.text, look.upright)
        sheet.write_string(HEAD_ROW, heading.column + 1, PREVIOUS_HEADING, look.upright_grey)
        sheet.write_string(ID_ROW, heading.column, heading.mark, look.id)
        sheet.write_blank(ID_ROW, heading.column + 1, None, look.id)
        sheet.write_comment(HEAD_ROW, heading.column, _note(heading), {"x_scale": 2.6, "y_scale": 1.8, "author": ""})
    for first, last, band in _bands(at.headings):
        sheet.merge_range(HEAD_ROW - 1, first, HEAD_ROW - 1, last + 1, band, look.band)
    sheet.set_row(HEAD_ROW - 1, 48 if at.name == TARGETS else 20)


def _note(heading: Heading) -> str:
    grades = "".join(f"\n{grade} = {words}" for grade, words in enumerate(heading.grades))
    return heading.note + grades


def _bands(headings: tuple[Heading, ...]) -> list[tuple[int, int, str]]:
    bands: list[tuple[int, int, str]] = []
    for heading in headings:
        if bands and bands[-1][2] == heading.band:
            bands[-1] = (bands[-1][0], heading.column, heading.band)
        else:
            bands.append((heading.column, heading.column, heading.band))
    return bands


def _check_columns(sheet: Worksheet, look: Look, at: SheetLayout) -> None:
    first, last = at.slots[0], at.slots[-1]
    for alike in _alike(at.headings):
        (_, column, _, _), *others = ranges = [(first.row, h.column, last.row, h.column) for h in alike]
        heading = alike[0]
        rule = validation_for(
            heading.wants, a1(first.row, column), heading.text if heading.grades else "", heading.grades
        )
        sheet.data_validation(*ranges[0], {**rule, "other_cells": others} if others else rule)
    shade_empty(sheet, look, first, last, f'AND({a1(first.row, first.column)}="",MOD(COLUMN(),2)=1)')


def _alike(headings: tuple[Heading, ...]) -> list[list[Heading]]:
    """The columns that take the same: one rule for all of them is written ten times faster than one each."""
    groups: dict[tuple[str, tuple[str, ...]], list[Heading]] = {}
    for heading in headings:
        groups.setdefault((heading.wants, heading.grades), []).append(heading)
    return list(groups.values())


def _print_grid(sheet: Worksheet, at: SheetLayout) -> None:
    sheet.freeze_panes(FIRST_ROW, 2)
    sheet.repeat_rows(HEAD_ROW - 1, ID_ROW)
    sheet.print_area(HEAD_ROW - 1, 0, at.slots[-1].row, at.comment_column)  # the title is in the page's header
    if len(at.headings) <= COLUMNS_A_PAGE:
        sheet.fit_to_pages(1, 0)
        return
    sheet.repeat_columns(f"A:{xl_col_to_name(1)}")
    sheet.set_print_scale(71)
    breaks, start = [], 2
    for first, last, _ in _bands(at.headings):
        if last - start >= 2 * COLUMNS_A_PAGE:
            breaks.append(first)
            start = first
    sheet.set_v_pagebreaks(breaks)
