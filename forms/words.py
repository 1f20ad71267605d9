"""The form's own words, in Vietnamese: titles, how to fill it, what a closed cell answers."""

from __future__ import annotations

from datetime import date

from forms.layout import REASON_CODES
from forms.spec import FormSpec
from rules.figures import BLANK_REASONS
from rules.periods import Period

PERIOD_TITLES = {
    "half_year": "Báo cáo 6 tháng đầu năm {year}",
    "annual": "Báo cáo năm {year}",
    "first_selection": "Số liệu lựa chọn địa bàn lần đầu (năm {year})",
}
YES, NO = "Có", "Không"


def day(on: date) -> str:
    """The day as the plan writes it: 15/5/2018."""
    return f"{on.day}/{on.month}/{on.year}"


def period_title(period: Period) -> str:
    """What the period is called on a form's cover."""
    return PERIOD_TITLES[period.kind].format(year=period.year)


def reasons_line() -> str:
    """The letters that stand for a reason, with their meaning."""
    return "; ".join(f"{REASON_CODES[reason]} = {words}" for reason, words in BLANK_REASONS.items())


def cover_rows(spec: FormSpec) -> tuple[tuple[str, str], ...]:
    """Label and value of the cover's upper part."""
    period = spec.period
    return (
        ("Đơn vị báo cáo", spec.reporter.name),
        ("Kỳ báo cáo", period_title(period)),
        ("Số liệu tính", f"từ ngày {day(period.opens_on)} đến hết ngày {day(period.closes_on)}"),
        ("Ngày chốt số liệu", day(spec.closes_on)),
        ("Đề nghị gửi chậm nhất", day(spec.asked_by)),
        ("Hạn cuối cùng", day(spec.last_safe_day)),
        ("Mã biểu", f"{spec.reporter.id} / {period.id} / bản {spec.version}"),
    )


def instructions() -> tuple[str, ...]:
    """How the form is filled in, one sentence a line."""
    return (
        "1. Chỉ nhập vào các ô nền vàng; ô đã nhập chuyển sang nền trắng. Các ô khác đã khóa; "
        "không thêm, xóa hàng, cột hoặc trang.",
        "2. Số 0 nghĩa là đã kiểm tra và không có. Không có số liệu thì không để trống mà ghi chữ cái chỉ lý do: "
        f"{reasons_line()}.",
        "3. Nhập số, không nhập chữ, dấu chấm ngăn nghìn, đơn vị tính hoặc công thức.",
        "4. Cột chữ xám “Cùng kỳ” là số đã báo cáo cùng kỳ năm trước, để đối chiếu; số tăng, giảm bất thường thì "
        "ghi rõ ở cột “Giải trình”.",
        "5. Chỉ báo cáo số lượng. Không ghi họ tên, ngày sinh, số giấy tờ, số điện thoại của bất kỳ ai.",
        "6. Nếu trong kỳ không có nội dung nào để báo cáo: chọn “Có” ở ô trên và gửi lại biểu, "
        "không phải nhập gì thêm.",
    )
