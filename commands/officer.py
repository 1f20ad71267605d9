"""`officer add`, `correct`, `confirm-role`, `remove-role`, `disable`: officers and their offices."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TypedDict

from sqlmodel import Session

from commands.acting import open_to_act
from commands.speech import say
from models import reading, store
from models.people import Officer
from rules import typed
from rules.errors import Refusal
from rules.gates import ROLE_LABELS
from rules.officers import check_day
from tasks.codes import Actor
from tasks.office import Office
from tasks.officer_changes import correct as correct_officer
from tasks.officers import act, act_as_officer, check_agency, check_can_hold, check_role, ends_from
from tasks.second_officers import confirm_office


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
class Correction:
    """What is put right of an officer; None stays as it is."""

    name: str | None = None
    title: str | None = None
    agency: str | None = None
    email: str | None = None


def add(person: Person, by: Actor) -> None:
    """Adds the officer, or gives one who is there already a further office; never from a day that is over."""
    office = open_to_act()
    say(*act(office, by, lambda session, at: _add(session, office, person, by, at), told=say))


def _add(session: Session, office: Office, person: Person, by: Actor, at: datetime) -> list[str]:
    """What was done, as it is told."""
    signed: Signed = {"by": by.officer, "at": at}
    first = person.since or office.today
    check_day(first, office.today, office.today)
    check_agency(office.plan, person.agency)
    for role in person.roles:
        check_role(role)
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
    for role in person.roles:
        check_can_hold(session, officer.id, role, first, person.until)
    given = [role for role in person.roles if not _holds(session, officer.id, role, first, person.until)]
    for role in given:
        span = {"valid_from": first, "valid_to": person.until}
        store.give_role(session, officer_id=officer.id, role=role, **span, **signed)
    return [
        _told(session, officer, given if was_there else None, first, by),
        *(_waiting(officer.id, role) for role in person.roles if _waits(session, officer.id, role, first)),
    ]


def _holds(session: Session, code: str, role: str, first: date, last: date | None) -> bool:
    """Whether the officer holds the office from day `first` on, as long as it would be given."""
    spans = (span for span in reading.role_spans(session, code, first) if span.role == role)
    return any(
        span.valid_from <= first and (span.valid_to is None or (last is not None and last <= span.valid_to))
        for span in spans
    )


def _waits(session: Session, code: str, role: str, first: date) -> bool:
    return bool(reading.waiting_roles(session, code, role, first))


def _waiting(code: str, role: str) -> str:
    return (
        f"Vai trò {ROLE_LABELS[role]} của cán bộ {code} chưa có hiệu lực; cán bộ thứ hai xác nhận: "
        f"chuyenhoa officer confirm-role {code} --role {role} --by MÃ --code MÃ-XÁC-THỰC."
    )


def _told(session: Session, officer: Officer, further: list[str] | None, first: date, by: Actor) -> str:
    """`further`: the offices given to one who was there; None for a new one."""
    code, device = officer.id, reading.device(session, officer.id)
    enrol = enrolling(code, by)
    if further is None:
        return f"Đã thêm cán bộ {code}; hãy cấp thiết bị tạo mã: {enrol}."
    if not further:
        return f"Cán bộ {code} đã có và đã giữ các vai trò này; không có gì thay đổi."
    labels = "; ".join(ROLE_LABELS[role] for role in further)
    given = f"Đã giao thêm vai trò {labels} cho cán bộ {code} từ ngày {first:%d/%m/%Y}"
    if device is not None and device.state == "active":
        return f"{given}; thiết bị tạo mã đang dùng vẫn dùng được, không cấp lại."
    return f"{given}; cán bộ này chưa có thiết bị tạo mã, hãy cấp: {enrol}."


def enrolling(code: str, by: Actor) -> str:
    """The command that gives the officer a device, after what `by` did: who needed no code then needs none for it."""
    return typed.enrol(code) if by.code else typed.enrol_first(code, by.officer)


def confirm_role(code: str, role: str, by: Actor) -> None:
    """The second officer's confirmation, with an own code: the office counts from today."""
    office = open_to_act()
    check_role(role)
    confirmed = act_as_officer(
        office, by, lambda session, at: confirm_office(session, office, code, role, by=by.officer, at=at)
    )
    for span in confirmed:
        first = max(span.valid_from, office.today)
        until = f" đến hết ngày {span.valid_to:%d/%m/%Y}" if span.valid_to else ""
        say(f"Đã xác nhận: cán bộ {code} giữ vai trò {ROLE_LABELS[role]} từ ngày {first:%d/%m/%Y}{until}.")


