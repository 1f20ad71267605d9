"""`officer delegate`, `confirm-delegation`, `revoke`: an office that one officer exercises for another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from commands.acting import open_to_act
from commands.officer import enrolling, postponed
from commands.speech import say
from models import reading, store
from rules import typed
from rules.errors import Refusal
from rules.gates import ROLE_LABELS
from tasks.codes import Actor
from tasks.officers import act, act_as_officer, check_can_delegate, check_can_receive, check_role, ends_from
from tasks.second_officers import confirm_lent


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


def delegate(deputy: Deputy, by: Actor) -> None:
    """Records that one officer exercises another's office for a time; at once if that other does it themselves."""
    office = open_to_act()
    check_role(deputy.role)

    def work(session: Session, at: datetime) -> tuple[bool, bool]:
        made = store.delegate(
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
        check_can_receive(session, deputy.to_officer, deputy.since, deputy.until)
        return made.is_waiting, reading.has_working_device(session, deputy.to_officer)

    is_own = by.officer == deputy.from_officer
    waits, has_device = act_as_officer(office, by, work) if is_own else act(office, by, work, told=say)
    say(
        f"{deputy.to_officer} {deputy.capacity} {ROLE_LABELS[deputy.role]} "
        f"từ {deputy.since:%d/%m/%Y} đến {deputy.until:%d/%m/%Y}."
    )
    if not has_device:
        say(
            f"Lưu ý: {deputy.to_officer} chưa có thiết bị tạo mã dùng được nên chưa trả lời thay được; hãy cấp: "
            f"{enrolling(deputy.to_officer, by)}."
        )
    if waits:
        say(
            f"Ủy quyền này chưa có hiệu lực; {deputy.from_officer} hoặc cán bộ thứ hai xác nhận: chuyenhoa officer "
            f"confirm-delegation {deputy.from_officer} {deputy.to_officer} --role {deputy.role} --by MÃ --code "
            "MÃ-XÁC-THỰC."
        )


def confirm_delegation(from_officer: str, to_officer: str, role: str, by: Actor) -> None:
    """The confirmation by whose office it is, or by a second officer, with an own code: it counts from today."""
    office = open_to_act()
    check_role(role)
    who = (from_officer, to_officer, role)
    confirmed = act_as_officer(
        office, by, lambda session, at: confirm_lent(session, office, *who, by=by.officer, at=at)
    )
    for made in confirmed:
        say(
            f"Đã xác nhận: {to_officer} {made.capacity} {ROLE_LABELS[role]} "
            f"từ {max(made.valid_from, office.today):%d/%m/%Y} đến {made.valid_to:%d/%m/%Y}."
        )


def revoke(from_officer: str, to_officer: str, role: str, by: Actor, reason: str, on: date | None) -> None:
    """Ends a delegation before its last day, from day `on` or the first day that can be (`tasks.officers.ends_from`).

    Whose office it is may do it too.
    """
    office = open_to_act()
    check_role(role)

    def work(session: Session, at: datetime) -> date:
        since = ends_from(session, office, from_officer, role, on, to_officer)
        who = {"from_officer": from_officer, "to_officer": to_officer, "role": role}
        ended = store.end_delegation(session, **who, on=since, reason=reason, by=by.officer, at=at)
        if not ended:
            raise Refusal(
                f"Không có ủy quyền nào của {from_officer} cho {to_officer} còn hiệu lực từ ngày {since:%d/%m/%Y}; "
                f"xem các ủy quyền bằng: {typed.OFFICER_LIST}."
            )
        return since

    since = act_as_officer(office, by, work) if by.officer == from_officer else act(office, by, work, told=say)
    say(
        *postponed(on, since, office.today),
        f"{to_officer} thôi thay {from_officer} ({ROLE_LABELS[role]}) từ ngày {since:%d/%m/%Y}.",
    )
