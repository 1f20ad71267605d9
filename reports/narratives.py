"""The reporters' own words, merged by section: what several say is said once, with who said it.

A report's body holds the first pieces of each section, those that most reporters share before all; an appendix the
rest, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.facts import Said
from reports.vietnamese import sentence_start
from reports.wording import bodies

SHORTEST_SHARED = 25  # characters; less may be a piece cut at an abbreviation, not a sentence
IN_BODY = 5  # pieces of a section
TITLES = {
    "situation": "Tình hình, kết quả",
    "shortcomings": "Tồn tại, hạn chế",
    "causes": "Nguyên nhân",
    "proposals": "Đề xuất, kiến nghị",
}
_AFTER_STOP = re.compile(r"(?<=[.!?…])\s+")

Lines = tuple[tuple[str, ...], ...]  # a reporter's lines, each as its sentences


Piece = tuple[str, ...]  # what one reporter, or several together, say of a section, in lines


@dataclass(frozen=True)
class Chapter:
    """The words on one section that are not in the body, under its `title`."""

    title: str
    lines: tuple[str, ...]


def narrative(said: Sequence[Said], section: str) -> tuple[str, ...]:
    """The words on `section` for the body: the first pieces, in lines."""
    return _lines(_pieces(said, section)[:IN_BODY])


def chapters(said: Sequence[Said]) -> tuple[Chapter, ...]:
    """The words for the appendix, by section; a section that the body tells whole has none."""
    rest = {section: _lines(_pieces(said, section)[IN_BODY:]) for section in TITLES}
    return tuple(Chapter(TITLES[section], lines) for section, lines in rest.items() if lines)


def _lines(pieces: Iterable[Piece]) -> tuple[str, ...]:
    return tuple(line for piece in pieces for line in piece)


def _pieces(said: Sequence[Said], section: str) -> list[Piece]:
    """First the sentences that several reporters share, most voices first, then what each says besides."""
    told = _by_reporter(said, section)
    voices = _voices(told)
    chorus: dict[tuple[str, ...], list[str]] = {}
    for sentence, who in voices.items():
        if _is_shared(sentence, who):
            chorus.setdefault(who, []).append(sentence)
    loudest = sorted(chorus.items(), key=lambda sung: -len(sung[0]))
    together = [(f"- {bodies(who)} nêu: {' '.join(sentences)}",) for who, sentences in loudest]
    alone = (_alone(reporter, lines, voices) for reporter, lines in told.items())
    return [*together, *(piece for piece in alone if piece)]


def _by_reporter(said: Sequence[Said], section: str) -> dict[str, Lines]:
    told: dict[str, Lines] = {}
    for piece in said:
        if piece.section == section and piece.text.strip():
            lines = tuple(_sentences(piece.reporter, line) for line in piece.text.strip().splitlines() if line.strip())
            told[piece.reporter] = (*told.get(piece.reporter, ()), *lines)
    return told


def _sentences(reporter: str, line: str) -> tuple[str, ...]:
    """The sentences of `line`; the reporter's own name at the head of one goes, the line bears it already."""
    parts: list[str] = []
    for part in _AFTER_STOP.split(line.strip()):
        if parts and part[:1].islower():
            parts[-1] += f" {part}"
        else:
            parts.append(part)
    return tuple(sentence_start(part.removeprefix(f"{reporter} ")) for part in parts)


def _voices(told: dict[str, Lines]) -> dict[str, tuple[str, ...]]:
    voices: dict[str, dict[str, None]] = {}
    for reporter, lines in told.items():
        for sentence in _flat(lines):
            voices.setdefault(sentence, {})[reporter] = None
    return {sentence: tuple(who) for sentence, who in voices.items()}


def _flat(lines: Lines) -> Iterable[str]:
    return (sentence for line in lines for sentence in line)


def _is_shared(sentence: str, who: Sequence[str]) -> bool:
    return len(who) > 1 and len(sentence) >= SHORTEST_SHARED


def _alone(reporter: str, lines: Lines, voices: dict[str, tuple[str, ...]]) -> Piece:
    kept = [" ".join(s for s in line if not _is_shared(s, voices[s])) for line in lines]
    kept = [line for line in kept if line]
    return (f"- {reporter}: {kept[0]}", *kept[1:]) if kept else ()
