"""How each document is laid out: its blocks in order, from the one look. `make templates` turns these into Word files.

Headings, fixed phrases and column heads stand here; every sentence with a figure comes from the document's module.
"""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document
from docx.shared import Pt

from plans.schema import Plan
from reports.look.appendix import appendix
from reports.look.body import article, closing, each, item, part, sentences, text, when
from reports.look.head import addressees, heading, title
from reports.look.page import WIDE_TEXT_MM
from reports.look.sign import signature, two_signatures
from reports.look.tables import Column, data_table, noted_table
from reports.ranking import READINGS_AFTER
from reports.vietnamese import roman

Layout = Callable[[Document, Plan], None]

PLACE = Column("TT", 10)
UNIT, DISTRICT = Column("Xã, phường, thị trấn", 38, False), Column("Huyện, thành phố", 36, False)
COMPARISON = (
    PLACE, Column("Tiêu chí", 53, False), Column("Đơn vị tính", 18), Column("Kỳ báo cáo", 16),
    Column("Cùng kỳ năm trước", 16), Column("Tăng, giảm", 16), Column("Tỷ lệ %", 15),
    Column("Số đơn vị có số liệu (kỳ này; cùng kỳ)", 21),
)  # fmt: skip
STATES = (Column("Hoàn thành", 20), Column("Đang thực hiện", 20), Column("Chưa thực hiện", 20),
          Column("Chưa có số liệu", 20))  # fmt: skip


def selection_proposal(document: Document, plan: Plan) -> None:
    """Tờ trình: the proposed list, why, the full ranking, the figures."""
    _opening(document)
    _bases(document)
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
    _rows_or(document, "areas", columns, "Không có địa bàn đề nghị.")
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
        f"Giao Công an tỉnh (cơ quan chủ trì) phối hợp với các sở, ban, ngành, Ủy ban nhân dân huyện, thành phố "
        f"{place} tổ chức chuyển hóa các địa bàn trong danh sách; theo dõi, đôn đốc, tổng hợp kết quả, báo cáo Ban Chỉ đạo 138 "
        "tỉnh.",
    )
    _decree_closing(document, plan)
    appendix(document, "", "{{ list_title }}")
    columns = (Column("TT", 12), Column("Xã, phường, thị trấn", 45, False), Column("Huyện, thành phố", 40, False),
               Column("Mã đơn vị", 20), Column("Ghi chú", 48, False))  # fmt: skip
    _rows_or(document, "areas", columns, "Không có địa bàn được lựa chọn.")


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
    columns = (PLACE, UNIT, DISTRICT, Column("Kết quả thực hiện và kết luận", 81, False))
    _rows_or(document, "areas", columns, "Không có địa bàn được công nhận.")


def evaluation_minutes(document: Document, plan: Plan) -> None:
    """Biên bản: the finding on each area."""
    heading(document, dated=False)
    title(document)
    sentences(document, "opening")
    part(document, "I. CĂN CỨ ĐÁNH GIÁ")
    text(document, "{{ basis }}")
    part(document, "II. KẾT QUẢ ĐÁNH GIÁ TỪNG ĐỊA BÀN")
    with when(document, "not findings"):
        text(document, "Không có địa bàn phải đánh giá.")
    with each(document, "area", "findings"):
        item(document, "{{ area.head }}")
        text(document, "{{ area.gates }}")
        text(document, "{{ area.evidence }}")
        text(document, "{{ area.conclusion }}").runs[0].bold = True
    part(document, "III. KẾT LUẬN CỦA CUỘC HỌP")
    sentences(document, "decisions")
    closing(document, "{{ closing }}")
    two_signatures(document, "secretary", "chair")
    _targets_appendix(document, plan, "")


def annual_report(document: Document, plan: Plan) -> None:
    """Báo cáo năm: see `_consolidated`."""
    _consolidated(document, plan)


