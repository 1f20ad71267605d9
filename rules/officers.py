"""Officers: how their codes are spelt, who may administer them, which of their offices another may exercise.

Who confirms what an administrator gives is in `rules.second_officer`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rules import typed
from rules.errors import Refusal
from rules.gates import ADMINISTRATOR, GATES, ROLE_LABELS

STANDING_OFFICE_HEAD = "standing_office_head"
DRAFTER = "drafter"
LONGEST_OFFICER_CODE = 40
# The offices that answer a gate: nothing else can be exercised for another.
ANSWERING_ROLES = tuple(role for role in ROLE_LABELS if any(role in gate.roles for gate in GATES.values()))


def officer_code(typed: str) -> str:
    """An officer's code in its one spelling: two codes that differ only in case, or in how a letter is put together,
    are the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", typed).strip().upper())


def heard_code(typed: str) -> str:
    """An officer's code as somebody may have typed it into a form anybody can reach: never longer than one can be."""
    return officer_code(typed)[:LONGEST_OFFICER_CODE]


@dataclass(frozen=True)
class Administration:
    """How the office is administered at this moment.

    `is_set_up`: an administrator's device was confirmed, ever. `answering`: today's administrators with a working one.
    """

    is_set_up: bool
    answering: Collection[str] = ()


def needs_code(administration: Administration, officer: str, roles: Collection[str], losing: str = "") -> bool:
    """Whether the officer, holding `roles`, has to prove who they are before an administrator's act.

    Before the office is set up the administrator does without. Once it is, never again; when no administrator's device
    works, the head of the standing office acts in their place. `losing`: whose device is to be withdrawn; it counts as
    lost. Raises `Refusal` if this officer may not act at all.
    """
    if not officer:
        raise Refusal("Chưa ghi ai thực hiện; hãy thêm --by với mã của quản trị hệ thống.")
    others = set(administration.answering) - {losing}
    if ADMINISTRATOR in roles:
        if administration.is_set_up and not administration.answering:
            raise Refusal(
                f"Cán bộ {officer} không còn thiết bị tạo mã dùng được và không còn quản trị nào có thiết bị; đề nghị "
                f"{ROLE_LABELS[STANDING_OFFICE_HEAD]} làm thay, bằng --by và --code của mình."
            )
        return administration.is_set_up
    if STANDING_OFFICE_HEAD in roles and administration.is_set_up:
        if not others:
            return True
        raise Refusal(
            f"Cán bộ {officer} không phải quản trị hệ thống và chỉ làm thay khi không quản trị nào còn thiết bị dùng "
            f"được; đề nghị dùng --by với mã quản trị: {', '.join(sorted(others))}."
        )
    raise Refusal(f"Cán bộ “{officer}” không phải quản trị hệ thống; đề nghị dùng --by với mã quản trị.")


def check_delegable(giver: str, role: str, held: Collection[str], first: date, today: date) -> None:
    """Raises `Refusal` unless `giver`, holding the offices `held` on day `first`, may let another exercise `role` from
    that day on. `today`: no delegation begins before the day it is made."""
    if role not in ANSWERING_ROLES:
        raise Refusal(
            f"Vai trò {ROLE_LABELS.get(role, role)} không trả lời bước phê duyệt nào nên không ủy quyền được; "
            f"đề nghị chọn một trong: {', '.join(ANSWERING_ROLES)}."
        )
    if first < today:
        raise Refusal(
            f"Ủy quyền không được bắt đầu trước hôm nay ({today:%d/%m/%Y}); hãy ghi --from từ hôm nay trở đi."
        )
    if role not in held:
        raise Refusal(
            f"Ngày {first:%d/%m/%Y} cán bộ {giver} không giữ vai trò {ROLE_LABELS[role]} nên không ủy quyền được; "
            f"hãy kiểm tra bằng: {typed.OFFICER_LIST}."
        )


def check_receives(receiver: str, is_drafter: bool, serves_until: date | None, first: date, last: date) -> None:
    """Raises `Refusal` if the receiver could not answer by an office lent from `first` to `last`.

    Who is a drafter on any of these days (`is_drafter`) is kept from it by four eyes, and the draft would no longer
    name who lent it: nobody could sign.
    """
    if serves_until is not None and serves_until < last:
        raise Refusal(
            f"Cán bộ {receiver} thôi nhiệm vụ từ sau ngày {serves_until:%d/%m/%Y} nên không nhận ủy quyền đến "
            f"{last:%d/%m/%Y} được; hãy ủy quyền cho cán bộ khác hoặc ghi --to sớm hơn."
        )
    if is_drafter:
        raise Refusal(
            f"Cán bộ {receiver} là {ROLE_LABELS[DRAFTER]} trong thời gian từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}, "
            "người soạn thảo không được trả lời bước phê duyệt; hãy ủy quyền cho cán bộ khác, hoặc thôi giao vai trò "
            f"soạn thảo trước ({typed.remove_role(receiver, DRAFTER)}), rồi ghi --from sau đó."
        )


def check_may_draft(officer: str, lent: Collection[tuple[str, date]]) -> None:
    """Raises `Refusal` if the officer acts for another on a day on which they are to be a drafter. `lent`: by whom such
    an office was lent, and until when."""
    if lent:
        giver, last = max(lent, key=lambda one: one[1])
        raise Refusal(
            f"Cán bộ {officer} đang nhận ủy quyền của {giver} đến hết ngày {last:%d/%m/%Y}, người soạn thảo không được "
            f"trả lời bước phê duyệt; hãy giao --from từ ngày sau đó, hoặc thôi ủy quyền trước: "
            f"{typed.revoke(giver, officer)}."
        )


def first_day_free(role: str | None, today: date, answered_on: date | None) -> date:
    """The first day from which the office `role` (None: all of them) may be taken from its holder.

    Never a day gone by: what was answered then was answered by right, and stays so. Nor the very day of the last
    answer that rests on it (`answered_on`), nor the day itself for a drafter: whoever drafted in the morning is kept
    from answering until the evening.
    """
    if role == DRAFTER:
        return today + timedelta(days=1)
    return max(today, answered_on + timedelta(days=1)) if answered_on else today


def check_day(first: date, earliest: date, today: date) -> None:
    """Raises `Refusal` if an office is to be given, or taken away, from day `first`, before the `earliest` that can
    be."""
    if first >= earliest:
        return
    if first < today:
        raise Refusal(
            f"Ngày {first:%d/%m/%Y} đã qua; vai trò, ủy quyền chỉ đổi từ hôm nay trở đi, để ý kiến đã trả lời vẫn đúng "
            f"thẩm quyền. Hãy ghi --from từ {earliest:%d/%m/%Y}."
        )
    raise Refusal(
        f"Ngày {first:%d/%m/%Y} cán bộ này đã làm việc với vai trò đó; hãy ghi --from từ {earliest:%d/%m/%Y}, cần chặn "
        f"ngay thì hủy thiết bị: {typed.reset()}."
    )


def first_day_without(spans: Iterable[tuple[date, date | None]], today: date) -> date | None:
    """The first day from `today` on that none of `spans` (first and last day, None: for ever) covers; None if every
    day is."""
    held, day = list(spans), today
    while True:
        lasting = [last for first, last in held if first <= day and (last is None or last >= day)]
        if not lasting:
            return day
        if None in lasting:
            return None
        day = max(last for last in lasting if last is not None) + timedelta(days=1)
