"""Reads a filled form: all of it, or a refusal with everything that is wrong. Pure: nothing is stored here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from forms.cells import read_cell, tidy
from forms.identity import IDENTITY_ROWS, IDENTITY_SHEET, LABEL_KEY, Identity, is_signed
from forms.layout import COVER, NIL_CELL, REMARKS, SheetLayout, Slot, a1, layout, remarks_cells
from forms.package import BrokenPackage, Package, inspect
from forms.refusals import FormError, FormRefused
from forms.spec import FormSpec
from forms.words import NO, YES
from plans.schema import Plan
from rules.errors import Refusal
from rules.figures import Figure, Narrative

Rows = list[list[Any]]
LONGEST_NARRATIVE = 8000
_OURS = "đề nghị nhập lại vào đúng biểu do hệ thống phát hành"


@dataclass(frozen=True)
class Form:
    """A form taken in: whose it is, the file's SHA-256, its figures (none if it is a nil return) and narratives."""

    identity: Identity
    sha256: str
    is_nil: bool
    figures: tuple[Figure, ...]
    narratives: tuple[Narrative, ...]


def read_form(
    path: Path | str,
    plan: Plan,
    spec_for: Callable[[Identity], FormSpec],
    *,
    expected_period: str | None = None,
    key: bytes = LABEL_KEY,
) -> Form:
    """The form in the file at `path`.

    `spec_for` rebuilds what was asked from the form's identity (it may raise a `Refusal`: no such reporter or period);
    `expected_period` refuses a form of any other. Raises `FormRefused` with every error at once.
    """
    path = Path(path)
    content = path.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        package = inspect(content)
        sheets = _sheets(package)
    except BrokenPackage as broken:
        raise FormRefused(path.name, [broken.error], sha256) from broken
    try:
        identity = _identity(sheets, key)
        _check_identity(identity, plan, expected_period)
        spec = spec_for(identity)
    except _Unknown as unknown:
        raise FormRefused(path.name, [unknown.error], sha256) from unknown
    except Refusal as refusal:
        raise FormRefused(path.name, [FormError("", "", str(refusal).rstrip("."), _OURS)], sha256) from refusal
    errors = [
        FormError(s, c, "ô có công thức", "đề nghị nhập thẳng con số") for s, cs in package.formulas.items() for c in cs
    ]
    is_nil = _read_nil(sheets, errors)
    figures = _figures(spec, sheets, is_nil, errors)
    narratives = tuple(_narratives(sheets, errors))
    if errors:
        raise FormRefused(path.name, errors, sha256)
    return Form(identity, sha256, is_nil, figures, narratives)


class _Unknown(Exception):
    def __init__(self, found: str, todo: str = _OURS) -> None:
        self.error = FormError("", "", found, todo)
        super().__init__(found)


