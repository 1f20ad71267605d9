"""How the reports are laid out: the two consolidated ones, and each reporter's own."""

from __future__ import annotations

from docx.document import Document

from plans.schema import Plan
from reports.layout_parts import (
    PLACE,
    comparison_table,
    opening,
    targets_appendix,
    units_appendices,
)
from reports.look.appendix import appendix
from reports.look.body import closing, each, item, part, sentences, text, when
from reports.look.sign import signature
from reports.look.tables import Column, data_table, noted_table
from reports.vietnamese import roman

STATES = (Column("Hoàn thành", 20), Column("Đang thực hiện", 20), Column("Chưa thực hiện", 20),
          Column("Chưa có số liệu", 20))  # fmt: skip  # fmt: skip


def annual_report(document: Document, plan: Plan) -> None:
    """Báo cáo năm: see `_consolidated`."""
    _consolidated(document, plan)


def half_year_report(document: Document, plan: Plan) -> None:
    """Báo cáo 6 tháng: see `_consolidated`."""
    _consolidated(document, plan)


def reporter_report(document: Document, plan: Plan) -> None:
    """Báo cáo of one reporter."""
    opening(document)
    text(document, "{{ opening }}")
    text(document, "{{ window }}")
    with when(document, "nil"):
        text(document, "{{ nil }}")
    with when(document, "not nil"):
        _reporter_sections(document)
    closing(document, "Trên đây là kết quả thực hiện Kế hoạch, kính báo cáo./.")
    signature(document)


def _reporter_sections(document: Document) -> None:
    part(document, "{{ parts.situation }}. TÌNH HÌNH, KẾT QUẢ")
    sentences(document, "situation")
    with when(document, "parts.criteria"):
        part(document, "{{ parts.criteria }}. SỐ LIỆU THEO CÁC TIÊU CHÍ")
        text(document, "{{ criteria_opening }}", keep=True)
        comparison_table(document)
    with when(document, "parts.targets"):
        part(document, "{{ parts.targets }}. CHỈ TIÊU TẠI CÁC ĐỊA BÀN CHUYỂN HÓA")
        text(document, "{{ targets_opening }}", keep=True)
    with when(document, "targets"):
        data_table(document, "targets", (PLACE, Column("Chỉ tiêu", 95, False), Column("Kết quả", 60, False)), True)
    with when(document, "parts.measures"):
        part(document, "{{ parts.measures }}. NHIỆM VỤ TẠI PHẦN III KẾ HOẠCH")
        text(document, "{{ measures_opening }}", keep=True)
        data_table(document, "measures", (Column("Điểm, mục", 20), Column("Nhiệm vụ", 63, False),
                                          Column("Nơi thực hiện", 50, False), Column("Tiến độ", 32)))  # fmt: skip
    with when(document, "parts.budget"):
        part(document, "{{ parts.budget }}. KINH PHÍ")
        sentences(document, "budget")
    part(document, "{{ parts.shortcomings }}. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN")
    item(document, "1. Tồn tại, hạn chế")
    sentences(document, "shortcomings")
    item(document, "2. Nguyên nhân")
    sentences(document, "causes")
    part(document, "{{ parts.proposals }}. ĐỀ XUẤT, KIẾN NGHỊ")
    sentences(document, "proposals")


