"""The signature block: Nơi nhận left, the signer's offices and name right; never split, never alone on a page."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Pt
from docx.table import _Cell

from reports.look.body import each, text
from reports.look.tables import plain_table

LEFT, RIGHT = 80, 85
SIGNATURE_PT = 64  # room for the signature and the seal


def signature(document: Document) -> None:
    """Boxes 7a, 7b, 9b from the field `frame`."""
    table = plain_table(document, (LEFT, RIGHT))
    _recipients(table.cell(0, 0))
    _signer(table.cell(0, 1), "frame.signer_titles", "{{ frame.signer }}")
    text(document, "", "Đường kẻ")


def two_signatures(document: Document, left: str, right: str) -> None:
    """Minutes: `left` (secretary) and `right` (chair) are names of `reports.frame.Signer` fields."""
    table = plain_table(document, (LEFT, RIGHT))
    for cell, field in ((table.cell(0, 0), left), (table.cell(0, 1), right)):
        _signer(cell, f"{field}.titles", f"{{{{ {field}.name }}}}")
    text(document, "", "Đường kẻ")


def _recipients(cell: _Cell) -> None:
    head = text(cell, "Nơi nhận:", "Nơi nhận").runs[0]
    head.bold, head.italic, head.font.size = True, True, Pt(12)
    with each(cell, "recipient", "frame.recipients"):
        text(cell, "- {{ recipient }}{{ '.' if loop.last else ';' }}", "Nơi nhận")
    cell._tc.remove(cell.paragraphs[0]._p)


def _signer(cell: _Cell, titles: str, name: str) -> None:
    with each(cell, "line", titles):
        text(cell, "{{ line }}", "Giữa", keep=True).runs[0].bold = True
    room = text(cell, "", "Giữa", keep=True)
    room.paragraph_format.space_before = Pt(SIGNATURE_PT)
    text(cell, name, "Giữa").runs[0].bold = True
    cell._tc.remove(cell.paragraphs[0]._p)