def half_year_report(document: Document, plan: Plan) -> None:
    """Báo cáo 6 tháng: see `_consolidated`."""
    _consolidated(document, plan)


def reporter_report(document: Document, plan: Plan) -> None:
    """Báo cáo of one reporter."""
    _opening(document)
    text(document, "{{ opening }}")
    text(document, "{{ window }}")
    with when(document, "nil"):
        text(document, "{{ nil }}")
    part(document, "I. TÌNH HÌNH, KẾT QUẢ")
    sentences(document, "situation")
    part(document, "II. SỐ LIỆU THEO CÁC TIÊU CHÍ")
    text(document, "{{ criteria_opening }}", keep=True)
    with when(document, "comparison"):
        _comparison(document)
    part(document, "III. CHỈ TIÊU TẠI CÁC ĐỊA BÀN CHUYỂN HÓA")
    text(document, "{{ targets_opening }}", keep=True)
    with when(document, "targets.rows"):
        data_table(document, "targets", (PLACE, UNIT, Column("Chỉ tiêu", 17), Column("Nội dung", 57, False),
                                         Column("Kết quả", 43, False)))  # fmt: skip
    part(document, "IV. NHIỆM VỤ TẠI PHẦN III KẾ HOẠCH")
    text(document, "{{ measures_opening }}", keep=True)
    with when(document, "measures.rows"):
        data_table(document, "measures", (Column("Điểm, mục", 20), Column("Nhiệm vụ", 73, False),
                                          Column("Nơi thực hiện", 40, False), Column("Tiến độ", 32)))  # fmt: skip
    part(document, "V. KINH PHÍ")
    sentences(document, "budget")
    part(document, "VI. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN")
    item(document, "1. Tồn tại, hạn chế")
    sentences(document, "shortcomings")
    item(document, "2. Nguyên nhân")
    sentences(document, "causes")
    part(document, "VII. ĐỀ XUẤT, KIẾN NGHỊ")
    sentences(document, "proposals")
    closing(document, "Trên đây là kết quả thực hiện Kế hoạch, kính báo cáo./.")
    signature(document)


