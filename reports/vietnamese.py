"""Vietnamese as officers write it: dates, numbers, changes, enumerations. Pure functions; `FILTERS` are the template's.

Forms follow Nghị định 30/2020/NĐ-CP: a leading zero for days below 10 and for months 1 and 2 only; a thousands dot,
a decimal comma. A missing figure has words of its own and is never a zero.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

Amount = int | Decimal | Fraction

MISSING = "chưa có số liệu"
NOT_ARISEN = "không phát sinh"
MISSING_MARK = "-"
NO_RATE_MARK = "x"
MOST_PLACES = 6
LETTERS = "abcdđeghiklmnopqrstuvxy"
ROMANS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def nfc(text: str) -> str:
    """`text` in the one Unicode form documents use."""
    return unicodedata.normalize("NFC", text)


def long_date(day: date) -> str:
    """`ngày 05 tháng 01 năm 2018`."""
    return f"ngày {_day(day)} tháng {_month(day)} năm {day.year}"


def short_date(day: date | None) -> str:
    """`15/5/2018`, `08/02/2018`; "-" for no date."""
    return f"{_day(day)}/{_month(day)}/{day.year}" if day else MISSING_MARK


def _day(day: date) -> str:
    return f"{day.day:02d}"


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def number(value: Amount | None, places: int | None = None, missing: str = MISSING) -> str:
    """`1.234,5`. As many decimals as the value has (at most 2 for fractions), or `places`; `missing` for None."""
    if value is None:
        return missing
    exact = Decimal(value.numerator) / Decimal(value.denominator) if isinstance(value, Fraction) else Decimal(value)
    rounded = exact.quantize(Decimal(1).scaleb(-(2 if places is None else places)), ROUND_HALF_UP)
    text = f"{rounded:,f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    text = text.replace(",", " ").replace(".", ",").replace(" ", ".")
    return "0" if text == "-0" else text


def cell(value: Amount | None, places: int | None = None) -> str:
    """A figure for a table: "-" (explained by a legend) when it is missing."""
    return number(value, places, MISSING_MARK)


def percent(part: Amount | None, whole: Amount | None) -> str:
    """`part` of `whole` as `8,5%`; "chưa có số liệu" if one is missing, "không phát sinh" if `whole` is 0."""
    if part is None or whole is None:
        return MISSING
    if whole == 0:
        return NOT_ARISEN
    return ratio_text(Fraction(part) / Fraction(whole))


def ratio_text(ratio: Fraction) -> str:
    """A share as every other number: `91%`, `8,5%`, `95,05%`, at most two decimals.

    What is not whole never looks whole: 19.999/20.000 is `99,995%`, not 100%; next to nothing is `dưới 0,01%`.
    """
    hundred = abs(ratio) * 100
    if 0 < hundred < Fraction(1, 200):
        return "dưới 0,01%"
    texts = (number(hundred, places).rstrip("0") for places in range(2, MOST_PLACES + 1))
    nearest = next((text for text in texts if not text.endswith(",")), "") if hundred.denominator > 1 else ""
    return f"{nearest or number(hundred, 0)}%"


def change(now: Amount | None, before: Amount | None, unit: str = "") -> str:
    """`tăng 12 vụ (8,51%)`, `giảm …`, `không tăng, không giảm`; no percentage when there was nothing before."""
    if now is None or before is None:
        return "không so sánh được do chưa có đủ số liệu"
    if now == before:
        return "không tăng, không giảm"
    verb = "tăng" if now > before else "giảm"
    amount = " ".join(filter(None, (number(abs(Fraction(now) - Fraction(before))), unit)))
    return f"{verb} {amount}" + (f" ({ratio_text(_growth(now, before))})" if before else "")


def change_cells(now: Amount | None, before: Amount | None) -> tuple[str, str]:
    """The change for two table columns: (`+12`, `+8,51%`), (`-3`, `-2%`), (`0`, `0%`); (`+4`, `x`) after nothing."""
    if now is None or before is None:
        return MISSING_MARK, MISSING_MARK
    sign = "+" if now > before else "-" if now < before else ""
    growth = sign + ratio_text(_growth(now, before)) if before else NO_RATE_MARK
    return sign + number(abs(Fraction(now) - Fraction(before))), growth


def _growth(now: Amount, before: Amount) -> Fraction:
    return Fraction(now) / Fraction(before) - 1


def listing(items: Sequence[str], nothing: str = "không có") -> str:
    """`A`, `A và B`, `A, B và C`; items that hold commas are parted by semicolons; `nothing` for none."""
    if not items:
        return nothing
    if len(items) == 1:
        return items[0]
    comma = "; " if any("," in item for item in items) else ", "
    return f"{comma.join(items[:-1])} và {items[-1]}"


def letter(position: int) -> str:
    """The letter of the điểm at `position` (1-based): a b c d đ e g h i k … y; `IndexError` past y."""
    if position < 1:
        raise IndexError(position)
    return LETTERS[position - 1]


def roman(value: int) -> str:
    """`1` -> `I`, `14` -> `XIV` (1-39, enough for parts and appendices)."""
    text = ""
    for amount, sign in ROMANS:
        while value >= amount:
            text, value = text + sign, value - amount
    return text


def in_sentence(name: str) -> str:
    """A unit's or body's name inside a sentence: `xã Tân Thành`, `thị trấn Năm Căn`, but `Phường 9`."""
    for head in ("Phường", "Xã", "Thị trấn", "Huyện", "Thành phố"):
        if name.startswith(head + " "):
            return name if name[len(head) + 1].isdigit() else head[0].lower() + name[1:]
    return name


def sentence_start(text: str) -> str:
    """`text` with its first letter capital."""
    return text[:1].upper() + text[1:]


def two_digits(value: int) -> str:
    """`05`, `12`: counts below 10 as administrative texts write them."""
    return f"{value:02d}" if value else "0"


FILTERS = {
    "long_date": long_date,
    "short_date": short_date,
    "number": number,
    "cell": cell,
    "listing": listing,
    "letter": letter,
    "roman": roman,
    "in_sentence": in_sentence,
    "sentence_start": sentence_start,
}
