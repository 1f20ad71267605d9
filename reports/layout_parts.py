"""Blocks that several documents share: opening, tables of the plan's criteria and targets, their appendices."""

from __future__ import annotations

from docx.document import Document

from plans.schema import Plan
from reports.look.appendix import appendix
from reports.look.body import each, text, when
from reports.look.head import addressees, heading, title
from reports.look.page import WIDE_TEXT_MM
from reports.look.tables import Column, data_table, noted_table
from reports.vietnamese import roman
from reports.wording import place_of

PLACE = Column("TT", 10)
UNIT, DISTRICT = Column("Xã, phường, thị trấn", 38, False), Column("Huyện, thành phố", 36, False)
COMPARISON = (
    PLACE, Column("Tiêu chí", 48, False), Column("Đơn vị tính", 18), Column("Kỳ báo cáo", 16),
    Column("Cùng kỳ năm trước", 16), Column("Tăng, giảm", 16), Column("Tỷ lệ", 20),
    Column("Số đơn vị có số liệu (kỳ này; cùng kỳ)", 21),
)  # fmt: skip  # fmt: skip


def opening(document: Document) -> None:
    """The heading block, title and addressees."""
    heading(document)
    title(document)
    addressees(document)


def comparison_table(document: Document) -> None:
    """The criteria beside the same window of the year before, with notes."""
    data_table(document, "comparison", COMPARISON, grouped=True)
    with each(document, "words", "comparison_notes"):
        text(document, "{{ words }}", "Ghi chú")


def rows_or(document: Document, field: str, columns: tuple[Column, ...], nothing: str) -> None:
    """A table of the `Grid` `field`, or the words `nothing` when it has no rows."""
    with when(document, f"{field}.rows"):
        noted_table(document, field, columns)
    with when(document, f"not {field}.rows"):
        text(document, nothing)


def bases(document: Document) -> None:
    """The căn cứ, one a line."""
    with each(document, "basis", "bases"):
        text(document, "Căn cứ {{ basis }}{{ '.' if loop.last else ';' }}", "Căn cứ")


def targets_appendix(document: Document, plan: Plan, number: str) -> None:
    """Appendix: the areas against each target, landscape."""
    appendix(document, number, "KẾT QUẢ TỪNG ĐỊA BÀN THEO CÁC CHỈ TIÊU", wide=True)
    shares = {target.id: 4 if target.measure == "percent" else 3 for target in plan.targets}
    width = (WIDE_TEXT_MM - 10 - 38 - 2 * 15) / sum(shares.values())
    targets = tuple(Column(target.short, width * shares[target.id]) for target in plan.targets)
    columns = (PLACE, Column("Địa bàn", 38, False), *targets, Column("Chỉ tiêu đạt", 15), Column("Theo điểm", 15))
    rows_or(document, "targets", columns, "Trong kỳ chưa có địa bàn thực hiện chuyển hóa.")


def units_appendices(document: Document, plan: Plan, first: int) -> None:
    """Appendices from number `first`: a row a unit, one appendix a group of criteria, landscape."""
    for index, group in enumerate(plan.groups):
        criteria = [c for c in plan.criteria if c.group == group.id]
        appendix(document, roman(first + index), f"SỐ LIỆU TỪNG ĐƠN VỊ: NHÓM {group.title.upper()}", wide=True)
        width = (WIDE_TEXT_MM - 12 - 40) / len(criteria)
        heads = tuple(Column(f"{place_of(plan, c.id)}. {c.short} ({c.unit})", width) for c in criteria)
        data_table(document, f"units[{index}]", (Column("TT", 12), Column("Đơn vị", 40, False), *heads), grouped=True)
        with each(document, "words", f"units_legends[{index}].notes"):
            text(document, "{{ words }}", "Ghi chú")
