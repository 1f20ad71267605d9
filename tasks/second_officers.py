"""What a second officer confirms, with an own code: an office given, a delegation made, a device withdrawn."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from models import reading, store
from models.people import Delegation, Device, OfficerRole
from rules.errors import Refusal
from rules.gates import ROLE_LABELS
from rules.second_officer import check_confirms, check_trusted, second_officers
from tasks.office import Office


def confirm_office(
    session: Session, office: Office, officer_id: str, role: str, *, by: str, at: datetime
) -> list[OfficerRole]:
    """The office counts from today on. `Refusal` if none waits, or if it is not `by` who may confirm it."""
    waiting = reading.waiting_roles(session, officer_id, role, office.today)
    if not waiting:
        raise Refusal(
            f"Cán bộ {officer_id} không có vai trò {ROLE_LABELS[role]} nào chờ xác nhận; "
            "xem bằng: chuyenhoa officer list."
        )
    _check(session, office, by, {one.given_by for one in waiting if one.given_by}, {officer_id})
    return store.confirm_role(session, officer_id=officer_id, role=role, by=by, on=office.today, at=at)


def confirm_lent(
    session: Session, office: Office, from_officer: str, to_officer: str, role: str, *, by: str, at: datetime
) -> list[Delegation]:
    """As `confirm_office`, for a delegation; the officer whose office it is may always confirm it."""
    waiting = reading.waiting_delegations(session, from_officer, to_officer, role, office.today)
    if not waiting:
        raise Refusal(
            f"Không có ủy quyền nào của {from_officer} cho {to_officer} chờ xác nhận; xem bằng: chuyenhoa officer list."
        )
    if by != from_officer:
        _check(session, office, by, {one.given_by for one in waiting if one.given_by}, {to_officer})
    who = {"from_officer": from_officer, "to_officer": to_officer, "role": role}
    return store.confirm_delegation(session, **who, by=by, on=office.today, at=at)


def confirm_withdrawn(session: Session, office: Office, officer_id: str, *, by: str, at: datetime) -> Device:
    """Another device may be offered to who lost one. `Refusal` unless `by` holds an office that had to be confirmed:
    else an administrator could invent the second officer."""
    check_trusted(reading.roles(session, by, office.today))
    return store.clear_device(session, officer_id=officer_id, by=by, at=at)


def _check(session: Session, office: Office, by: str, givers: Collection[str], involved: Collection[str]) -> None:
    held = reading.offices_with_device(session, office.today)
    waiting = reading.offices_with_device(session, office.today, waiting=True)
    is_first = not reading.any_office_was_confirmed(session)
    for giver in sorted(givers):
        allowed = second_officers(held, waiting, given_by=giver, involved=involved, is_first=is_first)
        check_confirms(by, giver, involved, allowed)
