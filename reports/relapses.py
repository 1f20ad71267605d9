"""Warnings of relapse in words: which delisted units reached the threshold, by which figures, and what was ruled."""

from __future__ import annotations

from collections.abc import Sequence

from reports.facts import RelapseWarning
from reports.ranking import points
from reports.vietnamese import MISSING, two_digits
from reports.wording import period_name, unit_list

THRESHOLD = "điểm thấp nhất của địa bàn lựa chọn mới trong danh sách được quyết định gần nhất"
RULINGS = {"relapsed": "kết luận tái phức tạp", "not_relapsed": "chưa kết luận tái phức tạp"}


def warning_words(warning: RelapseWarning) -> str:
    """`số liệu 6 tháng đầu năm 2020: 71,25 điểm, xếp thứ 1/101, ngưỡng cảnh báo 60,5 điểm`."""
    figures = f"số liệu {period_name(warning.period)}: "
    if warning.score is None or warning.threshold is None:
        return figures + MISSING
    place = f", xếp thứ {warning.rank}/{warning.units_ranked}" if warning.rank else ""
    return f"{figures}{points(warning.score)} điểm{place}, ngưỡng cảnh báo {points(warning.threshold)} điểm"


def warned(warnings: Sequence[RelapseWarning]) -> dict[str, str]:
    """What warns of each unit, by code: its periods in one phrase."""
    codes = dict.fromkeys(warning.unit.code for warning in warnings)
    return {code: "; ".join(warning_words(w) for w in warnings if w.unit.code == code) for code in codes}


def open_warnings(warnings: Sequence[RelapseWarning]) -> str:
    """The warnings on which the Committee has not ruled, unit by unit."""
    head = "- Cảnh báo tái phức tạp, chờ Ban Chỉ đạo 138 tỉnh kết luận: "
    if not warnings:
        return f"{head}không có."
    units = {warning.unit.code: warning.unit for warning in warnings}
    named = "; ".join(f"{unit_list([units[code]])}, {words}" for code, words in warned(warnings).items())
    return (
        f"{head}{two_digits(len(units))} địa bàn đã đưa ra khỏi diện có điểm đạt ngưỡng cảnh báo ({THRESHOLD}), gồm: "
        f"{named}. Cảnh báo chưa phải là kết luận tái phức tạp."
    )


def ruling_sentences(warnings: Sequence[RelapseWarning]) -> tuple[str, ...]:
    """Each warning the Committee had before it, with its ruling and the reason given."""
    units = {warning.unit.code: warning for warning in warnings}
    if not units:
        return ("- Cảnh báo tái phức tạp đã xem xét: không có.",)
    lines = [f"- Cảnh báo tái phức tạp đã xem xét: {two_digits(len(units))} địa bàn (ngưỡng cảnh báo là {THRESHOLD}):"]
    for code, words in warned(warnings).items():
        warning = units[code]
        why = f", lý do: {warning.reason.rstrip('.')}" if warning.reason else " (không ghi lý do)"
        ruling = RULINGS[warning.ruling] + why if warning.ruling else "chưa có kết luận"
        lines.append(f"+ {unit_list([warning.unit])}, {words}: {ruling}.")
    return tuple(lines)


def waiting_words(warnings: Sequence[RelapseWarning]) -> str:
    """`; còn 04 địa bàn có cảnh báo tái phức tạp, chờ kết luận`; "" for none."""
    count = len({warning.unit.code for warning in warnings})
    return f"; còn {two_digits(count)} địa bàn có cảnh báo tái phức tạp, chờ kết luận" if count else ""
