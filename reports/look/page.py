"""The paper: A4, margins, fonts, styles, the page number in the top margin, the notice on made-up figures."""

from __future__ import annotations

from datetime import datetime
from typing import cast

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from reports.look.order import put

FONT = "Times New Roman"
BODY_PT, NOTE_PT, TABLE_PT = 14, 12, 11
LEFT_MM, RIGHT_MM, TOP_MM, BOTTOM_MM = 30, 15, 20, 20
TEXT_MM = 210 - LEFT_MM - RIGHT_MM
WIDE_TEXT_MM = 297 - LEFT_MM - RIGHT_MM
INDENT_MM = 10

# name: (points, bold, italic, alignment, first line mm, points before, points after, keep with next)
STYLES = {
    "Thân bài": (BODY_PT, False, False, ALIGN.JUSTIFY, INDENT_MM, 0, 6, False),
    "Căn cứ": (BODY_PT, False, True, ALIGN.JUSTIFY, INDENT_MM, 0, 6, False),
    "Mục lớn": (BODY_PT, True, False, ALIGN.LEFT, INDENT_MM, 6, 6, True),
    "Mục": (BODY_PT, True, False, ALIGN.LEFT, INDENT_MM, 0, 6, True),
    "Giữa": (BODY_PT, False, False, ALIGN.CENTER, 0, 0, 0, False),
    "Tên loại": (BODY_PT, True, False, ALIGN.CENTER, 0, 0, 0, True),
    "Ghi chú": (NOTE_PT, False, True, ALIGN.JUSTIFY, 0, 2, 2, False),
    "Đầu văn bản": (13, False, False, ALIGN.CENTER, 0, 0, 0, False),
    "Nơi nhận": (11, False, False, ALIGN.LEFT, 0, 0, 0, False),
    "Ô bảng": (TABLE_PT, False, False, ALIGN.LEFT, 0, 1, 1, False),
    "Ô số": (TABLE_PT, False, False, ALIGN.CENTER, 0, 1, 1, False),
    "Đầu bảng": (TABLE_PT, True, False, ALIGN.CENTER, 0, 1, 1, True),
    "Đường kẻ": (2, False, False, ALIGN.CENTER, 0, 0, 0, False),
}


def new_document() -> Document:
    """An empty document with our paper, styles, page number and notice."""
    document = docx.Document()
    _default_font(document)
    for name, shape in STYLES.items():
        _add_style(document, name, shape)
    _lay_paper(document.sections[0], wide=False)
    _fill_headers(document.sections[0])
    _drop_thumbnail(document)
    properties = document.core_properties
    properties.author, properties.title, properties.comments = "chuyenhoa", "", ""
    properties.created = properties.modified = datetime(2017, 8, 11)  # noqa: DTZ001 - the format has no zone
    return document


def box(run: Run) -> None:
    """Draws a frame around `run` (the notice, a degree of secrecy)."""
    border = f'<w:bdr {nsdecls("w")} w:val="single" w:sz="8" w:space="1" w:color="000000"/>'
    put(run._r.get_or_add_rPr(), parse_xml(border))


def new_section(document: Document, wide: bool) -> Section:
    """A section on a new page, portrait or landscape, counting its pages from 1 (an appendix)."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _lay_paper(section, wide)
    put(section._sectPr, parse_xml(f'<w:pgNumType {nsdecls("w")} w:start="1"/>'))
    last = document.sections[-2]._sectPr.getparent().getparent()  # the paragraph that ends the section before
    Paragraph(last, document._body).style = "Đường kẻ"
    return section


def _drop_thumbnail(document: Document) -> None:
    package = document.part.package
    assert package  # a document just opened has one
    relations = package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _lay_paper(section: Section, wide: bool) -> None:
    short, long = Mm(210), Mm(297)
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if wide else (short, long)
    section.left_margin, section.right_margin = Mm(LEFT_MM), Mm(RIGHT_MM)
    section.top_margin, section.bottom_margin = Mm(TOP_MM), Mm(BOTTOM_MM)
    section.header_distance, section.footer_distance = Mm(8), Mm(8)
    section.different_first_page_header_footer = True


def _fill_headers(section: Section) -> None:
    """Page number centred on top, not on the first page; the notice on every page."""
    number = section.header.paragraphs[0]
    number.style = "Giữa"
    _add_field(number, "PAGE")
    _notice(section.header.add_paragraph())
    first = section.first_page_header.paragraphs[0]
    first.style = "Giữa"
    _notice(section.first_page_header.add_paragraph())


def _notice(paragraph: Paragraph) -> None:
    paragraph.style = "Giữa"
    run = paragraph.add_run("{% if frame.illustrative %}SỐ LIỆU MINH HỌA{% endif %}")
    run.bold, run.font.size = True, Pt(11)
    box(run)


def _add_field(paragraph: Paragraph, code: str) -> None:
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        run.font.size = Pt(13)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = code
        run._r.append(mark)


def _default_font(document: Document) -> None:
    normal = cast(ParagraphStyle, document.styles["Normal"])
    normal.font.size, normal.font.color.rgb = Pt(BODY_PT), RGBColor(0, 0, 0)
    _set_font(normal)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    put(normal.element.get_or_add_rPr(), language)


def _set_font(style: ParagraphStyle) -> None:
    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{kind}"), FONT)


def _add_style(document: Document, name: str, shape: tuple) -> None:
    points, bold, italic, alignment, indent, before, after, keep = shape
    style = cast(ParagraphStyle, document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = document.styles["Normal"]
    _set_font(style)
    style.font.size, style.font.bold, style.font.italic = Pt(points), bold, italic
    form = style.paragraph_format
    form.alignment, form.first_line_indent = alignment, Mm(indent)
    form.space_before, form.space_after, form.line_spacing = Pt(before), Pt(after), 1.0
    form.keep_with_next, form.widow_control = keep, True
