"""The words of `chuyenhoa officer …`: reads what was typed and calls the command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.line import Command, Group
from commands.speech import parse_day

if TYPE_CHECKING:
    from tasks.codes import Actor

officer_app = typer.Typer(
    cls=Group,
    help="Cán bộ: thêm, cấp thiết bị tạo mã, ủy quyền, thôi giao nhiệm vụ.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Officer = Annotated[str, typer.Argument(metavar="MÃ", help="Mã cán bộ.")]
By = Annotated[str, typer.Option("--by", metavar="MÃ", help="Mã của người thực hiện.")]
Code = Annotated[str, typer.Option("--code", metavar="MÃ-XÁC-THỰC", help="6 chữ số trên thiết bị của người thực hiện.")]
Reason = Annotated[str, typer.Option("--reason", metavar="LÝ-DO", help="Lý do.")]
Since = Annotated[str | None, typer.Option("--from", metavar="NGÀY", help="Từ ngày (mặc định: hôm nay).")]
Until = Annotated[str | None, typer.Option("--to", metavar="NGÀY", help="Đến hết ngày.")]


@officer_app.command(cls=Command)
def add(
    code: Officer,
    name: Annotated[str, typer.Option("--name", metavar="HỌ-TÊN", help="Họ tên, như in dưới chữ ký.")],
    title: Annotated[str, typer.Option("--title", metavar="CHỨC-VỤ", help="Chức vụ, như in trên chữ ký.")],
    agency: Annotated[str, typer.Option("--agency", metavar="CƠ-QUAN", help="Mã cơ quan.")],
    by: By,
    role: Annotated[list[str] | None, typer.Option("--role", metavar="VAI-TRÒ", help="Có thể ghi nhiều lần.")] = None,
    email: Annotated[str, typer.Option("--email", metavar="THƯ", help="Địa chỉ thư điện tử.")] = "",
    since: Since = None,
    until: Until = None,
    own_code: Code = "",
) -> None:
    """Thêm cán bộ, hoặc giao thêm vai trò cho người đã có."""
    from commands.officer import Person
    from commands.officer import add as add_officer

    first, last = (parse_day(text) if text else None for text in (since, until))
    add_officer(Person(code, name, title, agency, tuple(role or ()), email, first, last), _actor(by, own_code))


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
    """Cấp thiết bị tạo mã: hiện mã QR; chạy lại với --confirm để xác nhận."""
    from commands.officer import enrol as enrol_officer

    enrol_officer(code, _actor(by, own_code), confirm, png)


@officer_app.command(cls=Command)
def disable(code: Officer, reason: Reason, by: By, since: Since = None, own_code: Code = "") -> None:
    """Thôi giao nhiệm vụ cho cán bộ; những gì đã trả lời vẫn giữ nguyên."""
    from commands.officer import disable as disable_officer

    disable_officer(code, _actor(by, own_code), reason, parse_day(since) if since else None)


@officer_app.command(cls=Command)
def reset(code: Officer, reason: Reason, by: By, own_code: Code = "") -> None:
    """Hủy ngay thiết bị bị mất của cán bộ."""
    from commands.officer import reset as reset_officer

    reset_officer(code, _actor(by, own_code), reason)


@officer_app.command(name="confirm-reset", cls=Command)
def confirm_reset(code: Officer, by: By, own_code: Code) -> None:
    """Cán bộ thứ hai xác nhận việc hủy thiết bị."""
    from commands.officer import confirm_reset as confirm_officer

    confirm_officer(code, _actor(by, own_code))


@officer_app.command(cls=Command)
def delegate(
    from_officer: Annotated[str, typer.Argument(metavar="NGƯỜI-GIAO", help="Mã người ủy quyền.")],
    to_officer: Annotated[str, typer.Argument(metavar="NGƯỜI-NHẬN", help="Mã người được ủy quyền.")],
    role: Annotated[str, typer.Option("--role", metavar="VAI-TRÒ", help="Vai trò được ủy quyền.")],
    by: By,
    since: Annotated[str, typer.Option("--from", metavar="NGÀY", help="Từ ngày.")],
    until: Annotated[str, typer.Option("--to", metavar="NGÀY", help="Đến hết ngày.")],
    capacity: Annotated[str, typer.Option("--capacity", metavar="KT.|TUQ.", help="Ký thay hay thừa ủy quyền.")] = "KT.",
    paper: Annotated[str, typer.Option("--paper", metavar="SỐ", help="Số văn bản ủy quyền.")] = "",
    own_code: Code = "",
) -> None:
    """Ghi ủy quyền: người nhận trả lời thay người giao trong thời gian đã ghi."""
    from commands.officer import Deputy
    from commands.officer import delegate as record

    deputy = Deputy(from_officer, to_officer, role, capacity, parse_day(since), parse_day(until), paper)
    record(deputy, _actor(by, own_code))


@officer_app.command(cls=Command)
def revoke(
    from_officer: Annotated[str, typer.Argument(metavar="NGƯỜI-GIAO", help="Mã người đã ủy quyền.")],
    to_officer: Annotated[str, typer.Argument(metavar="NGƯỜI-NHẬN", help="Mã người được ủy quyền.")],
    role: Annotated[str, typer.Option("--role", metavar="VAI-TRÒ", help="Vai trò đã ủy quyền.")],
    reason: Reason,
    by: By,
    since: Since = None,
    own_code: Code = "",
) -> None:
    """Thôi ủy quyền trước thời hạn; những gì đã trả lời vẫn giữ nguyên."""
    from commands.officer import revoke as end

    end(from_officer, to_officer, role, _actor(by, own_code), reason, parse_day(since) if since else None)


@officer_app.command(name="list", cls=Command)
def show(
    as_json: Annotated[bool, typer.Option("--json", help="In ra một giá trị JSON duy nhất.")] = False,
) -> None:
    """Các cán bộ, vai trò, thiết bị, ủy quyền."""
    from commands.officer import show as show_officers

    show_officers(as_json)


def _actor(by: str, code: str) -> Actor:
    from tasks.codes import Actor

    return Actor(by, code)
