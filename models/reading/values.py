"""The figures of a period, of the versions that count (`received_by`, `with_supplements`: `latest_submissions`)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Table as SqlTable
from sqlmodel import Session, col, select

from models.reading.filed import latest_submissions
from models.reporting import Submission, SubmittedFigure, SubmittedNarrative
from rules.figures import FigureKind

Value = Decimal | None


@dataclass(frozen=True)
class FiledFigure:
    """A figure (`rules.figures.Figure`) with who filed it, and in which submission, for tracing it."""

    reporter_id: str
    submission_id: int
    unit: str
    kind: str
    item: str
    part: str
    value: Value
    reason: str | None
    comment: str
    cell: str


_FIGURES: SqlTable = SubmittedFigure.__table__  # type: ignore[attr-defined]
_COLUMNS = [_FIGURES.c[name] for name in FiledFigure.__dataclass_fields__ if name != "reporter_id"]


@dataclass(frozen=True)
class FiledNarrative:
    """A reporter's own words in one section."""

    reporter_id: str
    section: str
    text: str


def figures(
    session: Session,
    period: str,
    kind: FigureKind | None = None,
    *,
    received_by: date | None = None,
    with_supplements: bool = False,
) -> list[FiledFigure]:
    """Every figure that counts (of one `kind`), by reporter, kind, unit, item and part."""
    counting = latest_submissions(session, period, received_by=received_by, with_supplements=with_supplements)
    reporters = {submission.id: id for id, submission in counting.items()}
    query = select(*_COLUMNS).where(_FIGURES.c.submission_id.in_(reporters))
    if kind is not None:
        query = query.where(_FIGURES.c.kind == kind)
    found = [FiledFigure(reporters[row[0]], *row) for row in session.execute(query).all()]
    return sorted(found, key=lambda f: (f.reporter_id, f.kind, f.unit, f.item, f.part))


def figures_of(session: Session, submission: Submission) -> list[FiledFigure]:
    """Every figure of one submission, whether it counts or not."""
    query = select(*_COLUMNS).where(_FIGURES.c.submission_id == submission.id)
    return [FiledFigure(submission.reporter_id, *row) for row in session.execute(query).all()]


def criterion_values(
    session: Session, period: str, *, received_by: date | None = None, with_supplements: bool = False
) -> dict[str, dict[str, Value]]:
    """`{unit: {criterion: value}}` for scoring. A blank is None; what nobody filed is not there.

    Asked more often than all else, so it reads no more than it gives.
    """
    counting = latest_submissions(session, period, received_by=received_by, with_supplements=with_supplements)
    columns = _FIGURES.c
    mine = columns.submission_id.in_([submission.id for submission in counting.values()])
    query = select(columns.unit, columns.item, columns.value).where(mine, columns.kind == "criterion")
    query = query.order_by(columns.submission_id)
    values: dict[str, dict[str, Value]] = {}
    for unit, item, value in session.execute(query).all():
        filed = values.setdefault(unit, {})
        if value is not None or item not in filed:  # as in `_blanks_first`
            filed[item] = value
    return values


def target_values(
    session: Session, period: str, *, received_by: date | None = None, with_supplements: bool = False
) -> dict[str, dict[str, dict[str, Value]]]:
    """`{unit: {target: {part: value}}}` for judging areas."""
    filed = figures(session, period, "target", received_by=received_by, with_supplements=with_supplements)
    return parts_by_unit(_blanks_first(filed))


def parts_by_unit(filed: Iterable[FiledFigure]) -> dict[str, dict[str, dict[str, Value]]]:
    """`{unit: {target: {part: value}}}` of these figures of targets; of two of one cell the later counts."""
    values: dict[str, dict[str, dict[str, Value]]] = {}
    for figure in filed:
        values.setdefault(figure.unit, {}).setdefault(figure.item, {})[figure.part] = figure.value
    return values


def measure_states(
    session: Session, period: str, *, received_by: date | None = None, with_supplements: bool = False
) -> dict[str, dict[tuple[str, str], Value]]:
    """`{measure: {(reporter id, unit or ""): state}}`, the state a key of `rules.figures.MEASURE_STATES`."""
    states: dict[str, dict[tuple[str, str], Value]] = {}
    for figure in figures(session, period, "measure", received_by=received_by, with_supplements=with_supplements):
        states.setdefault(figure.item, {})[figure.reporter_id, figure.unit] = figure.value
    return states


def budget(
    session: Session, period: str, *, received_by: date | None = None, with_supplements: bool = False
) -> dict[str, dict[str, Value]]:
    """`{reporter id: {"planned": value, "spent": value}}`, in million đồng."""
    sums: dict[str, dict[str, Value]] = {}
    for figure in figures(session, period, "budget", received_by=received_by, with_supplements=with_supplements):
        sums.setdefault(figure.reporter_id, {})[figure.item] = figure.value
    return sums


def narratives(
    session: Session, period: str, *, received_by: date | None = None, with_supplements: bool = False
) -> list[FiledNarrative]:
    """The reporters' own words, by reporter, in the order they were written."""
    counting = latest_submissions(session, period, received_by=received_by, with_supplements=with_supplements)
    reporters = {submission.id: id for id, submission in counting.items()}
    query = select(SubmittedNarrative).where(col(SubmittedNarrative.submission_id).in_(reporters))
    rows = sorted(session.exec(query), key=lambda row: (reporters[row.submission_id], row.position))
    return [FiledNarrative(reporters[row.submission_id], row.section, row.text) for row in rows]


def narratives_of(session: Session, submission: Submission) -> list[FiledNarrative]:
    """The words of one submission, in the order they were written."""
    query = select(SubmittedNarrative).where(SubmittedNarrative.submission_id == submission.id)
    rows = session.exec(query.order_by(col(SubmittedNarrative.position)))
    return [FiledNarrative(submission.reporter_id, row.section, row.text) for row in rows]


def _blanks_first(filed: list[FiledFigure]) -> Iterator[FiledFigure]:
    """Should two reporters file the same figure, a value is not lost to the other's blank."""
    yield from (figure for figure in filed if figure.value is None)
    yield from (figure for figure in filed if figure.value is not None)
