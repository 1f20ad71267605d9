"""Officers: who holds which office, who acts for whom, what makes their codes."""

from datetime import date

from sqlalchemy import ColumnElement, and_, or_
from sqlmodel import Session, col, select

from models.audit import AuditEvent
from models.gates import PaperAnswer
from models.people import Delegation, Device, Officer, OfficerRole
from rules.gates import ADMINISTRATOR
from rules.officers import officer_code
from rules.second_officer import CONFIRMED_ROLES, Offices


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
    """Whether the device of anybody who ever was an administrator was ever confirmed, or any office given to somebody;
    what came after it (lost, disabled, another office, another spelling of the code) changes nothing."""
    if any_office_was_confirmed(session):
        return True
    held = select(OfficerRole.officer_id).where(OfficerRole.role == ADMINISTRATOR, _counting())
    administrators = {f"officer:{code}" for code in session.exec(held)}
    confirmed = session.exec(select(AuditEvent.subject).where(AuditEvent.action == "device_confirmed"))
    return any("officer:" + officer_code(subject.removeprefix("officer:")) in administrators for subject in confirmed)


def any_office_was_confirmed(session: Session) -> bool:
    """Whether a second officer ever confirmed anybody's office."""
    query = select(AuditEvent.id).where(AuditEvent.action == "role_confirmed")
    return session.exec(query.limit(1)).first() is not None


def administrators_answering(session: Session, on: date) -> list[str]:
    """The administrators of day `on` whose device works, by code."""
    found = ((officer.id, device(session, officer.id)) for officer in officers_in_role(session, ADMINISTRATOR, on))
    return [code for code, made in found if made is not None and made.state == "active"]


def has_working_device(session: Session, officer_id: str) -> bool:
    """Whether the officer has a device whose codes count."""
    made = device(session, officer_id)
    return made is not None and made.state == "active"


def needs_device_admitted(session: Session, officer_id: str) -> bool:
    """Whether a second officer has to confirm the officer's next device: who holds an office that another confirmed, or
    one that was lent to them; or an office from before that rule, and had a device before."""
    held = list(session.exec(select(OfficerRole).where(OfficerRole.officer_id == officer_id, _counting())))
    lent = select(Delegation.id).where(Delegation.to_officer == officer_id, _counting(Delegation)).limit(1)
    if any(span.confirmed_on is not None for span in held) or session.exec(lent).first() is not None:
        return True
    if not any(span.role in CONFIRMED_ROLES for span in held):
        return False
    confirmed = session.exec(select(AuditEvent.subject).where(AuditEvent.action == "device_confirmed"))
    return any(officer_code(subject.removeprefix("officer:")) == officer_id for subject in confirmed)


def offices_with_device(session: Session, on: date, *, waiting: bool = False, or_without: bool = False) -> Offices:
    """The offices in effect on day `on` (or those `waiting` for a confirmation) of all who have a working device, or
    of everybody (`or_without`)."""
    working = select(Device.officer_id).where(Device.state == "active")
    able = session.exec(select(Officer.id) if or_without else working)
    spans = {code: role_spans(session, code, on) for code in able}
    found = {
        code: {span.role for span in held if span.is_waiting is waiting and (waiting or span.valid_from <= on)}
        for code, held in spans.items()
    }
    return {code: offices for code, offices in found.items() if offices}


def roles(session: Session, officer_id: str, on: date) -> list[str]:
    """The offices the officer holds on day `on`; none once disabled, none that waits for its confirmation."""
    query = (
        select(OfficerRole.role).join(Officer).where(OfficerRole.officer_id == officer_id, *_held(on), *_serving(on))
    )
    return sorted(set(session.exec(query)))


def role_spans(session: Session, officer_id: str, on: date) -> list[OfficerRole]:
    """The offices the officer holds on day `on` or is to hold after it, by day, also those that wait for their
    confirmation; none once disabled."""
    until = col(OfficerRole.valid_to)
    begun = until >= OfficerRole.valid_from  # one that was taken back before its first day never was held
    query = select(OfficerRole).join(Officer).where(OfficerRole.officer_id == officer_id, _serving(on)[1])
    query = query.where(or_(until.is_(None), and_(until >= on, begun)))
    return list(session.exec(query.order_by(col(OfficerRole.valid_from), col(OfficerRole.role))))


def spans_of_role(session: Session, role: str) -> list[tuple[date, date | None]]:
    """From when to when anybody holds the office: its own days within those in which the officer serves."""
    query = select(OfficerRole, Officer).join(Officer).where(OfficerRole.role == role, _counting())
    found = []
    for span, officer in session.exec(query):
        first = max(span.valid_from, officer.valid_from, span.confirmed_on or span.valid_from)
        found.append((first, _last_day(span, officer)))
    return found


def waiting_roles(session: Session, officer_id: str, role: str, on: date) -> list[OfficerRole]:
    """The spans of the office that wait for their confirmation and are not over on day `on`."""
    return [span for span in role_spans(session, officer_id, on) if span.role == role and span.is_waiting]


