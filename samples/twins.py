"""Two communes with the same figures at the cut of the first list: the tie that the tie break has to settle."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from plans.loader import load_plan
from plans.schema import Criterion, Plan
from plans.units import Unit, load_units, units_in_force
from rules.periods import Period, period, selection_period
from rules.quotas import cap
from rules.scoring import rank, score_units
from rules.selection import propose
from samples.figures import FIRST_CYCLE, criterion_value
from samples.stories import Cycles

Figures = dict[str, dict[str, Decimal | None]]


def filed_value(seed: int, plan: Plan, unit: Unit, criterion: Criterion, at: Period, cycles: Cycles) -> Decimal | str:
    """What is filed for `unit`: its value of `criterion` in the period `at`, or the key of the reason it has none."""
    copied, copy = tied_pair(plan.id, seed)
    like = _by_code(plan.id, at)[copied] if unit.code == copy else None
    return criterion_value(seed, unit, criterion, at, cycles, like)


@cache
def tied_pair(plan_id: str, seed: int) -> tuple[str, str]:
    """(copied, copy): two units that tie exactly at the cut of the first list if the second has the first's figures."""
    plan = load_plan(plan_id)
    at = period(plan, selection_period(plan, FIRST_CYCLE).id)
    units = _by_code(plan_id, at)
    figures = first_figures(plan, tuple(units.values()), at, seed)
    places = cap(len(units), plan.parameters.quota_percent.value)
    order = _order(plan, figures)
    near = sorted(order[places - 5 : places + 5], key=lambda code: abs(2 * order.index(code) + 1 - 2 * places))
    for copied, copy in ((a, b) for a in near for b in near if a != b):
        if _ties(plan, figures | {copy: figures[copied]}, places, {copied, copy}):
            return copied, copy
    return near[0], near[0]


def first_figures(plan: Plan, units: tuple[Unit, ...], at: Period, seed: int) -> Figures:
    """Every unit's criteria in the period `at`, before any cycle."""
    return {unit.code: {c.id: _number(criterion_value(seed, unit, c, at, {})) for c in plan.criteria} for unit in units}


def _number(value: Decimal | str) -> Decimal | None:
    return None if isinstance(value, str) else value


def _order(plan: Plan, figures: Mapping[str, Mapping[str, Decimal | None]]) -> list[str]:
    scores = score_units(figures, plan.criteria, plan.groups)
    return [score.code for score in rank(scores, figures, plan.parameters.tie_break.value)]


def _ties(plan: Plan, figures: Figures, places: int, pair: set[str]) -> bool:
    scores = rank(score_units(figures, plan.criteria, plan.groups), figures, plan.parameters.tie_break.value)
    minimum = plan.parameters.minimum_completeness_percent.value
    return set(propose(scores, places, (), (), minimum).tied_at_cut) == pair


@cache
def _by_code(plan_id: str, at: Period) -> dict[str, Unit]:
    return {unit.code: unit for unit in units_in_force(load_units(plan_id), at.closes_on)}
