"""Officers' one-time codes: is this the officer's, and was it never used before?"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import TypeVar

from pyotp.totp import TOTP
from sqlmodel import Session

from models import reading, store
from models.db import transaction
from models.people import Device, Officer
from reports.mail import officer_locked
from rules import typed
from rules.codes import (
    STEP_SECONDS,
    after_failure,
    after_success,
    is_locked,
    is_used,
    starts_at,
    steps_near,
    tries_left,
)
from rules.errors import Refusal
from rules.gates import ADMINISTRATOR
from tasks.key_file import decrypt
from tasks.letters import queue, to_officer
from tasks.office import Office

DIGITS = 6
ISSUER = "chuyenhoa"
Made = TypeVar("Made")


class CodeRefused(Refusal):
    """A code that was not taken. `counts`: whether it is one more failure of this officer."""

    def __init__(self, words: str, *, counts: bool = False) -> None:
        super().__init__(words)
        self.counts = counts


@dataclass(frozen=True)
class Actor:
    """Who does something: an officer's code, and the one-time code shown now."""

    officer: str
    code: str = ""


def proven(
    office: Office,
    actor: Actor,
    check: Callable[[Session, datetime], object],
    work: Callable[[Session, datetime], Made],
    *,
    gate_id: int | None = None,
    at: datetime | None = None,
    run_id: str = "",
    asked: int = 0,
) -> Made:
    """`work` once `check` has let the actor pass, in one transaction, by the code of instant `at` (now).

    Of what is refused only its audit event is kept (at the gate, if it was about one; with the run and the number of
    its form, if it was filled in in one), and the count of wrong codes.
    """
    at = at or office.now()
    try:
        with transaction(office.engine) as session:
            check(session, at)
            return work(session, at)
    except Refusal as refused:
        with transaction(office.engine) as session:
            note_refusal(session, office, actor, refused, at, gate_id=gate_id, run_id=run_id, asked=asked)
        raise


def note_refusal(
    session: Session,
    office: Office,
    actor: Actor,
    refused: Refusal,
    at: datetime,
    *,
    gate_id: int | None = None,
    run_id: str = "",
    asked: int = 0,
) -> None:
    """The trace of what was refused to the actor. A right code is used up all the same."""
    if isinstance(refused, CodeRefused):
        note_refused(session, office, actor.officer, refused, at)
    said = {"officer_id": actor.officer, "because": str(refused), "by": actor.officer, "at": at}
    said |= {"flow_run_id": run_id, "asked": asked}
    if gate_id is None:
        store.record_refused_act(session, **said)
    else:
        store.record_refused_answer(session, gate_id=gate_id, **said)
    if not isinstance(refused, CodeRefused):
        _use_up(session, office, actor, at)


def _use_up(session: Session, office: Office, actor: Actor, at: datetime) -> None:
    try:
        identify(session, office, actor.officer, actor.code, at)
    except Refusal:
        return  # used in between, or no key to read it by


def identify(session: Session, office: Office, officer_id: str, code: str, at: datetime) -> None:
    """Takes the officer for who they say, by the `code` of instant `at`; it is used up by the transaction of `session`.

    `CodeRefused` if nobody in service has this officer code, if the officer has no confirmed device, is locked out,
    gave a wrong code or one that was taken before.
    """
    officer = _officer_serving(session, office, officer_id)
    device = reading.device(session, officer.id)
    if device is not None and device.state == "waiting":
        raise CodeRefused(
            f"Thiết bị mới của cán bộ {officer.id} chờ cán bộ thứ hai xác nhận; đề nghị người đó chạy: "
            f"{typed.confirm_device(officer.id)}."
        )
    if device is None or device.state != "active":
        raise CodeRefused(
            f"Cán bộ {officer.id} chưa có thiết bị tạo mã được xác nhận; đề nghị liên hệ quản trị hệ thống để được cấp."
        )
    check_not_locked(office, device, at)
    step = matching_step(office, device, code, at)
    if step is None:
        said = "Mã xác thực không đúng hoặc đã hết hạn"
        raise wrong_code(office, device, said, "đề nghị nhập mã đang hiện trên thiết bị", at)
    if is_used(device.tries, step, office.now()):
        raise CodeRefused("Mã xác thực này đã dùng; đề nghị đợi mã tiếp theo hiện trên thiết bị.")
    tries = after_success(device.tries, step)
    store.note_code(session, officer_id=officer.id, step=step, tries=tries, by=officer.id, at=at)


def wrong_code(office: Office, device: Device, said: str, do: str, at: datetime) -> CodeRefused:
    """The refusal of one more wrong code: what is wrong (`said`), how many are left or until when it locks, what to
    `do`."""
    tries = after_failure(device.tries, at)
    if tries.locked_until is not None:
        until = f"{tries.locked_until.astimezone(office.settings.zone):%H:%M}"
        said += f", cán bộ {device.officer_id} bị tạm khóa đến {until}"
        do = f"đề nghị chờ đến {until} rồi nhập mã đang hiện trên thiết bị"
    elif left := tries_left(tries):
        said += f" (còn {left} lần thử trước khi bị tạm khóa)"
    return CodeRefused(f"{said}; {do}.", counts=True)


def check_not_locked(office: Office, device: Device, at: datetime) -> None:
    """`CodeRefused` while the device is locked for its wrong codes: then not even the right one counts."""
    tries = device.tries
    if is_locked(tries, at):
        assert tries.locked_until is not None
        until = tries.locked_until.astimezone(office.settings.zone)
        raise CodeRefused(
            f"Cán bộ {device.officer_id} đang tạm khóa do nhập sai mã; đề nghị thử lại sau {until:%H:%M}."
        )


def note_refused(session: Session, office: Office, officer_id: str, refused: CodeRefused, at: datetime) -> None:
    """Counts the failure, if it is one; the one that locks is mailed to the officer and the administrators."""
    device = reading.device(session, officer_id) if refused.counts else None
    if device is None:
        return
    tries = after_failure(device.tries, at)
    store.refuse_code(session, officer_id=officer_id, tries=tries, because=str(refused), by=officer_id, at=at)
    if not is_locked(tries, at):
        return
    assert tries.locked_until is not None
    text = officer_locked(officer_id, tries.locked_until.astimezone(office.settings.zone))
    told = {o.id: o for o in reading.officers_in_role(session, ADMINISTRATOR, office.today)}
    told |= {o.id: o for o in [reading.officer(session, officer_id)] if o}
    key = f"locked:{officer_id}:{at:%Y%m%dT%H%M%S}/"
    queue(session, office, (to_officer(key + other.id, other, text) for other in told.values()))


def matching_step(office: Office, device: Device, code: str, at: datetime) -> int | None:
    """The step near `at` whose code this is. All are compared, in constant time, whether one matched or not."""
    totp = TOTP(decrypt(office.settings.key_path, device.secret), digits=DIGITS, interval=STEP_SECONDS)
    given = unicodedata.normalize("NFKC", code).replace(" ", "").encode()
    found = [step for step in steps_near(at) if compare_digest(totp.at(starts_at(step)).encode(), given)]
    return found[0] if found else None


def _officer_serving(session: Session, office: Office, officer_id: str) -> Officer:
    officer = reading.officer(session, officer_id)
    if officer is None:
        raise CodeRefused(f"Không có cán bộ mang mã “{officer_id}”; đề nghị kiểm tra lại mã cán bộ.")
    if officer.valid_to is not None and officer.valid_to < office.today:
        raise CodeRefused(f"Cán bộ {officer.id} đã thôi nhiệm vụ; đề nghị chuyển người đang giữ chức vụ.")
    return officer
