"""All that lies beside the form of a gate, as plain values: tables, charts, what changed, the draft, what else waits.

A paper that cannot be made never holds up its gate: it is left out, and a line says so.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import Session

from models.db import read
from models.gates import Gate
from reports.charts import Chart
from reports.papers import Paper
from tasks.approvals import WaitingGate, by_deadline
from tasks.area_papers import finding_papers, sitting_papers, warning_papers
from tasks.gate_changes import Changes, changes_since_asked, document_of
from tasks.kept_files import fault_of
from tasks.list_papers import list_papers
from tasks.office import Office
from tasks.report_papers import report_papers
from tasks.stopwatch import timed

Made = TypeVar("Made")
Laid = tuple[list[Paper], list[Chart]]
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class DraftFile:
    """The draft a gate asks about: where it lies, its name in the office's folder, and the hash it was filed with.

    `fault`: what is wrong if it does not lie there as it was filed; nobody can approve it then.
    """

    path: Path
    name: str
    sha256: str
    fault: str = ""


@dataclass(frozen=True)
class GatePapers:
    """What lies beside a form. `draft`: the file whose pages are shown; `left_out`: what could not be made."""

    tables: tuple[Paper, ...] = ()
    charts: tuple[Chart, ...] = ()
    changes: Changes | None = None
    draft: DraftFile | None = None
    left_out: tuple[str, ...] = ()


@timed
def lay_out(office: Office, gate: WaitingGate) -> GatePapers:
    """The papers of `gate`, from the database as it stands."""
    left_out: list[str] = []

    def part(name: str, make: Callable[[Session], Made], otherwise: Made) -> Made:
        try:
            with read(office.engine) as session:
                return make(session)
        except Exception:
            _LOG.warning("gate %s: %s could not be made", gate.id, name, exc_info=True)
            left_out.append(f"Chưa lập được {name}.")
            return otherwise

    tables, charts = part("bảng số liệu", lambda session: _decided_on(session, office, gate), ([], []))
    changes = part("phần so sánh với lần trình trước", lambda s: changes_since_asked(s, office, gate.id), None)
    draft = part("đường dẫn bản dự thảo", lambda session: _draft(session, office, gate), None)
    return GatePapers(tuple(tables), tuple(charts), changes, draft, tuple(left_out))


def waiting_list(gates: tuple[WaitingGate, ...]) -> Paper:
    """Everything that waits for approval, what is due first before all; what is asked leads to its form."""
    gates = by_deadline(gates)
    rows = tuple(
        (
            gate.title,
            f"{gate.due_on:%d/%m/%Y}" if gate.due_on else "",
            gate.answerers,
        )
        for gate in gates
    )
    head = ("Việc (bấm để mở)", "Chậm nhất", "Người trả lời")
    links = tuple(f"/runs/flow-run/{gate.flow_run_id}" if gate.flow_run_id else "" for gate in gates)
    nothing = () if rows else ("Không có việc nào đang chờ phê duyệt.",)
    return Paper("", head, rows, nothing, links)


def _decided_on(session: Session, office: Office, gate: WaitingGate) -> Laid:
    name, _, year = gate.subject.partition(":")
    make = _BY_KIND.get(gate.kind)
    return make(session, office, name, int(year)) if make and year.isdigit() else ([], [])


def _sitting(session: Session, office: Office, _: str, year: int) -> Laid:
    """What the sitting of `year` recognises first, then the list it decides."""
    sitting = office.timetable.sitting(year)
    tables: list[Paper] = []
    charts: list[Chart] = []
    if sitting.recognises is not None:
        tables, charts = sitting_papers(session, office, sitting.recognises)
    if sitting.decides is not None:
        more = list_papers(session, office, sitting.decides)
        tables, charts = tables + more[0], charts + more[1]
    return tables, charts


_BY_KIND: Mapping[str, Callable[[Any, Office, str, int], Laid]] = {
    "selection_proposal": lambda session, office, _, year: list_papers(session, office, year),
    "steering_decision": _sitting,
    "evaluation_finding": lambda session, office, _, year: finding_papers(session, office, year),
    "relapse_ruling": lambda session, office, _, year: (warning_papers(session, office), []),
    "report_review": report_papers,
    "report_release": report_papers,
}


def _draft(session: Session, office: Office, gate: WaitingGate) -> DraftFile | None:
    document = document_of(session, session.get_one(Gate, gate.id))
    if document is None:
        return None
    fault = fault_of(office.folder, document.path, document.content_sha256)
    return DraftFile(office.folder / document.path, document.path, document.content_sha256, fault)
