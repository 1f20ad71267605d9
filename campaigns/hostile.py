"""What fuzzing writes into one cell of a form, and what an honest reader may make of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from xml.sax.saxutils import escape

from rules.figures import BLANK_REASONS

Reading = tuple[Decimal | None, str | None]  # value, reason


@dataclass(frozen=True)
class Hostile:
    """Makes a cell's XML from its place ("D7"). `may_mean`: the only readings allowed besides a refusal."""

    name: str
    cell: Callable[[str], str]
    may_mean: frozenset[Reading] = frozenset()


def words_cell(place: str, words: str) -> str:
    """A cell with `words` in it, as text."""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is></c>'


def _number(value: int) -> frozenset[Reading]:
    return frozenset({(Decimal(value), None)})


def _text(words: str, may_mean: frozenset[Reading] = frozenset()) -> Hostile:
    return Hostile(f"text {words[:24]!r}", lambda place: words_cell(place, words), may_mean)


def _raw(content: str, kind: str = "", may_mean: frozenset[Reading] = frozenset()) -> Hostile:
    attribute = f' t="{kind}"' if kind else ""
    return Hostile(f"<c{attribute}>{content[:40]}", lambda place: f'<c r="{place}"{attribute}>{content}</c>', may_mean)


def _all() -> tuple[Hostile, ...]:
    reasons = [(words, frozenset({(None, reason)})) for reason, words in BLANK_REASONS.items()]
    texts = (
        "12 vụ",
        "1.234",
        "12,5",
        "１２",
        "٣",
        "½",
        "²",
        "-3",
        "1e5",
        "0x10",
        "NaN",
        "inf",
        "1 234",
        "3 3",
        "5\u202e2",
    )
    texts += (
        "1\u200b2",
        "=1+1",
        "@SUM(1)",
        "'5",
        "<b>5</b>",
        "5\n6",
        "_x0001_",
        "_x000D_",
        "None",
        "TRUE",
        "-",
        "x" * 33_000,
    )
    numbers = ("-1", "-0.5", "1e308", "1e400", "NaN", "INF", "-INF", "1000001", "99999999999999999999", "abc", "1,5")
    return (
        *(_text(words) for words in texts),
        *(_text(words, _number(int(words))) for words in ("5", " 7 ", "007")),
        *(_text(unicodedata.normalize(form, words), means) for words, means in reasons for form in ("NFD", "NFKD")),
        *(_text(words.upper(), means) for words, means in reasons),
        *(_raw(f"<v>{number}</v>") for number in numbers),
        *(_raw(f"<v>{number}</v>", may_mean=_number(int(number))) for number in ("0", "1", "2", "3", "41", "1000000")),
        _raw("<v>2.0</v>", may_mean=_number(2)),
        _raw("<v>2.5</v>", may_mean=frozenset({(Decimal("2.5"), None)})),
        _raw("<v>0.1000000001</v>", may_mean=frozenset({(Decimal("0.1000000001"), None)})),
        _raw("<v>2018-05-01</v>", "d"),
        _raw("<v>1</v>", "b"),
        _raw("<v>#DIV/0!</v>", "e"),
        _raw("<v>999999</v>", "s"),
        _raw("<v>-1</v>", "s"),
        _raw("<f>1+1</f><v>2</v>"),
        _raw('<f t="shared" si="0"/><v>2</v>'),
        _raw('<f>HYPERLINK("http://minhhoa.invalid","x")</f><v>x</v>', "str"),
        _raw("<v>3</v>", "str", _number(3)),
        _raw("<v>&#1;</v>"),
        _raw("<v>\x00</v>"),
        _raw(""),
        _raw("<v/>"),
        Hostile("a date's format", lambda place: f'<c r="{place}" s="DATE"><v>43221</v></c>'),
        Hostile("an unknown format", lambda place: f'<c r="{place}" s="9999"><v>4</v></c>', _number(4)),
    )


CELLS = _all()

# What fuzzing writes where words belong. All are words: a form with them may be taken in, and printed afterwards.
WORDS = (
    "=cmd|' /C calc'!A0",
    "Tie\u0302\u0301ng Vie\u0323\u0302t ro\u031b\u0300i",
    "_x0001_ đoạn một _x000B_ đoạn hai _x001F_",
    "a\x7f\x85b\ufeff\u2028c",
    "{{ plan.secret }} {% for x in y %}",
    "<w:t>&amp;</w:t> & < > \" ' ]]>",
    "\u202eđảo ngược\u202c \U0001f600 \ufffe \uffff",
    "Dòng một\nDòng hai\r\nDòng ba\tcột",
    "y" * 7_900,
    "z" * 8_100,
    " ",
)


def any_cell(chance: Random) -> Hostile:
    """One of all hostile cells."""
    return chance.choice(CELLS)
