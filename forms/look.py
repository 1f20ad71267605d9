"""How a form looks: its cell formats and its print set-up."""

from __future__ import annotations

from functools import cached_property

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

FONT = {"font_name": "Times New Roman", "font_size": 11}
A4 = 9
GREY, PALE, YELLOW, LINE = "#7F7F7F", "#F2F2F2", "#FFF2CC", "#A6A6A6"
BOXED = {"border": 1, "border_color": LINE, "valign": "vcenter"}


class Look:
    """The formats of one workbook, each made once and only if it is used."""

    def __init__(self, workbook: Workbook) -> None:
        self._add = workbook.add_format

    @cached_property
    def title(self) -> Format:
        return self._add({"bold": True, "font_size": 14})

    @cached_property
    def hint(self) -> Format:
        return self._add({"italic": True, "font_size": 10, "font_color": GREY})

    @cached_property
    def mark(self) -> Format:
        return self._add({"bold": True, "font_color": "#C00000"})

    @cached_property
    def label(self) -> Format:
        return self._add({**BOXED, "bold": True, "bg_color": PALE, "text_wrap": True})

    @cached_property
    def text(self) -> Format:
        return self._add({**BOXED, "text_wrap": True})

    @cached_property
    def line(self) -> Format:
        return self._add({"text_wrap": True, "valign": "top"})

    @cached_property
    def band(self) -> Format:
        return self._add({**BOXED, "bold": True, "align": "center", "bg_color": "#D9E2F3", "text_wrap": True})

    @cached_property
    def heading(self) -> Format:
        return self._add({**BOXED, "bold": True, "align": "center", "bg_color": PALE, "text_wrap": True})

    @cached_property
    def upright(self) -> Format:
        """A criterion's heading, written upwards so that its column stays narrow."""
        return self._add({**BOXED, "rotation": 90, "align": "center", "bg_color": PALE, "text_wrap": True})

    @cached_property
    def upright_grey(self) -> Format:
        return self._add(
            {**BOXED, "rotation": 90, "align": "center", "bg_color": PALE, "font_color": GREY, "italic": True}
        )

    @cached_property
    def id(self) -> Format:
        return self._add({**BOXED, "align": "center", "font_size": 9, "font_color": GREY})

    @cached_property
    def number(self) -> Format:
        """An open cell for a count."""
        return self._add({**BOXED, "align": "center", "locked": False, "num_format": "#,##0"})

    @cached_property
    def decimal(self) -> Format:
        """An open cell for money or a rate."""
        return self._add({**BOXED, "align": "center", "locked": False})

    @cached_property
    def open_text(self) -> Format:
        """An open cell for words."""
        return self._add({**BOXED, "locked": False, "text_wrap": True, "valign": "top"})

    @cached_property
    def choice(self) -> Format:
        """An open cell with a drop-down list."""
        return self._add({**BOXED, "locked": False})

    @cached_property
    def previous(self) -> Format:
        return self._add({**BOXED, "align": "center", "font_color": GREY, "italic": True})

    @cached_property
    def still_empty(self) -> Format:
        return self._add({"bg_color": YELLOW})


def prepare_page(sheet: Worksheet, *, landscape: bool, footer: str) -> None:
    """A4, margins, page numbers; every cell but the open ones locked."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.4, top=0.75, bottom=0.6)
    sheet.set_footer(f"&L&9{footer}&R&9Trang &P/&N")
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True})
