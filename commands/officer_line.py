"""The words of `chuyenhoa officer …`: reads what was typed and calls the command."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.line import Command, Group
from commands.speech import parse_day
from rules.gates import ROLE_LABELS
from rules.officers import ANSWERING_ROLES, officer_code

if TYPE_CHECKING:
    from tasks.codes import Actor

officer_app = typer.Typer(
    cls=Group,
    help="Cán bộ: thêm, sửa, cấp thiết bị tạo mã, ủy quyền, thôi giao nhiệm vụ.\n\n"
    "Do quản trị hệ thống thực hiện, bằng mã trên thiết bị của mình. Khi không quản trị nào còn thiết bị dùng được "
    "(bị mất, đã thôi nhiệm vụ), Lãnh đạo cơ quan thường trực làm thay: hủy thiết bị bị mất bằng officer reset, cán bộ "
    "khác xác nhận bằng officer confirm-reset, rồi cấp lại bằng officer enrol.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def _listed(roles: Iterable[str]) -> str:
    return "; ".join(f"{role} ({ROLE_LABELS[role]})" for role in roles)


Officer = Annotated[str, typer.Argument(metavar="MÃ", help="Mã cán bộ.", callback=officer_code)]
Giver = Annotated[str, typer.Argument(metavar="NGƯỜI-GIAO", help="Mã người ủy quyền.", callback=officer_code)]
Receiver = Annotated[str, typer.Argument(metavar="NGƯỜI-NHẬN", help="Mã người được ủy quyền.", callback=officer_code)]
By = Annotated[str, typer.Option("--by", metavar="MÃ", help="Mã của người thực hiện.", callback=officer_code)]
Code = Annotated[str, typer.Option("--code", metavar="MÃ-XÁC-THỰC", help="6 chữ số trên thiết bị của người thực hiện.")]
Reason = Annotated[str, typer.Option("--reason", metavar="LÝ-DO", help="Lý do.")]
Since = Annotated[
    str | None, typer.Option("--from", metavar="NGÀY", help="Từ ngày, không trước hôm nay (mặc định: hôm nay).")
]
Until = Annotated[str | None, typer.Option("--to", metavar="NGÀY", help="Đến hết ngày.")]
Role = Annotated[str, typer.Option("--role", metavar="VAI-TRÒ", help=f"Vai trò: {_listed(ROLE_LABELS)}.")]
Exercised = Annotated[
    str, typer.Option("--role", metavar="VAI-TRÒ", help=f"Vai trò được ủy quyền: {_listed(ANSWERING_ROLES)}.")
]
AGENCIES = "Mã cơ quan, như standing_office; đủ các mã ở tệp agencies.yaml của Kế hoạch, hoặc khi ghi sai."


@officer_app.command(cls=Command)
def add(
    code: Officer,
    name: Annotated[str, typer.Option("--name", metavar="HỌ-TÊN", help="Họ tên, như in dưới chữ ký.")],
    title: Annotated[str, typer.Option("--title", metavar="CHỨC-VỤ", help="Chức vụ, như in trên chữ ký.")],
    agency: Annotated[str, typer.Option("--agency", metavar="CƠ-QUAN", help=AGENCIES)],
    by: By,
    role: Annotated[
        list[str] | None,
        typer.Option("--role", metavar="VAI-TRÒ", help=f"Vai trò, ghi được nhiều lần: {_listed(ROLE_LABELS)}."),
    ] = None,
    email: Annotated[str, typer.Option("--email", metavar="THƯ", help="Địa chỉ thư điện tử.")] = "",
    since: Since = None,
    until: Until = None,
    own_code: Code = "",
) -> None:
    """Thêm cán bộ, hoặc giao thêm vai trò cho người đã có.

    Với người đã có, họ tên, chức vụ, cơ quan ghi như đã lưu; sửa các mục này bằng officer correct. Trừ cán bộ soạn
    thảo, vai trò chỉ có hiệu lực khi cán bộ thứ hai xác nhận bằng officer confirm-role.
    """
    from commands.officer import Person
    from commands.officer import add as add_officer

    first, last = (parse_day(text) if text else None for text in (since, until))
    add_officer(Person(code, name, title, agency, tuple(role or ()), email, first, last), _actor(by, own_code))


@officer_app.command(cls=Command)
def correct(
    code: Officer,
    by: By,
    name: Annotated[str | None, typer.Option("--name", metavar="HỌ-TÊN", help="Họ tên đúng.")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="CHỨC-VỤ", help="Chức vụ đúng.")] = None,
    agency: Annotated[str | None, typer.Option("--agency", metavar="CƠ-QUAN", help=AGENCIES)] = None,
    email: Annotated[str | None, typer.Option("--email", metavar="THƯ", help='Địa chỉ thư đúng; ghi "" để bỏ.')] = None,
    own_code: Code = "",
) -> None:
    """Sửa họ tên, chức vụ, cơ quan, địa chỉ thư của cán bộ.

    Mục nào không ghi thì giữ nguyên; văn bản đã ký cũng giữ nguyên.
    """
    from commands.officer import Correction
    from commands.officer import correct as correct_officer

    correct_officer(code, Correction(name, title, agency, email), _actor(by, own_code))


@officer_app.command(name="confirm-role", cls=Command)
def confirm_role(code: Officer, role: Role, by: By, own_code: Code) -> None:
    """Cán bộ thứ hai xác nhận vai trò đã giao; từ hôm nay vai trò có hiệu lực.

    Do quản trị khác hoặc Lãnh đạo cơ quan thường trực xác nhận, không phải người giao hay người nhận; khi không có ai
    như vậy thì do người khác đang giữ một vai trò có thẩm quyền.
    """
    from commands.officer import confirm_role as confirm_office

    confirm_office(code, role, _actor(by, own_code))


@officer_app.command(name="remove-role", cls=Command)
def remove_role(code: Officer, role: Role, reason: Reason, by: By, since: Since = None, own_code: Code = "") -> None:
    """Thôi giao một vai trò cho cán bộ; những gì đã trả lời vẫn giữ nguyên."""
    from commands.officer import remove_role as remove

    remove(code, role, _actor(by, own_code), reason, parse_day(since) if since else None)


@officer_app.command(cls=Command)
def enrol(
    code: Officer,
    by: By = "",
    own_code: Code = "",
    confirm: Annotated[
        str | None, typer.Option("--confirm", metavar="MÃ-XÁC-THỰC", help="Mã đầu tiên mà thiết bị mới hiện.")
    ] = None,
    png: Annotated[Path | None, typer.Option("--png", metavar="TỆP", help="Ghi mã QR ra tệp thay vì màn hình.")] = None,
) -> None:
    """Cấp thiết bị tạo mã.

    Lần đầu, với --by: hiện mã QR. Lần sau, với --confirm: xác nhận bằng mã đầu tiên của thiết bị.
    """
    from commands.officer_device import enrol as enrol_officer

    enrol_officer(code, _actor(by, own_code), confirm, png)


@officer_app.command(cls=Command)
def disable(code: Officer, reason: Reason, by: By, since: Since = None, own_code: Code = "") -> None:
    """Thôi giao nhiệm vụ cho cán bộ; những gì đã trả lời vẫn giữ nguyên."""
    from commands.officer import disable as disable_officer

    disable_officer(code, _actor(by, own_code), reason, parse_day(since) if since else None)


@officer_app.command(cls=Command)
def reset(code: Officer, reason: Reason, by: By, own_code: Code = "") -> None:
    """Hủy ngay thiết bị bị mất của cán bộ.

    Thiết bị của quản trị duy nhất do Lãnh đạo cơ quan thường trực hủy, bằng mã của mình.
    """
    from commands.officer_device import reset as reset_officer

    reset_officer(code, _actor(by, own_code), reason)


@officer_app.command(name="confirm-reset", cls=Command)
def confirm_reset(code: Officer, by: By, own_code: Code) -> None:
    """Cán bộ thứ hai xác nhận việc hủy thiết bị."""
    from commands.officer_device import confirm_reset as confirm_officer

    confirm_officer(code, _actor(by, own_code))


@officer_app.command(name="confirm-device", cls=Command)
def confirm_device(code: Officer, by: By, own_code: Code) -> None:
    """Cán bộ thứ hai xác nhận thiết bị cấp lại đúng là của cán bộ đó.

    Cần khi cán bộ đang giữ vai trò đã được xác nhận hoặc đang nhận ủy quyền; người cấp, người nhận không tự xác nhận.
    """
    from commands.officer_device import confirm_device as confirm_officer

    confirm_officer(code, _actor(by, own_code))


@officer_app.command(cls=Command)
def delegate(
    from_officer: Giver,
    to_officer: Receiver,
    role: Exercised,
    by: By,
    since: Annotated[str, typer.Option("--from", metavar="NGÀY", help="Từ ngày, không trước hôm nay.")],
    until: Annotated[str, typer.Option("--to", metavar="NGÀY", help="Đến hết ngày.")],
    capacity: Annotated[str, typer.Option("--capacity", metavar="KT.|TUQ.", help="Ký thay hay thừa ủy quyền.")] = "KT.",
    paper: Annotated[str, typer.Option("--paper", metavar="SỐ", help="Số văn bản ủy quyền.")] = "",
    own_code: Code = "",
) -> None:
    """Ghi ủy quyền: người nhận trả lời thay người giao trong thời gian đã ghi.

    Người giao tự ghi bằng mã của mình (--by NGƯỜI-GIAO) thì có hiệu lực ngay; quản trị ghi thì phải được xác nhận bằng
    officer confirm-delegation.
    """
    from commands.officer_delegation import Deputy
    from commands.officer_delegation import delegate as record

    deputy = Deputy(from_officer, to_officer, role, capacity, parse_day(since), parse_day(until), paper)
    record(deputy, _actor(by, own_code))


@officer_app.command(name="confirm-delegation", cls=Command)
def confirm_delegation(from_officer: Giver, to_officer: Receiver, role: Exercised, by: By, own_code: Code) -> None:
    """Người giao, hoặc cán bộ thứ hai, xác nhận ủy quyền do quản trị ghi."""
    from commands.officer_delegation import confirm_delegation as confirm

    confirm(from_officer, to_officer, role, _actor(by, own_code))


@officer_app.command(cls=Command)
def revoke(
    from_officer: Giver,
    to_officer: Receiver,
    role: Exercised,
    reason: Reason,
    by: By,
    since: Since = None,
    own_code: Code = "",
) -> None:
    """Thôi ủy quyền trước thời hạn; những gì đã trả lời vẫn giữ nguyên."""
    from commands.officer_delegation import revoke as end

    end(from_officer, to_officer, role, _actor(by, own_code), reason, parse_day(since) if since else None)


@officer_app.command(name="list", cls=Command)
def show(
    as_json: Annotated[bool, typer.Option("--json", help="In ra một giá trị JSON duy nhất.")] = False,
) -> None:
    """Các cán bộ, vai trò, thiết bị, ủy quyền."""
    from commands.officer_list import show as show_officers

    show_officers(as_json)


def _actor(by: str, code: str) -> Actor:
    from tasks.codes import Actor

    return Actor(by, code)
