"""The year-end session of Steering Committee 138 (II.2): recognise, delist, carry over, decide, in that order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from rules.errors import Refusal

LONGEST_NUMBER = 40
STEP_NAMES = {
    "recognise": "công nhận địa bàn chuyển hóa thành công",
    "delist": "đưa địa bàn ra khỏi diện",
    "carry_over": "chuyển tiếp địa bàn chưa đạt",
    "decide": "quyết định danh sách năm sau",
}


@dataclass(frozen=True)
class Sitting:
    """What one sitting does with the cycle's areas, in order of code.

    `ineligible`: not to be proposed for the next list in the same sitting.
    """

    recognised: tuple[str, ...]
    delisted: tuple[str, ...]
    carried_over: tuple[str, ...]
    dropped: tuple[str, ...]
    ineligible: tuple[str, ...]


def sit(
    verdicts: Mapping[str, bool],
    dropped: Collection[str] = (),
    *,
    next_list: bool = True,
    recognised_eligible_in_same_sitting: bool = False,
) -> Sitting:
    """The sitting's outcome from `verdicts` (code -> converted) and the failed areas `dropped` with a reason (II.2.b).

    Without a `next_list` (the last sitting of the plan) nothing is carried over and nothing need be dropped.
    Raises `Refusal` if a dropped unit is not a failed area of the cycle.
    """
    recognised = tuple(sorted(code for code, converted in verdicts.items() if converted))
    failed = sorted(code for code, converted in verdicts.items() if not converted)
    if strangers := sorted(set(dropped) - set(failed)):
        raise Refusal(
            f"Chỉ địa bàn chưa đạt của đợt mới có thể thôi chuyển tiếp; đề nghị bỏ {', '.join(strangers)} "
            "khỏi danh sách thôi chuyển tiếp."
        )
    return Sitting(
        recognised=recognised,
        delisted=recognised,
        carried_over=tuple(code for code in failed if code not in dropped) if next_list else (),
        dropped=tuple(sorted(dropped)),
        ineligible=() if recognised_eligible_in_same_sitting else recognised,
    )


def reasons_by_unit(text: str, codes: Sequence[str], common: str = "") -> dict[str, str]:
    """Each unit's own reason: `text` has a line a unit, "31999 lý do". Where one unit is concerned, `common` will do.

    Raises `Refusal` for a unit without a reason, for a line about another unit, for two lines about one.
    """
    found: dict[str, str] = {}
    for line in filter(None, (part.strip() for part in text.splitlines())):
        code, _, reason = line.partition(" ")
        code, reason = code.strip(":.,-"), reason.strip().lstrip(" :.,-–")
        if code not in codes and len(codes) == 1:
            code, reason = codes[0], line
        if code not in codes:
            raise Refusal(f"Dòng lý do “{line}” không bắt đầu bằng mã của địa bàn đã chọn; đề nghị ghi lại: mã, lý do.")
        if code in found:
            raise Refusal(f"Địa bàn {code} có hai dòng lý do; đề nghị ghi một dòng cho mỗi địa bàn.")
        found[code] = reason
    if len(codes) == 1 and not found and common.strip():
        found[codes[0]] = common.strip()
    if missing := [code for code in codes if not found.get(code)]:
        raise Refusal(
            f"Chưa ghi lý do của địa bàn {', '.join(missing)}; đề nghị ghi mỗi dòng một địa bàn: mã, dấu cách, lý do."
        )
    return found


def check_number(number: str) -> None:
    """Raises `Refusal` unless `number` can stand on a decision: one short line, or nothing while it has none."""
    if len(number) > LONGEST_NUMBER or len(number.splitlines()) > 1:
        raise Refusal(
            f"Số quyết định viết trên một dòng, không quá {LONGEST_NUMBER} ký tự, ví dụ 15/QĐ-BCĐ; đề nghị ghi lại."
        )


def next_step(order: Sequence[str], done: Sequence[str]) -> str | None:
    """The step of `order` whose turn it is after those `done`; None when the sitting is over."""
    return next((step for step in order if step not in done), None)


def check_step(order: Sequence[str], done: Sequence[str], step: str) -> None:
    """Raises `Refusal` unless it is the turn of `step` in the sitting's `order` (II.2)."""
    due = next_step(order, done)
    if due is None:
        raise Refusal("Phiên họp đã quyết định xong mọi nội dung; đề nghị mở phiên họp khác nếu cần thay đổi.")
    if step != due:
        raise Refusal(
            f"Chưa đến bước “{STEP_NAMES.get(step, step)}”; phiên họp phải thực hiện bước "
            f"“{STEP_NAMES.get(due, due)}” trước."
        )


def can_take_step(order: Sequence[str], done: Sequence[str], step: str) -> bool:
    """Whether it is the turn of `step`."""
    try:
        check_step(order, done, step)
    except Refusal:
        return False
    return True
