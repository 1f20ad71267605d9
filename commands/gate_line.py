"""The words of `chuyenhoa gate …`: reads what was typed and calls the command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.line import Command, Group
from commands.speech import parse_day
from rules.officers import officer_code

if TYPE_CHECKING:
    from tasks.codes import Actor

gate_app = typer.Typer(
    cls=Group,
    help="Các bước phê duyệt: xem, trả lời, ghi nhận văn bản giấy.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Number = Annotated[int, typer.Argument(metavar="SỐ", help="Số của bước, xem gate list.")]
Decided = Annotated[str, typer.Option("--decision", metavar="Ý-KIẾN", help="approve, amend, return hoặc drop.")]
Reason = Annotated[str, typer.Option("--reason", metavar="LÝ-DO", help="Bắt buộc, trừ khi đồng ý hoàn toàn.")]
Fields = Annotated[list[str] | None, typer.Option("--set", metavar="TÊN=GIÁ-TRỊ", help="Mục riêng của bước.")]
Named = Annotated[
    str, typer.Option("--paper", metavar="SỐ-VĂN-BẢN", help="Số văn bản giấy, hoặc đầu mã SHA-256 của bản chụp.")
]
By = Annotated[str, typer.Option("--by", metavar="MÃ", help="Mã cán bộ của người thực hiện.", callback=officer_code)]
Code = Annotated[str, typer.Option("--code", metavar="MÃ-XÁC-THỰC", help="6 chữ số trên thiết bị của người thực hiện.")]
Json = Annotated[bool, typer.Option("--json", help="In ra một giá trị JSON duy nhất.")]


@gate_app.command(name="list", cls=Command)
def show_list(as_json: Json = False) -> None:
    """Các bước đang chờ trả lời."""
    from commands.gate import show_list as show

    show(as_json)


@gate_app.command(cls=Command)
def show(number: Number, as_json: Json = False) -> None:
    """Nội dung một bước và cách trả lời."""
    from commands.gate import show_one

    show_one(number, as_json)


@gate_app.command(cls=Command)
def answer(number: Number, decision: Decided, by: By, code: Code, reason: Reason = "", fields: Fields = None) -> None:
    """Trả lời một bước, qua đúng các kiểm tra như trên trình duyệt."""
    from commands.gate import Given
    from commands.gate import answer as give

    give(number, Given(decision, reason, tuple(fields or ())), _actor(by, code))


@gate_app.command(cls=Command)
def record(
    number: Number,
    decision: Decided,
    signed_by: Annotated[
        str, typer.Option("--signed-by", metavar="MÃ", help="Mã của người ký văn bản.", callback=officer_code)
    ],
    paper: Annotated[str, typer.Option("--number", metavar="SỐ-VĂN-BẢN", help="Số của văn bản giấy.")],
    dated: Annotated[str, typer.Option("--date", metavar="NGÀY", help="Ngày của văn bản giấy.")],
    scan: Annotated[Path, typer.Option("--scan", metavar="TỆP", help="Bản chụp văn bản.")],
    by: By,
    code: Code,
    votes: Annotated[str, typer.Option("--votes", metavar="ĐỒNG-Ý/KHÔNG", help="Số phiếu, ví dụ 11/0.")] = "",
    reason: Reason = "",
    fields: Fields = None,
) -> None:
    """Thư ký ghi nhận văn bản giấy; chờ cán bộ thứ hai xác nhận."""
    from commands.gate import Given, Signed, record_paper

    given = Given(decision, reason, tuple(fields or ()))
    record_paper(number, Signed(signed_by, paper, parse_day(dated), scan, votes, given), _actor(by, code))


@gate_app.command(cls=Command)
def confirm(number: Number, paper: Named, by: By, code: Code) -> None:
    """Cán bộ thứ hai xác nhận văn bản giấy đã ghi nhận."""
    from commands.gate import confirm_paper

    confirm_paper(number, paper, _actor(by, code))


@gate_app.command(cls=Command)
def reject(number: Number, paper: Named, reason: Reason, by: By, code: Code) -> None:
    """Cán bộ thứ hai không xác nhận bản ghi văn bản giấy."""
    from commands.gate import reject_paper

    reject_paper(number, paper, _actor(by, code), reason)


@gate_app.command(cls=Command)
def reopen(
    report: Annotated[str, typer.Argument(metavar="BÁO-CÁO", help="half_year_report hoặc annual_report.")],
    year: Annotated[int, typer.Argument(metavar="NĂM", help="Năm của báo cáo.")],
    reason: Reason,
    by: By,
    code: Code,
) -> None:
    """Mở lại báo cáo đã duyệt, chưa ký: hủy phê duyệt, lập lại dự thảo với số liệu mới."""
    from commands.gate import reopen_report

    reopen_report(report, year, _actor(by, code), reason)


def _actor(by: str, code: str) -> Actor:
    from tasks.codes import Actor

    return Actor(by, code)
