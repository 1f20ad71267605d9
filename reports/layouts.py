"""How each document is laid out: its blocks in order, from the one look. `make templates` turns these into Word files."""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document

from plans.schema import Plan
from reports.look.appendix import appendix
from reports.look.body import article, closing, each, text
from reports.look.head import heading, title
from reports.look.sign import signature
from reports.look.tables import Column, data_table

Layout = Callable[[Document, Plan], None]


def selection_decision(document: Document, plan: Plan) -> None:
    """Quyết định: the list of a cycle."""
    heading(document)
    title(document)
    _decree_opening(document)
    article(document, "Điều 1.", "{{ articles[0] }}")
    with each(document, "words", "articles[1:]"):
        text(document, "{{ words }}")
    article(
        document,
        "Điều 2.",
        "Giao Công an tỉnh (cơ quan chủ trì) phối hợp với các sở, ban, ngành, Ủy ban nhân dân huyện, thành phố Cà Mau "
        "tổ chức chuyển hóa các địa bàn trong danh sách; theo dõi, đôn đốc, tổng hợp kết quả, báo cáo Ban Chỉ đạo 138 "
        "tỉnh.",
    )
    _decree_closing(document)
    appendix(document, "", "{{ list_title }}")
    data_table(
        document,
        "areas",
        (
            Column("TT", 12),
            Column("Xã, phường, thị trấn", 45, False),
            Column("Huyện, thành phố", 40, False),
            Column("Mã đơn vị", 20),
            Column("Ghi chú", 48, False),
        ),
    )


def _decree_opening(document: Document) -> None:
    text(document, "{{ authority }}", "Tên loại").paragraph_format.space_after = 76200
    with each(document, "basis", "bases"):
        text(document, "Căn cứ {{ basis }};", "Căn cứ")
    text(document, "{{ proposed_by }}", "Căn cứ")
    text(document, "QUYẾT ĐỊNH:", "Tên loại").paragraph_format.space_after = 76200


def _decree_closing(document: Document) -> None:
    last = article(
        document,
        "Điều 3.",
        "Quyết định này có hiệu lực kể từ ngày ký. Giám đốc Công an tỉnh, Thủ trưởng các sở, ban, ngành thành viên Ban "
        "Chỉ đạo 138 tỉnh, Chủ tịch Ủy ban nhân dân huyện, thành phố Cà Mau và Chủ tịch Ủy ban nhân dân các xã, phường, "
        "thị trấn có liên quan chịu trách nhiệm thi hành Quyết định này./.",
    )
    last.paragraph_format.keep_with_next = True
    signature(document)


LAYOUTS: dict[str, Layout] = {"selection_decision": selection_decision}
