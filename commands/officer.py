"""`officer`: officers and their offices, the devices that make their codes, delegations."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from commands.installation import open_installation
from commands.speech import print_json, say, table
from models import reading, store
from models.db import read
from rules.errors import Refusal
from rules.gates import ROLE_LABELS
from tasks.codes import Actor
from tasks.officers import Offer, act, act_as_officer, check_role, confirm, offer

DEVICE_STATES = {
    "offered": "chờ mã xác nhận",
    "active": "đang dùng",
    "reset": "đã hủy, chờ người thứ hai xác nhận",
    "cleared": "đã hủy, chờ cấp lại",
}


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


def add(person: Person, by: Actor) -> None:
    """Adds the officer, or gives one who is there already a further office."""
    office = open_installation()
    agencies = {agency.id: agency.name for agency in office.plan.agencies}
    if person.agency not in agencies:
        listed = ", ".join(f"{id} ({name})" for id, name in agencies.items())
        raise Refusal(f"Không có cơ quan “{person.agency}”; đề nghị chọn một trong: {listed}.")
    for role in person.roles:
        check_role(role)

    def work(session: Session, at: datetime) -> None:
        store.add_officer(
            session,
            code=person.code,
            name=person.name,
            title=person.title,
            agency=person.agency,
            email=person.email,
            by=by.officer,
            at=at,
        )
        for role in person.roles:
            store.give_role(
                session,
                officer_id=person.code,
                role=role,
                valid_from=person.since or office.today,
                valid_to=person.until,
                by=by.officer,
                at=at,
            )

    act(office, by, work)
    say(f"Đã thêm cán bộ {person.code}; hãy cấp thiết bị tạo mã: chuyenhoa officer enrol {person.code}.")


def enrol(code: str, by: Actor, first_code: str | None, png: Path | None) -> None:
    """Shows the QR code of a new device; with the first code it makes, confirms it."""
    office = open_installation()
    if first_code is not None:
        confirm(office, code, first_code)
        say(f"Thiết bị của cán bộ {code} đã được xác nhận và dùng được ngay.")
        return
    if png is not None and png.exists():
        raise Refusal(f"Đã có tệp {png}; hãy chọn tên khác bằng --png để không ghi đè.")
    made = offer(office, by, code)
    _show(made, png)


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


def reset(code: str, by: Actor, reason: str) -> None:
    """Withdraws a lost device at once."""
    office = open_installation()
    act(
        office,
        by,
        lambda session, at: store.reset_device(session, officer_id=code, reason=reason, by=by.officer, at=at),
    )
    say(f"Đã hủy thiết bị của cán bộ {code}; cán bộ thứ hai xác nhận: chuyenhoa officer confirm-reset {code} --by MÃ.")


def confirm_reset(code: str, by: Actor) -> None:
    """The second officer's confirmation, with an own code: another device can be offered."""
    office = open_installation()
    act_as_officer(office, by, lambda session, at: store.clear_device(session, officer_id=code, by=by.officer, at=at))
    say(f"Đã xác nhận; hãy cấp thiết bị mới: chuyenhoa officer enrol {code}.")


def delegate(deputy: Deputy, by: Actor) -> None:
    """Records that one officer exercises another's office for a time."""
    office = open_installation()
    check_role(deputy.role)
    act(
        office,
        by,
        lambda session, at: store.delegate(
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
        ),
    )
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


def show(as_json: bool) -> None:
    """Every officer with offices, device and delegations."""
    office = open_installation()
    with read(office.engine) as session:
        rows = [_row(session, officer.id, office.today) for officer in reading.officers(session)]
    if as_json:
        print_json(rows)
        return
    table(
        "Cán bộ",
        ("Mã", "Họ tên", "Chức vụ", "Vai trò", "Thiết bị", "Ủy quyền", "Thôi từ"),
        (
            (
                row["code"],
                row["name"],
                row["title"],
                "; ".join(ROLE_LABELS[role] for role in row["roles"]),
                DEVICE_STATES.get(row["device"], "chưa cấp"),
                "; ".join(row["acts_for"]),
                row["valid_to"],
            )
            for row in rows
        ),
        empty="Chưa có cán bộ nào; hãy chạy: chuyenhoa init --officer.",
    )


def _row(session: Session, code: str, on: date) -> dict[str, Any]:
    officer, device = reading.officer(session, code), reading.device(session, code)
    assert officer is not None
    return {
        "code": officer.id,
        "name": officer.name,
        "title": officer.title,
        "agency": officer.agency,
        "email": officer.email,
        "roles": reading.roles(session, code, on),
        "device": device.state if device else None,
        "acts_for": [f"{d.capacity} {d.from_officer}" for d in reading.delegations(session, to=code, on=on)],
        "valid_to": officer.valid_to,
    }


def _show(made: Offer, png: Path | None) -> None:
    import segno

    code = segno.make(made.uri)
    if png is not None:
        opener = lambda path, flags: os.open(path, flags, 0o600)  # noqa: E731 (the secret is for one pair of eyes)
        with open(png, "xb", opener=opener) as file:
            code.save(file, kind="png", scale=8)
    else:
        code.terminal(compact=True)
    say(
        f"Cán bộ {made.officer} quét mã bằng ứng dụng tạo mã trên điện thoại"
        + (f" (tệp {png}, xóa sau khi quét)" if png else "")
        + f", rồi xác nhận: chuyenhoa officer enrol {made.officer} --confirm MÃ-ĐANG-HIỆN."
    )
