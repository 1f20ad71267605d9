"""On which day a document is signed: today, unless the Committee's answer says that its decision was signed already."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Session

from models import reading
from rules.timetable import SittingDue
from tasks.cycle_facts import session_day
from tasks.decided import decided_by
from tasks.office import Office

LIST, DELISTING = "selection_decision", "delisting_decision"


def day_of_signature(session: Session, office: Office, stem: str, year: int) -> date:
    """The day whose signer a document drafted now has to show."""
    return signed_day(session, office, stem, year) or office.today


def signed_day(session: Session, office: Office, stem: str, year: int) -> date | None:
    """The day on which a decision of the Committee was signed, as its sitting was recorded; None while it is a draft.

    The clerk numbers a paper after it was signed: one whose number is known was. Without its day, that of the sitting.
    """
    sitting = _sitting_of(office, stem, year)
    if sitting is None:
        return None
    answer = reading.answer_in_force(session, "steering_decision", f"steering_decision:{sitting.year}")
    if answer is None:
        return None
    decided = decided_by(answer)
    own = "delisting_number" if stem == DELISTING and sitting.decides is not None else "number"
    if day := decided.text("signed_on"):
        return datetime.strptime(day, "%d/%m/%Y").date()  # noqa: DTZ007 (a calendar day has no zone)
    return session_day(session, office, sitting.year) if decided.text(own) else None


def decisions_of(sitting: SittingDue) -> list[tuple[str, int]]:
    """The decisions that come of a sitting, with the cycles they are about."""
    found = ((LIST, sitting.decides), (DELISTING, sitting.recognises))
    return [(stem, year) for stem, year in found if year is not None]


def _sitting_of(office: Office, stem: str, year: int) -> SittingDue | None:
    return next((sitting for sitting in office.timetable.sittings if (stem, year) in decisions_of(sitting)), None)
