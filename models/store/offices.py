"""Writes of offices and delegations: given, confirmed by a second officer, ended.

What a second officer has to confirm is written down as waiting, by whoever gives it: nothing here gives it at once.
"""

from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlmodel import Session, select

from models import reading
from models.audit import witness
from models.people import Delegation, Officer, OfficerRole
from models.store.finding_rows import required
from rules import typed
from rules.errors import Refusal
from rules.gates import ADMINISTRATOR, ROLE_LABELS, check_capacity, check_second_officer
from rules.second_officer import CONFIRMED_ROLES, INIT

Waiting = TypeVar("Waiting", OfficerRole, Delegation)


def give_role(
    session: Session,
    *,
    officer_id: str,
    role: str,
    valid_from: date,
    valid_to: date | None = None,
    by: str,
    at: datetime,
) -> OfficerRole:
    """An office for an officer, from one day on; the same again changes nothing.

    One of `CONFIRMED_ROLES` waits for `confirm_role`. One that is held is not lengthened or shortened: `Refusal`.
    """
    officer = required(session, Officer, officer_id, "cán bộ có mã")
    _check_span(valid_from, valid_to)
    known = session.get(OfficerRole, (officer.id, role, valid_from))
    if known is not None and known.valid_to == valid_to:
        return known
    giver = who_waits(session, role, valid_from, by)
    if known is not None and giver and not known.is_waiting and _has_begun(known):
        raise Refusal(
            f"Cán bộ {officer.id} đã giữ vai trò {ROLE_LABELS.get(role, role)} từ ngày {valid_from:%d/%m/%Y}; hãy thôi "
            f"giao ({typed.remove_role(officer.id, role)}), rồi giao lại từ ngày sau đó."
        )
    given = known or OfficerRole(officer_id=officer.id, role=role, valid_from=valid_from)
    given.valid_to, given.given_by, given.confirmed_by, given.confirmed_on = valid_to, giver, None, None
    session.add(given)
    details = {"role": role, "valid_from": valid_from, "valid_to": valid_to, "waits": giver is not None}
    witness(session, "role_given", f"officer:{officer.id}", details, by=by, at=at)
    return given


def who_waits(session: Session, role: str, valid_from: date, by: str) -> str | None:
    """Who gave an office that has to be confirmed; None if it counts at once: that of a drafter, and that of the first
    administrator, before whom there is nobody who could confirm anything."""
    if role not in CONFIRMED_ROLES:
        return None
    administered = [last for _, last in reading.spans_of_role(session, role) if last is None or last >= valid_from]
    is_first = role == ADMINISTRATOR and not administered and not reading.administrator_was_confirmed(session)
    return None if is_first else by


def confirm_role(session: Session, *, officer_id: str, role: str, by: str, on: date, at: datetime) -> list[OfficerRole]:
    """A second officer's confirmation, on day `on`: the office counts from that day on. Returns what was waiting.

    Never by who gave it, nor by who receives it; whose confirmation counts is for the caller to look at.
    """
    waiting = reading.waiting_roles(session, officer_id, role, on)
    details = _confirm(waiting, (officer_id,), by, on)
    if waiting:
        witness(session, "role_confirmed", f"officer:{officer_id}", {"role": role} | details, by=by, at=at)
    return waiting


def end_role(session: Session, *, officer_id: str, role: str, on: date, reason: str, by: str, at: datetime) -> int:
    """The officer holds the office no more from day `on`, nor is to hold it later. Returns how many spans ended.

    One that has not begun is never in force; what was answered in it stands.
    """
    required(session, Officer, officer_id, "cán bộ có mã")
    if not reason.strip():
        raise Refusal("Thôi giao vai trò cho cán bộ phải nêu lý do; hãy nhập lý do.")
    held = select(OfficerRole).where(OfficerRole.officer_id == officer_id, OfficerRole.role == role)
    running = [span for span in session.exec(held) if span.valid_to is None or span.valid_to >= on]
    for span in running:
        span.valid_to = on - timedelta(days=1)
    if running:
        details = {"role": role, "from": on, "reason": reason}
        witness(session, "role_ended", f"officer:{officer_id}", details, by=by, at=at)
    return len(running)


