"""Fills a form with made-up answers: what the officer of one reporter would have typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from forms.spec import Filled, FormSpec, Key, measure_rows
from plans.loader import load_plan
from plans.schema import Plan
from samples.chance import draw
from samples.narratives import narratives
from samples.punctuality import is_missing, is_nil
from samples.stories import Cycles, relapsed_unit, story_of
from samples.targets import target_parts
from samples.twins import filed_value

Attempt = Literal["complete", "faulty", "refiled"]


def fill(spec: FormSpec, seed: int, cycles: Cycles, attempt: Attempt = "complete") -> Filled | None:
    """The answers to `spec`; None if this reporter files nothing at all this time.

    `cycles` are the decided lists so far (year -> codes in the order of the list). An attempt is "complete", "faulty"
    (text where a number belongs; the reader refuses it), or "refiled" (a corrected version of what was filed before).
    """
    if is_missing(spec.reporter, spec.period):
        return None
    if is_nil(spec.reporter, spec.period):
        return Filled(is_nil=True)
    plan = load_plan(spec.plan_id)
    values: dict[Key, Decimal | str] = {
        **_criteria(plan, spec, seed, cycles),
        **_targets(plan, spec, seed, cycles),
        **_measures(spec, seed),
        **_budget(spec, seed),
    }
    if attempt == "faulty":
        values = _with_a_fault(values)
    elif attempt == "refiled":
        values = _corrected(values)
    return Filled(False, values, _comments(spec, cycles), narratives(spec, seed, values, cycles))


def _criteria(plan: Plan, spec: FormSpec, seed: int, cycles: Cycles) -> dict[Key, Decimal | str]:
    return {
        (unit.code, "criterion", c.id, "value"): filed_value(seed, plan, unit, c, spec.period, cycles)
        for unit in spec.units
        for c in spec.criteria
    }


def _targets(plan: Plan, spec: FormSpec, seed: int, cycles: Cycles) -> dict[Key, Decimal | str]:
    values: dict[Key, Decimal | str] = {}
    for area in spec.areas:
        for target in spec.targets:
            parts = target_parts(seed, plan, area, target.id, spec.period, cycles)
            values |= {(area.code, "target", target.id, part): value for part, value in parts.items()}
    return values


def _measures(spec: FormSpec, seed: int) -> dict[Key, Decimal | str]:
    """Work begins in the first half of the year and is mostly done by its end."""
    values: dict[Key, Decimal | str] = {}
    for area, measure in measure_rows(spec):
        code = area.code if area else ""
        pace = draw(seed, "measure", spec.reporter.id, code, measure.id, spec.period.year).random()
        done = pace > 0.78 if spec.period.kind == "half_year" else pace > 0.14
        begun = pace > 0.12 or spec.period.kind == "annual"
        values[(code, "measure", measure.id, "state")] = Decimal(2 if done else 1 if begun else 0)
    return values


def _budget(spec: FormSpec, seed: int) -> dict[Key, Decimal | str]:
    if not spec.has_budget:
        return {}
    chance = draw(seed, "budget", spec.reporter.id, spec.period.year)
    planned = chance.randrange(120, 480, 5) if spec.reporter.district_code else chance.randrange(30, 220, 5)
    used = chance.uniform(0.32, 0.5) if spec.period.kind == "half_year" else chance.uniform(0.88, 1.0)
    spent = Decimal(round(planned * used * 2)) / 2
    return {("", "budget", "planned", "value"): Decimal(planned), ("", "budget", "spent", "value"): spent}


def _comments(spec: FormSpec, cycles: Cycles) -> dict[tuple[str, str, str], str]:
    """Who reports a rise says why, at the end of the row."""
    words = {"offences_rose": "Tăng do phát sinh nhiều vụ trộm cắp tài sản, cố ý gây thương tích trong dịp lễ, Tết."}
    found = {}
    for unit in spec.units:
        story = story_of(unit.code, spec.period.year, cycles)
        if story in words:
            found[("criterion", unit.code, "")] = words[story]
    if (relapsed := relapsed_unit(spec.period.year, cycles)) in {unit.code for unit in spec.units}:
        found[("criterion", str(relapsed), "")] = "Tăng mạnh so với cùng kỳ; địa bàn có dấu hiệu phức tạp trở lại."
    return found


def _with_a_fault(values: dict[Key, Decimal | str]) -> dict[Key, Decimal | str]:
    faulty = next((key for key, value in values.items() if key[1] != "measure" and isinstance(value, Decimal)), None)
    return values | {faulty: "12 vụ"} if faulty else values


def _corrected(values: dict[Key, Decimal | str]) -> dict[Key, Decimal | str]:
    """One figure found too low after filing: the last count of all that is not a share, one more."""
    counts = [key for key, value in values.items() if key[1] in ("criterion", "budget") and isinstance(value, Decimal)]
    flows = [key for key in counts if key[1] == "budget" or key[2] == "a8"]
    return values | {flows[-1]: Decimal(values[flows[-1]]) + 1} if flows else values
