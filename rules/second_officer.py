"""The second officer: what an administrator gives somebody counts only once another has confirmed it.

Else whoever administers could give themselves, or somebody just invented, the office of the director.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from rules import typed
from rules.errors import Refusal
from rules.gates import ADMINISTRATOR, RECORDERS, ROLE_LABELS, check_second_officer
from rules.officers import ANSWERING_ROLES, STANDING_OFFICE_HEAD

INIT = "init"  # who acts where nobody has a code yet: whoever sits at the machine
# The offices that answer gates, record papers, or confirm either. A drafter answers nothing: that office only bars.
CONFIRMED_ROLES = (*ANSWERING_ROLES, *RECORDERS, ADMINISTRATOR)
FIRST_CHOICE = (ADMINISTRATOR, STANDING_OFFICE_HEAD)

Offices = Mapping[str, Collection[str]]  # officer -> offices


def second_officers(
    held: Offices, waiting: Offices, *, given_by: str, involved: Collection[str], is_first: bool
) -> tuple[str, ...]:
    """Who may confirm what `given_by` gave, by code; never one of the `involved`: its receiver, and the giver.

    `held`: the offices in effect, and `waiting`: those that wait for a confirmation, of officers with a working device.
    The first of these circles in which there is somebody:
    another administrator, or the head of the standing office;
    whoever else holds an office that had to be confirmed (the director, the chairs, a secretary);
    while nothing was ever confirmed (`is_first`), and so nobody else holds anything, who waits for an own office.
    No administrator confirms what `init` gave: that was whoever sat at the machine.
    """
    barred = {given_by, *involved}
    if given_by == INIT:
        barred |= {officer for officer, roles in held.items() if ADMINISTRATOR in roles}
    circles = [_with(held, FIRST_CHOICE, barred), _with(held, CONFIRMED_ROLES, barred)]
    if is_first:
        circles.append(_with(waiting, CONFIRMED_ROLES, barred))
    return next((circle for circle in circles if circle), ())


def check_confirms(officer: str, given_by: str, involved: Collection[str], allowed: Collection[str]) -> None:
    """Raises `Refusal` unless the officer is one of those `allowed` to confirm what `given_by` gave."""
    check_second_officer(officer, {given_by, *involved} - {INIT})
    if officer in allowed:
        return
    if allowed:
        raise Refusal(f"Việc này do cán bộ {' hoặc '.join(allowed)} xác nhận; đề nghị chuyển đúng người có thẩm quyền.")
    raise Refusal(
        "Chưa có cán bộ thứ hai nào xác nhận được; đề nghị giao vai trò và cấp thiết bị tạo mã cho "
        f"{ROLE_LABELS[STANDING_OFFICE_HEAD]} và một người có thẩm quyền khác để hai người xác nhận cho nhau."
    )


def check_has_device(receiver: str, is_active: bool) -> None:
    """Raises `Refusal` unless the receiver's device works: who confirms an office sees whose hand it is in. Given a
    device afterwards, an officer could be anybody whom the administrator enrols."""
    if not is_active:
        raise Refusal(
            f"Cán bộ {receiver} chưa có thiết bị tạo mã dùng được nên chưa xác nhận được; hãy cấp trước "
            f"({typed.enrol(receiver)}), tận mắt thấy {receiver} tự quét mã, rồi xác nhận lại."
        )


def check_trusted(roles: Collection[str]) -> None:
    """Raises `Refusal` unless an officer holding `roles` may confirm that another's device is withdrawn, or in
    the right hands."""
    if not set(roles) & set(CONFIRMED_ROLES):
        raise Refusal(
            "Việc hủy, cấp lại thiết bị do người đang giữ một vai trò có thẩm quyền xác nhận "
            f"({'; '.join(ROLE_LABELS[role] for role in CONFIRMED_ROLES)}); đề nghị chuyển đúng người."
        )


def _with(offices: Offices, roles: Collection[str], barred: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(code for code, held in offices.items() if set(held) & set(roles) and code not in barred))
