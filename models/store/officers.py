"""Writes of officers after they were added: corrected, another office, a delegation, the end."""

from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from models.audit import details_of, witness
from models.people import Delegation, Officer, OfficerRole
from models.store.finding_rows import required
from rules.errors import Refusal
from rules.gates import check_capacity


def correct_officer(
    session: Session,
    *,
    officer_id: str,
    name: str | None = None,
    title: str | None = None,
    agency: str | None = None,
    email: str | None = None,
    by: str,
    at: datetime,
) -> Officer:
    """What is written of the officer, put right; None leaves it as it is. What was signed before stays as it was."""
    officer = required(session, Officer, officer_id, "cán bộ có mã")
    given = {"name": name, "title": title, "agency": agency, "email": email}
    now = {field: text for field, text in given.items() if text is not None and getattr(officer, field) != text}
    blank = [field for field, text in now.items() if field != "email" and not text.strip()]
    if blank:
        raise Refusal("Họ tên, chức vụ, cơ quan của cán bộ không được để trống; hãy nhập đủ.")
    if not now:
        return officer
    was = {field: getattr(officer, field) for field in now}
    for field, text in now.items():
        setattr(officer, field, text)
    witness(session, "officer_corrected", f"officer:{officer.id}", {"was": was, "now": now}, by=by, at=at)
    return officer


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
    """An office for an officer, from one day on; the same again changes nothing."""
    officer = required(session, Officer, officer_id, "cán bộ có mã")
    _check_span(valid_from, valid_to)
    known = session.get(OfficerRole, (officer.id, role, valid_from))
    if known is not None and known.valid_to == valid_to:
        return known
    given = known or OfficerRole(officer_id=officer.id, role=role, valid_from=valid_from)
    given.valid_to = valid_to
    session.add(given)
    details = {"role": role, "valid_from": valid_from, "valid_to": valid_to}
    witness(session, "role_given", f"officer:{officer.id}", details, by=by, at=at)
    return given


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


def disable_officer(session: Session, *, officer_id: str, on: date, reason: str, by: str, at: datetime) -> Officer:
    """The officer answers nothing any more from day `on`; what they answered before stands."""
    officer = required(session, Officer, officer_id, "cán bộ có mã")
    last = on - timedelta(days=1)
    if officer.valid_to is not None and officer.valid_to <= last:
        return officer
    if not reason.strip():
        raise Refusal("Thôi giao nhiệm vụ cho cán bộ phải nêu lý do; hãy nhập lý do.")
    officer.valid_to = last
    witness(session, "officer_disabled", f"officer:{officer.id}", {"from": on, "reason": reason}, by=by, at=at)
    return officer


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
    """The office `role` of one officer, exercised by another between two days; the same again changes nothing."""
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
    if known is not None and (known.capacity, known.valid_to, known.paper) == (capacity, valid_to, paper):
        return known
    who = {"from_officer": from_officer, "to_officer": to_officer, "role": role, "valid_from": valid_from}
    made = known or Delegation(**who, capacity=capacity, valid_to=valid_to)
    made.capacity, made.valid_to, made.paper = capacity, valid_to, paper
    session.add(made)
    details = {"to": to_officer, "role": role, "capacity": capacity, "paper": paper}
    details |= {"valid_from": valid_from.isoformat(), "valid_to": valid_to.isoformat()}
    witness(session, "delegation_made", f"officer:{from_officer}", details, by=by, at=at)
    return made


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


def record_refused_act(
    session: Session, *, officer_id: str, because: str, by: str, at: datetime, flow_run_id: str = "", asked: int = 0
) -> None:
    """Remembers that something an officer wanted to do, at no gate, was refused, and why.

    `flow_run_id`: the run whose `asked`-th form it was; of none on the command line.
    """
    subject, details = f"officer:{officer_id}", {"because": because, "tried_at": at.isoformat()}
    details |= {"flow_run_id": flow_run_id, "asked": asked} if flow_run_id else {}
    if details not in details_of(session, "act_refused", subject):
        witness(session, "act_refused", subject, details, by=by, at=at)


def _check_span(valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise Refusal(
            f"Ngày kết thúc {valid_to:%d/%m/%Y} trước ngày bắt đầu {valid_from:%d/%m/%Y}; hãy nhập lại hai ngày."
        )
