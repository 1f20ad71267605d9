"""The state of things as the agenda asks for it: asked every day, so in few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date

from sqlmodel import Session

from models import reading
from models.cycles import Cycle
from models.documents import Document
from models.gates import Gate
from rules.agenda import CollectionState, State
from rules.holding import Hold, hold_days
from rules.timetable import SittingDue
from tasks.collection import MAIL_OCCASIONS, split_mail_key
from tasks.gate_notices import PASSED_ON, REMINDED
from tasks.office import Office
from tasks.release import RELEASE_MAIL
from tasks.signatures import is_decision_of_another, is_signed_by_another

REPORTS = ("half_year_report", "annual_report")
SESSION_PAPERS = ("evaluation_minutes", "selection_decision")
_ABOUT = (RELEASE_MAIL, REMINDED, PASSED_ON)  # mails whose keys name what they are about before the last "/"
_REVIEWED_BY_NOBODY = "drafted"


def load_state(session: Session, office: Office) -> State:
    """Where every collection, report, cycle and sitting stands."""
    mailed = reading.mailed_on(session, (*(f"{occasion}:" for occasion in MAIL_OCCASIONS), *_ABOUT))
    told, sent_on = _told(mailed), _forms_sent_on(mailed)
    about = {key.rpartition("/")[0] for key in mailed if key.startswith(_ABOUT)}
    held = frozenset(int(subject.partition(":")[2]) for subject in reading.decided(session, "steering_decision"))
    filed = reading.who_filed(session)
    newest = reading.newest_documents(session, (*REPORTS, *SESSION_PAPERS))
    gates = reading.gates_open(session)
    cycles = {cycle.year: cycle for cycle in reading.cycles(session)}
    return State(
        collections={
            c.period: _collection(told[c.period], filed.get(c.period, frozenset()), sent_on.get(c.period))
            for c in office.timetable.collections
        },
        released=frozenset(
            (stem, year)
            for (stem, year), document in newest.items()
            if stem in REPORTS and document.released_on and f"{RELEASE_MAIL}{stem}:{year}" in about
        ),
        behind=frozenset(
            (
                *_drafts_behind(session, office, newest),
                *_gates_behind(session, office, gates),
                *(gate.subject for gate in gates if is_signed_by_another(session, gate, office.today)),
            )
        ),
        waiting=frozenset(gate.subject for gate in gates),
        cycles={year: cycle.stage for year, cycle in cycles.items()},
        terms={year: cycle.term_from for year, cycle in cycles.items()},
        findings=frozenset(year for year, cycle in cycles.items() if _all_found(session, cycle)),
        sittings=held,
        holds=tuple(_holds(office, gates, about)),
        unwritten=frozenset(_unwritten(session, office, held, newest)),
    )


def _told(keys: Iterable[str]) -> Mapping[str, Mapping[str, set[str]]]:
    """Period -> occasion -> the reporters written to."""
    told: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: {o: set() for o in MAIL_OCCASIONS})
    for occasion, period, reporter in filter(None, map(split_mail_key, keys)):
        told[period][occasion].add(reporter)
    return told


def _forms_sent_on(mailed: Mapping[str, date]) -> Mapping[str, date]:
    """Period -> the first day forms went out for it."""
    found: dict[str, date] = {}
    for key, on in mailed.items():
        match split_mail_key(key):
            case "forms", period, _:
                found[period] = min(on, found.get(period, on))
    return found


def _collection(told: Mapping[str, set[str]], filed: frozenset[str] | None, sent_on: date | None) -> CollectionState:
    asked = told["forms"]
    return CollectionState(
        forms_sent=bool(asked),
        sent_on=sent_on,
        missing=frozenset(asked - (filed or frozenset())),
        reminded=frozenset(told["reminder"]),
        chased=frozenset(told["overdue"]),
    )


def _drafts_behind(session: Session, office: Office, newest: Mapping[tuple[str, int], Document]) -> Iterator[str]:
    """The reports for which figures came in on or after the day of a draft that nobody has reviewed yet."""
    for report in office.timetable.reports:
        document = newest.get((report.report, report.year))
        if document is None or document.stage != _REVIEWED_BY_NOBODY:
            continue
        if _filed_since(session, report.period, document.rendered_on):
            yield f"{report.report}:{report.year}"


def _gates_behind(session: Session, office: Office, gates: Sequence[Gate]) -> Iterator[str]:
    """The findings and lists for which figures came in on or after the day people were asked about them."""
    opened_on = {gate.subject: gate.opened_on for gate in gates}
    for sitting in office.timetable.sittings:
        for subject in (f"evaluation:{sitting.recognises}", f"criteria_review:{sitting.decides}"):
            if subject in opened_on and _filed_since(session, sitting.period, opened_on[subject]):
                yield subject


def _filed_since(session: Session, period: str, on: date) -> bool:
    return any(submission.received_on >= on for submission in reading.submissions(session, period))


def _holds(office: Office, gates: Sequence[Gate], about: Set[str]) -> Iterator[Hold]:
    """When the silence at each open gate is told, and whether it was."""
    for gate in gates:
        remind_on, next_in_line_on = hold_days(office.plan, office.calendar, gate.kind, gate.opened_on, gate.due_on)
        reminded, passed_on = (prefix + gate.trail_name in about for prefix in (REMINDED, PASSED_ON))
        yield Hold(gate.id, remind_on, next_in_line_on, reminded, passed_on)


def _unwritten(
    session: Session, office: Office, held: Set[int], newest: Mapping[tuple[str, int], Document]
) -> Iterator[int]:
    """The sittings held whose papers are not drafted; of the last one also if another would sign its decisions today.

    Those of an earlier sitting were signed long ago, though nobody recorded it.
    """
    for sitting in office.timetable.sittings:
        if sitting.year not in held:
            continue
        is_newest = sitting.year == max(held)
        if not _is_written(sitting, newest) or (is_newest and is_decision_of_another(session, office, sitting)):
            yield sitting.year


def _is_written(sitting: SittingDue, newest: Mapping[tuple[str, int], Document]) -> bool:
    """Whether the papers of a session that was held are drafted."""
    years = (sitting.recognises, sitting.decides)
    return all(year is None or (stem, year) in newest for stem, year in zip(SESSION_PAPERS, years, strict=True))


def _all_found(session: Session, cycle: Cycle) -> bool:
    if cycle.stage == "closed":
        return True  # its session could not sit without them
    evaluations = reading.evaluations(session, cycle.year, "final")
    return bool(evaluations) and all(evaluation.finding for evaluation in evaluations.values())
