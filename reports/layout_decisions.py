"""How the papers of the list are laid out: tờ trình, the two quyết định, biên bản."""

from __future__ import annotations

from docx.document import Document
from docx.shared import Pt

from plans.schema import Plan
from reports.layout_parts import (
    DISTRICT,
    PLACE,
    UNIT,
    bases,
    opening,
    rows_or,
    targets_appendix,
    units_appendices,
)
from reports.look.appendix import appendix
from reports.look.body import article, closing, each, item, part, sentences, text, when
from reports.look.head import heading, title
from reports.look.page import WIDE_TEXT_MM
from reports.look.sign import signature, two_signatures
from reports.look.tables import Column, noted_table
from reports.ranking import READINGS_AFTER
from reports.vietnamese import roman


def selection_proposal(document: Document, plan: Plan) -> None:
    """Tờ trình: the proposed list, why, the full ranking, the figures."""
    opening(document)
    bases(document)
    text(document, "{{ opening }}")
    part(document, "I. VIỆC GỬI SỐ LIỆU CỦA CÁC ĐƠN VỊ")
    sentences(document, "filing")
    part(document, "II. CÁCH XÁC ĐỊNH")
    item(document, "1. Tiêu chí và cách tính điểm")
    sentences(document, "method")
    item(document, "2. Số lượng địa bàn")
    sentences(document, "cap")
    part(document, "III. DANH SÁCH ĐỊA BÀN ĐỀ NGHỊ")
    columns = (PLACE, Column("Xã, phường, thị trấn", 42, False), Column("Huyện, thành phố", 38, False),
               Column("Điểm", 16), Column("Hạng", 19), Column("Ghi chú", 40, False))  # fmt: skip
    rows_or(document, "areas", columns, "Không có địa bàn đề nghị.")
    text(document, "Lý do đề nghị từng địa bàn: Phụ lục I; xếp hạng đầy đủ: Phụ lục II.")
    sentences(document, "remarks")
    closing(document, "{{ request }}")
    signature(document)
    _selection_appendices(document, plan)


def selection_decision(document: Document, plan: Plan) -> None:
    """Quyết định: the list of a cycle."""
    place = plan.decision.place
    _decree_opening(document)
    article(
        document,
        "Điều 2.",
        "Giao Công an tỉnh (cơ quan chủ trì) phối hợp với các sở, ban, ngành, Ủy ban nhân dân huyện, thành phố "
        f"{place} tổ chức chuyển hóa các địa bàn trong danh sách; theo dõi, đôn đốc, tổng hợp kết quả, báo cáo "
        "Ban Chỉ đạo 138 tỉnh.",
    )
    _decree_closing(document, plan)
    appendix(document, "", "{{ list_title }}")
    columns = (Column("TT", 12), Column("Xã, phường, thị trấn", 45, False), Column("Huyện, thành phố", 40, False),
               Column("Mã đơn vị", 20), Column("Ghi chú", 48, False))  # fmt: skip
    rows_or(document, "areas", columns, "Không có địa bàn được lựa chọn.")


def delisting_decision(document: Document, plan: Plan) -> None:
    """Quyết định: converted areas recognised and taken off the list."""
    place = plan.decision.place
    _decree_opening(document)
    article(
        document,
        "Điều 2.",
        f"Giao Công an tỉnh phối hợp với Ủy ban nhân dân huyện, thành phố {place} có liên quan duy trì bền vững kết "
        "quả chuyển hóa, theo dõi, kịp thời báo cáo Ban Chỉ đạo 138 tỉnh khi địa bàn có dấu hiệu tái trở lại phức tạp.",
    )
    _decree_closing(document, plan)
    appendix(document, "", "{{ list_title }}")
    columns = (PLACE, UNIT, DISTRICT, Column("Kết quả thực hiện các chỉ tiêu", 81, False))
    rows_or(document, "areas", columns, "Không có địa bàn được công nhận.")


