"""An area's made-up results against the eight targets of I.2, by its story."""

from __future__ import annotations

import math
from decimal import Decimal

from plans.schema import Plan
from plans.units import Unit
from rules.periods import Period
from samples.chance import draw
from samples.stories import Cycles, Story, story_of
from samples.twins import filed_value

Parts = dict[str, Decimal | str]
BELOW_ALL_HOUSEHOLDS = frozenset({"misses_by_one", "offences_rose", "poor"})


def target_parts(seed: int, plan: Plan, area: Unit, target: str, period: Period, cycles: Cycles) -> Parts:
    """The figures of `target` for `area` in `period`: part id -> number, or the key of the reason why there is none."""
    story = story_of(area.code, period.year, cycles) or "good"
    if target in ("a2", "a4"):
        return _cases(seed, plan, area, target, period, cycles, story)
    return (
        _OTHERS[target](seed, area, period, story)
        if target in _OTHERS
        else {"numerator": Decimal(0), "denominator": Decimal(0)}
    )


def _share(numerator: int, denominator: int) -> Parts:
    return {"numerator": Decimal(max(0, numerator)), "denominator": Decimal(denominator)}


def _cases(seed: int, plan: Plan, area: Unit, target: str, period: Period, cycles: Cycles, story: Story) -> Parts:
    """Clearance (of the offences a1) and reports handled (of the reports a8): the same figures the criteria have."""
    counted = filed_value(seed, plan, area, plan.criterion("a1" if target == "a2" else "a8"), period, cycles)
    total = int(counted) if isinstance(counted, Decimal) else 0
    if target == "a4":
        return _share(total - 1 - total // 15 if story == "misses_by_one" else total, total)
    rate = draw(seed, "cleared", area.code, period.year).uniform(0.84, 0.95)
    return _share(math.floor(0.7 * total) if story == "poor" else math.ceil(rate * total), total)


def _so_far(seed: int, total: int, what: str, area: Unit, period: Period) -> int:
    """Of the year's `total` what there is by the period's end: half of it by mid-year, an odd one in or not."""
    if period.kind != "half_year":
        return total
    return (total + draw(seed, "half", what, area.code, period.year).randrange(2)) // 2


def _gangs(seed: int, area: Unit, period: Period, story: Story) -> Parts:
    return {"count": Decimal(0)}


def _serious_cases(seed: int, area: Unit, period: Period, story: Story) -> Parts:
    total = 0 if story == "no_serious_case" else 1 + draw(seed, "serious", area.code, period.year).randrange(3)
    total = _so_far(seed, total, "serious", area, period)
    return _share(total, total)


def _reoffending(seed: int, area: Unit, period: Period, story: Story) -> Parts:
    released = 0 if story == "no_released_prisoner" else draw(seed, "released", area.code, period.year).randint(7, 17)
    released = _so_far(seed, released, "released", area, period)
    return _share(math.ceil(released / 4) if story == "poor" else released // 8 if released >= 14 else 0, released)


def _political_system(seed: int, area: Unit, period: Period, story: Story) -> Parts:
    return {"answer": Decimal(0 if story == "poor" else 1)}


def _models(seed: int, area: Unit, period: Period, story: Story) -> Parts:
    return {"count": Decimal(draw(seed, "models", area.code, period.year).randint(1, 4)), "rules": Decimal(1)}


def _households(seed: int, area: Unit, period: Period, story: Story) -> Parts:
    total = draw(seed, "households", area.code).randint(1650, 4300)
    chance = draw(seed, "informed", area.code, period.id)
    if story == "missing_target" and period.kind == "annual":
        return {"numerator": "no_data", "denominator": Decimal(total)}
    if period.kind == "half_year":
        return _share(math.floor(total * chance.uniform(0.55, 0.85)), total)
    return _share(math.floor(total * chance.uniform(0.93, 0.985)) if story in BELOW_ALL_HOUSEHOLDS else total, total)


_OTHERS = {
    "a1": _gangs,
    "a3": _serious_cases,
    "b": _reoffending,
    "c": _political_system,
    "d": _models,
    "e": _households,
}
