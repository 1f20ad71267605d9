"""What a second officer confirms, with an own code: an office given, a delegation made, a device withdrawn."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session

from models import reading, store
from models.people import Delegation, Device, OfficerRole
from rules import typed
from rules.errors import Refusal
from rules.gates import ROLE_LABELS
from rules.second_officer import check_confirms, check_has_device, check_trusted, second_officers
from tasks.office import Office


def confirm_office(
    session: Session, office: Office, officer_id: str, role: str, *, by: str, at: datetime
) -> list[OfficerRole]:
    """The office counts from today on. `Refusal` if none waits, or if it is not `by` who may confirm it."""
    waiting = reading.waiting_roles(session, officer_id, role, office.today)
    if not waiting:
        raise Refusal(
            f"Cán bộ {officer_id} không có vai trò {ROLE_LABELS[role]} nào chờ xác nhận; "
            f"xem bằng: {typed.OFFICER_LIST}."
        )
    _check(session, office, by, {one.given_by for one in waiting if one.given_by}, {officer_id})
    check_has_device(officer_id, reading.has_working_device(session, officer_id))
    return store.confirm_role(session, officer_id=officer_id, role=role, by=by, on=office.today, at=at)


def confirm_lent(
    session: Session, office: Office, from_officer: str, to_officer: str, role: str, *, by: str, at: datetime
) -> list[Delegation]:
    """As `confirm_office`, for a delegation; the officer whose office it is may always confirm it."""
    waiting = reading.waiting_delegations(session, from_officer, to_officer, role, office.today)
    if not waiting:
        raise Refusal(
            f"Không có ủy quyền nào của {from_officer} cho {to_officer} chờ xác nhận; xem bằng: {typed.OFFICER_LIST}."
        )
    if by != from_officer:
        _check(session, office, by, {one.given_by for one in waiting if one.given_by}, {to_officer})
    check_has_device(to_officer, reading.has_working_device(session, to_officer))
    who = {"from_officer": from_officer, "to_officer": to_officer, "role": role}
    return store.confirm_delegation(session, **who, by=by, on=office.today, at=at)


def confirm_withdrawn(session: Session, office: Office, officer_id: str, *, by: str, at: datetime) -> Device:
    """Another device may be offered to who lost one. `Refusal` unless `by` holds an office that had to be confirmed:
    else an administrator could invent the second officer."""
    check_trusted(reading.roles(session, by, office.today))
    return store.clear_device(session, officer_id=officer_id, by=by, at=at)


def confirm_new_device(session: Session, office: Office, officer_id: str, *, by: str, at: datetime) -> Device:
    """The new device of who holds what was confirmed is in its owner's hand: it works. `Refusal` as above."""
    check_trusted(reading.roles(session, by, office.today))
    return store.admit_device(session, officer_id=officer_id, by=by, at=at)


def who_may_confirm(session: Session, office: Office, span: OfficerRole) -> tuple[str, ...]:
    """Who may confirm an office that waits, by code; where nobody of them has a device yet, who may once they have."""
    giver, is_first = span.given_by or "", not reading.any_office_was_confirmed(session)
    for or_without in (False, True):
        held, waiting = (
            reading.offices_with_device(session, office.today, waiting=state, or_without=or_without)
            for state in (False, True)
        )
        rule = {"given_by": giver, "involved": {span.officer_id}, "is_first": is_first}
        if found := second_officers(held, waiting, **rule):
            return found
    return ()


def _check(session: Session, office: Office, by: str, givers: Collection[str], involved: Collection[str]) -> None:
    held = reading.offices_with_device(session, office.today)
    waiting = reading.offices_with_device(session, office.today, waiting=True)
    is_first = not reading.any_office_was_confirmed(session)
    for giver in sorted(givers):
        allowed = second_officers(held, waiting, given_by=giver, involved=involved, is_first=is_first)
        check_confirms(by, giver, involved, allowed)
