"""`deadlines`: when the reports of a year are due."""

from __future__ import annotations

from dataclasses import asdict

from calendars.working_days import vietnam
from commands.speech import print_json, table
from plans.loader import load_plan
from rules.deadlines import deadlines

TITLES = {"half_year_report": "Báo cáo 6 tháng", "annual_report": "Báo cáo năm"}


def show_deadlines(plan_id: str, year: int, as_json: bool) -> None:
    """The deadlines of reporting year `year`. Raises `Refusal` for a year without a calendar."""
    found = deadlines(load_plan(plan_id), vietnam(), year)
    if as_json:
        print_json([asdict(deadline) for deadline in found])
        return
    table(
        f"Thời hạn báo cáo năm {year}",
        ("Báo cáo", "Số liệu từ", "Chốt số liệu", "Đề nghị gửi", "Trước ngày", "Ngày cuối an toàn", "Ghi chú"),
        (
            (
                TITLES.get(d.report, d.report),
                d.data_from,
                d.data_closes_on,
                d.asked_by,
                d.due_before,
                d.last_safe_day,
                _remarks(d.provisional, d.in_force),
            )
            for d in found
        ),
    )


def _remarks(provisional: bool, in_force: bool) -> str:
    said = ["lịch nghỉ tạm tính"] if provisional else []
    return "; ".join(said if in_force else [*said, "ngoài thời hạn hiệu lực của Kế hoạch"])
