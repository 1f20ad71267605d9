"""A paper replay of 2017-2020 on the sample figures: the real rules, no database, nobody who says no."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from plans.loader import load_plan
from plans.schema import Criterion, Plan
from plans.units import Unit, load_units, units_in_force
from rules.achievement import Achievement, judge, meets_target_threshold
from rules.findings import Evidence, evidence, points_to_reduction
from rules.periods import Period, period, same_window_last_year, selection_period
from rules.quotas import cap
from rules.scoring import UnitScore, rank, score_units
from rules.selection import Proposal, propose
from samples import DEFAULT_SEED
from samples.targets import target_parts
from samples.twins import filed_value

PLAN_ID = "qd-1426-2017"


@dataclass
class PaperReplay:
    """What the rules make of the samples: lists, results, relapses."""

    plan: Plan
    seed: int
    cycles: dict[int, tuple[str, ...]] = field(default_factory=dict)
    proposals: dict[int, Proposal] = field(default_factory=dict)
    achievements: dict[int, dict[str, Achievement]] = field(default_factory=dict)
    evidences: dict[int, dict[str, Evidence]] = field(default_factory=dict)
    converted: dict[int, set[str]] = field(default_factory=dict)

    def units(self, at: Period) -> tuple[Unit, ...]:
        return units_in_force(load_units(self.plan.id), at.closes_on)

    def figures(self, at: Period) -> dict[str, dict[str, Decimal | None]]:
        return {u.code: {c.id: self._value(u, c, at) for c in self.plan.criteria} for u in self.units(at)}

    def _value(self, unit: Unit, criterion: Criterion, at: Period) -> Decimal | None:
        value = filed_value(self.seed, self.plan, unit, criterion, at, self.cycles)
        return None if isinstance(value, str) else value

    def ranking(self, at: Period) -> tuple[UnitScore, ...]:
        figures = self.figures(at)
        scores = score_units(figures, self.plan.criteria, self.plan.groups)
        return rank(scores, figures, self.plan.parameters.tie_break.value)

    def decide(self, year: int, carried: Iterable[str], ineligible: Iterable[str]) -> None:
        at = selection_period(self.plan, year)
        parameters = self.plan.parameters
        places = cap(len(self.units(at)), parameters.quota_percent.value)
        minimum = parameters.minimum_completeness_percent.value
        self.proposals[year] = propose(self.ranking(at), places, tuple(carried), tuple(ineligible), minimum)
        self.cycles[year] = self.proposals[year].proposed

    def evaluate(self, year: int) -> None:
        at = period(self.plan, f"{year}-annual")
        before = same_window_last_year(self.plan, at)
        assert before
        now, then = self.figures(at), self.figures(before)
        places = {score.code: place for place, score in enumerate(self.ranking(at), 1)}
        units = {unit.code: unit for unit in self.units(at)}
        self.achievements[year], self.evidences[year] = {}, {}
        for code in self.cycles[year]:
            parts = {t.id: self._parts(units[code], t.id, at) for t in self.plan.targets}
            self.achievements[year][code] = judge(self.plan.targets, parts)
            self.evidences[year][code] = evidence(self.plan, now[code], then[code], places[code], len(places))
        self.converted[year] = {code for code in self.cycles[year] if self.succeeds(year, code)}

    def _parts(self, area: Unit, target: str, at: Period) -> dict[str, Decimal | None]:
        parts = target_parts(self.seed, self.plan, area, target, at, self.cycles)
        return {part: None if isinstance(value, str) else value for part, value in parts.items()}

    def succeeds(self, year: int, code: str) -> bool:
        parameters, seen = self.plan.parameters, self.evidences[year][code]
        meets = meets_target_threshold(
            self.achievements[year][code], parameters.achievement_percent.value, parameters.count_by.value
        )
        return meets and bool(points_to_reduction(seen))


def _replay(seed: int) -> PaperReplay:
    paper = PaperReplay(load_plan(PLAN_ID), seed)
    paper.decide(2018, (), ())
    for year in (2018, 2019, 2020):
        paper.evaluate(year)
        if year < 2020:
            failed = [code for code in paper.cycles[year] if code not in paper.converted[year]]
            paper.decide(year + 1, failed, paper.converted[year])
    return paper


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load_plan(PLAN_ID)


@pytest.fixture(scope="session")
def paper() -> PaperReplay:
    return _replay(DEFAULT_SEED)


@pytest.fixture(scope="session")
def replay() -> Callable[[int], PaperReplay]:
    return _replay
