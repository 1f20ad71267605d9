"""How each document is laid out: its blocks in order, from the one look. `make templates` turns these into Word files.

Headings, fixed phrases and column heads stand in the layouts; every sentence with a figure comes from the document's
module.
"""

from __future__ import annotations

from collections.abc import Callable

from docx.document import Document

from plans.schema import Plan
from reports.layout_decisions import delisting_decision, evaluation_minutes, selection_decision, selection_proposal
from reports.layout_reports import annual_report, half_year_report, reporter_report

Layout = Callable[[Document, Plan], None]

LAYOUTS: dict[str, Layout] = {
    layout.__name__: layout
    for layout in (
        selection_proposal,
        selection_decision,
        half_year_report,
        annual_report,
        evaluation_minutes,
        delisting_decision,
        reporter_report,
    )
}