def _sheets(package: Package) -> dict[str, Rows]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(package.content))
        return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except BaseException as broken:  # a panic of the Rust reader is no `Exception`
        if isinstance(broken, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise BrokenPackage("tệp không phải là .xlsx hoặc đã hỏng") from broken


def _cell(rows: Rows, row: int, column: int) -> Any:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def _identity(sheets: dict[str, Rows], key: bytes) -> Identity:
    rows = sheets.get(IDENTITY_SHEET)
    if rows is None:
        raise _Unknown("tệp không phải là biểu của hệ thống (thiếu mã nhận dạng)")
    words = [str(_cell(rows, row, 1)) for row in range(len(IDENTITY_ROWS))]
    if not words[3].isascii() or not words[3].isdigit() or len(words[3]) > 6:
        raise _Unknown("mã nhận dạng của biểu đã bị sửa")
    identity = Identity(words[0], words[1], words[2], int(words[3]))
    if not is_signed(identity, words[4], key):
        raise _Unknown("mã nhận dạng của biểu đã bị sửa hoặc không do hệ thống này phát hành")
    return identity


def _check_identity(identity: Identity, plan: Plan, expected_period: str | None) -> None:
    if identity.plan_id != plan.id:
        raise _Unknown(f"biểu thuộc kế hoạch khác ({identity.plan_id})", f"đề nghị dùng biểu của kế hoạch {plan.id}")
    if expected_period and identity.period_id != expected_period:
        raise _Unknown(f"biểu thuộc kỳ {identity.period_id}", f"đề nghị gửi biểu của kỳ {expected_period}")


def _read_nil(sheets: dict[str, Rows], errors: list[FormError]) -> bool:
    if COVER not in sheets:
        errors.append(FormError(COVER, "", "không có trang này hoặc đã bị đổi tên", _OURS))
        return False
    words = tidy(str(_cell(sheets[COVER], *NIL_CELL))).lower()
    if words not in ("", YES.lower(), NO.lower()):
        errors.append(
            FormError(COVER, a1(*NIL_CELL), f"“{words[:40]}” không có trong danh sách", f"đề nghị chọn {YES} hoặc {NO}")
        )
    return words == YES.lower()


def _figures(spec: FormSpec, sheets: dict[str, Rows], is_nil: bool, errors: list[FormError]) -> tuple[Figure, ...]:
    figures: list[Figure] = []
    for sheet in layout(spec):
        rows = sheets.get(sheet.name)
        if rows is None:
            errors.append(FormError(sheet.name, "", "không có trang này hoặc đã bị đổi tên", _OURS))
        elif moved := _moved(sheet, rows):
            errors.append(moved)
        elif is_nil:
            errors.extend(_filled_though_nil(sheet, rows))
        else:
            figures.extend(_read_sheet(sheet, rows, errors))
    return tuple(figures)


def _moved(sheet: SheetLayout, rows: Rows) -> FormError | None:
    """The first fixed cell that does not read as it was written: rows or columns were inserted, or a heading changed."""
    for (row, column), words in sorted(sheet.fixed.items()):
        raw = _cell(rows, row, column)
        found = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
        if tidy(found) != tidy(words):
            shown = f"“{found[:40]}”" if found else "ô trống"
            return FormError(
                sheet.name,
                a1(row, column),
                f"đáng lẽ là “{words}” nhưng thấy {shown} (đã thêm, xóa hoặc sửa hàng, cột)",
                _OURS,
            )
    return None


def _filled_though_nil(sheet: SheetLayout, rows: Rows) -> Iterator[FormError]:
    for slot in sheet.slots:
        if str(_cell(rows, slot.row, slot.column)).strip():
            todo = f"đề nghị chọn “{NO}” ở ô {COVER}!{a1(*NIL_CELL)} hoặc xóa số liệu"
            yield FormError(
                sheet.name, a1(slot.row, slot.column), "có số liệu dù đã báo không có nội dung báo cáo", todo
            )
            return


def _read_sheet(sheet: SheetLayout, rows: Rows, errors: list[FormError]) -> Iterator[Figure]:
    read: dict[tuple[str, str, str], dict[str, Figure]] = {}
    for slot in sheet.slots:
        figure = _read_slot(sheet, slot, rows, errors)
        if figure:
            read.setdefault((figure.unit, figure.kind, figure.item), {})[figure.part] = figure
            yield figure
    for parts in read.values():
        _check_share(sheet, parts, errors)


def _read_slot(sheet: SheetLayout, slot: Slot, rows: Rows, errors: list[FormError]) -> Figure | None:
    cell = a1(slot.row, slot.column)
    read = read_cell(_cell(rows, slot.row, slot.column), slot.wants)
    if read.found:
        errors.append(FormError(sheet.name, cell, read.found, read.todo))
        return None
    comment = tidy(str(_cell(rows, slot.row, slot.comment_column)))
    unit, kind, item, part = slot.key
    return Figure(unit, kind, item, part, read.value, read.reason, comment, f"{sheet.name}!{cell}")  # type: ignore[arg-type]


def _check_share(sheet: SheetLayout, parts: dict[str, Figure], errors: list[FormError]) -> None:
    if "numerator" not in parts or "denominator" not in parts:
        return
    top, bottom = parts["numerator"].value, parts["denominator"].value
    cell = parts["numerator"].cell.partition("!")[2]
    if top is not None and bottom is not None and top > bottom:
        errors.append(
            FormError(sheet.name, cell, f"{top} lớn hơn tổng số {bottom} ở ô bên", "đề nghị kiểm tra cả hai ô")
        )


def _narratives(sheets: dict[str, Rows], errors: list[FormError]) -> Iterator[Narrative]:
    rows = sheets.get(REMARKS)
    if rows is None:
        errors.append(FormError(REMARKS, "", "không có trang này hoặc đã bị đổi tên", _OURS))
        return
    for section, (row, column) in remarks_cells().items():
        text = _paragraphs(str(_cell(rows, row, column)))
        if len(text) > LONGEST_NARRATIVE:
            errors.append(
                FormError(
                    REMARKS, a1(row, column), f"phần này dài quá {LONGEST_NARRATIVE} ký tự", "đề nghị viết gọn lại"
                )
            )
        elif text:
            yield Narrative(section, text)


def _paragraphs(text: str) -> str:
    return "\n".join(line for line in map(tidy, text.splitlines()) if line)
