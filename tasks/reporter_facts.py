"""What a reporter's own report says: read from its own form and from nobody else's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from sqlmodel import Session

from forms.spec import FormSpec, measure_rows
from models import reading
from models.reading import FiledFigure
from models.reporting import Submission
from plans.schema import Agency
from reports.facts import AreaStanding, Budget, Figures, MeasureState, Said
from reports.reporter_facts import ReporterFacts
from rules.achievement import judge
from rules.periods import Period, period, same_window_last_year
from tasks.collection import areas_asked_about, spec_of
from tasks.cycle_facts import standing_so_far
from tasks.naming import Names
from tasks.office import Office


def reporter_facts(session: Session, office: Office, submission: Submission) -> ReporterFacts:
    """What the report drafted for the reporter of `submission` says, its newest form of the period."""
    plan, of = office.plan, period(office.plan, submission.period)
    before = same_window_last_year(plan, of)
    names = Names(office, of.closes_on)
    reporter = names.agency(submission.reporter_id)
    spec = spec_of(session, office, of, reporter, areas=areas_asked_about(session, of))
    filed = reading.figures_of(session, submission)
    asked = {unit.code for unit in spec.units}
    return ReporterFacts(
        reporter=reporter.name,
        period=of,
        period_before=before,
        units=tuple(unit for unit in names.units if unit.code in asked),
        criteria=tuple(criterion.id for criterion in spec.criteria),
        targets=tuple(target.id for target in spec.targets),
        now=_by_unit(filed, spec),
        before=_by_unit(_filed_for(session, before, reporter), spec) if before else None,
        areas=_areas(session, office, names, spec, filed) if spec.targets else (),
        measures=_measures(names, spec, filed),
        budget=_budget(spec, filed),
        narratives=tuple(
            Said(reporter.name, words.section, words.text) for words in reading.narratives_of(session, submission)
        ),
        nil=submission.is_nil,
    )


def _filed_for(session: Session, of: Period, reporter: Agency) -> list[FiledFigure]:
    submission = reading.latest_submission(session, of.id, reporter.id)
    return reading.figures_of(session, submission) if submission else []


def _by_unit(filed: Iterable[FiledFigure], spec: FormSpec) -> Figures:
    values = {(f.unit, f.item): f.value for f in filed if f.kind == "criterion"}
    return {unit.code: {c.id: values.get((unit.code, c.id)) for c in spec.criteria} for unit in spec.units}


def _areas(
    session: Session, office: Office, names: Names, spec: FormSpec, filed: Iterable[FiledFigure]
) -> tuple[AreaStanding, ...]:
    """The year's areas that it was asked about; an achievement holds only what it reports itself."""
    said = reading.parts_by_unit(f for f in filed if f.kind == "target")
    asked = {unit.code for unit in spec.areas}
    rows = [area for area in reading.areas(session, spec.period.year) if area.unit_code in asked]
    return tuple(
        standing_so_far(names, area, judge(office.plan.targets, said.get(area.unit_code, {}))) for area in rows
    )


def _measures(names: Names, spec: FormSpec, filed: Iterable[FiledFigure]) -> tuple[MeasureState, ...]:
    """Each measure it was asked about, without a state where it said nothing."""
    states: dict[tuple[str, str], Decimal | None] = {
        (measure.id, area.code if area else ""): None for area, measure in measure_rows(spec)
    }
    states |= {(f.item, f.unit): f.value for f in filed if f.kind == "measure"}
    return tuple(
        MeasureState(
            measure,
            spec.reporter.name,
            names.unit(unit) if unit else None,
            None if state is None else int(state),
        )
        for (measure, unit), state in sorted(states.items(), key=lambda row: row[0])
    )


def _budget(spec: FormSpec, filed: Iterable[FiledFigure]) -> Budget | None:
    sums: Mapping[str, Decimal | None] = {f.item: f.value for f in filed if f.kind == "budget"}
    if not sums and not spec.has_budget:
        return None
    return Budget(spec.reporter.name, sums.get("planned"), sums.get("spent"))