def officers_in_role(session: Session, role: str, on: date) -> list[Officer]:
    """Who holds the office on day `on`, by code."""
    query = select(Officer).join(OfficerRole).where(OfficerRole.role == role, *_held(on), *_serving(on)).distinct()
    return list(session.exec(query.order_by(Officer.id)))


def last_in_role(session: Session, role: str, on: date) -> list[Officer]:
    """Who holds the office on day `on`; where nobody does, who held it last."""
    spans = select(OfficerRole, Officer).join(Officer).where(OfficerRole.role == role, _counting())
    begun = list(session.exec(spans.where(OfficerRole.valid_from <= on).order_by(Officer.id)))
    ends = {officer.id: _last_day(span, officer) or on for span, officer in begun}
    newest = max(ends.values(), default=on)
    before = {officer.id: officer for _, officer in begun if ends[officer.id] == newest}
    return officers_in_role(session, role, on) or list(before.values())


def delegations(session: Session, *, to: str | None = None, on: date | None = None) -> list[Delegation]:
    """The delegations (`to` an officer), by day; also those that wait for their confirmation, unless only those in
    force on day `on` are asked for."""
    query = select(Delegation).order_by(col(Delegation.valid_from), col(Delegation.id))
    if to is not None:
        query = query.where(Delegation.to_officer == to)
    if on is not None:
        query = query.where(*_lent(on))
    return list(session.exec(query))


def waiting_delegations(session: Session, from_officer: str, to_officer: str, role: str, on: date) -> list[Delegation]:
    """The delegations of the office between the two that wait for their confirmation and are not over on day `on`."""
    made = (d for d in delegations(session, to=to_officer) if (d.from_officer, d.role) == (from_officer, role))
    return [d for d in made if d.is_waiting and d.valid_to >= max(on, d.valid_from)]


def lent_between(session: Session, to: str, first: date, last: date | None) -> list[tuple[str, date]]:
    """By whom, and until when, an office is lent to the officer on any day from `first` to `last` (None: for ever),
    also where it waits for its confirmation."""
    until = last or date.max
    return [
        (d.from_officer, d.valid_to)
        for d in delegations(session, to=to)
        if d.valid_from <= until and d.valid_to >= max(first, d.valid_from)
    ]


def acting(session: Session, role: str, on: date) -> list[tuple[Delegation, Officer]]:
    """Who exercises the office `role` for its holder on day `on`, the delegation that began last first.

    Both serve on that day, and who delegated holds the office.
    """
    query = select(Delegation, Officer).join(Officer, col(Officer.id) == col(Delegation.to_officer))
    in_force = query.where(Delegation.role == role, *_lent(on))
    found = session.exec(
        in_force.where(*_serving(on)).order_by(col(Delegation.valid_from).desc(), col(Delegation.id).desc())
    )
    return [(delegation, to) for delegation, to in found if role in roles(session, delegation.from_officer, on)]


def ever_in_role(session: Session, role: str, first: date, last: date) -> set[str]:
    """The codes of all who held the office, or exercised it for another, on any day from `first` to `last`."""
    until = col(OfficerRole.valid_to)
    held = select(OfficerRole.officer_id).where(
        OfficerRole.role == role, OfficerRole.valid_from <= last, or_(until.is_(None), until >= first), _counting()
    )
    lent = select(Delegation.to_officer).where(
        Delegation.role == role,
        _counting(Delegation),
        Delegation.valid_from <= last,
        Delegation.valid_to >= first,
        Delegation.valid_to >= Delegation.valid_from,  # one ended before it began was never in force
    )
    return {*session.exec(held), *session.exec(lent)}


def papers(session: Session, gate_id: int) -> list[PaperAnswer]:
    """Every answer on paper recorded for a gate, the oldest first."""
    return list(session.exec(select(PaperAnswer).where(PaperAnswer.gate_id == gate_id).order_by(col(PaperAnswer.id))))


def _last_day(span: OfficerRole, officer: Officer) -> date | None:
    return min((last for last in (span.valid_to, officer.valid_to) if last is not None), default=None)


def _held(on: date) -> tuple:
    until = col(OfficerRole.valid_to)
    return (OfficerRole.valid_from <= on, or_(until.is_(None), until >= on), _counting(on=on))


def _lent(on: date) -> tuple:
    return (Delegation.valid_from <= on, Delegation.valid_to >= on, _counting(Delegation, on=on))


def _counting(table: type[OfficerRole | Delegation] = OfficerRole, on: date | None = None) -> ColumnElement[bool]:
    """Nobody had to confirm it, or somebody has (by day `on`)."""
    confirmed = col(table.confirmed_on)
    return or_(col(table.given_by).is_(None), confirmed.is_not(None) if on is None else confirmed <= on)


def _serving(on: date) -> tuple:
    until = col(Officer.valid_to)
    return (Officer.valid_from <= on, or_(until.is_(None), until >= on))