def correct(code: str, correction: Correction, by: Actor) -> None:
    """Puts right what is written of an officer."""
    given = asdict(correction)
    if not any(text is not None for text in given.values()):
        raise Refusal("Chưa ghi mục cần sửa; hãy thêm --name, --title, --agency hoặc --email.")
    office = open_to_act()
    if correction.agency is not None:
        check_agency(office.plan, correction.agency)

    def work(session: Session, at: datetime) -> bool:
        before = _written(reading.officer(session, code))
        return _written(correct_officer(session, office, code, given, by=by.officer, at=at)) != before

    if not act(office, by, work, told=say):
        say(f"Thông tin cán bộ {code} đã ghi như vậy từ trước; không có gì thay đổi.")
        return
    say(f"Đã sửa thông tin cán bộ {code}; văn bản đã ký vẫn giữ nguyên.")


def _written(officer: Officer | None) -> tuple[str, ...]:
    return (officer.name, officer.title, officer.agency, officer.email) if officer else ()


def remove_role(code: str, role: str, by: Actor, reason: str, on: date | None) -> None:
    """Ends one office of an officer, from day `on` or the first day that can be (`tasks.officers.ends_from`)."""
    office = open_to_act()
    check_role(role)

    def work(session: Session, at: datetime) -> date:
        since = ends_from(session, office, code, role, on)
        ended = store.end_role(session, officer_id=code, role=role, on=since, reason=reason, by=by.officer, at=at)
        if not ended:
            raise Refusal(
                f"Cán bộ {code} không giữ vai trò {ROLE_LABELS[role]} từ ngày {since:%d/%m/%Y}; "
                f"xem các vai trò bằng: {typed.OFFICER_LIST}."
            )
        return since

    since = act(office, by, work, told=say)
    say(
        *postponed(on, since, office.today),
        f"Cán bộ {code} thôi giữ vai trò {ROLE_LABELS[role]} từ ngày {since:%d/%m/%Y}.",
    )


def disable(code: str, by: Actor, reason: str, on: date | None) -> None:
    """The officer answers nothing any more, from day `on` or the first day that can be (`tasks.officers.ends_from`)."""
    office = open_to_act()

    def work(session: Session, at: datetime) -> tuple[date, date | None]:
        since = ends_from(session, office, code, None, on)
        known = reading.officer(session, code)
        last = known.valid_to if known else None
        store.disable_officer(session, officer_id=code, on=since, reason=reason, by=by.officer, at=at)
        return since, last

    since, last = act(office, by, work, told=say)
    if last is not None and last < since:
        say(f"Cán bộ {code} chỉ làm đến hết ngày {last:%d/%m/%Y}, đã ghi từ trước; không có gì thay đổi.")
        return
    say(
        *postponed(on, since, office.today),
        f"Cán bộ {code} thôi trả lời các bước phê duyệt từ ngày {since:%d/%m/%Y}.",
    )


def postponed(asked: date | None, since: date, today: date) -> list[str]:
    """Why an office that was to end at once does not end today."""
    if asked is not None or since <= today:
        return []
    return [
        "Lưu ý: hôm nay cán bộ này đã làm việc với vai trò đó nên vai trò kết thúc từ ngày mai; cần chặn ngay thì hủy "
        f"thiết bị: {typed.reset()}."
    ]
