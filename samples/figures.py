"""A commune's made-up figures: each independent of the order in which they are asked for."""

from __future__ import annotations

import math
from decimal import Decimal
from functools import lru_cache

from plans.schema import Criterion
from plans.units import Unit
from rules.periods import Period
from samples.chance import draw, spread
from samples.complexity import complexity
from samples.stories import Cycles, level

# What a middling commune has in a year; of a graded criterion, the middling grade.
MIDDLING = {
    "a1": 9.0, "a2": 5.0, "a3": 4.0, "a4": 14.0, "a5": 0.5, "a6": 0.2, "a7": 0.6, "a8": 12.0,
    "b1": 2.2, "b2": 0.3, "b3": 7.0, "b4": 11.0, "b5": 0.03,
    "c1": 2.0, "c2": 1.6, "c3": 0.12,
    "d1": 0.6, "d2": 0.7, "d3": 0.7, "d4": 0.6, "d5": 0.05, "d6": 0.35, "d7": 0.6, "d8": 0.3, "d9": 0.45,
}  # fmt: skip
MIDDLING_OTHER = 0.5

# Markets, mines and borders do not go away in a year's work.
LASTING = frozenset({"d2", "d3", "d5", "d6"})
TREND = {2016: 1.06, 2017: 1.04, 2018: 1.0, 2019: 0.98, 2020: 0.96}
LAST_TREND = 0.95

# Now and then a figure is still missing when the form is sent; never one that the second gate needs.
SOMETIMES_MISSING = frozenset({"a3", "b4", "c2", "d7"})
MISSING_SHARE = 0.006

# Mid-year against the year's end. A flow's share stays well below one: never more than the year's.
FLOW_BY_MID_YEAR, YEARS_DIFFER = (0.44, 0.54), 0.015
STOCK_AT_MID_YEAR = (0.94, 1.06)
LOWER_GRADE_SHARE = 0.06
GOLDEN = (math.sqrt(5) - 1) / 2  # its multiples spread evenly over 0 to 1

FIRST_CYCLE = 2018
HIGHEST_GRADE = 3


def criterion_value(
    seed: int, unit: Unit, criterion: Criterion, period: Period, cycles: Cycles, like: Unit | None = None
) -> Decimal | str:
    """The unit's value of `criterion` in `period`, or the key of the reason why there is none.

    A unit `like` another has the other's usual figures, and until the first list exactly the other's.
    """
    like = like or unit
    named = like if period.year < FIRST_CYCLE else unit
    if criterion.id in SOMETIMES_MISSING:
        chance = draw(seed, "missing", named.code, criterion.id, period.id)
        if chance.random() < MISSING_SHARE:
            return chance.choice(("no_data", "being_verified"))
    annual = _annual(seed, like, named.code, criterion.id, period) * level_of(unit, criterion, period, cycles)
    annual = math.floor(annual + _usual(seed, like, criterion.id)[1])
    if criterion.measure == "yes_no":
        return Decimal(annual >= 1)
    if criterion.measure == "grade":
        annual = min(HIGHEST_GRADE, annual)
    return Decimal(_by_mid_year(seed, like.code, criterion, annual, period) if period.kind == "half_year" else annual)


def level_of(unit: Unit, criterion: Criterion, period: Period, cycles: Cycles) -> float:
    """The factor on the unit's usual figure: what its year as an area, or its relapse, did to it."""
    return 1.0 if criterion.id in LASTING else level(unit.code, period.year, cycles)


def _annual(seed: int, like: Unit, code: str, criterion: str, period: Period) -> float:
    when = period.id if period.kind == "first_selection" else period.year
    noise = spread(seed, 0.07, "year", code, criterion, when)
    return _usual(seed, like, criterion)[0] * noise * TREND.get(period.year, LAST_TREND)


@lru_cache(maxsize=20_000)
def _usual(seed: int, unit: Unit, criterion: str) -> tuple[float, float]:
    """The unit's usual yearly figure, and the fraction that decides how it is rounded (one for all years)."""
    own = spread(seed, 0.33, "own", unit.code, criterion)
    rest = draw(seed, "rest", unit.code, criterion).random()
    return MIDDLING.get(criterion, MIDDLING_OTHER) * complexity(seed, unit) * own, rest


def _by_mid_year(seed: int, code: str, criterion: Criterion, annual: int, period: Period) -> int:
    """What of the year's figure is there at its middle: of a flow a part, of a stock much the same, a grade or less."""
    if criterion.measure == "grade":
        return annual - (
            annual > 0 and draw(seed, "half", code, criterion.id, period.year).random() < LOWER_GRADE_SHARE
        )
    share = draw(seed, "half", code, criterion.id).uniform(
        *(FLOW_BY_MID_YEAR if criterion.nature == "flow" else STOCK_AT_MID_YEAR)
    )
    if criterion.nature == "flow":
        share += draw(seed, "half", period.year).uniform(-YEARS_DIFFER, YEARS_DIFFER)
    # Neighbours are rounded to different sides: where most communes have one case, half of them have it by mid-year.
    rest = (draw(seed, "half", criterion.id).random() + int(code) * GOLDEN) % 1
    return math.floor(annual * share + rest)
