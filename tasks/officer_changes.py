"""What an administrator changes of an officer who is there: what is written of them, and their lost device.

The officer and the administrators are told by mail, at the old address too: who has been given another address, or no
device any more, is to hear of it from somebody else than who did it.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from models import reading, store
from models.people import Device, Officer
from reports.mail import MailText, officer_changed
from tasks.done_before import WITHDRAWN
from tasks.letters import queue, to_administrators, to_officer
from tasks.office import Office

WORDS = {"name": "họ tên", "title": "chức vụ", "agency": "cơ quan", "email": "địa chỉ thư"}


def correct(
    session: Session, office: Office, officer_id: str, given: dict[str, str | None], *, by: str, at: datetime
) -> Officer:
    """What is written of the officer, put right (`store.correct_officer`); nobody is told where nothing changes."""
    known = reading.officer(session, officer_id)
    was = {field: getattr(known, field) for field in given} if known else {}
    officer = store.correct_officer(session, officer_id=officer_id, **given, by=by, at=at)
    changed = [
        f"Sửa {WORDS[field]}: “{before}” thành “{getattr(officer, field)}”"
        for field, before in was.items()
        if getattr(officer, field) != before
    ]
    if changed:
        _tell(session, office, officer, changed, was["email"], by, at)
    return officer


def withdraw_device(session: Session, office: Office, officer_id: str, reason: str, *, by: str, at: datetime) -> Device:
    """The officer's lost device makes no valid codes any more (`store.reset_device`); one that makes none is left."""
    known = reading.device(session, officer_id)
    if known is not None and known.state in WITHDRAWN:
        return known
    device = store.reset_device(session, officer_id=officer_id, reason=reason, by=by, at=at)
    officer = reading.officer(session, officer_id)
    if officer is not None:
        _tell(session, office, officer, [f"Hủy thiết bị tạo mã, lý do: {reason}"], officer.email, by, at)
    return device


def _tell(
    session: Session, office: Office, officer: Officer, deeds: list[str], old: str, by: str, at: datetime
) -> None:
    text: MailText = officer_changed(officer.id, by, at.astimezone(office.settings.zone), deeds)
    key = f"officer_changed:{officer.id}:{at:%Y%m%dT%H%M%S%f}/"
    letters = {letter.key: letter for letter in to_administrators(session, office, key, text)}
    letters[key + officer.id] = to_officer(key + officer.id, officer, text)
    if old and old != officer.email:
        letters[f"{key}{officer.id}/old"] = to_officer(f"{key}{officer.id}/old", officer, text, address=old)
    queue(session, office, letters.values())
