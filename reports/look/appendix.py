"""Appendices: each on its own page, landscape where wide, counting its pages from 1."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Pt

from reports.look.body import text
from reports.look.page import new_section


def appendix(document: Document, number: str, title: str, wide: bool = False) -> None:
    """Opens appendix `number` (`I`) with its `title` (may be a tag) and the line that says what it belongs to."""
    new_section(document, wide)
    text(document, f"Phụ lục {number}" if number else "Phụ lục", "Tên loại")
    text(document, title, "Tên loại")
    belongs = text(document, "({{ frame.attached_to }})", "Giữa", keep=True)
    belongs.runs[0].italic = True
    belongs.paragraph_format.space_after = Pt(6)
