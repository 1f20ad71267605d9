"""An administrator's acts: officers, offices, devices, delegations. Each proves who the administrator is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pyotp import random_base32
from pyotp.totp import TOTP
from sqlmodel import Session

from models import reading, store
from rules.errors import Refusal
from rules.gates import ADMINISTRATOR, ROLE_LABELS
from tasks.codes import DIGITS, ISSUER, Actor, CodeRefused, check_not_locked, identify, matching_step, proven
from tasks.key_file import encrypt
from tasks.office import Office

Made = TypeVar("Made")


@dataclass(frozen=True)
class Offer:
    """A device offered to an officer: what its QR code says. Shown once, kept nowhere in the clear."""

    officer: str
    uri: str


def act(office: Office, actor: Actor, work: Callable[[Session, datetime], Made]) -> Made:
    """`work`, done by an administrator who has proved to be one, in one transaction."""
    return proven(office, actor, lambda session, at: _check_administrator(session, office, actor, at), work)


def act_as_officer(office: Office, actor: Actor, work: Callable[[Session, datetime], Made]) -> Made:
    """`work`, done by any officer in service who has proved to be there."""
    return proven(office, actor, lambda session, at: identify(session, office, actor.officer, actor.code, at), work)


def offer(office: Office, actor: Actor, officer_id: str) -> Offer:
    """A new device for an officer who has none that works; the first code it shows confirms it (`confirm`)."""
    secret = random_base32()
    kept = encrypt(office.settings.key_path, secret)

    def work(session: Session, at: datetime) -> Offer:
        store.offer_device(session, officer_id=officer_id, secret=kept, by=actor.officer, at=at)
        return Offer(officer_id, TOTP(secret, digits=DIGITS).provisioning_uri(name=officer_id, issuer_name=ISSUER))

    return act(office, actor, work)


def confirm(office: Office, officer_id: str, code: str) -> None:
    """The officer's first code: the device works from now on. `Refusal` if it is not what the device shows.

    Wrong ones count and lock as at a gate: an offered device can no more be guessed than a working one.
    """
    actor = Actor(officer_id, code)

    def work(session: Session, at: datetime) -> None:
        step = _first_step(session, office, actor, at)
        store.confirm_device(session, officer_id=officer_id, step=step, by=officer_id, at=at)

    proven(office, actor, lambda session, at: None, work)


def check_role(role: str) -> None:
    """Raises `Refusal` for a role that no gate knows."""
    if role not in ROLE_LABELS:
        listed = ", ".join(f"{id} ({words})" for id, words in ROLE_LABELS.items())
        raise Refusal(f"Không có vai trò “{role}”; đề nghị chọn một trong: {listed}.")


def _first_step(session: Session, office: Office, actor: Actor, at: datetime) -> int:
    device = reading.device(session, actor.officer)
    if device is None or device.state != "offered":
        raise Refusal(f"Cán bộ {actor.officer} không có thiết bị chờ xác nhận; hãy chạy: chuyenhoa officer enrol.")
    check_not_locked(office, device, at)
    step = matching_step(office, device, actor.code, at)
    if step is None:
        said = "Mã không đúng với thiết bị vừa cấp; hãy kiểm tra giờ của điện thoại rồi nhập mã đang hiện."
        raise CodeRefused(said, counts=True)
    return step


def _check_administrator(session: Session, office: Office, actor: Actor, at: datetime) -> None:
    """Until an administrator's device works, the first one sets up the office without a code."""
    administrators = [officer.id for officer in reading.officers_in_role(session, ADMINISTRATOR, office.today)]
    if actor.officer not in administrators:
        raise Refusal(f"Cán bộ “{actor.officer}” không phải quản trị hệ thống; đề nghị dùng --by với mã quản trị.")
    devices = (reading.device(session, code) for code in administrators)
    if any(device is not None and device.state == "active" for device in devices):
        identify(session, office, actor.officer, actor.code, at)
