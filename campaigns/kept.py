"""The plan's promises, looked for in the database of an office that lived through its years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from models import reading
from models.db import read
from models.verification import first_fault
from rules.quotas import is_within_quota
from rules.timetable import ReportDue, SittingDue
from tasks.collection import asked_reporters
from tasks.office import Office

SITTING_DOCUMENTS = ("evaluation_minutes", "selection_decision")


def broken_promises(office: Office, lived: Sequence[date], *, whole: bool) -> list[str]:
    """What was dropped, was late without need, or went over the cap. `lived`: the days on which the machine was on.

    `whole`: the office lived to the plan's end, so that everything must be done; else what was due by the last day.
    """
    last = max(lived)
    with read(office.engine) as session:
        found = [*_audit(session), *_cycles(session, office, whole), *_no_leftovers(session, whole)]
        for collection in office.timetable.collections:
            if collection.forms_out_on <= last:
                found += _collection(session, office, collection.period, last > collection.last_day)
        for report in office.timetable.reports:
            if whole or report.last_safe_day < last:
                found += _report(session, office, report, set(lived))
        for sitting in office.timetable.sittings:
            if whole or sitting.on < last:
                found += _sitting(session, sitting, set(lived), whole)
    return found


def what_was_late(office: Office) -> list[str]:
    """The reports and lists that came after their day."""
    with read(office.engine) as session:
        late = [
            f"{r.report} {r.year} by {(released - r.last_safe_day).days} days"
            for r in office.timetable.reports
            if (released := released_on(session, r)) and released > r.last_safe_day
        ]
    return late


def list_decided_on(office: Office, year: int) -> date | None:
    """The day the list of cycle `year` was decided."""
    with read(office.engine) as session:
        cycle = reading.cycle(session, year)
        return cycle.decided_on if cycle else None


def released_on(session: Session, report: ReportDue) -> date | None:
    """The day the consolidated report was first released."""
    days = [d.released_on for d in reading.documents(session, report.report, report.year) if d.released_on]
    return min(days, default=None)


def was_on(lived: set[date], first: date, last: date) -> bool:
    """Whether the machine ran on every day from `first` to `last`."""
    return all(first + timedelta(days=n) in lived for n in range((last - first).days + 1))


def _audit(session: Session) -> Iterator[str]:
    broken = first_fault(session)
    if broken is not None:
        yield f"the record was tampered with: {broken.words}"


def _cycles(session: Session, office: Office, whole: bool) -> Iterator[str]:
    percent = office.plan.parameters.quota_percent.value
    wanted = [s.decides for s in office.timetable.sittings if s.decides is not None]
    cycles = reading.cycles(session)
    if whole and [c.year for c in cycles] != wanted:
        yield f"cycles {[c.year for c in cycles]} instead of {wanted}"
    for cycle in cycles:
        areas = [area.unit_code for area in reading.areas(session, cycle.year)]
        if cycle.decided_on and not areas:
            yield f"the list of {cycle.year} was decided empty"
        if not is_within_quota(len(areas), cycle.units_in_force or len(office.units_on(cycle.term_from)), percent):
            yield f"the list of {cycle.year} has {len(areas)} areas: over the cap"
        if len(set(areas)) < len(areas):
            yield f"the list of {cycle.year} names a commune twice"
        if whole and cycle.stage != "closed":
            yield f"cycle {cycle.year} stands at {cycle.stage}"


def _no_leftovers(session: Session, whole: bool) -> Iterator[str]:
    if unsent := reading.mails_unsent(session):
        yield f"{len(unsent)} mails were not sent"
    if whole and (waiting := reading.gates_open(session)):
        yield f"gates still wait: {sorted(gate.subject for gate in waiting)}"


def _collection(session: Session, office: Office, period: str, over: bool) -> Iterator[str]:
    asked = {agency.id for agency in asked_reporters(session, office, period)}
    if not asked:
        yield f"{period}: nobody was asked"
    missing = asked - set(reading.filings(session, period))
    if len(missing) > len(asked) // 4 and over:
        yield f"{period}: {len(missing)} of {len(asked)} forms never came"
    chased = reading.mail_keys(session, f"overdue:{period}/")
    for reporter in sorted(missing) if over else ():
        if f"overdue:{period}/{reporter}" not in chased:
            yield f"{period}: {reporter} is missing and was not told"
    if refused := [f for f in reading.refused_files(session) if f.file_name.startswith(period)][1:]:
        yield f"{period}: good forms were refused: {refused[0].reasons[0]}"


def _report(session: Session, office: Office, report: ReportDue, lived: set[date]) -> Iterator[str]:
    name, released = f"{report.report} {report.year}", released_on(session, report)
    if released is None:
        yield f"{name} was never released"
        return
    asked = office.timetable.collection(report.period).forms_out_on
    returned = (
        answer.answered_on
        for gate, answer in reading.approvals(session)
        if gate.subject == f"{report.report}:{report.year}" and answer.decision == "return"
    )
    excused = any(day >= report.last_safe_day for day in returned)  # an officer sent it back on the last day
    if released > report.last_safe_day and not excused and was_on(lived, asked, report.last_safe_day):
        yield f"{name} was released on {released}, late, though the machine was on all the time"
    bodies = office.plan.obligation(f"consolidated_{report.report}").owed_to
    sent = reading.mail_keys(session, f"released:{report.report}:{report.year}/")
    if len(sent) != len(bodies):
        yield f"{name} went to {len(sent)} of {len(bodies)} bodies"


def _sitting(session: Session, sitting: SittingDue, lived: set[date], whole: bool) -> Iterator[str]:
    answer = reading.answer_in_force(session, "steering_decision", f"steering_decision:{sitting.year}")
    if answer is None:
        if whole or was_on(lived, sitting.prepared_from, sitting.on):
            yield f"the session of {sitting.year} was dropped"
        return
    if sitting.decides is not None:
        yield from _document(session, "selection_proposal", sitting.decides)
        yield from _document(session, "selection_decision", sitting.decides)
    if sitting.recognises is not None:
        yield from _document(session, "evaluation_minutes", sitting.recognises)
        areas = reading.areas(session, sitting.recognises)
        for kind in ("preliminary", "final"):
            if len(reading.evaluations(session, sitting.recognises, kind)) != len(areas):  # type: ignore[arg-type]
                yield f"cycle {sitting.recognises}: not every area has a {kind} evaluation"


def _document(session: Session, stem: str, year: int) -> Iterator[str]:
    if reading.newest_document(session, stem, year) is None:
        yield f"{stem} {year} was never drafted"
