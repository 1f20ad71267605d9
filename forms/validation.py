"""What Excel lets an officer type into an open cell. The reader checks everything again."""

from __future__ import annotations

from typing import Any

from forms.layout import REASON_CODES, Wants
from forms.words import NO, YES
from rules.figures import BLANK_REASONS, MEASURE_STATES

_CODES = tuple(REASON_CODES.values())
_STATES = [*MEASURE_STATES.values(), *BLANK_REASONS.values()]
_NUMBERS = {"grade": "số 0, 1, 2 hoặc 3", "money": "số triệu đồng, không âm", "rate": "tỷ lệ, không âm"}
_PROMPT_LIMIT, _TITLE_LIMIT = 255, 32  # Excel's own


def validation_for(wants: Wants, cell: str, heading: str = "", grades: tuple[str, ...] = ()) -> dict[str, Any]:
    """The data validation of a column whose first open cell is `cell`: `heading` is its prompt's title."""
    if wants in ("yes_no", "state"):
        source = [YES, NO, *_CODES] if wants == "yes_no" else _STATES
        return {
            "validate": "list",
            "source": source,
            "error_title": "Chưa đúng",
            "error_message": "Chọn một mục trong danh sách.",
        }
    top = f",{cell}<={len(grades) - 1}" if wants == "grade" else ""
    whole = "" if wants in ("money", "rate") else f",{cell}=INT({cell})"
    letters = ",".join(f'{cell}="{code}"' for code in _CODES)
    number = {"grade": "số 0, 1, 2 hoặc 3", "money": "số triệu đồng, không âm", "rate": "tỷ lệ, không âm"}.get(
        wants, "số nguyên, không âm"
    )
    return {
        "validate": "custom",
        "value": f"=IF(ISNUMBER({cell}),AND({cell}>=0{top}{whole}),OR({letters}))",
        "ignore_blank": True,
        "input_title": heading[:_TITLE_LIMIT],
        "input_message": _prompt(number, grades),
        **_wrong(f"Nhập {number}; không có số liệu thì ghi {', '.join(_CODES)}."),
    }


def _wrong(message: str) -> dict[str, str]:
    return {"error_title": "Chưa đúng", "error_message": message}


def _prompt(number: str, grades: tuple[str, ...]) -> str:
    if grades:
        return "\n".join(f"{grade} = {words}" for grade, words in enumerate(grades))[:_PROMPT_LIMIT]
    reasons = "; ".join(f"{REASON_CODES[reason]} {words}" for reason, words in BLANK_REASONS.items())
    return f"Nhập {number}. Không có số liệu: {reasons}."
