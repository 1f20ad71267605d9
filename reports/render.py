"""Fills Word templates: strict, sandboxed, and fast, because a template is prepared and compiled once.

docxtpl only turns a template's XML into Jinja2 source (`{%p %}`, `{%tr %}`); from then on a render fills the parts
that hold tags and copies the others. Equal input gives equal bytes: the archive's times are fixed.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from reports.vietnamese import FILTERS, nfc
from rules.errors import Refusal

TEMPLATES = Path(__file__).resolve().parent.parent / "templates" / "docx"
FILLED_PARTS = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PIECES = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:noBreakHyphen"): "-"}
LINE_BREAK = Markup('</w:t><w:br/><w:t xml:space="preserve">')
WRITTEN_AT = (2017, 8, 11, 0, 0, 0)  # any fixed instant: archives of equal content must be equal


class TemplateRefusal(Refusal):
    """A template that is absent, broken, or asks for a field its document does not have."""


@dataclass(frozen=True)
class PreparedTemplate:
    """A template ready to be filled: its compiled `filled` parts, and `copied`, an archive of all the others."""

    filled: Mapping[str, Template]
    copied: bytes


def render(stem: str, context: Any, templates_dir: Path = TEMPLATES) -> bytes:
    """The .docx of document `stem` filled with the fields of the dataclass `context`.

    Raises `TemplateRefusal` naming the template when it is missing or asks for what the context lacks.
    """
    path = templates_dir / f"{stem}.docx"
    if not path.is_file():
        raise TemplateRefusal(f"Không tìm thấy mẫu văn bản {path.name}: hãy chạy `make templates` hoặc chép lại mẫu.")
    values = {field.name: getattr(context, field.name) for field in fields(context)}
    try:
        prepared = _prepared(path, path.stat().st_mtime_ns)
        return _archive({name: part.render(values) for name, part in prepared.filled.items()}, prepared.copied)
    except TemplateError as error:
        raise TemplateRefusal(f"Mẫu văn bản {path.name} có lỗi, cần sửa thẻ trong mẫu: {error}.") from error


def document_text(content: bytes) -> str:
    """What a reader of the .docx sees, as text: headers of each section, paragraphs, table rows (cells parted by |)."""
    document = docx.Document(BytesIO(content))
    lines = [f"[{p.text}]" for p in document.sections[0].first_page_header.paragraphs if p.text.strip()]
    lines += _texts(document.element.body)
    return "\n".join(lines) + "\n"


def _texts(body: Any) -> list[str]:
    """Read from the XML itself: python-docx's objects take twenty times as long over a long table."""
    lines: list[str] = []
    for block in body.iterchildren(qn("w:p"), qn("w:tbl")):
        if block.tag == qn("w:tbl"):
            rows = block.iterchildren(qn("w:tr"))
            lines += [" | ".join(_cell_text(cell) for cell in row.iterchildren(qn("w:tc"))) for row in rows]
        elif (text := _words(block)).strip():
            lines.append(text)
    return lines


def _cell_text(cell: Any) -> str:
    words = [_words(paragraph) for paragraph in cell.iterchildren(qn("w:p"))]
    return " / ".join(text.replace("\n", " / ") for text in words if text.strip())


def _words(paragraph: Any) -> str:
    return "".join(_PIECES.get(node.tag) or node.text or "" for node in paragraph.iter(qn("w:t"), *_PIECES))


@lru_cache(maxsize=64)
def _prepared(path: Path, changed_at: int) -> PreparedTemplate:
    """The template at `path`, as it was at `changed_at` (an edited template is prepared anew)."""
    environment, tags = _environment(), DocxTemplate(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    filled = {
        name: environment.from_string(tags.patch_xml(content.decode("utf-8")))
        for name, content in parts.items()
        if FILLED_PARTS.fullmatch(name)
    }
    return PreparedTemplate(filled, _archive({n: c for n, c in parts.items() if n not in filled}))


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, finalize=_as_run_text, keep_trailing_newline=True
    )
    environment.filters.update(FILTERS)
    environment.globals.clear()
    return environment


def _as_run_text(value: Any) -> Any:
    """A value as the content of a Word run: NFC, XML-clean, its line breaks kept. None is a fault of the builder."""
    if value is None:
        raise TemplateError("một thẻ không có giá trị")
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return _run_text(value)


@lru_cache(maxsize=4096)  # a table says the same few things again and again
def _run_text(value: str) -> Markup:
    lines = NOT_XML.sub("", nfc(value)).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return LINE_BREAK.join(escape(line) for line in lines)


def _archive(parts: Mapping[str, str | bytes], begun: bytes = b"") -> bytes:
    """`parts` as a .zip, behind those of the archive `begun`, whose compression is not done again."""
    target = BytesIO(begun)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        for name, content in parts.items():
            archive.writestr(entry(name), content)
    return target.getvalue()


def entry(name: str) -> zipfile.ZipInfo:
    """An archive entry with our fixed time."""
    entry = zipfile.ZipInfo(name, WRITTEN_AT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    return entry
