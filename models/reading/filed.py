"""Who reports, who filed, when, and which version counts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from models.reporting import RefusedFile, Reporter, Submission
from models.units import Unit


@dataclass(frozen=True)
class Filing:
    """How one reporter filed for a period: days of the first and the newest version, and whether it was late.

    Timely is judged by the first version: a correction of what came in time is not late.
    """

    reporter_id: str
    first_on: date
    newest_on: date
    version: int
    is_late: bool
    is_nil: bool


def units_in_force(session: Session, on: date) -> list[Unit]:
    """The units that exist on day `on`, by code."""
    return list(session.exec(_in_force(select(Unit), Unit, on).order_by(Unit.code)))


def reporters_in_force(session: Session, on: date) -> list[Reporter]:
    """The bodies that report on day `on`, by id."""
    return list(session.exec(_in_force(select(Reporter), Reporter, on).order_by(Reporter.id)))


def reporters(session: Session) -> dict[str, Reporter]:
    """Every body that ever reported, by id."""
    return {reporter.id: reporter for reporter in session.exec(select(Reporter))}


def submissions(session: Session, period: str) -> list[Submission]:
    """Every version filed for the period, by reporter and version."""
    filed = select(Submission).where(Submission.period == period)
    return list(session.exec(filed.order_by(col(Submission.reporter_id), col(Submission.version))))


def who_filed(session: Session) -> dict[str, frozenset[str]]:
    """The reporters that filed for each period, in time or not, at least once."""
    found: dict[str, set[str]] = {}
    for period, reporter in session.exec(select(Submission.period, Submission.reporter_id).distinct()):
        found.setdefault(period, set()).add(reporter)
    return {period: frozenset(reporters) for period, reporters in found.items()}


def newest_versions(session: Session) -> dict[tuple[str, str], int]:
    """The newest version by period and reporter, supplements included."""
    filed = select(Submission.period, Submission.reporter_id, func.max(Submission.version))
    by = (Submission.period, Submission.reporter_id)
    return {(period, reporter): version for period, reporter, version in session.exec(filed.group_by(*by))}


def latest_submissions(
    session: Session, period: str, *, received_by: date | None = None, with_supplements: bool = False
) -> dict[str, Submission]:
    """The version that counts, by reporter id: the newest, of those received up to the day `received_by` (inclusive).

    What came in after the figures were frozen counts only `with_supplements`.
    """
    counting = {}
    for submission in submissions(session, period):
        in_time = received_by is None or submission.received_on <= received_by
        if in_time and (with_supplements or not submission.supplement):
            counting[submission.reporter_id] = submission
    return counting


def latest_submission(session: Session, period: str, reporter_id: str) -> Submission | None:
    """The reporter's newest version for the period, supplements included; None if it has not filed."""
    versions = select(Submission).where(Submission.period == period, Submission.reporter_id == reporter_id)
    return session.exec(versions.order_by(col(Submission.version).desc()).limit(1)).first()


def filings(session: Session, period: str, *, received_by: date | None = None) -> dict[str, Filing]:
    """Who filed for the period (supplements included), by reporter id."""
    found: dict[str, Filing] = {}
    for row in submissions(session, period):
        if received_by is not None and row.received_on > received_by:
            continue
        first = found.get(row.reporter_id)
        found[row.reporter_id] = Filing(
            reporter_id=row.reporter_id,
            first_on=first.first_on if first else row.received_on,
            newest_on=row.received_on,
            version=row.version,
            is_late=first.is_late if first else row.is_late,
            is_nil=row.is_nil,
        )
    return found


def refused_files(session: Session) -> list[RefusedFile]:
    """Every file that was not taken in, by day and hash."""
    return list(session.exec(select(RefusedFile).order_by(col(RefusedFile.received_on), RefusedFile.sha256)))


def _in_force(query: Any, table: Any, on: date) -> Any:
    return query.where(table.valid_from <= on, or_(table.valid_to.is_(None), table.valid_to >= on))
