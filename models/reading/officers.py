"""Officers: who holds which office, who acts for whom, what makes their codes."""

from datetime import date

from sqlalchemy import and_, literal, or_
from sqlmodel import Session, col, select

from models.audit import AuditEvent
from models.gates import PaperAnswer
from models.people import Delegation, Device, Officer, OfficerRole
from rules.gates import ADMINISTRATOR


def officers(session: Session) -> list[Officer]:
    """Every officer, by code."""
    return list(session.exec(select(Officer).order_by(Officer.id)))


def officer(session: Session, officer_id: str) -> Officer | None:
    """The officer with this code."""
    return session.get(Officer, officer_id)


def device(session: Session, officer_id: str) -> Device | None:
    """What makes the officer's codes, whatever its state."""
    return session.get(Device, officer_id)


def has_devices(session: Session) -> bool:
    """Whether any officer was ever offered a device."""
    return session.exec(select(Device.officer_id).limit(1)).first() is not None


def administrator_was_confirmed(session: Session) -> bool:
    """Whether the device of anybody who was ever made an administrator was ever confirmed; what came after it (lost,
    disabled, another office) changes nothing."""
    subject = literal("officer:").concat(col(OfficerRole.officer_id))
    query = select(AuditEvent.id).join(OfficerRole, col(AuditEvent.subject) == subject)
    confirmed = query.where(AuditEvent.action == "device_confirmed", OfficerRole.role == ADMINISTRATOR)
    return session.exec(confirmed.limit(1)).first() is not None


def administrators_answering(session: Session, on: date) -> list[str]:
    """The administrators of day `on` whose device works, by code."""
    found = ((officer.id, device(session, officer.id)) for officer in officers_in_role(session, ADMINISTRATOR, on))
    return [code for code, made in found if made is not None and made.state == "active"]


def roles(session: Session, officer_id: str, on: date) -> list[str]:
    """The offices the officer holds on day `on`; none once disabled."""
    query = (
        select(OfficerRole.role).join(Officer).where(OfficerRole.officer_id == officer_id, *_held(on), *_serving(on))
    )
    return sorted(set(session.exec(query)))


def role_spans(session: Session, officer_id: str, on: date) -> list[OfficerRole]:
    """The offices the officer holds on day `on` or is to hold after it, by day; none once disabled."""
    until = col(OfficerRole.valid_to)
    begun = until >= OfficerRole.valid_from  # one that was taken back before its first day never was held
    query = select(OfficerRole).join(Officer).where(OfficerRole.officer_id == officer_id, _serving(on)[1])
    query = query.where(or_(until.is_(None), and_(until >= on, begun)))
    return list(session.exec(query.order_by(col(OfficerRole.valid_from), col(OfficerRole.role))))


def officers_in_role(session: Session, role: str, on: date) -> list[Officer]:
    """Who holds the office on day `on`, by code."""
    query = select(Officer).join(OfficerRole).where(OfficerRole.role == role, *_held(on), *_serving(on)).distinct()
    return list(session.exec(query.order_by(Officer.id)))


def delegations(session: Session, *, to: str | None = None, on: date | None = None) -> list[Delegation]:
    """The delegations (`to` an officer, in force on day `on`), by day."""
    query = select(Delegation).order_by(col(Delegation.valid_from), col(Delegation.id))
    if to is not None:
        query = query.where(Delegation.to_officer == to)
    if on is not None:
        query = query.where(Delegation.valid_from <= on, Delegation.valid_to >= on)
    return list(session.exec(query))


def acting(session: Session, role: str, on: date) -> list[tuple[Delegation, Officer]]:
    """Who exercises the office `role` for its holder on day `on`, the delegation that began last first.

    Both serve on that day, and who delegated holds the office.
    """
    query = select(Delegation, Officer).join(Officer, col(Officer.id) == col(Delegation.to_officer))
    in_force = query.where(Delegation.role == role, Delegation.valid_from <= on, Delegation.valid_to >= on)
    found = session.exec(
        in_force.where(*_serving(on)).order_by(col(Delegation.valid_from).desc(), col(Delegation.id).desc())
    )
    return [(delegation, to) for delegation, to in found if role in roles(session, delegation.from_officer, on)]


def ever_in_role(session: Session, role: str, first: date, last: date) -> set[str]:
    """The codes of all who held the office, or exercised it for another, on any day from `first` to `last`."""
    until = col(OfficerRole.valid_to)
    held = select(OfficerRole.officer_id).where(
        OfficerRole.role == role, OfficerRole.valid_from <= last, or_(until.is_(None), until >= first)
    )
    lent = select(Delegation.to_officer).where(
        Delegation.role == role,
        Delegation.valid_from <= last,
        Delegation.valid_to >= first,
        Delegation.valid_to >= Delegation.valid_from,  # one ended before it began was never in force
    )
    return {*session.exec(held), *session.exec(lent)}


def papers(session: Session, gate_id: int) -> list[PaperAnswer]:
    """Every answer on paper recorded for a gate, the oldest first."""
    return list(session.exec(select(PaperAnswer).where(PaperAnswer.gate_id == gate_id).order_by(col(PaperAnswer.id))))


def _held(on: date) -> tuple:
    until = col(OfficerRole.valid_to)
    return (OfficerRole.valid_from <= on, or_(until.is_(None), until >= on))


def _serving(on: date) -> tuple:
    until = col(Officer.valid_to)
    return (Officer.valid_from <= on, or_(until.is_(None), until >= on))