def evaluation_minutes(document: Document, plan: Plan) -> None:
    """Biên bản: the finding on each area."""
    heading(document, dated=False)
    title(document)
    sentences(document, "opening")
    part(document, "I. CĂN CỨ ĐÁNH GIÁ")
    text(document, "{{ basis }}")
    sentences(document, "readings")
    part(document, "II. KẾT QUẢ ĐÁNH GIÁ TỪNG ĐỊA BÀN")
    with when(document, "not findings"):
        text(document, "Không có địa bàn phải đánh giá.")
    with each(document, "area", "findings"):
        item(document, "{{ area.head }}")
        text(document, "{{ area.gates }}")
        with each(document, "words", "area.evidence"):
            text(document, "{{ words }}")
        text(document, "{{ area.conclusion }}").runs[0].bold = True
    part(document, "III. KẾT LUẬN CỦA CUỘC HỌP")
    sentences(document, "decisions")
    closing(document, "{{ closing }}")
    two_signatures(document, "secretary", "chair")
    targets_appendix(document, plan, "")


def _selection_appendices(document: Document, plan: Plan) -> None:
    appendix(document, "I", "LÝ DO ĐỀ NGHỊ TỪNG ĐỊA BÀN")
    reasons = (PLACE, Column("Địa bàn", 40, False), Column("Lý do", 115, False))
    rows_or(document, "reasons", reasons, "Không phát sinh.")
    appendix(document, "II", "XẾP HẠNG CÁC ĐƠN VỊ HÀNH CHÍNH CẤP XÃ", wide=True)
    groups = tuple(Column(f"Nhóm {group.id}", 16) for group in plan.groups)
    left = WIDE_TEXT_MM - 12 - 42 - 40 - 17 - 16 * len(groups) - 18 - 25
    columns = (Column("Hạng", 12), Column("Xã, phường, thị trấn", 42, False), Column("Huyện, thành phố", 40, False),
               Column("Điểm", 17), *groups, Column("Đủ số liệu", 18), Column("Tiêu chí thiếu số liệu", left, False),
               Column("Đề xuất", 25))  # fmt: skip
    noted_table(document, "ranking", columns)
    units_appendices(document, plan, first=3)
    appendix(document, roman(READINGS_AFTER + len(plan.groups)), "CÁCH HIỂU NHỮNG ĐIỂM KẾ HOẠCH KHÔNG QUY ĐỊNH CỤ THỂ")
    text(document, "Các điểm sau là cách hiểu, không phải quy định của Kế hoạch; đề nghị Ban Chỉ đạo cho ý kiến:")
    sentences(document, "readings")


def _decree_opening(document: Document) -> None:
    heading(document)
    title(document)
    text(document, "{{ authority }}", "Tên loại").paragraph_format.space_after = Pt(6)
    with each(document, "basis", "bases"):
        text(document, "Căn cứ {{ basis }};", "Căn cứ")
    text(document, "{{ proposed_by }}", "Căn cứ")
    text(document, "QUYẾT ĐỊNH:", "Tên loại").paragraph_format.space_after = Pt(6)
    article(document, "Điều 1.", "{{ articles[0] }}")
    sentences(document, "articles[1:]")


def _decree_closing(document: Document, plan: Plan) -> None:
    place = plan.decision.place
    last = article(
        document,
        "Điều 3.",
        "Quyết định này có hiệu lực kể từ ngày ký. Giám đốc Công an tỉnh, Thủ trưởng các sở, ban, ngành thành viên Ban "
        f"Chỉ đạo 138 tỉnh, Chủ tịch Ủy ban nhân dân huyện, thành phố {place} và Chủ tịch Ủy ban nhân dân các xã, "
        "phường, thị trấn có liên quan chịu trách nhiệm thi hành Quyết định này./.",
    )
    last.paragraph_format.keep_with_next = True
    signature(document)
