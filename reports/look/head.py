"""The heading block: issuer left (65 mm), Quốc hiệu right (100 mm), number and date, title, addressees."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Pt
from docx.table import _Cell

from reports.look.body import each, rule_line, text, when
from reports.look.page import box
from reports.look.tables import plain_table

LEFT, RIGHT = 65, 100
MOTTO_MM = 62  # "Độc lập - Tự do - Hạnh phúc" at 14 pt bold
ISSUER_LINE_MM, SUBJECT_LINE_MM = 22, 50


def heading(document: Document, dated: bool = True) -> None:
    """Boxes 1-4 of the decree from the field `frame` (`reports.frame.Frame`); minutes are not `dated`."""
    table = plain_table(document, (LEFT, RIGHT), rows=2)
    _issuer(table.cell(0, 0))
    _nation(table.cell(0, 1))
    _number(table.cell(1, 0))
    right = _first(table.cell(1, 1), "{{ frame.place_and_date }}" if dated else "")
    right.runs[0].italic, right.runs[0].font.size = True, Pt(14)
    spacer = document.add_paragraph(style="Giữa")
    spacer.paragraph_format.line_spacing = Pt(10)


def title(document: Document) -> None:
    """Box 5a: the kind of document, its subject, the line, and the notice on made-up figures."""
    text(document, "{{ frame.title }}", "Tên loại")
    with when(document, "frame.subject"):
        text(document, "{{ frame.subject }}", "Tên loại")
    rule_line(document, SUBJECT_LINE_MM, LEFT + RIGHT)
    with when(document, "frame.illustrative"):
        made_up = text(document, "(SỐ LIỆU MINH HỌA: không dùng làm căn cứ giải quyết công việc)", "Giữa")
        made_up.runs[0].bold = made_up.runs[0].italic = True
        made_up.paragraph_format.space_after = Pt(6)


def addressees(document: Document) -> None:
    """Box 9a: one addressee on the line of `Kính gửi:`, several below it."""
    with when(document, "frame.addressees|length == 1"):
        one = text(document, "Kính gửi: {{ frame.addressees[0] }}.", "Giữa")
        one.paragraph_format.space_after = Pt(8)
    with when(document, "frame.addressees|length > 1"):
        text(document, "Kính gửi:", "Giữa", keep=True)
        with each(document, "addressee", "frame.addressees"):
            line = text(document, "- {{ addressee }}{{ '.' if loop.last else ';' }}", "Thân bài")
            line.paragraph_format.left_indent = Pt(150)
            line.paragraph_format.first_line_indent = Pt(0)
            line.paragraph_format.space_after = Pt(6)


def _issuer(cell: _Cell) -> None:
    with when(cell, "frame.superior"):
        text(cell, "{{ frame.superior }}", "Đầu văn bản")
    with each(cell, "line", "frame.issuer"):
        text(cell, "{{ line }}", "Đầu văn bản").runs[0].bold = True
    rule_line(cell, ISSUER_LINE_MM, LEFT)
    cell._tc.remove(cell.paragraphs[0]._p)


def _nation(cell: _Cell) -> None:
    _first(cell, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").runs[0].bold = True
    motto = text(cell, "Độc lập - Tự do - Hạnh phúc", "Đầu văn bản").runs[0]
    motto.bold, motto.font.size = True, Pt(14)
    rule_line(cell, MOTTO_MM, RIGHT)


def _number(cell: _Cell) -> None:
    _first(cell, "{{ frame.number }}")
    with when(cell, "frame.secrecy"):
        secrecy = text(cell, "{{ frame.secrecy }}", "Đầu văn bản").runs[0]
        secrecy.bold = True
        box(secrecy)
    text(cell, "", "Đường kẻ")


def _first(cell: _Cell, words: str):
    paragraph = cell.paragraphs[0]
    paragraph.style = "Đầu văn bản"
    paragraph.add_run(words)
    return paragraph
