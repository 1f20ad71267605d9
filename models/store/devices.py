"""Writes of what makes officers' one-time codes: offered, confirmed, reset when lost, tried."""

from datetime import datetime

from sqlmodel import Session

from models import reading
from models.audit import witness
from models.people import Device, Officer
from models.store.finding_rows import required
from rules import typed
from rules.codes import Tries
from rules.errors import Refusal
from rules.gates import check_second_officer


def offer_device(session: Session, *, officer_id: str, secret: str, by: str, at: datetime) -> Device:
    """A new (encrypted) secret for an officer who has no working one; it counts once its first code is given."""
    required(session, Officer, officer_id, "cán bộ có mã")
    known = session.get(Device, officer_id)
    if known is not None and known.state == "active":
        raise Refusal(f"Cán bộ {officer_id} đã có thiết bị tạo mã; nếu bị mất, hãy chạy: {typed.reset(officer_id)}.")
    if known is not None and known.state == "reset":
        raise Refusal(
            f"Việc hủy thiết bị cũ của cán bộ {officer_id} chờ người thứ hai xác nhận; "
            f"hãy chạy: {typed.confirm_reset(officer_id)}."
        )
    if known is not None and (known.state, known.secret) == ("offered", secret):
        return known
    device = known or Device(officer_id=officer_id, state="", changed_by=by)
    device.state, device.secret, device.changed_by = "offered", secret, by
    device.remember(Tries())
    session.add(device)
    witness(session, "device_offered", f"officer:{officer_id}", {}, by=by, at=at)
    return device


def confirm_device(session: Session, *, officer_id: str, step: int, by: str, at: datetime) -> Device:
    """The officer has given the first code, of `step`: the device works.

    It waits for `admit_device` where the officer holds what another has confirmed already: that other saw who held the
    device before, not who holds this one.
    """
    device = required(session, Device, officer_id, "thiết bị tạo mã của cán bộ")
    if device.state in ("active", "waiting") and device.last_step == step:
        return device
    if device.state != "offered":
        raise Refusal(f"Cán bộ {officer_id} không có thiết bị nào chờ xác nhận; hãy chạy: {typed.enrol(officer_id)}.")
    waits = reading.needs_device_admitted(session, officer_id)
    device.state = "waiting" if waits else "active"
    device.remember(Tries(floor=step))
    witness(session, "device_confirmed", f"officer:{officer_id}", {"waits": True} if waits else {}, by=by, at=at)
    return device


def admit_device(session: Session, *, officer_id: str, by: str, at: datetime) -> Device:
    """The second officer's confirmation that the device is in its owner's hand: never by who offered it, nor by the
    owner. Whose confirmation counts is for the caller to look at."""
    device = required(session, Device, officer_id, "thiết bị tạo mã của cán bộ")
    if device.state == "active":
        return device
    if device.state != "waiting":
        raise Refusal(
            f"Cán bộ {officer_id} không có thiết bị nào chờ cán bộ thứ hai xác nhận; xem bằng: {typed.OFFICER_LIST}."
        )
    check_second_officer(by, (device.changed_by, officer_id))
    device.state = "active"
    witness(session, "device_admitted", f"officer:{officer_id}", {"offered_by": device.changed_by}, by=by, at=at)
    return device


def reset_device(session: Session, *, officer_id: str, reason: str, by: str, at: datetime) -> Device:
    """A lost device makes no valid codes from now on; a second officer has to confirm that it was rightly withdrawn."""
    device = required(session, Device, officer_id, "thiết bị tạo mã của cán bộ")
    if device.state == "reset":
        return device
    if not reason.strip():
        raise Refusal("Hủy thiết bị tạo mã phải nêu lý do; hãy nhập lý do.")
    device.state, device.secret, device.changed_by = "reset", "", by
    witness(session, "device_reset", f"officer:{officer_id}", {"reason": reason}, by=by, at=at)
    return device


def clear_device(session: Session, *, officer_id: str, by: str, at: datetime) -> Device:
    """The second officer's confirmation of a reset: never the one who reset it, never the one it is about."""
    device = required(session, Device, officer_id, "thiết bị tạo mã của cán bộ")
    if device.state == "cleared":
        return device
    if device.state != "reset":
        raise Refusal(f"Thiết bị của cán bộ {officer_id} không chờ xác nhận hủy; không cần làm gì thêm.")
    check_second_officer(by, (device.changed_by, officer_id))
    device.state = "cleared"
    witness(session, "device_cleared", f"officer:{officer_id}", {"reset_by": device.changed_by}, by=by, at=at)
    return device


def note_code(session: Session, *, officer_id: str, step: int, tries: Tries, by: str, at: datetime) -> Device:
    """Remembers that the code of `step` was taken, so that it is never taken again."""
    device = required(session, Device, officer_id, "thiết bị tạo mã của cán bộ")
    if _remember(device, tries):
        witness(session, "code_taken", f"officer:{officer_id}", {"step": step}, by=by, at=at)
    return device


def refuse_code(session: Session, *, officer_id: str, tries: Tries, because: str, by: str, at: datetime) -> Device:
    """Remembers a code that was not taken, and the lock if it brought one."""
    device = required(session, Device, officer_id, "thiết bị tạo mã của cán bộ")
    if _remember(device, tries):
        witness(session, "code_refused", f"officer:{officer_id}", {"because": because}, by=by, at=at)
        if tries.locked_until is not None and tries.locked_until > at:
            witness(session, "officer_locked", f"officer:{officer_id}", {"until": tries.locked_until}, by=by, at=at)
    return device


def _remember(device: Device, tries: Tries) -> bool:
    """Whether that changed anything."""
    if device.tries == tries:
        return False
    device.remember(tries)
    return True
