"""The signature block of a finished .docx: who signs by it, and the same file signed by another."""

from __future__ import annotations

import zipfile
from copy import deepcopy
from io import BytesIO
from itertools import islice
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from reports.frame import Signer
from reports.render import entry
from reports.vietnamese import nfc

BESIDE = "Nơi nhận:"  # stands left of the signature in every document that has one
_WORDS = "word/document.xml"


def signature_of(content: bytes) -> Signer | None:
    """Who signs by the block of a .docx; None if it has no such block."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        part = archive.read(_WORDS)
    block = _block(parse_xml(_around_the_block(part))) or _block(parse_xml(part))
    if block is None:
        return None
    *titles, name = map(_text, block)
    return Signer(tuple(filter(None, titles)), name)


def sign_anew(content: bytes, signer: Signer) -> bytes:
    """The .docx with the block of `signer`; every other word stays as it is. `ValueError` if it has no such block."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            part = source.read(name)
            archive.writestr(entry(name), _drawn(part, signer) if name == _WORDS else part)
    return target.getvalue()


def _drawn(part: bytes, signer: Signer) -> bytes:
    document: Any = parse_xml(part)
    block = _block(document)
    if block is None:
        raise ValueError("no signature block")
    *lines, _room, name = block
    for line in signer.titles:
        drawn = deepcopy(lines[0])
        _write(drawn, line)
        lines[0].addprevious(drawn)
    for line in lines:
        line.getparent().remove(line)
    _write(name, signer.name)
    return serialize_part_xml(document)


def _around_the_block(part: bytes) -> bytes:
    """The document with no more in it than the table that `BESIDE` stands in; whole, if that is not in one piece.

    A report's appendices are a hundred times as long, and this is asked at every gate.
    """
    at = part.rfind(BESIDE.encode())
    body, start, end = part.find(b"<w:body>"), part.rfind(b"<w:tbl>", 0, at), part.find(b"</w:tbl>", at)
    if -1 in (at, body, start, end):
        return part
    return part[: body + len(b"<w:body>")] + part[start : end + len(b"</w:tbl>")] + b"</w:body></w:document>"


def _block(document: Any) -> list[Any] | None:
    """The paragraphs of the block: the lines of office, the room for signature and seal, the name."""
    for table in reversed(list(document.iter(qn("w:tbl")))):
        cells = list(islice(table.iter(qn("w:tc")), 3))  # an appendix has thousands
        if len(cells) == 2 and _text(next(cells[0].iter(qn("w:p")))) == BESIDE:
            found = list(cells[1].iterchildren(qn("w:p")))
            return found if len(found) > 2 else None
    return None


def _text(paragraph: Any) -> str:
    return nfc("".join(node.text or "" for node in paragraph.iter(qn("w:t"))))


def _write(paragraph: Any, text: str) -> None:
    """Into the first run, whose face stays; what an officer's Word split into more goes out."""
    first, *more = paragraph.iter(qn("w:t"))
    first.text = text
    for node in more:
        node.text = ""
