"""`officer`: officers, their offices and delegations."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TypedDict

from sqlmodel import Session

from commands.installation import open_installation
from commands.speech import say
from models import reading, store
from models.people import Officer
from rules.errors import Refusal
from rules.gates import ROLE_LABELS
from tasks.codes import Actor
from tasks.office import Office
from tasks.officers import act, check_agency, check_can_delegate, check_role


class Signed(TypedDict):
    """Who does a write, and when."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Person:
    """An officer as given on the command line."""

    code: str
    name: str
    title: str
    agency: str
    roles: tuple[str, ...]
    email: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Deputy:
    """A delegation as given on the command line."""

    from_officer: str
    to_officer: str
    role: str
    capacity: str
    since: date
    until: date
    paper: str = ""


@dataclass(frozen=True)
class Correction:
    """What is put right of an officer; None stays as it is."""

    name: str | None = None
    title: str | None = None
    agency: str | None = None
    email: str | None = None


def add(person: Person, by: Actor) -> None:
    """Adds the officer, or gives one who is there already a further office."""
    office = open_installation()
    check_agency(office.plan, person.agency)
    for role in person.roles:
        check_role(role)
    say(act(office, by, lambda session, at: _add(session, office, person, by, at)))


def _add(session: Session, office: Office, person: Person, by: Actor, at: datetime) -> str:
    """What was done, as it is told."""
    signed: Signed = {"by": by.officer, "at": at}
    first = person.since or office.today
    was_there = reading.officer(session, person.code) is not None
    officer = store.add_officer(
        session,
        code=person.code,
        name=person.name,
        title=person.title,
        agency=person.agency,
        email=person.email,
        **signed,
    )
    if officer.valid_to is not None and officer.valid_to < first:
        raise Refusal(
            f"Cán bộ {officer.id} thôi nhiệm vụ từ sau ngày {officer.valid_to:%d/%m/%Y}; hãy thêm bằng mã mới."
        )
    given = [role for role in person.roles if not _holds(session, officer.id, role, first, person.until)]
    for role in given:
        span = {"valid_from": first, "valid_to": person.until}
        store.give_role(session, officer_id=officer.id, role=role, **span, **signed)
    return _told(session, officer, given if was_there else None, first)


def _holds(session: Session, code: str, role: str, first: date, last: date | None) -> bool:
    """Whether the officer holds the office from day `first` on, as long as it would be given."""
    spans = (span for span in reading.role_spans(session, code, first) if span.role == role)
    return any(
        span.valid_from <= first and (span.valid_to is None or (last is not None and last <= span.valid_to))
        for span in spans
    )


def _told(session: Session, officer: Officer, further: list[str] | None, first: date) -> str:
    """`further`: the offices given to one who was there; None for a new one."""
    code, device = officer.id, reading.device(session, officer.id)
    if further is None:
        return f"Đã thêm cán bộ {code}; hãy cấp thiết bị tạo mã: chuyenhoa officer enrol {code}."
    if not further:
        return f"Cán bộ {code} đã có và đã giữ các vai trò này; không có gì thay đổi."
    labels = "; ".join(ROLE_LABELS[role] for role in further)
    given = f"Đã giao thêm vai trò {labels} cho cán bộ {code} từ ngày {first:%d/%m/%Y}"
    if device is not None and device.state == "active":
        return f"{given}; thiết bị tạo mã đang dùng vẫn dùng được, không cấp lại."
    return f"{given}; cán bộ này chưa có thiết bị tạo mã, hãy cấp: chuyenhoa officer enrol {code}."


def correct(code: str, correction: Correction, by: Actor) -> None:
    """Puts right what is written of an officer."""
    given = asdict(correction)
    if not any(text is not None for text in given.values()):
        raise Refusal("Chưa ghi mục cần sửa; hãy thêm --name, --title, --agency hoặc --email.")
    office = open_installation()
    if correction.agency is not None:
        check_agency(office.plan, correction.agency)
    act(
        office,
        by,
        lambda session, at: store.correct_officer(session, officer_id=code, **given, by=by.officer, at=at),
    )
    say(f"Đã sửa thông tin cán bộ {code}; văn bản đã ký vẫn giữ nguyên.")


def remove_role(code: str, role: str, by: Actor, reason: str, on: date | None) -> None:
    """Ends one office of an officer, from today or from day `on`."""
    office = open_installation()
    check_role(role)
    since = on or office.today

    def work(session: Session, at: datetime) -> None:
        ended = store.end_role(session, officer_id=code, role=role, on=since, reason=reason, by=by.officer, at=at)
        if not ended:
            raise Refusal(
                f"Cán bộ {code} không giữ vai trò {ROLE_LABELS[role]} từ ngày {since:%d/%m/%Y}; "
                "xem các vai trò bằng: chuyenhoa officer list."
            )

    act(office, by, work)
    say(f"Cán bộ {code} thôi giữ vai trò {ROLE_LABELS[role]} từ ngày {since:%d/%m/%Y}.")


def disable(code: str, by: Actor, reason: str, on: date | None) -> None:
    """The officer answers nothing any more, from today or from day `on`."""
    office = open_installation()
    since = on or office.today
    act(
        office,
        by,
        lambda session, at: store.disable_officer(
            session, officer_id=code, on=since, reason=reason, by=by.officer, at=at
        ),
    )
    say(f"Cán bộ {code} thôi trả lời các bước phê duyệt từ ngày {since:%d/%m/%Y}.")


def delegate(deputy: Deputy, by: Actor) -> None:
    """Records that one officer exercises another's office for a time."""
    office = open_installation()
    check_role(deputy.role)

    def work(session: Session, at: datetime) -> None:
        store.delegate(
            session,
            from_officer=deputy.from_officer,
            to_officer=deputy.to_officer,
            role=deputy.role,
            capacity=deputy.capacity,
            valid_from=deputy.since,
            valid_to=deputy.until,
            paper=deputy.paper,
            by=by.officer,
            at=at,
        )
        check_can_delegate(session, office, deputy.from_officer, deputy.role, deputy.since)

    act(office, by, work)
    say(
        f"{deputy.to_officer} {deputy.capacity} {ROLE_LABELS[deputy.role]} "
        f"từ {deputy.since:%d/%m/%Y} đến {deputy.until:%d/%m/%Y}."
    )


def revoke(from_officer: str, to_officer: str, role: str, by: Actor, reason: str, on: date | None) -> None:
    """Ends a delegation before its last day, from today or from day `on`."""
    office = open_installation()
    check_role(role)
    since = on or office.today

    def work(session: Session, at: datetime) -> None:
        ended = store.end_delegation(
            session,
            from_officer=from_officer,
            to_officer=to_officer,
            role=role,
            on=since,
            reason=reason,
            by=by.officer,
            at=at,
        )
        if not ended:
            raise Refusal(
                f"Không có ủy quyền nào của {from_officer} cho {to_officer} còn hiệu lực từ ngày {since:%d/%m/%Y}; "
                "xem các ủy quyền bằng: chuyenhoa officer list."
            )

    act(office, by, work)
    say(f"{to_officer} thôi thay {from_officer} ({ROLE_LABELS[role]}) từ ngày {since:%d/%m/%Y}.")
