"""Writes a form as an .xlsx workbook. The same form and figures give the same bytes."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

from xlsxwriter.workbook import Workbook

from forms.identity import IDENTITY_ROWS, IDENTITY_SHEET, LABEL_KEY, identity_of, sign
from forms.layout import (
    BUDGET,
    COVER,
    CRITERIA,
    MEASURES,
    NIL_CELL,
    REMARKS,
    TARGETS,
    SheetLayout,
    layout,
    remarks_cells,
)
from forms.look import FONT, Look, prepare_page
from forms.sheets import write_grid, write_list
from forms.spec import Filled, FormSpec
from forms.words import NO, YES, cover_rows, instructions, period_title
from rules.figures import NARRATIVE_SECTIONS

SHEET_TITLES = {
    CRITERIA: "TIÊU CHÍ XÁC ĐỊNH ĐỊA BÀN (mục II.3 của Kế hoạch)",
    TARGETS: "CHỈ TIÊU CỦA ĐỊA BÀN CHUYỂN HÓA (mục I.2 của Kế hoạch)",
    MEASURES: "KẾT QUẢ THỰC HIỆN NHIỆM VỤ (mục III của Kế hoạch)",
    BUDGET: "KINH PHÍ THỰC HIỆN KẾ HOẠCH (mục IV.1), đơn vị tính: triệu đồng",
}
LIST_HINTS = {
    MEASURES: "Chọn kết quả trong danh sách của từng ô nền vàng; việc làm cụ thể ghi ngắn gọn ở cột “Ghi chú”.",
    BUDGET: "Nhập số triệu đồng, được lẻ sau dấu phẩy; không bố trí kinh phí thì nhập 0.",
}
REMARKS_HINT = "Viết liền mạch, mỗi ô một phần; không ghi họ tên, ngày sinh, số giấy tờ của bất kỳ ai."
MEASURE_WIDTHS = (9, 8, 22, 62, 18, 16, 32)
BUDGET_WIDTHS = (46, 16, 16, 40)


def write_form(
    spec: FormSpec, path: Path | str, filled: Filled | None = None, *, key: bytes = LABEL_KEY, mark: str = ""
) -> None:
    """Writes the form `spec` to `path`, blank or with what was `filled` in.

    `key` signs its identity; `mark` is printed on the cover and at the foot of every page ("SỐ LIỆU MINH HỌA").
    """
    filled = filled or Filled()
    workbook = Workbook(str(path), {"in_memory": True, "default_format_properties": FONT})
    workbook.set_properties(
        {
            "title": f"{period_title(spec.period)} - {spec.reporter.name}",
            "created": datetime.combine(spec.closes_on, time()),  # never the clock: same form, same bytes
        }
    )
    look = Look(workbook)
    footer = f"{spec.reporter.name} · {period_title(spec.period)}".replace("&", "&&")
    footer = f"{footer} · {mark}" if mark else footer
    sheets = layout(spec)
    _write_cover(workbook, look, spec, filled, footer, mark, [sheet.name for sheet in sheets])
    for sheet in sheets:
        _write_figures(workbook, look, spec, sheet, filled, footer)
    _write_remarks(workbook, look, filled, footer)
    _write_identity(workbook, spec, key)
    workbook.close()


def _write_cover(
    workbook: Workbook, look: Look, spec: FormSpec, filled: Filled, footer: str, mark: str, names: list[str]
) -> None:
    sheet = workbook.add_worksheet(COVER)
    prepare_page(sheet, landscape=False, footer=footer)
    sheet.set_column(0, 0, 27)
    sheet.set_column(1, 1, 66)
    sheet.write_string(0, 0, "BIỂU BÁO CÁO SỐ LIỆU", look.title)
    sheet.write_string(1, 0, "Chuyển hóa địa bàn trọng điểm, phức tạp về trật tự, an toàn xã hội", look.hint)
    sheet.write_string(2, 0, f"Kế hoạch ban hành kèm theo Quyết định số {spec.decision}", look.hint)
    if mark:
        sheet.write_string(3, 0, mark, look.mark)
    for row, (label, value) in enumerate(cover_rows(spec), 4):
        sheet.write_string(row, 0, label, look.label)
        sheet.write_string(row, 1, value, look.text)
    sheet.write_string(12, 0, "Các trang phải nhập", look.label)
    sheet.write_string(12, 1, ", ".join([*names, REMARKS]), look.text)
    row, column = NIL_CELL
    sheet.set_row(row, 34)
    sheet.write_string(row, column - 1, "Trong kỳ không có nội dung nào để báo cáo", look.label)
    sheet.write_string(row, column, YES if filled.is_nil else NO, look.choice)
    sheet.data_validation(row, column, row, column, {"validate": "list", "source": [NO, YES]})
    sheet.write_string(row + 2, 0, "Cách nhập", look.title)
    for line, words in enumerate(instructions(), row + 3):
        sheet.merge_range(line, 0, line, 1, words, look.line)
        sheet.set_row(line, 15 * (1 + len(words) // 100))
    sheet.fit_to_pages(1, 1)


def _write_figures(
    workbook: Workbook, look: Look, spec: FormSpec, sheet: SheetLayout, filled: Filled, footer: str
) -> None:
    worksheet = workbook.add_worksheet(sheet.name)
    prepare_page(worksheet, landscape=True, footer=footer)
    worksheet.write_string(0, 0, SHEET_TITLES[sheet.name], look.title)
    if sheet.headings:
        worksheet.set_header(f'&L&"Times New Roman,Bold"&13{SHEET_TITLES[sheet.name]}')
        write_grid(worksheet, look, spec, sheet, filled)
    else:
        worksheet.write_string(1, 0, LIST_HINTS[sheet.name], look.hint)
        write_list(worksheet, look, spec, sheet, filled, MEASURE_WIDTHS if sheet.name == MEASURES else BUDGET_WIDTHS)


def _write_remarks(workbook: Workbook, look: Look, filled: Filled, footer: str) -> None:
    sheet = workbook.add_worksheet(REMARKS)
    prepare_page(sheet, landscape=False, footer=footer)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 78)
    sheet.write_string(0, 0, "NHẬN XÉT, ĐÁNH GIÁ", look.title)
    sheet.write_string(1, 0, REMARKS_HINT, look.hint)
    for section, (row, column) in remarks_cells().items():
        sheet.set_row(row, 150)
        sheet.write_string(row, 0, NARRATIVE_SECTIONS[section], look.label)
        words = filled.narratives.get(section, "")
        if words:
            sheet.write_string(row, column, words, look.open_text)
        else:
            sheet.write_blank(row, column, None, look.open_text)
    sheet.fit_to_pages(1, 1)


def _write_identity(workbook: Workbook, spec: FormSpec, key: bytes) -> None:
    identity = identity_of(spec)
    values = (identity.plan_id, identity.reporter_id, identity.period_id, str(identity.version), sign(identity, key))
    sheet = workbook.add_worksheet(IDENTITY_SHEET)
    for row, (name, value) in enumerate(zip(IDENTITY_ROWS, values, strict=True)):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    sheet.protect()
    sheet.very_hidden()
