"""What a replay came to, as `summary.json` holds it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import Session

from models import reading
from models.cycles import Cycle
from models.db import read
from models.documents import Document
from models.reading.judged import CONVERTED_STAGES
from models.verification import first_fault
from rules.objectives import success
from tasks.cycle_facts import share_held
from tasks.office import Office
from tasks.state import REPORTS

FAILED_STAGES = ("not_converted", "carried_over", "dropped")
SET_ASIDE = ("returned", "replaced")  # drafts that were not to be


def summarise(office: Office, first: date, last: date) -> dict[str, Any]:
    """The summary of the replay from its database, in JSON's types, without the seconds.

    Cycles and documents are listed from the year of `first` on; counts, relapses and the share held are of the whole.
    """
    with read(office.engine) as session:
        counts = reading.counts(session)
        return {
            "plan": office.plan.id,
            "from": first.isoformat(),
            "to": last.isoformat(),
            "illustrative": office.illustrative,
            "cycles": [_cycle(session, c) for c in reading.cycles(session) if c.year >= first.year],
            "relapsed": [area.unit_code for area in reading.relapsed(session)],
            "held": str(share_held(session)),
            "documents": [
                _document(office, d) for d in reading.documents(session) if d.year >= first.year and _is_listed(d)
            ],
            "approvals": counts.approvals,
            "returned": counts.returned,
            "mails": counts.mails,
            "audit_events": counts.audit_events,
            "audit_ok": first_fault(session) is None,
        }


def _cycle(session: Session, cycle: Cycle) -> dict[str, Any]:
    areas = reading.areas(session, cycle.year)
    proposal = reading.newest_proposal(session, cycle.year)
    content = proposal.content if proposal else {}
    converted = _codes(area for area in areas if area.stage in CONVERTED_STAGES)
    failed = _codes(area for area in areas if area.stage in FAILED_STAGES)
    return {
        "year": cycle.year,
        "decided_on": _iso(cycle.decided_on),
        "units_in_force": cycle.units_in_force or content.get("units_in_force"),
        "cap": cycle.cap if cycle.cap is not None else content.get("cap"),
        "proposed": list(content.get("proposed", ())),
        "decided": _codes(areas),
        "carried_over": _codes(area for area in areas if area.carried_from_year is not None),
        "converted": converted,
        "not_converted": failed,
        "delisted": _codes(area for area in areas if area.delisted_on is not None),
        "success": str(success(converted, _codes(areas))) if converted or failed else None,
    }


def _is_listed(document: Document) -> bool:
    """The consolidated reports once released, by whatever version; all else unless it was set aside."""
    if document.stem in REPORTS:
        return document.released_on is not None
    return document.stage not in SET_ASIDE


def _document(office: Office, document: Document) -> dict[str, Any]:
    due = {(r.report, r.year): r.last_safe_day for r in office.timetable.reports}
    return {
        "document": document.stem,
        "year": document.year,
        "path": document.path,
        "rendered_on": _iso(document.rendered_on),
        "released_on": _iso(document.released_on),
        "last_safe_day": _iso(due.get((document.stem, document.year))),
    }


def _codes(areas: Any) -> list[str]:
    return [area.unit_code for area in areas]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
