"""The plan's own words: `source.md`, cut at its anchors (`## II.2.a`), and the search for a quote in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from plans.cited import Citation


def read_source(markdown: str) -> dict[str, str]:
    """`{anchor: text}` in the order of the file; paragraphs of a text stand apart by an empty line."""
    parts = re.split(r"(?m)^## +(.+?) *$", unicodedata.normalize("NFC", markdown))
    return {anchor: text.strip() for anchor, text in zip(parts[1::2], parts[2::2], strict=True)}


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of one section, each on one line."""
    return tuple(one_line(part) for part in re.split(r"\n\s*\n", text) if part.strip())


def one_line(text: str) -> str:
    """`text` in NFC with every run of white space as one space, so that line breaks do not matter."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def is_quoted_from(citation: Citation, source: Mapping[str, str]) -> bool:
    """Whether the quoted words stand in the section the citation names."""
    return one_line(citation.quote) in one_line(source.get(citation.section, ""))
