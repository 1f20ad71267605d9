"""Whether a form asks about the areas of the decided list: one made for another list is no form for this one."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from forms.cells import tidy
from forms.layout import MEASURES, TARGETS, SheetLayout
from forms.refusals import FormError
from forms.rows import Rows, words_at
from forms.spec import FormSpec

ADVICE = (
    "đề nghị nhập vào biểu phát hành theo danh sách đã quyết định; "
    "nếu biểu đúng thì báo cơ quan Thường trực kiểm tra danh sách trong hệ thống"
)
NO_SUCH_AREAS = "không có trang này (biểu phát hành khi chưa có danh sách địa bàn, hoặc trang đã bị xóa, đổi tên)"
CODE_COLUMNS = {TARGETS: 0, MEASURES: 1}  # the area's name stands in the next one
CODE_LENGTH = 5
NAMED = 5


def unasked_areas(spec: FormSpec, sheets: Collection[str]) -> FormError | None:
    """A form with a sheet of areas, though none is asked about: its figures would be lost without a word."""
    if TARGETS not in sheets or spec.targets:
        return None
    return FormError(TARGETS, "", "biểu có danh sách địa bàn nhưng danh sách của năm chưa có trong hệ thống", ADVICE)


def other_areas(sheet: SheetLayout, rows: Rows) -> FormError | None:
    """The areas that are on the sheet and not on the list, or the other way round."""
    column = CODE_COLUMNS.get(sheet.name)
    if column is None:
        return None
    first = min(slot.row for slot in sheet.slots)
    asked = {words: sheet.fixed[row, column + 1] for (row, c), words in sheet.fixed.items() if c == column}
    asked = {code: name for code, name in asked.items() if _is_code(code)}
    found = {tidy(words_at(rows, row, column)): words_at(rows, row, column + 1) for row in range(first, len(rows))}
    found = {code: name for code, name in found.items() if _is_code(code)}
    if found.keys() == asked.keys():
        return None
    more, fewer = _named(found, found.keys() - asked.keys()), _named(asked, asked.keys() - found.keys())
    differ = [f"{words}: {names}" for words, names in (("biểu thừa", more), ("biểu thiếu", fewer)) if names]
    return FormError(
        sheet.name, "", f"danh sách địa bàn của biểu khác danh sách đã quyết định ({'; '.join(differ)})", ADVICE
    )


def _is_code(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) == CODE_LENGTH


def _named(names: Mapping[str, str], codes: Collection[str]) -> str:
    shown = [f"{code} {tidy(names[code])[:40]}" for code in sorted(codes)]
    rest = [f"{len(shown) - NAMED} địa bàn khác"] if len(shown) > NAMED else []
    return ", ".join([*shown[:NAMED], *rest])
