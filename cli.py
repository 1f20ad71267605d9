"""The `chuyenhoa` command: reads what was typed and calls the command. Each is imported only when it is run."""

from __future__ import annotations

import sys
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from commands.gate_line import gate_app
from commands.line import Command, Line
from commands.officer_line import officer_app

app = typer.Typer(
    name="chuyenhoa",
    cls=Line,
    help="Chuyển hóa địa bàn phức tạp về trật tự, an toàn xã hội: thu thập số liệu, lựa chọn, đánh giá, báo cáo.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Json = Annotated[bool, typer.Option("--json", help="In ra một giá trị JSON duy nhất.")]
Year = Annotated[int, typer.Option("--year", metavar="NĂM", help="Năm của đợt chuyển hóa hoặc của báo cáo.")]
On = Annotated[
    str | None, typer.Option("--on", metavar="NGÀY", help="Tính theo ngày này (15/11/2018 hoặc 2018-11-15).")
]


@app.command(cls=Command)
def demo(
    out: Annotated[Path, typer.Option("--out", metavar="THƯ-MỤC", help="Nơi ghi kết quả.")] = Path("demo-out"),
    first: Annotated[int, typer.Option("--from", metavar="NĂM", help="Liệt kê từ năm này.")] = 2017,
    last: Annotated[int, typer.Option("--to", metavar="NĂM", help="Diễn tập đến hết năm này.")] = 2020,
    seed: Annotated[int | None, typer.Option("--seed", metavar="SỐ", help="Số gieo của số liệu minh họa.")] = None,
    as_json: Json = False,
) -> None:
    """Diễn tập cả kỳ Kế hoạch bằng số liệu minh họa."""
    from commands.demo import Span, run_demo

    run_demo(out, Span(first, last), seed, as_json)


@app.command(cls=Command)
def init(
    officer: Annotated[
        list[str] | None,
        typer.Option(
            "--officer",
            metavar="MÃ,HỌ TÊN,CHỨC VỤ,CƠ QUAN,VAI TRÒ[,THƯ]",
            help="Thêm cán bộ; ghi được nhiều lần, chỉ đến khi thiết bị của một quản trị được xác nhận lần đầu.",
        ),
    ] = None,
    rename: Annotated[
        list[str] | None,
        typer.Option(
            "--rename",
            metavar="MÃ-CŨ=MÃ-MỚI",
            help="Đổi mã cán bộ ghi theo cách cũ mà nay trùng với mã của người khác.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Tạo cơ sở dữ liệu, danh mục, cán bộ quản trị.

    Chạy lại không làm mất gì.
    """
    from commands.init import initialise

    initialise(officer or [], as_json, rename or [])


@app.command(cls=Command)
def status(on: On = None, as_json: Json = False) -> None:
    """Tình hình, việc sắp tới, đơn vị chậm.

    Các đợt, địa bàn, báo cáo, phê duyệt đang ở bước nào; việc gì sắp đến; đơn vị nào chưa gửi số liệu.
    """
    from commands.status import show_status

    show_status(_day(on), as_json)


@app.command(cls=Command)
def deadlines(
    year: Annotated[int, typer.Option("--year", metavar="NĂM", help="Năm báo cáo, từ 2017 đến 2030.")],
    as_json: Json = False,
) -> None:
    """Thời hạn các báo cáo của một năm."""
    from commands.deadlines import show_deadlines
    from commands.installation import read_settings

    show_deadlines(read_settings().plan, year, as_json)


@app.command(cls=Command)
def units(on: On = None, as_json: Json = False) -> None:
    """Các đơn vị hành chính cấp xã có hiệu lực."""
    from commands.installation import read_settings
    from commands.units import show_units

    settings = read_settings()
    show_units(settings.plan, _day(on) or datetime.now(settings.zone).date(), as_json)


@app.command(cls=Command)
def forms(
    period: Annotated[str, typer.Option("--period", metavar="KỲ", help="Kỳ số liệu, như 2018-annual.")],
    out: Annotated[Path, typer.Option("--out", metavar="THƯ-MỤC", help="Nơi ghi các biểu.")],
    reporter: Annotated[str | None, typer.Option("--reporter", metavar="MÃ", help="Chỉ biểu của đơn vị này.")] = None,
    as_json: Json = False,
) -> None:
    """Ghi các biểu Excel của một kỳ.

    Mỗi đơn vị báo cáo một biểu.
    """
    from commands.forms import write_forms

    write_forms(period, out, reporter, as_json)


@app.command(cls=Command)
def intake(
    files: Annotated[list[Path], typer.Argument(metavar="TỆP...", help="Các biểu đã điền.")],
    period: Annotated[str | None, typer.Option("--period", metavar="KỲ", help="Chỉ nhận biểu của kỳ này.")] = None,
    as_json: Json = False,
) -> None:
    """Tiếp nhận các biểu đã điền.

    Mỗi tệp được nhận trọn vẹn hoặc không nhận.
    """
    from commands.intake import take_in_files

    if not take_in_files(files, period, as_json):
        raise typer.Exit(2)


@app.command(cls=Command)
def select(
    year: Year,
    weights: Annotated[
        Path | None, typer.Option("--weights", metavar="TỆP", help="Thử trọng số khác (YAML, mỗi dòng như “a1: 2”).")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="TIÊU-CHÍ", help="Thử bỏ một tiêu chí; ghi nhiều lần được.")
    ] = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Xếp hạng, danh sách đề nghị của một năm.

    Tính từ số liệu hiện có, không ghi vào hồ sơ.
    """
    from commands.select import show_selection

    show_selection(year, weights, without or [], _day(on), as_json)


@app.command(cls=Command)
def evaluate(year: Year, on: On = None, as_json: Json = False) -> None:
    """Từng địa bàn của một năm theo chỉ tiêu.

    Tính từ số liệu hiện có, không ghi vào hồ sơ.
    """
    from commands.evaluate import show_evaluation

    show_evaluation(year, _day(on), as_json)


@app.command(cls=Command)
def render(
    document: Annotated[str, typer.Argument(metavar="VĂN-BẢN", help="Loại văn bản, như annual_report.")],
    year: Year,
    out: Annotated[Path | None, typer.Option("--out", metavar="TỆP", help="Tên tệp .docx sẽ ghi.")] = None,
    reporter: Annotated[
        str | None, typer.Option("--reporter", metavar="MÃ", help="Đơn vị, khi lập reporter_report.")
    ] = None,
    period: Annotated[str | None, typer.Option("--period", metavar="KỲ", help="Kỳ, khi lập reporter_report.")] = None,
    anew: Annotated[bool, typer.Option("--anew", help="Lập lại từ số liệu hiện có, không lấy bản lưu.")] = False,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Lấy hoặc lập ngay một văn bản.

    Đã duyệt hoặc đã qua phiên họp thì lấy bản lưu; chưa thì lập từ số liệu hiện có, không ghi vào hồ sơ.
    """
    from commands.render import Wanted, render_document

    render_document(Wanted(document, year, reporter, period, anew), out, _day(on), as_json)


app.add_typer(gate_app, name="gate")
app.add_typer(officer_app, name="officer")


audit = typer.Typer(cls=Line, help="Nhật ký: ai đã làm gì, có bị can thiệp không.", no_args_is_help=True)
app.add_typer(audit, name="audit")


@audit.command(cls=Command)
def verify(
    head: Annotated[
        str | None, typer.Option("--head", metavar="SỐ:MÃ", help="Mã nhật ký trong thư đã nhận, của bất cứ ngày nào.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Kiểm tra nhật ký, các bảng và các tệp có bị can thiệp không.

    Nêu sự kiện, dòng, phần cấu trúc cơ sở dữ liệu hoặc tệp đầu tiên bị sửa, xóa, chèn hoặc đổi chỗ.
    """
    from commands.audit import verify as verify_trail

    if not verify_trail(head, as_json):
        raise typer.Exit(2)


def main() -> None:
    """Runs the command line of this process."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")  # Vietnamese, whatever the machine's locale
    app(prog_name="chuyenhoa")


def _day(text: str | None) -> date | None:
    from commands.speech import parse_day

    return None if text is None else parse_day(text)


if __name__ == "__main__":
    main()
