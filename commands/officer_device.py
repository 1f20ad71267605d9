"""`officer enrol`, `reset`, `confirm-reset`: what makes officers' one-time codes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from commands.acting import open_to_act
from commands.speech import say
from rules import typed
from rules.errors import Refusal
from tasks.codes import Actor
from tasks.done_before import Done, device_works, withdrawal_confirmed, withdrawn
from tasks.officer_changes import withdraw_device
from tasks.officers import Offer, act, act_as_officer, confirm, offer
from tasks.second_officers import confirm_new_device, confirm_withdrawn


def enrol(code: str, by: Actor, first_code: str | None, png: Path | None) -> None:
    """Shows the QR code of a new device; with the first code it makes, confirms it."""
    office = open_to_act()
    if first_code is not None:
        works = confirm(office, code, first_code)
        say(
            f"Thiết bị của cán bộ {code} đã được xác nhận và dùng được ngay."
            if works
            else f"Mã đúng; thiết bị của cán bộ {code} dùng được khi cán bộ thứ hai xác nhận: "
            f"{typed.confirm_device(code)}."
        )
        return
    if not by.officer:
        raise Refusal(
            "Chưa ghi ai cấp thiết bị; hãy thêm --by với mã của quản trị hệ thống "
            "(và --code, khi đã có quản trị dùng thiết bị)."
        )
    if png is not None:
        made = _into_picture(png, lambda: offer(office, by, code, told=say))
    else:
        made = offer(office, by, code, told=say)
        _on_screen(made)
    say(
        f"Cán bộ {made.officer} quét mã bằng ứng dụng tạo mã trên điện thoại"
        + (f" (tệp {png}, xóa sau khi quét)" if png else "")
        + f", rồi xác nhận: chuyenhoa officer enrol {made.officer} --confirm MÃ-ĐANG-HIỆN."
    )


def reset(code: str, by: Actor, reason: str) -> None:
    """Withdraws a lost device at once."""
    office = open_to_act()

    def work(session: Session, at: datetime) -> tuple[Done | None, Done | None]:
        before = withdrawn(session, code), withdrawal_confirmed(session, code)
        withdraw_device(session, office, code, reason, by=by.officer, at=at)
        return before

    before, confirmed = act(office, by, work, losing=code, told=say)
    if before:
        say(f"Thiết bị của cán bộ {code} đã hủy từ trước (ngày {before.on:%d/%m/%Y}, {before.by} hủy); không ghi gì.")
    if confirmed:
        say(_confirmed_before(code, confirmed))
        return
    if before:
        say(f"Cán bộ thứ hai xác nhận: {typed.confirm_reset(code)}.")
        return
    say(f"Đã hủy thiết bị của cán bộ {code}; cán bộ thứ hai xác nhận: {typed.confirm_reset(code)}.")


def confirm_reset(code: str, by: Actor) -> None:
    """The second officer's confirmation, with an own code: another device can be offered."""
    office = open_to_act()

    def work(session: Session, at: datetime) -> Done | None:
        before = withdrawal_confirmed(session, code)
        confirm_withdrawn(session, office, code, by=by.officer, at=at)
        return before

    before = act_as_officer(office, by, work)
    if before:
        say(_confirmed_before(code, before))
        return
    say(f"Đã xác nhận; hãy cấp thiết bị mới: {typed.enrol(code)}.")


def confirm_device(code: str, by: Actor) -> None:
    """The second officer's confirmation, with an own code, that the new device is in its owner's hand: it works."""
    office = open_to_act()

    def work(session: Session, at: datetime) -> Done | None:
        before = device_works(session, code)
        confirm_new_device(session, office, code, by=by.officer, at=at)
        return before

    before = act_as_officer(office, by, work)
    if before:
        say(f"Thiết bị của cán bộ {code} đã được {before.by} xác nhận từ ngày {before.on:%d/%m/%Y} và đang dùng được.")
        return
    say(f"Đã xác nhận; thiết bị của cán bộ {code} dùng được ngay.")


def _confirmed_before(code: str, before: Done) -> str:
    return (
        f"Việc hủy thiết bị của cán bộ {code} đã được {before.by} xác nhận từ ngày {before.on:%d/%m/%Y}; hãy cấp "
        f"thiết bị mới: chuyenhoa officer enrol {code} --by MÃ --code MÃ-XÁC-THỰC."
    )


def _into_picture(png: Path, make: Callable[[], Offer]) -> Offer:
    """The offer, its QR code in a file that was there, empty, before anything was offered: no secret is ever kept that
    nobody could be shown."""
    import segno

    opener = lambda path, flags: os.open(path, flags, 0o600)  # noqa: E731 (the secret is for one pair of eyes)
    try:
        with open(png, "xb", opener=opener) as file, _taken_away_if_refused(png):
            made = make()
            segno.make(made.uri).save(file, kind="png", scale=8)
    except FileExistsError:
        raise Refusal(f"Đã có tệp {png}; hãy chọn tên khác bằng --png để không ghi đè.") from None
    return made


@contextmanager
def _taken_away_if_refused(png: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        png.unlink()
        raise


def _on_screen(made: Offer) -> None:
    import segno

    segno.make(made.uri).terminal(compact=True)
    say(f"Khóa để nhập tay nếu không quét được: {made.secret}")
