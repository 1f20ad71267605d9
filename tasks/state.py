"""The state of things as the agenda asks for it."""

from __future__ import annotations

from sqlmodel import Session

from models import reading
from rules.agenda import CollectionState, State
from rules.timetable import Collection, ReportDue
from tasks.collection import mail_key
from tasks.office import Office

REPORTS = ("half_year_report", "annual_report")


def load_state(session: Session, office: Office) -> State:
    """Where every collection, report, cycle and sitting stands."""
    mailed = reading.mail_keys(session)
    cycles = {cycle.year: cycle for cycle in reading.cycles(session)}
    return State(
        collections={c.period: _collection(session, c, mailed) for c in office.timetable.collections},
        released=frozenset(
            (document.stem, document.year)
            for stem in REPORTS
            for document in reading.documents(session, stem)
            if document.released_on
        ),
        behind=frozenset((r.report, r.year) for r in office.timetable.reports if _is_behind(session, r)),
        waiting=frozenset(gate.subject for gate in reading.gates_open(session)),
        cycles={year: cycle.stage for year, cycle in cycles.items()},
        terms={year: cycle.term_from for year, cycle in cycles.items()},
        findings=frozenset(year for year in cycles if _all_found(session, year)),
        sittings=frozenset(
            sitting.year
            for sitting in office.timetable.sittings
            if reading.answer_in_force(session, "steering_decision", f"steering_decision:{sitting.year}")
        ),
    )


def _collection(session: Session, collection: Collection, mailed: set[str]) -> CollectionState:
    def told(occasion: str) -> frozenset[str]:
        prefix = mail_key(occasion, collection.period, "")
        return frozenset(key.removeprefix(prefix) for key in mailed if key.startswith(prefix))

    asked = told("forms")
    filed = reading.filings(session, collection.period) if asked else {}
    return CollectionState(
        forms_sent=bool(asked), missing=asked - filed.keys(), reminded=told("reminder"), chased=told("overdue")
    )


def _is_behind(session: Session, report: ReportDue) -> bool:
    """Whether figures came in on or after the day of a draft that nobody has reviewed yet."""
    document = reading.newest_document(session, report.report, report.year)
    if document is None or document.stage != "drafted":
        return False
    return any(s.received_on >= document.rendered_on for s in reading.submissions(session, report.period))


def _all_found(session: Session, year: int) -> bool:
    evaluations = reading.evaluations(session, year, "final")
    return bool(evaluations) and all(evaluation.finding for evaluation in evaluations.values())
