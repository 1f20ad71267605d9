"""Tables: fixed widths, a header row that repeats, rows that are never split; and borderless ones for layout."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from docx.table import Table, _Row

from reports.look.body import each, text
from reports.look.order import put


@dataclass(frozen=True)
class Column:
    """A column: its `head` (may be a tag), its width in mm, and whether its cells are centred (`figure`) or left."""

    head: str
    width: float
    figure: bool = True


def plain_table(document, widths: Sequence[float], rows: int = 1) -> Table:
    """A table without borders that sets text side by side; its rows are never split."""
    table = document.add_table(rows=rows, cols=len(widths))
    _fix_widths(table, widths)
    for row in table.rows:
        _never_split(row)
    return table


def data_table(document: Document, field: str, columns: Sequence[Column], grouped: bool = False) -> None:
    """A bordered table of the field `field` (`reports.facts.Grid`): one row for each of its `rows` (tuples of text).

    `grouped`: the field is a tuple of groups, each with a `title` (a bold row of its own) and `rows`.
    """
    table = document.add_table(rows=1, cols=len(columns))
    _fix_widths(table, [column.width for column in columns])
    _draw_borders(table)
    head = table.rows[0]
    _repeat(head)
    for cell, column in zip(head.cells, columns, strict=True):
        _say(cell, column.head, "Đầu bảng")
    if grouped:
        _tag_row(table, f"{{%tr for group in {field} %}}")
        _title_row(table, "{{ group.title }}")
    _tag_row(table, f"{{%tr for row in {'group' if grouped else field}.rows %}}")
    body = table.add_row()
    _never_split(body)
    for index, (cell, column) in enumerate(zip(body.cells, columns, strict=True)):
        _say(cell, f"{{{{ row[{index}] }}}}", "Ô số" if column.figure else "Ô bảng")
    _tag_row(table, "{%tr endfor %}")
    if grouped:
        _tag_row(table, "{%tr endfor %}")
    text(document, "", "Đường kẻ")


def noted_table(document: Document, field: str, columns: Sequence[Column]) -> None:
    """A `data_table` of the `Grid` `field` with its notes below."""
    data_table(document, field, columns)
    with each(document, "words", f"{field}.notes"):
        text(document, "{{ words }}", "Ghi chú")


def _say(cell, words: str, style: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(words)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _title_row(table: Table, words: str) -> None:
    row = table.add_row()
    _never_split(row)
    merged = row.cells[0].merge(row.cells[-1])
    for extra in merged.paragraphs[1:]:
        merged._tc.remove(extra._p)
    _say(merged, words, "Ô bảng")
    merged.paragraphs[0].runs[0].bold = True
    merged.paragraphs[0].paragraph_format.keep_with_next = True


def _tag_row(table: Table, words: str) -> None:
    row = table.add_row()
    row.cells[0].paragraphs[0].add_run(words)


def _fix_widths(table: Table, widths: Sequence[float]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    properties = table._tbl.tblPr
    put(properties, parse_xml(f'<w:tblW {nsdecls("w")} w:w="{round(sum(widths) * 1440 / 25.4)}" w:type="dxa"/>'))
    margins = "".join(f'<w:{side} w:w="57" w:type="dxa"/>' for side in ("left", "right"))
    put(properties, parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)


def _draw_borders(table: Table) -> None:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in sides)
    put(table._tbl.tblPr, parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))


def _never_split(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat(row: _Row) -> None:
    _never_split(row)
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
