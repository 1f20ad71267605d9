"""`init`: database, plan, units, reporters, first administrator. May be repeated; overwrites nothing."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from commands.installation import read_settings
from commands.speech import print_json, say
from models import reading, store
from models.db import read, transaction
from models.store import RoleSpan
from plans.schema import Plan
from rules.errors import Refusal
from rules.gates import ADMINISTRATOR, ROLE_LABELS
from tasks.office import SYSTEM, Office
from tasks.opening import install, open_office

EXAMPLE = "QT01,Nguyễn Văn A,Cán bộ Phòng Tham mưu,standing_office,administrator"


@dataclass(frozen=True)
class NewOfficer:
    """An officer as given on the command line."""

    code: str
    name: str
    title: str
    agency: str
    role: str


def initialise(officers: Sequence[str], as_json: bool) -> None:
    """Sets up this machine's installation and appoints `officers` ("CODE,NAME,TITLE,AGENCY,ROLE")."""
    office = open_office(read_settings())
    appointed = [_parse(text, office.plan) for text in officers]
    install(office)
    _appoint(office, appointed)
    with read(office.engine) as session:
        units = len(reading.units_in_force(session, office.today))
        reporters = len(office.reporters(office.today))
        administrators = [officer.id for officer in reading.officers_in_role(session, ADMINISTRATOR, office.today)]
    if as_json:
        print_json(
            {
                "plan": office.plan.id,
                "database": _shown_url(office),
                "units_in_force": units,
                "reporters": reporters,
                "administrators": administrators,
            }
        )
        return
    say(
        f"Kế hoạch {office.plan.id}; cơ sở dữ liệu {_shown_url(office)}.",
        f"{units} đơn vị hành chính cấp xã đang có hiệu lực, {reporters} đơn vị báo cáo.",
        f"Quản trị hệ thống: {', '.join(administrators)}."
        if administrators
        else f'Chưa có quản trị hệ thống; hãy chạy: chuyenhoa init --officer "{EXAMPLE}"',
    )


def _parse(text: str, plan: Plan) -> NewOfficer:
    parts = [part.strip() for part in next(csv.reader([text], skipinitialspace=True), [])]
    if len(parts) != 5 or not all(parts):
        raise Refusal(f"Cán bộ “{text}” chưa đủ năm mục MÃ,HỌ TÊN,CHỨC VỤ,CƠ QUAN,VAI TRÒ; ví dụ: {EXAMPLE}.")
    officer = NewOfficer(*parts)
    agencies = {agency.id: agency.name for agency in plan.agencies}
    if officer.agency not in agencies:
        raise Refusal(f"Không có cơ quan “{officer.agency}”; đề nghị chọn một trong: {_listed(agencies)}.")
    if officer.role not in ROLE_LABELS:
        raise Refusal(f"Không có vai trò “{officer.role}”; đề nghị chọn một trong: {_listed(ROLE_LABELS)}.")
    return officer


def _listed(names: Mapping[str, str]) -> str:
    return ", ".join(f"{id} ({name})" for id, name in names.items())


def _appoint(office: Office, officers: Sequence[NewOfficer]) -> None:
    """All of them, or none; whoever is there already stays as they are. Closed once an administrator has a device."""
    with transaction(office.engine) as session:
        administrators = reading.officers_in_role(session, ADMINISTRATOR, office.today)
        devices = (reading.device(session, administrator.id) for administrator in administrators)
        if officers and any(device is not None and device.state == "active" for device in devices):
            raise Refusal("Quản trị hệ thống đã có thiết bị tạo mã; hãy thêm cán bộ bằng: chuyenhoa officer add.")
        for officer in officers:
            store.add_officer(
                session,
                code=officer.code,
                name=officer.name,
                title=officer.title,
                agency=officer.agency,
                roles=[RoleSpan(officer.role)],
                by=SYSTEM,
                at=office.now(),
            )


def _shown_url(office: Office) -> str:
    return office.engine.url.render_as_string(hide_password=True)
