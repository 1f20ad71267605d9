"""Paragraphs and headings of the body, and the tags around them: `each` (a loop) and `when` (a condition)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from reports.look.order import put


def text(document, words: str, style: str = "Thân bài", keep: bool = False) -> Paragraph:
    """A paragraph; `keep` holds it on the page of the next one. `document` may be a table cell."""
    paragraph = document.add_paragraph(style=style)
    paragraph.add_run(words)
    if keep:
        paragraph.paragraph_format.keep_with_next = True
    return paragraph


def part(document: Document, words: str) -> Paragraph:
    """A heading of the first level: `I. TÌNH HÌNH`."""
    return text(document, words, "Mục lớn")


def item(document: Document, words: str) -> Paragraph:
    """A heading of the second level: `1. Kết quả`."""
    return text(document, words, "Mục")


def article(document: Document, head: str, words: str) -> Paragraph:
    """`Điều 1.` in bold and its words."""
    paragraph = document.add_paragraph(style="Thân bài")
    paragraph.add_run(head + " ").bold = True
    paragraph.add_run(words)
    return paragraph


def sentences(document: Document, name: str) -> None:
    """One paragraph for each string in the field `name`; one that announces what follows stays with it."""
    with each(document, "words", name):
        with when(document, "words.endswith(':')"):
            text(document, "{{ words }}", keep=True)
        with when(document, "not words.endswith(':')"):
            text(document, "{{ words }}")


def closing(document: Document, words: str) -> Paragraph:
    """The last paragraph of the body: stays with the signature block."""
    return text(document, words, keep=True)


def rule_line(document, width_mm: float, within_mm: float) -> Paragraph:
    """A drawn line `width_mm` long, centred in `within_mm`."""
    paragraph = document.add_paragraph(style="Đường kẻ")
    side = Mm((within_mm - width_mm) / 2)
    form = paragraph.paragraph_format
    form.left_indent = form.right_indent = side
    form.space_before, form.line_spacing = Pt(4), Pt(6)
    border = f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
    put(paragraph._p.get_or_add_pPr(), parse_xml(border))
    return paragraph


@contextmanager
def each(document, one: str, many: str) -> Iterator[None]:
    """What is laid inside is repeated: `{%p for one in many %}`."""
    tag(document, f"{{%p for {one} in {many} %}}")
    yield
    tag(document, "{%p endfor %}")


@contextmanager
def when(document, condition: str) -> Iterator[None]:
    """What is laid inside is there only under `condition`."""
    tag(document, f"{{%p if {condition} %}}")
    yield
    tag(document, "{%p endif %}")


def tag(document, words: str) -> None:
    """A paragraph that holds only a tag and vanishes when filled."""
    document.add_paragraph(style="Đường kẻ" if hasattr(document, "sections") else None).add_run(words)
