"""Writes of officers after they were added: corrected, disabled, refused. Their offices: `models.store.offices`."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from models.audit import details_of, witness
from models.people import Officer
from models.store.finding_rows import required
from rules.errors import Refusal


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


def record_refused_act(session: Session, *, officer_id: str, because: str, by: str, at: datetime) -> None:
    """Remembers that something an officer wanted to do, at no gate, was refused, and why."""
    subject, details = f"officer:{officer_id}", {"because": because, "tried_at": at.isoformat()}
    if details not in details_of(session, "act_refused", subject):
        witness(session, "act_refused", subject, details, by=by, at=at)
