"""The reporters' own words, merged by section: what several say is said once, with who said it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reports.facts import Said
from reports.vietnamese import sentence_start
from reports.wording import bodies

SHORTEST_SHARED = 25  # characters; less may be a piece cut at an abbreviation, not a sentence
_AFTER_STOP = re.compile(r"(?<=[.!?…])\s+")

Lines = tuple[tuple[str, ...], ...]  # a reporter's lines, each as its sentences


def narrative(said: Sequence[Said], section: str) -> tuple[str, ...]:
    """The words on `section`: first the sentences that several reporters share, then what each says besides."""
    told = _by_reporter(said, section)
    voices = _voices(told)
    chorus: dict[tuple[str, ...], list[str]] = {}
    for sentence, who in voices.items():
        if _is_shared(sentence, who):
            chorus.setdefault(who, []).append(sentence)
    together = tuple(f"- {bodies(who)} nêu: {' '.join(sentences)}" for who, sentences in chorus.items())
    own = tuple(line for reporter, lines in told.items() for line in _alone(reporter, lines, voices))
    return (*together, *own)


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


def _alone(reporter: str, lines: Lines, voices: dict[str, tuple[str, ...]]) -> list[str]:
    kept = [" ".join(s for s in line if not _is_shared(s, voices[s])) for line in lines]
    kept = [line for line in kept if line]
    return [f"- {reporter}: {kept[0]}", *kept[1:]] if kept else []
