"""The plan's arithmetic on what was filed: the ranking of all units, the proposal, the judgement of areas."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from sqlmodel import Session

from models import reading
from models.cycles import Area
from rules.achievement import Achievement, judge, meets_target_threshold
from rules.findings import Evidence, evidence
from rules.periods import Period, period, same_window_last_year, selection_period
from rules.quotas import cap
from rules.relapse import warns_of_relapse
from rules.scoring import UnitScore, rank, score_units
from rules.selection import Proposal, propose
from tasks.office import Office

Values = Mapping[str, Mapping[str, Decimal | None]]
Known = TypeVar("Known")


@dataclass(frozen=True)
class Ranking:
    """All units of a period by score, the most complex first, with the `values` they were scored from."""

    period: Period
    values: Values
    scores: tuple[UnitScore, ...]

    def place(self, code: str) -> int | None:
        """The unit's place, from 1; None if it was not ranked."""
        return next((place for place, score in enumerate(self.scores, start=1) if score.code == code), None)

    def score(self, code: str) -> UnitScore | None:
        """The unit's score; None if it was not ranked."""
        return next((score for score in self.scores if score.code == code), None)


@dataclass(frozen=True)
class Selection:
    """The list to put before Steering Committee 138 for cycle `year`, and all it was made from."""

    year: int
    ranking: Ranking
    units_in_force: int
    proposal: Proposal
    ineligible: tuple[str, ...]


@dataclass(frozen=True)
class Judgement:
    """An area against the targets, with the evidence for the second gate of II.4."""

    area_id: int
    unit: str
    carried_over: bool
    achievement: Achievement
    meets_threshold: bool
    evidence: Evidence


def values_of(session: Session, office: Office, of: Period, until: date | None = None) -> Values:
    """Every unit in force when `of` closed, with what was filed for it (by day `until`); nothing filed is empty."""

    def read() -> Values:
        filed = reading.criterion_values(session, of.id, received_by=until, with_supplements=True)
        return {unit.code: filed.get(unit.code, {}) for unit in office.units_on(of.closes_on)}

    return _known(session, office, ("values", of.id, until), read)


def ranking(session: Session, office: Office, of: Period, until: date | None = None) -> Ranking:
    """The ranking of all units from the figures of period `of`."""
    plan = office.plan

    def score() -> Ranking:
        values = values_of(session, office, of, until)
        scores = score_units(values, plan.criteria, plan.groups)
        return Ranking(of, values, rank(scores, values, plan.parameters.tie_break.value))

    return _known(session, office, ("ranking", of.id, until), score)


def _known(session: Session, office: Office, what: tuple[str, str, date | None], work: Callable[[], Known]) -> Known:
    """What `work` gives, done once for the submissions of a period: what was filed never changes, only grows.

    One day asks for the same ranking in the evaluation, in the watch on relapses and in two reports.
    """
    _, period_id, until = what
    counting = reading.latest_submissions(session, period_id, received_by=until, with_supplements=True)
    made_from = tuple((submission.id, submission.sha256) for submission in counting.values())
    known = office.known.get(what)
    if known is None or known[0] != made_from:
        known = office.known[what] = (made_from, work())
    return known[1]


def select(session: Session, office: Office, year: int, on: date) -> Selection:
    """The proposal for cycle `year`, decided on day `on`: carry-overs first, then the most complex, up to the cap."""
    parameters = office.plan.parameters
    ranked = ranking(session, office, selection_period(office.plan, year))
    in_force = len(office.units_on(on))
    found = reading.evaluations(session, year - 1, "final")
    verdicts = {code: evaluation.is_converted for code, evaluation in found.items()}
    recognised = tuple(sorted(code for code, converted in verdicts.items() if converted))
    failed = tuple(sorted(code for code, converted in verdicts.items() if not converted))
    ineligible = () if parameters.recognised_eligible_in_same_sitting.value else recognised
    proposal = propose(
        ranked.scores,
        cap(in_force, parameters.quota_percent.value),
        failed,
        ineligible,
        parameters.minimum_completeness_percent.value,
        carry_over_counts=parameters.carry_over_counts.value,
        carry_over_ranked_first=parameters.carry_over_ranked_first.value,
    )
    return Selection(year, ranked, in_force, proposal, ineligible)


def judge_areas(session: Session, office: Office, year: int, of: Period | None = None) -> tuple[Judgement, ...]:
    """The areas of cycle `year`, in the list's order, judged by the figures of `of` (the year's annual ones)."""
    of = of or period(office.plan, f"{year}-annual")
    before = same_window_last_year(office.plan, of)
    areas = reading.areas(session, year)
    if not areas:
        return ()
    ranked = ranking(session, office, of)
    past = values_of(session, office, before) if before else {}
    return tuple(
        Judgement(
            area_id=area.id,
            unit=area.unit_code,
            carried_over=area.carried_from_year is not None,
            achievement=achievement,
            meets_threshold=_meets(office, achievement),
            evidence=evidence(
                office.plan,
                ranked.values.get(area.unit_code, {}),
                past.get(area.unit_code, {}),
                ranked.place(area.unit_code),
                len(ranked.scores),
            ),
        )
        for area, achievement in zip(areas, achievements(session, office, areas, of), strict=True)
    )


def achievements(session: Session, office: Office, areas: Sequence[Area], of: Period) -> tuple[Achievement, ...]:
    """What each of `areas` has achieved by the figures of `of`."""
    targets = reading.target_values(session, of.id, with_supplements=True)
    return tuple(judge(office.plan.targets, targets.get(area.unit_code, {})) for area in areas)


def _meets(office: Office, achievement: Achievement) -> bool:
    parameters = office.plan.parameters
    return meets_target_threshold(achievement, parameters.achievement_percent.value, parameters.count_by.value)


def relapse_signs(session: Session, office: Office, of: Period) -> dict[int, dict[str, Any] | None]:
    """Of each delisted area with figures in `of`, why it warns of a relapse by them; None if it does not (I.1.b)."""
    lowest = _lowest_decided_score(session)
    ranked = ranking(session, office, of)
    found: dict[int, dict[str, Any] | None] = {}
    for area in reading.delisted(session):
        score = ranked.score(area.unit_code)
        if score is None or not score.completeness:
            continue
        found[area.id] = None
        if warns_of_relapse(score.score, lowest):
            found[area.id] = {
                "score": score.score,
                "lowest_decided_score": lowest,
                "rank": ranked.place(area.unit_code),
                "units_ranked": len(ranked.scores),
            }
    return found


def _lowest_decided_score(session: Session) -> Fraction | None:
    """Of the last decided list. Carry-overs were not chosen by their score, so theirs sets no threshold."""
    decided = [cycle.year for cycle in reading.cycles(session) if cycle.decided_on]
    if not decided:
        return None
    chosen = [a for a in reading.areas(session, decided[-1]) if a.score and a.carried_from_year is None]
    return min((Fraction(area.score) for area in chosen), default=None)
