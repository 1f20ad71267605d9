"""What documents and gates say of relapses: the warnings by the figures, and what the Committee ruled."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlmodel import Session

from models import reading
from models.cycles import Area
from models.cycles import Relapse as RelapseRow
from reports.facts import Relapse, RelapseWarning
from rules.periods import period
from tasks.naming import Names
from tasks.office import Office
from tasks.recorded import fraction

NO_REASON = "Ban Chỉ đạo chưa kết luận tái phức tạp."  # kept with a warning not followed when nobody wrote why


def relapses(session: Session, office: Office) -> tuple[Relapse, ...]:
    """The units ruled complex again."""
    ruled = {warning.area_id: warning for warning in reading.relapse_warnings(session) if warning.ruling == "relapsed"}
    found = []
    for area in reading.relapsed(session):
        warning = ruled[area.id]
        assert area.delisted_on and warning.ruled_on  # the store sets both days with the stages
        unit = Names(office, area.delisted_on).unit(area.unit_code)
        found.append(Relapse(unit, area.delisted_on, warning.ruled_on, warning.reason))
    return tuple(found)


def open_warnings(session: Session, office: Office) -> tuple[RelapseWarning, ...]:
    """The warnings of delisted units on which the Committee has not ruled."""
    rows = reading.relapse_warnings(session, unruled_only=True)
    delisted = {area.id for area in reading.delisted(session)}
    return tuple(_warning(session, office, row) for row in rows if row.area_id in delisted)


def warnings_ruled_on(session: Session, office: Office, day: date) -> tuple[RelapseWarning, ...]:
    """The warnings on which the sitting of `day` ruled."""
    return tuple(_warning(session, office, row) for row in reading.relapse_warnings(session) if row.ruled_on == day)


def _warning(session: Session, office: Office, row: RelapseRow) -> RelapseWarning:
    area = session.get_one(Area, row.area_id)
    assert area.delisted_on  # only delisted areas are warned of
    because: dict[str, Any] = row.because
    return RelapseWarning(
        unit=Names(office, area.delisted_on).unit(area.unit_code),
        delisted_on=area.delisted_on,
        period=period(office.plan, row.period),
        score=fraction(because.get("score")),
        threshold=fraction(because.get("lowest_decided_score")),
        rank=because.get("rank"),
        units_ranked=because.get("units_ranked"),
        ruling=row.ruling,  # type: ignore[arg-type]
        reason="" if row.reason == NO_REASON else row.reason,
    )