def delegate(
    session: Session,
    *,
    from_officer: str,
    to_officer: str,
    role: str,
    capacity: str,
    valid_from: date,
    valid_to: date,
    paper: str = "",
    by: str,
    at: datetime,
) -> Delegation:
    """The office `role` of one officer, exercised by another between two days; the same again changes nothing.

    It waits for `confirm_delegation` unless the officer whose office it is makes it, also after an administrator.
    """
    required(session, Officer, from_officer, "cán bộ có mã")
    required(session, Officer, to_officer, "cán bộ có mã")
    if from_officer == to_officer:
        raise Refusal("Không thể ủy quyền cho chính mình; hãy chọn cán bộ khác.")
    check_capacity(capacity)
    _check_span(valid_from, valid_to)
    same = select(Delegation).where(
        Delegation.from_officer == from_officer,
        Delegation.to_officer == to_officer,
        Delegation.role == role,
        Delegation.valid_from == valid_from,
    )
    known = session.exec(same).first()
    is_same = known is not None and (known.capacity, known.valid_to, known.paper) == (capacity, valid_to, paper)
    if known is not None and is_same and not (known.is_waiting and by == from_officer):
        return known
    who = {"from_officer": from_officer, "to_officer": to_officer, "role": role, "valid_from": valid_from}
    made = known or Delegation(**who, capacity=capacity, valid_to=valid_to)
    made.capacity, made.valid_to, made.paper = capacity, valid_to, paper
    made.given_by, made.confirmed_by, made.confirmed_on = None if by == from_officer else by, None, None
    session.add(made)
    details = {"to": to_officer, "role": role, "capacity": capacity, "paper": paper}
    details |= {"valid_from": valid_from.isoformat(), "valid_to": valid_to.isoformat(), "waits": made.is_waiting}
    witness(session, "delegation_made", f"officer:{from_officer}", details, by=by, at=at)
    return made


def confirm_delegation(
    session: Session, *, from_officer: str, to_officer: str, role: str, by: str, on: date, at: datetime
) -> list[Delegation]:
    """As `confirm_role`, for a delegation; also by the officer whose office it is."""
    waiting = reading.waiting_delegations(session, from_officer, to_officer, role, on)
    details = {"to": to_officer, "role": role} | _confirm(waiting, (to_officer,), by, on)
    if waiting:
        witness(session, "delegation_confirmed", f"officer:{from_officer}", details, by=by, at=at)
    return waiting


def end_delegation(
    session: Session, *, from_officer: str, to_officer: str, role: str, on: date, reason: str, by: str, at: datetime
) -> int:
    """Every delegation of the office between the two that runs or is to come ends before day `on`. Returns how many.

    One that has not begun is never in force; what was answered under it stands.
    """
    if not reason.strip():
        raise Refusal("Thôi ủy quyền phải nêu lý do; hãy nhập lý do.")
    between = select(Delegation).where(
        Delegation.from_officer == from_officer, Delegation.to_officer == to_officer, Delegation.role == role
    )
    running = [delegation for delegation in session.exec(between) if delegation.valid_to >= on]
    for delegation in running:
        delegation.valid_to = on - timedelta(days=1)
    if running:
        details = {"to": to_officer, "role": role, "from": on, "reason": reason}
        witness(session, "delegation_ended", f"officer:{from_officer}", details, by=by, at=at)
    return len(running)


def _confirm(waiting: list[Waiting], receivers: tuple[str, ...], by: str, on: date) -> dict[str, Any]:
    """They count from day `on`; what the trail is told of it."""
    givers = {one.given_by for one in waiting if one.given_by}
    check_second_officer(by, {*receivers, *givers} - {INIT})
    for one in waiting:
        one.confirmed_by, one.confirmed_on = by, on
    return {"from": on, "given_by": sorted(givers), "spans": [[one.valid_from, one.valid_to] for one in waiting]}


def _has_begun(span: OfficerRole) -> bool:
    """Whether it was not taken back before its first day."""
    return span.valid_to is None or span.valid_to >= span.valid_from


def _check_span(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise Refusal(
            f"Ngày kết thúc {valid_to:%d/%m/%Y} trước ngày bắt đầu {valid_from:%d/%m/%Y}; hãy nhập lại hai ngày."
        )
