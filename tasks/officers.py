"""An administrator's acts: officers, offices, devices, delegations. Each proves who the administrator is.

What a second officer confirms of them: `tasks.second_officers`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from urllib.parse import parse_qs, urlsplit

from pyotp import random_base32
from pyotp.totp import TOTP
from sqlmodel import Session

from models import reading, store
from plans.schema import Plan
from rules import typed
from rules.errors import Refusal
from rules.gates import ROLE_LABELS
from rules.officers import (
    DRAFTER,
    Administration,
    check_day,
    check_delegable,
    check_may_draft,
    check_receives,
    first_day_free,
    needs_code,
)
from tasks.administration_notices import look, tell
from tasks.codes import DIGITS, ISSUER, Actor, check_not_locked, identify, matching_step, proven, wrong_code
from tasks.key_file import encrypt
from tasks.office import Office

Made = TypeVar("Made")


@dataclass(frozen=True)
class Offer:
    """A device offered to an officer: what its QR code says. Shown once, kept nowhere in the clear."""

    officer: str
    uri: str = field(repr=False)

    @property
    def secret(self) -> str:
        """What the officer types where the picture cannot be read: in groups of four."""
        (secret,) = parse_qs(urlsplit(self.uri).query)["secret"]
        return " ".join(secret[first : first + 4] for first in range(0, len(secret), 4))


def administration(session: Session, office: Office) -> Administration:
    """How the office is administered today: whether setting up is over, for good, and whose device works."""
    return Administration(
        is_set_up=reading.administrator_was_confirmed(session),
        answering=reading.administrators_answering(session, office.today),
    )


def act(
    office: Office,
    actor: Actor,
    work: Callable[[Session, datetime], Made],
    *,
    losing: str = "",
    told: Callable[[str], object] = lambda warning: None,
) -> Made:
    """`work`, done by an administrator who has proved to be one, in one transaction.

    The head of the standing office does it when no administrator's device works; that of `losing`, which is to be
    withdrawn, does not count. That, and taking away the last administrator, is mailed, and `told` as a warning once it
    is done.
    """
    warnings: list[str] = []

    def watched(session: Session, at: datetime) -> Made:
        before = look(session, office, actor)
        made = work(session, at)
        warnings.extend(tell(session, office, actor, before, at))
        return made

    check = lambda session, at: _check_administrator(session, office, actor, losing, at)  # noqa: E731
    made = proven(office, actor, check, watched)
    for warning in warnings:
        told(warning)
    return made


def act_as_officer(office: Office, actor: Actor, work: Callable[[Session, datetime], Made]) -> Made:
    """`work`, done by any officer in service who has proved to be there."""
    return proven(office, actor, lambda session, at: identify(session, office, actor.officer, actor.code, at), work)


def offer(
    office: Office, actor: Actor, officer_id: str, *, told: Callable[[str], object] = lambda warning: None
) -> Offer:
    """A new device for an officer who has none that works; the first code it shows confirms it (`confirm`)."""
    secret = random_base32()
    kept = encrypt(office.settings.key_path, secret)

    def work(session: Session, at: datetime) -> Offer:
        store.offer_device(session, officer_id=officer_id, secret=kept, by=actor.officer, at=at)
        return Offer(officer_id, TOTP(secret, digits=DIGITS).provisioning_uri(name=officer_id, issuer_name=ISSUER))

    return act(office, actor, work, told=told)


def confirm(office: Office, officer_id: str, code: str) -> bool:
    """The officer's first code. `Refusal` if it is not what the device shows. Whether the device works from now on:
    false if a second officer has to confirm it first.

    Wrong ones count and lock as at a gate: an offered device can no more be guessed than a working one.
    """
    actor = Actor(officer_id, code)

    def work(session: Session, at: datetime) -> bool:
        step = _first_step(session, office, actor, at)
        made = store.confirm_device(session, officer_id=officer_id, step=step, by=officer_id, at=at)
        return made.state == "active"

    return proven(office, actor, lambda session, at: None, work)


def check_can_delegate(session: Session, office: Office, giver: str, role: str, first: date) -> None:
    """Raises `Refusal` unless `giver` holds the office `role` on day `first`, not before today, and it can be passed
    on."""
    check_delegable(giver, role, reading.roles(session, giver, first), first, office.today)


def check_can_receive(session: Session, receiver: str, first: date, last: date) -> None:
    """Raises `Refusal` unless the receiver serves, and drafts nothing, on all days from `first` to `last`."""
    officer = reading.officer(session, receiver)
    drafts = [span for span in reading.role_spans(session, receiver, first) if span.role == DRAFTER]
    is_drafter = any(span.valid_from <= last for span in drafts)
    check_receives(receiver, is_drafter, officer.valid_to if officer else None, first, last)


def check_can_hold(session: Session, officer_id: str, role: str, first: date, last: date | None) -> None:
    """Raises `Refusal` if who acts for another between the two days is to be a drafter."""
    if role == DRAFTER:
        check_may_draft(officer_id, reading.lent_between(session, officer_id, first, last))


def ends_from(
    session: Session, office: Office, officer_id: str, role: str | None, on: date | None, to: str = ""
) -> date:
    """The day from which an office (None: all) of the officer ends, or what they lent it to officer `to`: day `on`, or
    the first that can be. `Refusal` for a day that is over, or on which they answered: no answer loses its right
    afterwards."""
    earliest = first_day_free(role, office.today, reading.last_answer_resting_on(session, officer_id, role, to))
    check_day(on or earliest, earliest, office.today)
    return on or earliest


def check_agency(plan: Plan, agency: str) -> None:
    """Raises `Refusal` for an agency that the plan does not know."""
    agencies = {known.id: known.name for known in plan.agencies}
    if agency not in agencies:
        raise Refusal(f"Không có cơ quan “{agency}”; đề nghị chọn một trong: {_listed(agencies)}.")


def check_role(role: str) -> None:
    """Raises `Refusal` for a role that no gate knows."""
    if role not in ROLE_LABELS:
        raise Refusal(f"Không có vai trò “{role}”; đề nghị chọn một trong: {_listed(ROLE_LABELS)}.")


def _listed(names: Mapping[str, str]) -> str:
    return ", ".join(f"{id} ({name})" for id, name in names.items())


def _first_step(session: Session, office: Office, actor: Actor, at: datetime) -> int:
    device = reading.device(session, actor.officer)
    if device is None or device.state != "offered":
        raise Refusal(f"Cán bộ {actor.officer} không có thiết bị chờ xác nhận; hãy chạy: {typed.enrol(actor.officer)}.")
    check_not_locked(office, device, at)
    step = matching_step(office, device, actor.code, at)
    if step is None:
        said, do = "Mã không đúng với thiết bị vừa cấp", "hãy kiểm tra giờ của điện thoại rồi nhập mã đang hiện"
        raise wrong_code(office, device, said, do, at)
    return step


def _check_administrator(session: Session, office: Office, actor: Actor, losing: str, at: datetime) -> None:
    roles = reading.roles(session, actor.officer, office.today)
    if needs_code(administration(session, office), actor.officer, roles, losing):
        identify(session, office, actor.officer, actor.code, at)
