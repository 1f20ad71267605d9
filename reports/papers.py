"""What lies beside a form as Markdown: tables to decide on, and what changed since a draft was sent back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reports.grid import Row

MOST_CHANGES = 40
LONGEST_LINE = 300
# What Markdown or HTML would make something of; a table's bar and a line break would end the cell.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


@dataclass(frozen=True)
class Paper:
    """A table with its title ("": none) and what must be said below it. `head` and each row have one text a column,
    of as many lines as it has.

    `links`: an address a row, to which the words of its first cell lead; "" for none.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


def plain_text(text: str) -> str:
    """`text` as Markdown that shows exactly these words, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def markdown(paper: Paper) -> str:
    """The table under its title; its notes below."""
    lines = [f"## {plain_text(paper.title)}", ""] if paper.title else []
    if paper.rows:
        lines += [_line(paper.head), _line("---" for _ in paper.head)]
        links = paper.links or ("",) * len(paper.rows)
        lines += [_line(_linked([*map(_cell, row)], link)) for row, link in zip(paper.rows, links, strict=True)]
    return "\n".join([*lines, "", *(f"- {plain_text(note)}" for note in paper.notes)]).rstrip()


def changed_lines(before: Sequence[str], after: Sequence[str], most: int = MOST_CHANGES) -> tuple[str, ...]:
    """The lines taken out ("**Bỏ:** …") and put in ("**Thêm:** …"), in the draft's order, as Markdown; at most `most`.

    The last says how many more there are, or that nothing changed.
    """
    found: list[str] = []
    for tag, first, last, begin, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            found += [f"- **Bỏ:** {_short(line)}" for line in before[first:last]]
            found += [f"- **Thêm:** {_short(line)}" for line in after[begin:end]]
    if not found:
        return ("Lời văn không thay đổi.",)
    more = (f"- … và {len(found) - most} dòng khác: xem bản dự thảo.",) if len(found) > most else ()
    return (*found[:most], *more)


def read_aloud(line: str) -> str:
    """The words of a line of `changed_lines`, without what Markdown is told by it."""
    return re.sub(r"\\(.)", r"\1", line.replace("**", ""))


def _short(line: str) -> str:
    cut = line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE].rstrip()} …"
    return plain_text(cut)


def _cell(text: str) -> str:
    """Its own line breaks are kept: Prefect breaks no line of a cell, and cuts off what is too wide for the page."""
    return "<br>".join(map(plain_text, text.split("\n")))


def _linked(cells: list[str], link: str) -> list[str]:
    return [f"[{cells[0]}]({link})", *cells[1:]] if link else cells


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
