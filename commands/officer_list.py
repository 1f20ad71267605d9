"""`officer list`: every officer with what they hold, whom they act for, and what makes their codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from commands.installation import open_installation
from commands.speech import print_json, table
from models import reading
from models.db import read
from models.people import Officer
from models.units import ALWAYS
from rules.gates import ROLE_LABELS

WAITS = "chờ cán bộ thứ hai xác nhận"
DEVICE_STATES = {
    "offered": "chờ mã xác nhận",
    "waiting": "chờ cán bộ thứ hai xác nhận",
    "active": "đang dùng",
    "reset": "đã hủy, chờ người thứ hai xác nhận",
    "cleared": "đã hủy, chờ cấp lại",
}


def show(as_json: bool) -> None:
    """Every officer with offices, device and delegations."""
    office = open_installation()
    with read(office.engine) as session:
        rows = [_row(session, officer, office.today) for officer in reading.officers(session)]
    if as_json:
        print_json(rows)
        return
    table(
        "Cán bộ",
        ("Mã", "Họ tên, chức vụ, thư", "Vai trò", "Thiết bị", "Ủy quyền", "Làm đến hết ngày"),
        (
            (
                row["code"],
                "\n".join(filter(None, (row["name"], row["title"], row["email"]))),
                "\n".join(f"{ROLE_LABELS[s['role']]}{_days(s, office.today)}{_waits(s)}" for s in row["role_spans"]),
                DEVICE_STATES.get(row["device"], "chưa cấp"),
                "\n".join(
                    f"{d['capacity']} {d['from_officer']} ({ROLE_LABELS[d['role']]}){_days(d, office.today)}{_waits(d)}"
                    for d in row["delegations"]
                ),
                row["valid_to"],
            )
            for row in rows
        ),
        empty='Chưa có cán bộ nào; hãy chạy: chuyenhoa init --officer "MÃ,HỌ TÊN,CHỨC VỤ,CƠ QUAN,VAI TRÒ".',
    )


def _row(session: Session, officer: Officer, on: date) -> dict[str, Any]:
    device = reading.device(session, officer.id)
    serves = officer.valid_to is None or officer.valid_to >= on  # who does not acts for nobody
    lent = reading.delegations(session, to=officer.id) if serves else []
    to_come = [d for d in lent if d.valid_to >= max(on, d.valid_from)]
    return {
        "code": officer.id,
        "name": officer.name,
        "title": officer.title,
        "agency": officer.agency,
        "email": officer.email,
        "roles": reading.roles(session, officer.id, on),
        "role_spans": [
            {
                "role": span.role,
                "valid_from": None if span.valid_from == ALWAYS else span.valid_from,
                "valid_to": span.valid_to,
                "waits_for_confirmation": span.is_waiting,
            }
            for span in reading.role_spans(session, officer.id, on)
        ],
        "device": device.state if device else None,
        "acts_for": [f"{d.capacity} {d.from_officer}" for d in to_come if d.valid_from <= on and not d.is_waiting],
        "delegations": [
            {
                "from_officer": d.from_officer,
                "role": d.role,
                "capacity": d.capacity,
                "paper": d.paper,
                "valid_from": d.valid_from,
                "valid_to": d.valid_to,
                "waits_for_confirmation": d.is_waiting,
            }
            for d in to_come
        ],
        "valid_to": officer.valid_to,
    }


def _waits(span: Mapping[str, Any]) -> str:
    return f"\n  {WAITS}" if span["waits_for_confirmation"] else ""


def _days(span: Mapping[str, Any], on: date) -> str:
    """When it begins, if it has not; when it ends, if it does: a line of its own."""
    first, last = span["valid_from"], span["valid_to"]
    begins = f"từ {first:%d/%m/%Y}" if first and first > on else ""
    ends = f"đến {last:%d/%m/%Y}" if last else ""
    return "\n  " + " ".join(filter(None, (begins, ends))) if begins or ends else ""
