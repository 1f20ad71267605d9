"""Beside the gates of a report: who reported, how the areas stand, and the offences of both windows."""

from __future__ import annotations

from fractions import Fraction

from sqlmodel import Session

from models import reading
from reports.areas import summary_rows
from reports.charts import Chart, WindowChart
from reports.comparison import Compared, compare
from reports.facts import AreaStanding, Filing
from reports.papers import Paper
from reports.vietnamese import short_date
from rules.periods import period
from tasks.area_papers import target_chart
from tasks.cycle_facts import standings
from tasks.naming import filings
from tasks.office import Office
from tasks.period_facts import Filed

STATES = {"missing": "Chưa gửi", "late": "Gửi muộn", "on_time": "Đúng hạn"}


def report_papers(session: Session, office: Office, stem: str, year: int) -> tuple[list[Paper], list[Chart]]:
    """What the report `stem` of `year` rests on, by the figures as they stand."""
    report = office.timetable.report(stem, year)
    filed = Filed(session, office, period(office.plan, report.period))
    tables, charts = [_filing_table(filings(session, office, filed.of))], [_offences(filed)]
    judged = filed.of.kind == "annual" and bool(reading.areas(session, year))
    areas = standings(session, office, year, filed.of) if judged else filed.areas
    if areas:
        tables.append(_area_table(office, areas, judged, year))
        charts.append(target_chart(office.plan, areas, f"Địa bàn năm {year} so với chỉ tiêu mục I.2"))
    return tables, charts


def _filing_table(found: tuple[Filing, ...]) -> Paper:
    """The missing ones first, then the late: those an officer asks about."""
    order = list(STATES)
    ranked = sorted(found, key=lambda f: order.index(f.state))
    rows = tuple((f.reporter, _state(f), short_date(f.received_on)) for f in ranked)
    counts = {state: sum(f.state == state for f in found) for state in STATES}
    title = (
        f"Đơn vị gửi số liệu: {len(found) - counts['missing']}/{len(found)} "
        f"(muộn {counts['late']}, chưa gửi {counts['missing']})"
    )
    return Paper(title, ("Đơn vị", "Tình trạng", "Ngày nhận"), rows)


def _state(filing: Filing) -> str:
    return f"{STATES[filing.state]}{' (không phát sinh)' if filing.nil else ''}"


def _area_table(office: Office, areas: tuple[AreaStanding, ...], judged: bool, year: int) -> Paper:
    head = ("TT", "Địa bàn", "Huyện, thành phố", "Chỉ tiêu", "Theo điểm", "Còn thiếu", "Kết quả")
    return Paper(f"Các địa bàn của năm {year}", head, summary_rows(office.plan, areas, judged))


def _offences(filed: Filed) -> Chart:
    """What II.4 speaks of, both windows side by side; one not filed by all counts those filed twice."""
    plan = filed.office.plan
    criteria = (*plan.parameters.second_gate_offences.value, *plan.parameters.second_gate_vice_spots.value)
    units, now, before = filed.names.units, filed.values, filed.values_before
    compared = [compare(plan.criterion(id), units, now, before) for id in criteria]
    return WindowChart(
        "Toàn tỉnh so với cùng kỳ năm trước",
        tuple(f"{item.criterion.short}{' (*)' if item.is_partial else ''}" for item in compared),
        tuple(_fraction(item.shared_now if item.is_partial else item.now) for item in compared),
        tuple(_fraction(item.shared_before if item.is_partial else item.before) for item in compared),
        f"{short_date(filed.of.opens_on)} - {short_date(filed.of.closes_on)}",
        f"{short_date(filed.before.opens_on)} - {short_date(filed.before.closes_on)}" if filed.before else "năm trước",
        _footnote(compared),
    )


def _footnote(compared: list[Compared]) -> str:
    return "(*) chỉ tính đơn vị có số liệu ở cả hai kỳ" if any(item.is_partial for item in compared) else ""


def _fraction(value: object) -> Fraction | None:
    return None if value is None else Fraction(str(value))