def _consolidated(document: Document, plan: Plan) -> None:
    opening(document)
    text(document, "{{ opening }}")
    part(document, "I. THỜI KỲ SỐ LIỆU VÀ VIỆC GỬI BÁO CÁO")
    item(document, "1. Thời kỳ số liệu")
    sentences(document, "window")
    item(document, "2. Việc gửi báo cáo của các đơn vị")
    sentences(document, "filing")
    part(document, "II. TÌNH HÌNH TRẬT TỰ, AN TOÀN XÃ HỘI")
    item(document, "1. Tình hình tội phạm, tệ nạn xã hội")
    sentences(document, "highlights")
    item(document, "2. Số liệu theo các tiêu chí tại mục 3 phần II Kế hoạch, so với cùng kỳ năm trước")
    comparison_table(document)
    item(document, "3. Tình hình, kết quả do các đơn vị báo cáo")
    sentences(document, "situation")
    part(document, "III. KẾT QUẢ CHUYỂN HÓA ĐỊA BÀN")
    item(document, "1. Kết quả theo các chỉ tiêu")
    text(document, "{{ areas_opening }}", keep=True)
    with when(document, "areas.rows"):
        data_table(document, "areas", (
            PLACE, Column("Xã, phường, thị trấn", 29, False), Column("Huyện, thành phố", 26, False),
            Column("Chỉ tiêu đạt", 14), Column("Theo điểm", 14), Column("Nội dung chưa đạt", 48, False),
            Column("Kết quả", 24),
        ))  # fmt: skip
    item(document, "2. Địa bàn thành công, chưa thành công, chuyển tiếp, tái phức tạp")
    sentences(document, "results")
    item(document, "3. So với mục tiêu tại mục 1 phần I Kế hoạch")
    sentences(document, "objectives")
    item(document, "4. Cách tính (cách hiểu những điểm Kế hoạch không quy định cụ thể)")
    sentences(document, "readings")
    _consolidated_work(document)
    closing(document, "Trên đây là kết quả thực hiện Kế hoạch, Công an tỉnh kính báo cáo./.")
    signature(document)
    _consolidated_appendices(document, plan)


def _consolidated_work(document: Document) -> None:
    part(document, "IV. KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ TẠI PHẦN III KẾ HOẠCH")
    item(document, "1. Tiến độ chung")
    text(document, "{{ measures_opening }}", keep=True)
    with when(document, "measures.rows"):
        data_table(document, "measures", (Column("Mục", 12), Column("Nhóm nhiệm vụ", 73, False), *STATES))
    item(document, "2. Nhiệm vụ chưa thực hiện")
    sentences(document, "not_done")
    part(document, "V. KINH PHÍ")
    text(document, "{{ budget_opening }}", keep=True)
    with when(document, "budget.rows"):
        noted_table(document, "budget", (PLACE, Column("Đơn vị", 71, False), Column("Được bố trí (triệu đồng)", 30),
                                         Column("Đã sử dụng (triệu đồng)", 30), Column("Tỷ lệ", 24)))  # fmt: skip
    part(document, "VI. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN")
    item(document, "1. Tồn tại, hạn chế")
    sentences(document, "shortcomings")
    item(document, "2. Nguyên nhân")
    sentences(document, "causes")
    part(document, "VII. NHIỆM VỤ THỜI GIAN TỚI")
    sentences(document, "next_steps")
    part(document, "VIII. ĐỀ XUẤT, KIẾN NGHỊ CỦA CÁC ĐƠN VỊ")
    sentences(document, "proposals")


def _consolidated_appendices(document: Document, plan: Plan) -> None:
    targets_appendix(document, plan, roman(1))
    units_appendices(document, plan, first=2)
    appendix(document, roman(2 + len(plan.groups)), "TIẾN ĐỘ TỪNG NHIỆM VỤ TẠI PHẦN III KẾ HOẠCH")
    with when(document, "not measures_by_task"):
        text(document, "Chưa có số liệu.")
    with when(document, "measures_by_task"):
        data_table(document, "measures_by_task", (Column("Điểm", 12), Column("Nhiệm vụ", 73, False), *STATES), True)
    appendix(document, roman(3 + len(plan.groups)), "Ý KIẾN, NỘI DUNG BÁO CÁO CỦA CÁC ĐƠN VỊ")
    with when(document, "not voices"):
        text(document, "Không có nội dung ngoài phần đã nêu trong báo cáo.")
    with each(document, "chapter", "voices"):
        item(document, "{{ loop.index }}. {{ chapter.title }}")
        sentences(document, "chapter.lines")
