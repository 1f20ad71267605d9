"""One open cell read: the number or the reason in it, or what is wrong with it."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from forms.layout import REASON_CODES, Wants
from forms.words import NO, YES, reasons_line
from rules.figures import BLANK_REASONS, MEASURE_STATES

LARGEST_NUMBER = 1_000_000  # more than the province has of anything that is counted
LARGEST_GRADE = 3

_BY_WORDS = {words: reason for reason, words in BLANK_REASONS.items()} | {
    code.lower(): reason for reason, code in REASON_CODES.items()
}
_STATES = {words: Decimal(state) for state, words in MEASURE_STATES.items()}
_ANSWERS = {YES.lower(): Decimal(1), NO.lower(): Decimal(0)}


@dataclass(frozen=True)
class Read:
    """A cell's `value`, or the `reason` it has none, or, if neither can be told, what was `found` and what `todo`."""

    value: Decimal | None = None
    reason: str | None = None
    found: str = ""
    todo: str = ""


def read_cell(raw: Any, wants: Wants) -> Read:
    """What `raw` (as python-calamine gives it) says in a cell that `wants` a count, a grade, a state ..."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return Read(found="ô để trống", todo=_reason_hint(wants))
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        return Read(found=f"“{raw}” không phải là số", todo=_number_hint(wants))
    if isinstance(raw, str):
        return _read_words(tidy(raw), wants)
    return _read_number(float(raw), wants)


def tidy(words: str) -> str:
    """Composed Unicode, single spaces: what an officer meant to type."""
    return " ".join(unicodedata.normalize("NFC", words).split())


def _read_words(words: str, wants: Wants) -> Read:
    plain = words.lower()
    if plain in _BY_WORDS:
        return Read(reason=_BY_WORDS[plain])
    known = {"yes_no": _ANSWERS, "state": _STATES}.get(wants, {})
    if plain in known:
        return Read(value=known[plain])
    shown = words if len(words) <= 40 else f"{words[:40]}…"
    return Read(
        found=f"“{shown}” không phải là số" if not known else f"“{shown}” không có trong danh sách",
        todo=_number_hint(wants),
    )


def _read_number(number: float, wants: Wants) -> Read:
    if not math.isfinite(number) or abs(number) > LARGEST_NUMBER:
        return Read(found="số quá lớn hoặc không đọc được", todo="đề nghị kiểm tra và nhập lại")
    if number < 0:
        return Read(found=f"số âm ({number:g})", todo="đề nghị nhập số không âm")
    if wants in ("yes_no", "state"):
        return _read_choice(number, wants)
    if wants not in ("money", "rate") and number != int(number):
        return Read(found=f"{number:g} không phải là số nguyên".replace(".", ","), todo="đề nghị nhập số nguyên")
    if wants == "grade" and number > LARGEST_GRADE:
        return Read(found=f"mức {number:g} không có", todo="đề nghị nhập 0, 1, 2 hoặc 3")
    return Read(value=Decimal(int(number)) if number == int(number) else Decimal(str(number)))


def _read_choice(number: float, wants: Wants) -> Read:
    highest = 1 if wants == "yes_no" else max(MEASURE_STATES)
    if number == int(number) and number <= highest:
        return Read(value=Decimal(int(number)))
    return Read(found=f"“{number:g}” không có trong danh sách", todo=_number_hint(wants))


def _number_hint(wants: Wants) -> str:
    hints = {
        "yes_no": f"đề nghị chọn {YES} hoặc {NO}",
        "state": f"đề nghị chọn: {', '.join(_STATES)}",
        "grade": "đề nghị nhập 0, 1, 2 hoặc 3",
        "money": "đề nghị nhập số triệu đồng, không kèm chữ",
    }
    return hints.get(wants, "đề nghị nhập số nguyên, không kèm chữ, không có dấu ngăn cách")


def _reason_hint(wants: Wants) -> str:
    if wants == "state":
        return "đề nghị chọn một mục trong danh sách"
    return f"đề nghị nhập số (kể cả số 0) hoặc ghi lý do: {reasons_line()}"
