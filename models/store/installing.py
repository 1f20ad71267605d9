"""Writes of what must be there before any work: units, reporters, officers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Protocol

from sqlmodel import Session, select

from models.audit import witness
from models.people import Officer, OfficerRole
from models.reporting import Reporter
from models.store.offices import who_waits
from models.units import ALWAYS, Unit
from rules import typed
from rules.errors import Refusal
from rules.officers import LONGEST_OFFICER_CODE, heard_code, officer_code


class ReportingBody(Protocol):
    """What is asked of a reporter: `plans.schema.Agency` has it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def reporter_type(self) -> str | None: ...
    @property
    def district_code(self) -> str | None: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_to(self) -> date | None: ...


@dataclass(frozen=True)
class RoleSpan:
    """An office (`role`) held from `valid_from` (None: from the beginning) to `valid_to` (None: still)."""

    role: str
    valid_from: date | None = None
    valid_to: date | None = None


def install_units(session: Session, *, units: Iterable[Any], by: str, at: datetime) -> int:
    """Adds the units that are missing and changes those that differ. `units`: `plans.units.Unit`.

    Returns how many rows changed.
    """
    changed = 0
    known = {(unit.code, unit.valid_from): unit for unit in session.exec(select(Unit))}
    for given in units:
        valid_from = given.valid_from or ALWAYS
        values = {name: getattr(given, name) for name in Unit.model_fields if name != "valid_from"}
        changed += _put(session, known.get((given.code, valid_from)), Unit, values | {"valid_from": valid_from})
    if changed:
        witness(session, "units_installed", "units", {"changed": changed}, by=by, at=at)
    return changed


def install_reporters(
    session: Session,
    *,
    reporters: Iterable[ReportingBody],
    addresses: Mapping[str, str] = MappingProxyType({}),
    by: str,
    at: datetime,
) -> int:
    """Adds the reporters that are missing and changes those that differ; bodies that do not report are passed over.

    A reporter for whom an address is given (id -> e-mail) gets mail, a new one without it an export folder.
    Returns how many rows changed.
    """
    changed = 0
    known = {reporter.id: reporter for reporter in session.exec(select(Reporter))}
    for given in reporters:
        if given.reporter_type is None:
            continue
        values = {
            "id": given.id,
            "name": given.name,
            "reporter_type": given.reporter_type,
            "district_code": given.district_code,
            "valid_from": given.valid_from or ALWAYS,
            "valid_to": given.valid_to,
        }
        if given.id in addresses:
            values |= {"channel": "mail", "address": addresses[given.id]}
        changed += _put(session, known.get(given.id), Reporter, values)
    if changed:
        witness(session, "reporters_installed", "reporters", {"changed": changed}, by=by, at=at)
    return changed


def add_officer(
    session: Session,
    *,
    code: str,
    name: str,
    title: str,
    agency: str,
    email: str = "",
    roles: Sequence[RoleSpan] = (),
    by: str,
    at: datetime,
) -> Officer:
    """A new officer with their offices, which wait as in `give_role`. `Refusal` if the code, in whatever case, already
    stands for someone else or something else is written of them; an e-mail that is not given is none that differs."""
    code = officer_code(code)
    if code != heard_code(code):
        raise Refusal(f"Mã cán bộ dài quá {LONGEST_OFFICER_CODE} ký tự; hãy chọn mã ngắn hơn.")
    if not (code and name.strip() and title.strip()):
        raise Refusal("Cán bộ phải có mã, họ tên và chức vụ; hãy nhập đủ ba mục.")
    known = next((o for o in session.exec(select(Officer)) if officer_code(o.id) == code), None)
    if known is not None:
        if (known.name, known.title, known.agency, known.email) != (name, title, agency, email or known.email):
            raise Refusal(
                f"Mã cán bộ {known.id} đã được cấp cho {known.name} ({known.title}); hãy chọn mã khác, hoặc sửa thông "
                f"tin của cán bộ này bằng: {typed.correct(known.id)}."
            )
        return known
    officer = Officer(id=code, name=name, title=title, agency=agency, email=email)
    session.add(officer)
    session.flush()
    waiting = []
    for span in roles:
        valid_from = span.valid_from or ALWAYS
        held = {"role": span.role, "valid_from": valid_from, "valid_to": span.valid_to}
        giver = who_waits(session, span.role, valid_from, by)
        session.add(OfficerRole(officer_id=code, **held, given_by=giver))
        waiting += [[span.role, valid_from]] if giver else []
    details = {"name": name, "title": title, "agency": agency, "roles": list(roles), "waiting": waiting}
    witness(session, "officer_added", f"officer:{code}", details, by=by, at=at)
    return officer


def _put(session: Session, row: Any, table: type[Any], values: Mapping[str, Any]) -> bool:
    """Whether the row had to be added or changed to hold `values`."""
    if row is None:
        session.add(table(**values))
        return True
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)
