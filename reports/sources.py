"""The sheet "Nguồn số liệu" beside a released report: the forms it was made from, and the audit trail it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.vietnamese import short_date

SUFFIX = "nguon-so-lieu"  # ends the file's name, before the extension
COVER, FORMS = "Nguồn số liệu", "Biểu đã nhận"
HOW_TO_VERIFY = (
    "Mã nhật ký là dấu vết của toàn bộ sự kiện đã ghi đến lúc phát hành. Để biết nhật ký về sau có bị sửa hay viết lại "
    "không, chạy trên máy chủ lệnh: chuyenhoa audit verify --head {head}"
)
_FONT = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
_BOXED = {"border": 1, "border_color": "#A6A6A6", "text_wrap": True}
_HEADINGS = ("TT", "Kỳ số liệu", "Đơn vị báo cáo", "Lần gửi", "Nhận lúc", "Tình trạng", "Tên tệp", "Mã SHA-256 của tệp")
_WIDTHS = (5, 22, 34, 8, 16, 18, 36, 42)


@dataclass(frozen=True)
class FormSource:
    """A form whose figures count: `received_at` in the office's time zone, `state` in words ("đúng hạn")."""

    period: str
    reporter: str
    version: int
    received_at: datetime
    state: str
    file_name: str
    sha256: str


@dataclass(frozen=True)
class SourcesFacts:
    """What a released report was made from; `head`: number and hash of the last audit event at its release."""

    title: str
    document: str
    document_sha256: str
    released_on: date
    approvals: Sequence[str]
    head: tuple[int, str]
    forms: Sequence[FormSource]
    mark: str = ""


def sources_workbook(facts: SourcesFacts) -> bytes:
    """The .xlsx of `facts`. The same facts give the same bytes."""
    file = BytesIO()
    workbook = Workbook(file, {"in_memory": True, "default_format_properties": _FONT})
    created = datetime.combine(facts.released_on, time())  # never the clock
    workbook.set_properties({"title": f"{COVER} - {facts.title}", "created": created})
    _write_cover(workbook, facts)
    _write_forms(workbook, facts)
    workbook.close()
    return file.getvalue()


def _write_cover(workbook: Workbook, facts: SourcesFacts) -> None:
    sheet = workbook.add_worksheet(COVER)
    title, boxed = workbook.add_format({"bold": True, "font_size": 14}), workbook.add_format(_BOXED)
    label = workbook.add_format({**_BOXED, "bold": True, "bg_color": "#F2F2F2"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 74)
    sheet.write_string(0, 0, f"NGUỒN SỐ LIỆU: {facts.title}", title)
    sheet.write_string(1, 0, facts.mark, workbook.add_format({"bold": True, "font_color": "#C00000"}))
    head = "{}:{}".format(*facts.head)
    rows = (
        ("Văn bản", facts.document),
        ("Mã SHA-256 của văn bản", facts.document_sha256),
        ("Ngày phê duyệt phát hành", short_date(facts.released_on)),
        ("Người duyệt, người ký", "\n".join(facts.approvals)),
        ("Số biểu đã nhận", str(len(facts.forms))),
        ("Mã nhật ký khi phát hành", head),
        ("Cách kiểm tra", HOW_TO_VERIFY.format(head=head)),
    )
    for row, (name, words) in enumerate(rows, 3):
        sheet.write_string(row, 0, name, label)
        sheet.write_string(row, 1, words, boxed)
        sheet.set_row(row, 15.5 * sum(1 + len(line) // 76 for line in words.split("\n")))
    _prepare_page(sheet, facts)
    sheet.fit_to_pages(1, 1)


def _write_forms(workbook: Workbook, facts: SourcesFacts) -> None:
    sheet = workbook.add_worksheet(FORMS)
    boxed = workbook.add_format(_BOXED)
    heading = workbook.add_format({**_BOXED, "bold": True, "align": "center", "bg_color": "#F2F2F2"})
    for column, (words, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, words, heading)
    for row, form in enumerate(facts.forms, 1):
        sheet.set_row(row, 31)  # two lines: the hash has no place on one
        sheet.write_number(row, 0, row, boxed)
        sheet.write_string(row, 1, form.period, boxed)
        sheet.write_string(row, 2, form.reporter, boxed)
        sheet.write_number(row, 3, form.version, boxed)
        sheet.write_string(row, 4, f"{form.received_at:%d/%m/%Y %H:%M}", boxed)
        sheet.write_string(row, 5, form.state, boxed)
        sheet.write_string(row, 6, form.file_name, boxed)
        sheet.write_string(row, 7, form.sha256, boxed)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, len(facts.forms), len(_HEADINGS) - 1)
    _prepare_page(sheet, facts)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _prepare_page(sheet: Worksheet, facts: SourcesFacts) -> None:
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.6, right=0.5, top=0.75, bottom=0.7)
    sheet.set_footer(f"&L&9{f'{facts.title} · {facts.mark}'.strip(' ·').replace('&', '&&')}&R&9Trang &P/&N")
    sheet.hide_gridlines(2)
