"""Fields of forms that choose among units, and those that rule on relapses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reports.facts import RelapseWarning
from reports.relapses import THRESHOLD, warned
from reports.vietnamese import short_date
from rules.gates import DECISION_LABELS
from rules.timetable import SittingDue
from tasks.approvals import Question
from tasks.naming import Names

NUMBER_OF = {
    True: "Số quyết định về danh sách địa bàn",
    False: "Số quyết định công nhận, đưa ra khỏi diện",
}
NUMBER_HELP = "Ví dụ 15/QĐ-BCĐ; chưa lấy số thì để trống"
A_LINE_EACH = "Mỗi dòng một địa bàn: mã, dấu cách, {}"
ONLY_AMENDED = f"Chỉ khi chọn “{DECISION_LABELS['amend']}”"
MISSING_REASON = "Lý do công nhận khi còn thiếu số liệu"
UNIT_REASONS = Question(
    "unit_reasons",
    "Lý do bỏ, bổ sung, thôi chuyển tiếp",
    help=f"{A_LINE_EACH.format('lý do')}. Chỉ một địa bàn thì ghi ở ô Lý do cũng được",
)


def choice(names: Names, codes: Sequence[str], name: str, title: str, help: str = "") -> list[Question]:
    """One field to choose any number of units in; none if there is nothing to choose from."""
    return [Question(name, title, tuple(option(names, code) for code in codes), help=help)] if codes else []


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
        *choice(
            names,
            sorted(warned(warnings)),
            "relapsed",
            "Địa bàn tái phức tạp",
            "Không chọn thì hiểu là chưa tái phức tạp",
        ),
        Question("relapsed_reason", "Lý do kết luận tái phức tạp", help="Phải ghi khi đã chọn địa bàn"),
        Question(
            "not_relapsed_reason",
            "Lý do chưa kết luận tái phức tạp",
            help="Cho các địa bàn có cảnh báo mà không được chọn",
        ),
    ]


def finding_questions(names: Names, codes: Sequence[str]) -> list[Question]:
    """Which of the areas have not improved (II.4), and why that is said of each."""
    title, unsaid = "Địa bàn chưa giảm cơ bản tội phạm, tệ nạn xã hội", "Không chọn thì hiểu là đã giảm cơ bản"
    return [
        Question("not_reduced", title, tuple(option(names, code) for code in codes), help=unsaid),
        Question(
            "finding_note",
            "Căn cứ của từng địa bàn đã chọn",
            help=f"{A_LINE_EACH.format('căn cứ')}. Phải ghi khi đã chọn địa bàn",
        ),
    ]


def list_questions(names: Names, proposed: Mapping[str, Any]) -> list[Question]:
    """What the sitting takes out of the list `proposed` (as recorded) and puts in, and why."""
    listed, most = proposed["proposed"], f"{ONLY_AMENDED}; cả danh sách tối đa {proposed['cap']}"
    removable = [code for code in listed if code not in proposed["carried_over"]]
    spare = [row["code"] for row in proposed["ranking"] if row["code"] not in (*listed, *proposed["ineligible"])]
    return [
        *choice(names, removable, "removed", "Bỏ khỏi danh sách", ONLY_AMENDED),
        *choice(names, spare, "added", "Bổ sung vào danh sách", most),
        UNIT_REASONS,
    ]


def sitting_questions(sitting: SittingDue) -> list[Question]:
    """When it sat, and the decisions that came of it: their numbers, and the day they were signed."""
    both = sitting.recognises is not None and sitting.decides is not None
    delisting = [Question("delisting_number", NUMBER_OF[False], help=NUMBER_HELP)] if both else []
    return [
        Question("held_on", "Ngày họp", default=short_date(sitting.on), help="Ngày/tháng/năm đã họp"),
        Question("number", NUMBER_OF[sitting.decides is not None], help=NUMBER_HELP),
        *delisting,
        Question("signed_on", "Ngày ký quyết định", help="Ngày/tháng/năm; chưa ký thì để trống"),
    ]
