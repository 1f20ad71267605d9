"""What stands in a form's sheets once its identity is known: nil return, figures, narratives, and every error."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from forms.area_list import NO_SUCH_AREAS, other_areas, unasked_areas
from forms.cells import read_cell, tidy
from forms.layout import COVER, NIL_CELL, REMARKS, TARGETS, SheetLayout, Slot, a1, layout, remarks_cells
from forms.refusals import OURS, FormError
from forms.rows import Rows, cell_of, words_at
from forms.spec import FormSpec
from forms.words import NO, YES
from rules.figures import NARRATIVE_SECTIONS, Figure, Narrative

LONGEST_NARRATIVE = 8000
NO_SUCH_SHEET = "không có trang này hoặc đã bị đổi tên"


def read_nil(sheets: dict[str, Rows], errors: list[FormError]) -> bool:
    """Whether the cover says that there is nothing to report; what is wrong is added to `errors`."""
    if COVER not in sheets:
        errors.append(FormError(COVER, "", NO_SUCH_SHEET, OURS))
        return False
    words = tidy(str(cell_of(sheets[COVER], *NIL_CELL))).lower()
    if words not in ("", YES.lower(), NO.lower()):
        errors.append(
            FormError(COVER, a1(*NIL_CELL), f"“{words[:40]}” không có trong danh sách", f"đề nghị chọn {YES} hoặc {NO}")
        )
    return words == YES.lower()


def read_figures(spec: FormSpec, sheets: dict[str, Rows], is_nil: bool, errors: list[FormError]) -> tuple[Figure, ...]:
    """The figures of all sheets that `spec` asks for (none for a nil return); what is wrong is added to `errors`."""
    figures: list[Figure] = []
    if unasked := unasked_areas(spec, sheets):
        errors.append(unasked)
    for sheet in layout(spec):
        rows = sheets.get(sheet.name)
        if rows is None:
            errors.append(FormError(sheet.name, "", NO_SUCH_AREAS if sheet.name == TARGETS else NO_SUCH_SHEET, OURS))
        elif wrong := other_areas(sheet, rows) or _moved(sheet, rows) or _stray(sheet, rows):
            errors.append(wrong)
        elif is_nil:
            errors.extend(_filled_though_nil(sheet, rows))
        else:
            figures.extend(_read_sheet(sheet, rows, errors))
    return tuple(figures)


def _moved(sheet: SheetLayout, rows: Rows) -> FormError | None:
    """The first fixed cell that does not read as written: rows or columns were inserted, or a heading changed."""
    return _misplaced(sheet.name, sheet.fixed, rows)


def _misplaced(name: str, fixed: Mapping[tuple[int, int], str], rows: Rows) -> FormError | None:
    for (row, column), words in sorted(fixed.items()):
        found = words_at(rows, row, column)
        if tidy(found) != tidy(words):
            shown = f"“{found[:40]}”" if found else "ô trống"
            return FormError(
                name,
                a1(row, column),
                f"đáng lẽ là “{words}” nhưng thấy {shown} (đã thêm, xóa hoặc sửa hàng, cột)",
                OURS,
            )
    return None


def _stray(sheet: SheetLayout, rows: Rows) -> FormError | None:
    """The first cell used below or beside the form: a figure written there would be lost without a word."""
    return _beyond(sheet.name, rows, (max(slot.row for slot in sheet.slots), sheet.comment_column))


def _beyond(name: str, rows: Rows, last: tuple[int, int]) -> FormError | None:
    for row, cells in enumerate(rows):
        for column, raw in enumerate(cells):
            if (row > last[0] or column > last[1]) and str(raw).strip():
                return FormError(name, a1(row, column), "có nội dung nằm ngoài biểu", "đề nghị xóa ô này")
    return None


def _filled_though_nil(sheet: SheetLayout, rows: Rows) -> Iterator[FormError]:
    for slot in sheet.slots:
        if str(cell_of(rows, slot.row, slot.column)).strip():
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
    read = read_cell(cell_of(rows, slot.row, slot.column), slot.wants)
    if read.found:
        errors.append(FormError(sheet.name, cell, read.found, read.todo))
        return None
    comment = tidy(str(cell_of(rows, slot.row, slot.comment_column)))
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


def read_narratives(sheets: dict[str, Rows], errors: list[FormError]) -> Iterator[Narrative]:
    """The sections that were written; what is wrong is added to `errors`."""
    rows = sheets.get(REMARKS)
    if rows is None:
        errors.append(FormError(REMARKS, "", NO_SUCH_SHEET, OURS))
        return
    if wrong := _remarks_moved(rows) or _beyond(REMARKS, rows, max(remarks_cells().values())):
        errors.append(wrong)
        return
    for section, (row, column) in remarks_cells().items():
        text = _paragraphs(str(cell_of(rows, row, column)))
        if len(text) > LONGEST_NARRATIVE:
            errors.append(
                FormError(
                    REMARKS, a1(row, column), f"phần này dài quá {LONGEST_NARRATIVE} ký tự", "đề nghị viết gọn lại"
                )
            )
        elif text:
            yield Narrative(section, text)


def _remarks_moved(rows: Rows) -> FormError | None:
    """A section that does not stand beside its own heading would be printed under another one."""
    headings = {(row, 0): NARRATIVE_SECTIONS[section] for section, (row, _) in remarks_cells().items()}
    return _misplaced(REMARKS, headings, rows)


def _paragraphs(text: str) -> str:
    return "\n".join(line for line in map(tidy, text.splitlines()) if line)
