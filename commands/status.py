"""`status`: where each cycle, area, report and gate stands today, what is next, who is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlmodel import Session

from commands.installation import open_installation
from commands.speech import print_json
from commands.status_tables import tell
from commands.upcoming import dates_after
from models import reading
from models.db import read
from rules.agenda import Due, State, agenda
from rules.errors import Refusal
from rules.gates import GATES
from tasks.gate_content import content_of
from tasks.office import Office
from tasks.state import load_state

NEXT_DATES = 10
Row = dict[str, Any]


def show_status(on: date | None, as_json: bool) -> None:
    """Today's state as the database has it, and what it calls for on day `on` (default: today; a day to come).

    Raises `Refusal` for a day gone by: the database knows how things stand, not how they stood.
    """
    office = open_installation()
    day = on or office.today
    if day < office.today:
        raise Refusal(
            f"Chỉ xem được tình hình của hôm nay ({office.today:%d/%m/%Y}) hoặc của một ngày sắp tới; "
            "hãy chọn lại ngày, các việc đã qua xem trong văn bản và thư đã lưu."
        )
    with read(office.engine) as session:
        state = load_state(session, office)
        found: dict[str, Any] = {
            "on": day,
            "state_on": office.today,
            "cycles": list(_cycles(session)),
            "areas": list(_areas(session, office)),
            "reports": list(_reports(session, office, day)),
            "gates": list(_gates(session, day)),
            "due": [_due(due, day) for due in agenda(office.timetable, state, day)],
            "next": dates_after(office.plan, office.timetable, day)[:NEXT_DATES],
            "late": list(_late(office, state, day)),
            "warnings": [warning for warning in [office.calendar.missing_notice(day)] if warning],
        }
    if as_json:
        print_json(found)
    else:
        tell(found, office.plan, office.illustrative)


def _cycles(session: Session) -> Iterator[Row]:
    for cycle in reading.cycles(session):
        areas = reading.areas(session, cycle.year)
        yield {
            "year": cycle.year,
            "stage": cycle.stage,
            "term_from": cycle.term_from,
            "term_to": cycle.term_to,
            "decided_on": cycle.decided_on,
            "cap": cycle.cap,
            "areas": len(areas),
        }


def _areas(session: Session, office: Office) -> Iterator[Row]:
    for cycle in reading.cycles(session):
        names = {unit.code: unit.name for unit in office.units_on(cycle.decided_on or cycle.opened_on)}
        for area in reading.areas(session, cycle.year):
            yield {
                "year": cycle.year,
                "code": area.unit_code,
                "name": names.get(area.unit_code, ""),
                "stage": area.stage,
                "carried_over": area.carried_from_year is not None,
            }


def _reports(session: Session, office: Office, on: date) -> Iterator[Row]:
    for report in office.timetable.reports:
        document = reading.newest_document(session, report.report, report.year)
        released_on = document.released_on if document else None
        yield {
            "report": report.report,
            "year": report.year,
            "stage": document.stage if document else None,
            "released_on": released_on,
            "last_safe_day": report.last_safe_day,
            "is_late": released_on is None and on > report.last_safe_day,
        }


def _gates(session: Session, on: date) -> Iterator[Row]:
    for gate in reading.gates_open(session):
        yield {
            "id": gate.id,
            "kind": gate.kind,
            "title": f"{GATES[gate.kind].title} · {content_of(gate).title}",
            "opened_on": gate.opened_on,
            "due_on": gate.due_on,
            "is_late": gate.due_on is not None and on > gate.due_on,
        }


def _due(due: Due, on: date) -> Row:
    return {
        "action": due.action,
        "subject": due.subject,
        "since": due.since,
        "by": due.by,
        "is_late": due.is_late(on),
    }


def _late(office: Office, state: State, on: date) -> Iterator[Row]:
    """The reporters that were asked for a period and have not filed by its last day."""
    for collection in office.timetable.collections:
        if on <= collection.last_day:
            continue
        for id in sorted(state.collections[collection.period].missing):
            yield {
                "period": collection.period,
                "reporter": id,
                "name": office.plan.agency(id).name,
                "last_day": collection.last_day,
            }
