"""`init`: database, plan, units, reporters, first administrator. May be repeated; overwrites nothing."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass

from commands.installation import read_settings
from commands.speech import print_json, say
from models import reading, store
from models.db import read, transaction
from models.store import RoleSpan
from plans.schema import Plan
from rules.errors import Refusal
from rules.gates import ADMINISTRATOR
from rules.officers import officer_code
from tasks.office import Office
from tasks.officers import administration, check_agency, check_role
from tasks.opening import install, open_office

INIT = "init"  # who acts where nobody has a code yet: whoever sits at the machine
EXAMPLE = "QT01,Nguyễn Văn A,Cán bộ Phòng Tham mưu,standing_office,administrator"


@dataclass(frozen=True)
class NewOfficer:
    """An officer as given on the command line."""

    code: str
    name: str
    title: str
    agency: str
    role: str
    email: str = ""


def initialise(officers: Sequence[str], as_json: bool) -> None:
    """Sets up this machine's installation and appoints `officers` ("CODE,NAME,TITLE,AGENCY,ROLE[,EMAIL]")."""
    office = open_office(read_settings())
    appointed = [_parse(text, office.plan) for text in officers]
    install(office, by=INIT)
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
    if len(parts) not in (5, 6) or not all(parts[:5]):
        raise Refusal(
            f"Cán bộ “{text}” chưa đủ năm mục MÃ,HỌ TÊN,CHỨC VỤ,CƠ QUAN,VAI TRÒ (thêm được ,THƯ ĐIỆN TỬ); "
            f"ví dụ: {EXAMPLE}."
        )
    officer = NewOfficer(officer_code(parts[0]), *parts[1:])
    check_agency(plan, officer.agency)
    check_role(officer.role)
    return officer


def _appoint(office: Office, officers: Sequence[NewOfficer]) -> None:
    """All of them, or none; whoever is there already stays as they are. Closed, for good, once an administrator's
    device was ever confirmed."""
    with transaction(office.engine) as session:
        if officers and administration(session, office).is_set_up:
            raise Refusal("Quản trị hệ thống đã xác nhận thiết bị tạo mã; hãy thêm cán bộ bằng: chuyenhoa officer add.")
        for officer in officers:
            store.add_officer(
                session,
                code=officer.code,
                name=officer.name,
                title=officer.title,
                agency=officer.agency,
                email=officer.email,
                roles=[RoleSpan(officer.role, valid_from=office.today)],
                by=INIT,
                at=office.now(),
            )


def _shown_url(office: Office) -> str:
    return office.engine.url.render_as_string(hide_password=True)
