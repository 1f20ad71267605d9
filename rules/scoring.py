"""How complex each unit is, from the criteria of II.3: shares of units strictly lower, averaged by group.

The plan gives the criteria and no formula; the formula is the plan file's reading, named there as ours.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import lcm

from plans.schema import Criterion, CriterionGroup

Values = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class UnitScore:
    """A unit's score in [0, 1) with all it was computed from.

    `groups` and `shares` hold None where nothing was reported; `completeness` is the weight of the criteria
    reported over the weight of all; `missing` names the criteria not reported, in the plan's order.
    """

    code: str
    score: Fraction
    groups: Mapping[str, Fraction | None]
    shares: Mapping[str, Fraction | None]
    completeness: Fraction
    missing: tuple[str, ...]


def score_units(
    figures: Mapping[str, Values], criteria: Sequence[Criterion], groups: Sequence[CriterionGroup]
) -> tuple[UnitScore, ...]:
    """One `UnitScore` a unit, in order of code (II.2.a, II.3).

    `figures` maps a unit's code to its value of each criterion; an absent or None value is missing, never 0.
    A criterion's share is the number of units strictly lower over the number of units with a value; a group is the
    weighted mean of its criteria that are there, the score the weighted mean of the groups that are there.
    """
    columns = {c.id: _sorted_severities(figures, c) for c in criteria}
    whole = sum((_exact(c.weight) for c in criteria), Fraction(0))
    return tuple(_score_unit(code, figures[code], criteria, groups, columns, whole) for code in sorted(figures))


def rank(scores: Iterable[UnitScore], values: Mapping[str, Values], tie_break: Sequence[str]) -> tuple[UnitScore, ...]:
    """`scores`, the first to propose first: by score, then by each `tie_break` in turn, whatever order they came in.

    A tie break is a criterion ("a1": the higher figure of `values` first, a missing one last), a group ("group:a")
    or "code" (ascending).
    """
    ordered = sorted(scores, key=lambda s: s.code)
    for key in reversed(tie_break):
        if key != "code":
            ordered.sort(key=lambda s, key=key: _tie_value(s, values, key), reverse=True)
        else:
            ordered.sort(key=lambda s: s.code)
    return tuple(sorted(ordered, key=lambda s: s.score, reverse=True))


def _tie_value(score: UnitScore, values: Mapping[str, Values], key: str) -> tuple[bool, Decimal | Fraction]:
    name = key.removeprefix("group:")
    found = values.get(score.code, {}).get(name) if name == key else score.groups[name]
    return (found is not None, found if found is not None else Decimal(0))


def _severity(value: Decimal, criterion: Criterion) -> Decimal:
    return value if criterion.higher_is_worse else -value


def _sorted_severities(figures: Mapping[str, Values], criterion: Criterion) -> list[Decimal]:
    values = (figures[code].get(criterion.id) for code in figures)
    return sorted(_severity(value, criterion) for value in values if value is not None)


def _share(value: Decimal | None, criterion: Criterion, column: list[Decimal]) -> Fraction | None:
    if value is None:
        return None
    return Fraction(bisect_left(column, _severity(value, criterion)), len(column))


def _score_unit(
    code: str,
    values: Values,
    criteria: Sequence[Criterion],
    groups: Sequence[CriterionGroup],
    columns: Mapping[str, list[Decimal]],
    whole: Fraction,
) -> UnitScore:
    shares = {c.id: _share(values.get(c.id), c, columns[c.id]) for c in criteria}
    by_group = {g.id: _mean((c.weight, shares[c.id]) for c in criteria if c.group == g.id) for g in groups}
    score = _mean((g.weight, by_group[g.id]) for g in groups)
    missing = tuple(c.id for c in criteria if shares[c.id] is None)
    absent = sum((_exact(c.weight) for c in criteria if shares[c.id] is None), Fraction(0))
    return UnitScore(
        code=code,
        score=score if score is not None else Fraction(0),
        groups=by_group,
        shares=shares,
        completeness=(whole - absent) / whole if whole else Fraction(0),
        missing=missing,
    )


def _mean(weighted: Iterable[tuple[Decimal, Fraction | None]]) -> Fraction | None:
    present = [(_exact(weight), share) for weight, share in weighted if share is not None]
    weight = sum(weight for weight, _ in present)
    if not weight:
        return None
    # Over one denominator: fractions added one by one are brought to lowest terms each time.
    below = lcm(*(weight.denominator * share.denominator for weight, share in present))
    above = sum(
        weight.numerator * share.numerator * (below // (weight.denominator * share.denominator))
        for weight, share in present
    )
    return Fraction(above, below) / weight


@lru_cache(maxsize=256)  # a plan has few weights, and asks for each a hundred times
def _exact(weight: Decimal) -> Fraction:
    return Fraction(weight)
