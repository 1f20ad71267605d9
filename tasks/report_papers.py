"""Beside the gates of a report: the figures it says, as it says them, who has not filed, and the offences drawn.

The tables are the report's own, from the context it is drafted from: what the head freezes is what stands here.
"""

from __future__ import annotations

from fractions import Fraction
from textwrap import fill

from sqlmodel import Session

from models import reading
from models.canonical import content_sha256
from reports.charts import Chart, WindowChart
from reports.comparison import Compared, compare
from reports.consolidated import Consolidated
from reports.facts import Filing
from reports.papers import Paper
from reports.vietnamese import short_date
from rules.periods import period
from tasks.area_papers import target_chart
from tasks.cycle_facts import standings
from tasks.documents import report_context
from tasks.list_papers import BESIDE_OTHERS, short_district
from tasks.naming import filings
from tasks.office import Office
from tasks.period_facts import Filed

WIDEST = 46  # characters of a line in a cell
STATES = {"missing": "Chưa gửi", "late": "Gửi muộn", "on_time": "Đúng hạn"}
_UNDRAFTED = "Số liệu đã khác bản dự thảo này: phần mềm lập lại dự thảo rồi trình lại, đề nghị chờ bản mới."


def report_papers(session: Session, office: Office, stem: str, year: int) -> tuple[list[Paper], list[Chart]]:
    """What the report `stem` of `year` says in figures, by the figures as they stand."""
    report = office.timetable.report(stem, year)
    filed = Filed(session, office, period(office.plan, report.period))
    says = report_context(stem, filed)
    tables = [_filing_table(filings(session, office, filed.of))]
    tables.append(_comparison_table(says, filed, _warnings(session, stem, year, says)))
    charts: list[Chart] = [_offences(filed)]
    if says.areas.rows:
        judged = filed.of.kind == "annual"
        areas = standings(session, office, year, filed.of) if judged else filed.areas
        tables.append(_area_table(says, year))
        charts.append(target_chart(office.plan, areas, f"Địa bàn năm {year} so với chỉ tiêu mục I.2"))
    return tables, charts


def _comparison_table(says: Consolidated, filed: Filed, warnings: tuple[str, ...]) -> Paper:
    """The province's criteria in the window and in the same one of the year before."""
    rows = []
    for group in says.comparison:
        rows.append(("", group.title, *[""] * 5))
        for place, criterion, _unit, *figures in group.rows:  # what is counted stands in the criterion's name
            rows.append((place, fill(criterion, WIDEST), *figures))
    head = ("TT", "Tiêu chí", "Trong kỳ", "Cùng kỳ", "Tăng, giảm", "Tỷ lệ", "Đơn vị có số liệu")
    notes = (*warnings, *says.window, *says.comparison_notes)
    return Paper("Số liệu toàn tỉnh so với cùng kỳ năm trước", head, tuple(rows), notes)


def _warnings(session: Session, stem: str, year: int, says: Consolidated) -> tuple[str, ...]:
    """While the draft waits for its review: whether it says these figures."""
    draft = reading.newest_document(session, stem, year)
    if draft is None or draft.stage != "drafted" or draft.context_sha256 == content_sha256(says):
        return ()
    return (_UNDRAFTED,)


def _area_table(says: Consolidated, year: int) -> Paper:
    rows = tuple(
        (place, f"{name}, {short_district(district)}", met, result, fill(short, BESIDE_OTHERS))
        for place, name, district, met, _, short, result in says.areas.rows
    )
    head = ("TT", "Địa bàn", "Chỉ tiêu đạt", "Kết quả", "Chưa đạt, còn thiếu")
    return Paper(f"Các địa bàn của năm {year}", head, rows, tuple(map(_sentence, says.results)))


def _filing_table(found: tuple[Filing, ...]) -> Paper:
    """Those an officer asks about: who did not file, then who was late."""
    order = list(STATES)
    asked = sorted((f for f in found if f.state != "on_time"), key=lambda f: order.index(f.state))
    rows = tuple((f.reporter, _state(f), short_date(f.received_on)) for f in asked)
    counts = {state: sum(f.state == state for f in found) for state in STATES}
    title = (
        f"Đơn vị gửi số liệu: {len(found) - counts['missing']}/{len(found)} "
        f"(muộn {counts['late']}, chưa gửi {counts['missing']})"
    )
    punctual = f"{'Các đơn vị còn lại' if rows else 'Tất cả các đơn vị'} gửi đúng hạn."
    return Paper(title, ("Đơn vị", "Tình trạng", "Ngày nhận"), rows, (punctual,))


def _state(filing: Filing) -> str:
    return f"{STATES[filing.state]}{' (không phát sinh)' if filing.nil else ''}"


def _sentence(line: str) -> str:
    return line.removeprefix("- ")


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
