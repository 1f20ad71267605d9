"""Cycles, areas, how they were judged, and what the province keeps."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from models.cycles import Area, Cycle, Evaluation, Proposal, Relapse

CONVERTED_STAGES = ("converted", "delisted", "relapsed")  # once converted, always counted in the 85 % of I.1.b


def cycle(session: Session, year: int) -> Cycle | None:
    """The cycle of reporting year `year`, if it was opened."""
    return session.get(Cycle, year)


def cycles(session: Session) -> list[Cycle]:
    """Every cycle, by year."""
    return list(session.exec(select(Cycle).order_by(col(Cycle.year))))


def newest_proposal(session: Session, year: int) -> Proposal | None:
    """The last version proposed for the cycle."""
    versions = select(Proposal).where(Proposal.cycle_year == year)
    return session.exec(versions.order_by(col(Proposal.version).desc()).limit(1)).first()


def areas(session: Session, year: int) -> list[Area]:
    """The cycle's areas, in the order of the decided list."""
    return list(session.exec(select(Area).where(Area.cycle_year == year).order_by(col(Area.position))))


def area(session: Session, year: int, unit_code: str) -> Area | None:
    """The area that a unit is in the cycle, if it is one."""
    return session.exec(select(Area).where(Area.cycle_year == year, Area.unit_code == unit_code)).first()


def evaluations(session: Session, year: int, kind: str) -> dict[str, Evaluation]:
    """The newest evaluation of each of the cycle's areas, by unit code. `kind`: "preliminary" or "final"."""
    query = select(Area.unit_code, Evaluation).join(Area).where(Area.cycle_year == year, Evaluation.kind == kind)
    rows = session.exec(query.order_by(col(Area.position), col(Evaluation.version)))
    return dict(rows.all())


def newest_evaluation(session: Session, area_id: int, kind: str) -> Evaluation | None:
    """The area's newest evaluation of this kind."""
    versions = select(Evaluation).where(Evaluation.area_id == area_id, Evaluation.kind == kind)
    return session.exec(versions.order_by(col(Evaluation.version).desc()).limit(1)).first()


def ever_converted(session: Session) -> list[Area]:
    """Every area that was converted in any cycle, whatever became of it, by cycle and position."""
    return _in_stages(session, CONVERTED_STAGES)


def delisted(session: Session) -> list[Area]:
    """The areas taken off the list that have not relapsed: those the relapse watch looks at."""
    return _in_stages(session, ("delisted",))


def relapsed(session: Session) -> list[Area]:
    """The areas ruled complex again."""
    return _in_stages(session, ("relapsed",))


def relapse_warnings(session: Session, *, unruled_only: bool = False) -> list[Relapse]:
    """The warnings of relapse, by day and area."""
    query = select(Relapse).order_by(col(Relapse.warned_on), col(Relapse.area_id))
    return [row for row in session.exec(query) if not (unruled_only and row.ruling)]


def _in_stages(session: Session, stages: Sequence[str]) -> list[Area]:
    query = select(Area).where(col(Area.stage).in_(stages))
    return list(session.exec(query.order_by(col(Area.cycle_year), col(Area.position))))
