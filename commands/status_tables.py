"""What `status` tells people: one table for each thing that can stand somewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from commands.speech import say, table
from forms.words import period_title
from plans.schema import Plan
from reports.catalogue import KINDS
from rules.periods import period
from rules.stages import STAGES

ACTIONS = {
    "send_forms": "Gửi biểu số liệu",
    "remind": "Nhắc gửi số liệu",
    "chase": "Báo quá hạn gửi số liệu",
    "remind_holder": "Nhắc người phải trả lời",
    "tell_next_in_line": "Báo người tiếp theo để đôn đốc",
    "half_year_report": "Báo cáo 6 tháng",
    "annual_report": "Báo cáo năm",
    "evaluation": "Đánh giá địa bàn",
    "criteria_review": "Rà soát tiêu chí, lập danh sách",
    "steering_decision": "Phiên họp Ban Chỉ đạo 138",
    "delisting": "Đưa ra khỏi diện",
    "execution_year": "Bắt đầu năm thực hiện",
}
Row = Mapping[str, Any]


def tell(found: Mapping[str, Any], plan: Plan, illustrative: bool) -> None:
    """The status as tables; `found` as the command prints it in JSON."""
    say(f"Tình hình đến ngày {found['state_on']:%d/%m/%Y}" + (" (SỐ LIỆU MINH HỌA)" if illustrative else ""))
    if found["on"] != found["state_on"]:
        say(f"Các bước là của hôm nay; chỉ việc đến hạn, sắp tới, quá hạn được tính cho ngày {found['on']:%d/%m/%Y}.")
    for warning in found["warnings"]:
        say(f"CHÚ Ý: {warning}")
    say("")
    _cycles(found["cycles"], found["areas"])
    _reports(found["reports"])
    _gates(found["gates"])
    _due(found["due"], plan)
    table(
        "Sắp tới",
        ("Ngày", "Việc", "Của"),
        ((row["on"], row["title"], _title(row["subject"], plan)) for row in found["next"]),
    )
    table(
        "Đơn vị chưa gửi số liệu khi đã hết hạn",
        ("Kỳ", "Đơn vị", "Hạn cuối"),
        ((_title(row["period"], plan), row["name"], row["last_day"]) for row in found["late"]),
    )


def _cycles(cycles: Sequence[Row], areas: Sequence[Row]) -> None:
    labels = STAGES["cycle"].labels
    table(
        "Đợt chuyển hóa",
        ("Năm", "Bước", "Từ ngày", "Đến ngày", "Quyết định ngày", "Tối đa", "Địa bàn", "Trong đó"),
        (
            (
                row["year"],
                labels[row["stage"]],
                *(row[key] for key in ("term_from", "term_to", "decided_on", "cap", "areas")),
                _by_stage([area for area in areas if area["year"] == row["year"]]),
            )
            for row in cycles
        ),
        empty="Chưa mở đợt nào.",
    )


def _reports(reports: Sequence[Row]) -> None:
    labels = STAGES["document"].labels
    table(
        "Báo cáo tổng hợp",
        ("Báo cáo", "Năm", "Bước", "Ký ban hành", "Ngày cuối an toàn", "Quá hạn"),
        (
            (
                KINDS[row["report"]].title,
                row["year"],
                labels[row["stage"]] if row["stage"] else "chưa lập",
                *(row[key] for key in ("released_on", "last_safe_day", "is_late")),
            )
            for row in reports
        ),
    )


def _gates(gates: Sequence[Row]) -> None:
    keys = ("id", "title", "opened_on", "due_on", "is_late")
    table(
        "Đang chờ phê duyệt",
        ("Số", "Nội dung", "Trình ngày", "Chậm nhất ngày", "Quá hạn"),
        ([row[key] for key in keys] for row in gates),
    )


def _due(due: Sequence[Row], plan: Plan) -> None:
    table(
        "Việc đến hạn",
        ("Việc", "Của", "Từ ngày", "Đến hết ngày", "Quá hạn"),
        (
            (
                ACTIONS.get(row["action"], row["action"]),
                _title(row["subject"], plan),
                *(row[key] for key in ("since", "by", "is_late")),
            )
            for row in due
        ),
    )


def _title(subject: str, plan: Plan) -> str:
    """A year as it is, a period by its name on the forms."""
    return subject if subject.isdigit() else period_title(period(plan, subject))


def _by_stage(areas: Sequence[Row]) -> str:
    labels = STAGES["area"].labels
    stages = dict.fromkeys(row["stage"] for row in areas)
    return "; ".join(f"{labels[stage].lower()} {sum(a['stage'] == stage for a in areas)}" for stage in stages)
