"""The half-year and the annual report: drafted, reviewed, released, sent."""

from __future__ import annotations

from prefect import flow

from flows.cycle import relapse_watch
from tasks import cycle, steps
from tasks.gate_openings import document_at
from tasks.office import current


@flow(name="Báo cáo 6 tháng", flow_run_name="Báo cáo 6 tháng · {year}")
def half_year_report(year: int) -> None:
    """Brings the half-year report of `year` as far as it can go today; released, its warnings go to the Committee."""
    document = document_at(current(), "half_year_report", year)
    if document and document.stage == "released":
        relapse_watch(year)
    else:
        steps.watch_relapses(f"{year}-half_year")
    _bring_on("half_year_report", year)


@flow(name="Báo cáo năm", flow_run_name="Báo cáo năm · {year}")
def annual_report(year: int) -> None:
    """Brings the annual report of `year`, with the preliminary evaluation of its areas, as far as it can go today."""
    if cycle.has_areas(current(), year):
        steps.evaluate(year, "preliminary")
    if cycle.is_sitting_prepared(current(), year):  # a late report says of relapses what its sitting will be told
        steps.watch_relapses(f"{year}-annual")
    _bring_on("annual_report", year)


def _bring_on(stem: str, year: int) -> None:
    """A draft goes to review, a reviewed one to release, a released one out.

    What was approved is not drafted again: only the signature block follows who signs today.
    """
    document = document_at(current(), stem, year)
    stage = document.stage if document else ""
    if stage == "released":
        steps.announce_release(stem, year)
    elif stage == "reviewed":
        steps.let_sign(stem, year)
        steps.ask_about_report("report_release", stem, year)
    else:
        steps.draft_report(stem, year)
        steps.ask_about_report("report_review", stem, year)
