"""Fields of forms that choose among units, and those that rule on relapses."""

from __future__ import annotations

from collections.abc import Sequence

from reports.facts import RelapseWarning
from reports.relapses import THRESHOLD, warned
from reports.vietnamese import short_date
from rules.timetable import SittingDue
from tasks.approvals import Question
from tasks.naming import Names

NUMBER_OF = {
    True: "Số quyết định về danh sách địa bàn (ví dụ 15/QĐ-BCĐ)",
    False: "Số quyết định công nhận, đưa ra khỏi diện (ví dụ 15/QĐ-BCĐ)",
}
UNIT_REASONS = "Lý do từng địa bàn bỏ, bổ sung, thôi chuyển tiếp (mỗi dòng: mã, lý do; chỉ một thì dùng ô Lý do)"


def choice(names: Names, codes: Sequence[str], name: str, title: str) -> list[Question]:
    """One field to choose any number of units in; none if there is nothing to choose from."""
    return [Question(name, title, tuple(option(names, code) for code in codes))] if codes else []


def unit_list(names: Names, codes: Sequence[str]) -> str:
    """The units in one line."""
    return "; ".join(option(names, code) for code in codes) or "không có"


def option(names: Names, code: str) -> str:
    """A unit as forms show it: "31999 Phường 9 (thành phố Cà Mau)"; `tasks.decided.Decided.codes` reads it back."""
    unit = names.unit(code)
    return f"{code} {unit.name} ({unit.district})"


def warning_lines(names: Names, warnings: Sequence[RelapseWarning]) -> list[str]:
    """What a form shows of the units that may be complex again."""
    words = warned(warnings)
    return [
        f"Cảnh báo tái phức tạp, chờ kết luận: {len(words)} địa bàn (ngưỡng cảnh báo là {THRESHOLD}):",
        *(f"{option(names, code)}: {words[code]}." for code in sorted(words)),
    ]


def ruling_questions(names: Names, warnings: Sequence[RelapseWarning]) -> list[Question]:
    """Which of them are, and why."""
    return [
        *choice(names, sorted(warned(warnings)), "relapsed", "Kết luận tái phức tạp"),
        Question("relapsed_reason", "Lý do kết luận tái phức tạp"),
        Question("not_relapsed_reason", "Lý do chưa kết luận tái phức tạp với các địa bàn cảnh báo còn lại"),
    ]


def sitting_questions(sitting: SittingDue) -> list[Question]:
    """When it sat, and the decisions that came of it: their numbers, and the day they were signed."""
    both = sitting.recognises is not None and sitting.decides is not None
    delisting = [Question("delisting_number", NUMBER_OF[False])] if both else []
    return [
        Question("held_on", "Ngày họp", default=short_date(sitting.on)),
        Question("number", NUMBER_OF[sitting.decides is not None]),
        *delisting,
        Question("signed_on", "Ngày ký quyết định (nếu đã ký)"),
    ]