def _consolidated(document: Document, plan: Plan) -> None:
    _opening(document)
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
    _comparison(document)
    item(document, "3. Tình hình, kết quả do các đơn vị báo cáo")
    sentences(document, "situation")
    part(document, "III. KẾT QUẢ CHUYỂN HÓA ĐỊA BÀN")
    item(document, "1. Kết quả theo các chỉ tiêu")
    text(document, "{{ areas_opening }}", keep=True)
    with when(document, "areas.rows"):
        data_table(document, "areas", (
            PLACE, Column("Xã, phường, thị trấn", 31, False), Column("Huyện, thành phố", 28, False),
            Column("Chỉ tiêu đạt", 15), Column("Theo điểm", 15), Column("Nội dung chưa đạt", 40, False),
            Column("Kết quả", 26),
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
    text(document, "{{ measures_opening }}", keep=True)
    with when(document, "measures.rows"):
        data_table(document, "measures", (Column("Mục", 12), Column("Nhóm nhiệm vụ", 73, False), *STATES))
    item(document, "Nhiệm vụ chưa thực hiện")
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
    _targets_appendix(document, plan, roman(1))
    _units_appendices(document, plan, first=2)
    appendix(document, roman(2 + len(plan.groups)), "TIẾN ĐỘ TỪNG NHIỆM VỤ TẠI PHẦN III KẾ HOẠCH")
    with when(document, "not measures_by_task"):
        text(document, "Chưa có số liệu.")
    with when(document, "measures_by_task"):
        data_table(document, "measures_by_task", (Column("Điểm", 12), Column("Nhiệm vụ", 73, False), *STATES), True)


def _selection_appendices(document: Document, plan: Plan) -> None:
    appendix(document, "I", "LÝ DO ĐỀ NGHỊ TỪNG ĐỊA BÀN")
    reasons = (PLACE, Column("Địa bàn", 40, False), Column("Lý do", 115, False))
    _rows_or(document, "reasons", reasons, "Không phát sinh.")
    appendix(document, "II", "XẾP HẠNG CÁC ĐƠN VỊ HÀNH CHÍNH CẤP XÃ", wide=True)
    groups = tuple(Column(f"Nhóm {group.id}", 19) for group in plan.groups)
    left = WIDE_TEXT_MM - 12 - 42 - 40 - 20 - 19 * len(groups) - 20 - 26
    columns = (Column("Hạng", 12), Column("Xã, phường, thị trấn", 42, False), Column("Huyện, thành phố", 40, False),
               Column("Điểm", 20), *groups, Column("Đủ số liệu", 20), Column("Tiêu chí thiếu số liệu", left, False),
               Column("Đề xuất", 26))  # fmt: skip
    noted_table(document, "ranking", columns)
    _units_appendices(document, plan, first=3)
    appendix(document, roman(READINGS_AFTER + len(plan.groups)), "CÁCH HIỂU NHỮNG ĐIỂM KẾ HOẠCH KHÔNG QUY ĐỊNH CỤ THỂ")
    text(document, "Các điểm sau là cách hiểu, không phải quy định của Kế hoạch; đề nghị Ban Chỉ đạo cho ý kiến:")
    sentences(document, "readings")


def _targets_appendix(document: Document, plan: Plan, number: str) -> None:
    appendix(document, number, "KẾT QUẢ TỪNG ĐỊA BÀN THEO CÁC CHỈ TIÊU", wide=True)
    shares = {target.id: 4 if target.measure == "percent" else 3 for target in plan.targets}
    width = (WIDE_TEXT_MM - 10 - 38 - 2 * 15) / sum(shares.values())
    targets = tuple(Column(f"{target.id}. {target.short}", width * shares[target.id]) for target in plan.targets)
    columns = (PLACE, Column("Địa bàn", 38, False), *targets, Column("Chỉ tiêu đạt", 15), Column("Theo điểm", 15))
    _rows_or(document, "targets", columns, "Trong kỳ chưa có địa bàn thực hiện chuyển hóa.")


def _units_appendices(document: Document, plan: Plan, first: int) -> None:
    for index, group in enumerate(plan.groups):
        criteria = [c for c in plan.criteria if c.group == group.id]
        appendix(document, roman(first + index), f"SỐ LIỆU TỪNG ĐƠN VỊ: NHÓM {group.title.upper()}", wide=True)
        width = (WIDE_TEXT_MM - 12 - 40) / len(criteria)
        heads = tuple(Column(f"{c.id}. {c.short} ({c.unit})", width) for c in criteria)
        data_table(document, f"units[{index}]", (Column("TT", 12), Column("Đơn vị", 40, False), *heads), grouped=True)
        with each(document, "words", f"units_legends[{index}].notes"):
            text(document, "{{ words }}", "Ghi chú")


def _opening(document: Document) -> None:
    heading(document)
    title(document)
    addressees(document)


def _comparison(document: Document) -> None:
    data_table(document, "comparison", COMPARISON, grouped=True)
    with each(document, "words", "comparison_notes"):
        text(document, "{{ words }}", "Ghi chú")


def _rows_or(document: Document, field: str, columns: tuple[Column, ...], nothing: str) -> None:
    with when(document, f"{field}.rows"):
        noted_table(document, field, columns)
    with when(document, f"not {field}.rows"):
        text(document, nothing)


def _bases(document: Document) -> None:
    with each(document, "basis", "bases"):
        text(document, "Căn cứ {{ basis }}{{ '.' if loop.last else ';' }}", "Căn cứ")


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


LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (
        selection_proposal,
        selection_decision,
        half_year_report,
        annual_report,
        evaluation_minutes,
        delisting_decision,
        reporter_report,
    )
}
