"""`init`: database, plan, units, reporters, first administrator. May be repeated; overwrites nothing."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from commands.installation import read_settings
from commands.speech import print_json, say
from models import reading, store
from models.db import read, transaction
from models.people import OfficerRole
from models.store import RoleSpan
from plans.schema import Plan
from rules import typed
from rules.errors import Refusal
from rules.gates import ADMINISTRATOR, ROLE_LABELS
from rules.officers import officer_code
from rules.second_officer import INIT
from tasks.key_file import check_key
from tasks.office import Office
from tasks.officers import administration, check_agency, check_role
from tasks.opening import install, open_office
from tasks.second_officers import who_may_confirm

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


def initialise(officers: Sequence[str], as_json: bool, renamed: Sequence[str] = ()) -> None:
    """Sets up this machine's installation and appoints `officers` ("CODE,NAME,TITLE,AGENCY,ROLE[,EMAIL]").

    `renamed` ("OLD=NEW"): officers of an earlier version whose code is now another's.
    """
    office = open_office(read_settings())
    appointed = [_parse(text, office.plan) for text in officers]
    respelt = install(office, by=INIT, renamed=dict(_renaming(text) for text in renamed))
    _appoint(office, appointed)
    _tell(office, respelt, as_json)
    check_key(office.settings.key_path)  # last: all else is done, and said


def _tell(office: Office, respelt: Mapping[str, str], as_json: bool) -> None:
    """What is there now."""
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
    for was, now in respelt.items():
        say(f"Mã cán bộ {was} nay viết là {now}; câu trả lời, thiết bị, ủy quyền của cán bộ này giữ nguyên.")
    with read(office.engine) as session:
        waiting = [line for one in reading.officers(session) for line in _waiting(session, office, one.id)]
    say(
        f"Kế hoạch {office.plan.id}; cơ sở dữ liệu {_shown_url(office)}.",
        f"{units} đơn vị hành chính cấp xã đang có hiệu lực, {reporters} đơn vị báo cáo.",
        f"Quản trị hệ thống: {', '.join(administrators)}."
        if administrators
        else f'Chưa có quản trị hệ thống; hãy chạy: chuyenhoa init --officer "{EXAMPLE}"',
        *waiting,
    )


def _waiting(session: Session, office: Office, officer: str) -> list[str]:
    """Which offices of the officer wait, and who may confirm each."""
    spans = [span for span in reading.role_spans(session, officer, office.today) if span.is_waiting]
    return [_awaiting(span, who_may_confirm(session, office, span)) for span in spans]


def _awaiting(span: OfficerRole, by: Sequence[str]) -> str:
    waits = f"Vai trò {ROLE_LABELS[span.role]} của {span.officer_id} chưa có hiệu lực"
    if not by:
        return f"{waits}; chưa có ai xác nhận được, hãy giao vai trò cho một cán bộ nữa."
    return (
        f"{waits}; khi cả hai đã có thiết bị tạo mã, {' hoặc '.join(by)} xác nhận: chuyenhoa officer confirm-role "
        f"{span.officer_id} --role {span.role} --by {by[0]} --code MÃ-XÁC-THỰC."
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


def _renaming(text: str) -> tuple[str, str]:
    was, _, now = text.partition("=")
    if not (was.strip() and now.strip()):
        raise Refusal(f"“{text}” chưa đúng; hãy ghi --rename MÃ-CŨ=MÃ-MỚI.")
    return was.strip(), now.strip()


def _appoint(office: Office, officers: Sequence[NewOfficer]) -> None:
    """All of them, or none; whoever is there already stays as they are. Closed, for good, once an administrator's
    device was ever confirmed. Only the first administrator's office counts at once."""
    with transaction(office.engine) as session:
        if officers and administration(session, office).is_set_up:
            raise Refusal(f"Quản trị hệ thống đã xác nhận thiết bị tạo mã; hãy thêm cán bộ bằng: {typed.ADD}.")
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
