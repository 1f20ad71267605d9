"""The plan's dates in the order in which they come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from plans.schema import Plan
from rules.timetable import Timetable

REPORTS = {"half_year_report": "Hạn phát hành báo cáo 6 tháng", "annual_report": "Hạn phát hành báo cáo năm"}
Entry = tuple[date, str, str, str]  # day, event, title, subject


def dates_after(plan: Plan, timetable: Timetable, on: date) -> list[dict[str, Any]]:
    """What comes after day `on`, the next first, up to the plan's end."""
    entries = sorted({*_collections(timetable), *_duties(timetable)})
    coming = [entry for entry in entries if on < entry[0] <= plan.valid_to.value]
    return [dict(zip(("on", "event", "title", "subject"), entry, strict=True)) for entry in coming]


def _collections(timetable: Timetable) -> Iterator[Entry]:
    for c in timetable.collections:
        yield c.forms_out_on, "forms_out", "Gửi biểu số liệu", c.period
        yield c.closes_on, "data_closes", "Chốt số liệu", c.period
        yield c.asked_by, "asked_by", "Đề nghị các đơn vị gửi số liệu", c.period
        yield c.last_day, "last_day", "Hạn cuối các đơn vị gửi số liệu", c.period


def _duties(timetable: Timetable) -> Iterator[Entry]:
    for report in timetable.reports:
        yield report.last_safe_day, report.report, REPORTS.get(report.report, report.report), str(report.year)
    for sitting in timetable.sittings:
        yield sitting.on, "steering_decision", "Phiên họp cuối năm của Ban Chỉ đạo 138", str(sitting.year)
    for year, starts_on in timetable.terms:
        yield starts_on, "execution_year", "Bắt đầu năm thực hiện", str(year)
