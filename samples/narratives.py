"""What reporters write, made up: each sentence from a stock, with numbers from the form or from the seed.

Numbers of communes and of areas are never more than the reporter has.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from ruamel.yaml import YAML

from forms.spec import FormSpec, Key
from forms.words import day
from plans.units import load_units, units_in_force
from reports.vietnamese import number
from rules.figures import NARRATIVE_SECTIONS
from samples.chance import draw
from samples.stories import Cycles

Numbers = Mapping[str, str | int]  # a sentence's fields

SENTENCES_A_SECTION = {"situation": 3, "shortcomings": 2, "causes": 2, "proposals": 2}


@cache
def _stock() -> dict[str, dict[str, list[str]]]:
    """Reporter type (or "own") -> section (or reporter) -> sentences."""
    return YAML(typ="safe").load(Path(__file__).with_name("sentences.yaml").read_text(encoding="utf-8"))


def narratives(spec: FormSpec, seed: int, values: Mapping[Key, Decimal | str], cycles: Cycles) -> dict[str, str]:
    """The four sections of this reporter's narrative, some sentences each. `cycles`: the decided lists so far."""
    known = _known(spec, values)
    communes = _communes(spec)
    areas = len(communes & set(cycles.get(spec.period.year, ())))
    return {section: _section(spec, seed, section, known, len(communes), areas) for section in NARRATIVE_SECTIONS}


def _section(spec: FormSpec, seed: int, section: str, known: Numbers, communes: int, areas: int) -> str:
    chance = draw(seed, "words", spec.reporter.id, spec.period.id, section)
    kind = spec.reporter.reporter_type or "provincial_body"
    stock = [s for s in _stock()[kind][section] if areas > 1 or "{some_areas" not in s]
    chosen = sorted(chance.sample(range(len(stock)), min(len(stock), SENTENCES_A_SECTION[section])))
    first = _stock()["own"].get(spec.reporter.id, []) if section == "situation" else []
    sentences = [*([chance.choice(first)] if first else []), *(stock[i] for i in chosen)]
    return " ".join(sentence.format_map({**known, **_invented(chance, communes, areas)}) for sentence in sentences)


def _communes(spec: FormSpec) -> set[str]:
    """The communes that the reporter answers for, figures of theirs or not: a district's, or the province's."""
    place, units = spec.reporter.district_code, units_in_force(load_units(spec.plan_id), spec.period.closes_on)
    return {unit.code for unit in units if place in (None, unit.district_code)}


def _known(spec: FormSpec, values: Mapping[Key, Decimal | str]) -> Numbers:
    """What the form itself says."""
    return {
        "reporter": spec.reporter.name,
        "units": len(_communes(spec)),
        "until": day(spec.period.closes_on),
        "offences": _total(values, "a1"),
        "drugs": _total(values, "b1"),
        "reports": _total(values, "a8"),
    }


def _invented(chance: Random, communes: int, areas: int) -> Numbers:
    """Numbers for one sentence, none of them from the form; who came to meetings goes by how many there were."""
    some, many = chance.randint(10, 28), chance.randint(60, 240)
    return {
        "few": chance.randint(2, 6),
        "some": some,
        "many": many,
        "people": f"{chance.randint(1, 8)}.{chance.randint(1, 9)}00",
        "share": chance.randint(72, 94),
        "came_to_some": number(some * chance.randint(35, 80)),
        "came_to_many": number(many * chance.randint(25, 60)),
        "few_communes": chance.randint(2, max(2, min(6, communes // 3))),
        "most_communes": chance.randint(max(2, communes // 2), max(2, communes - 1)),
        "some_areas": chance.randint(1, max(1, areas - 1)),
    }


def _total(values: Mapping[Key, Decimal | str], item: str) -> int:
    own = (value for key, value in values.items() if key[1:3] == ("criterion", item))
    return int(sum((value for value in own if isinstance(value, Decimal)), Decimal(0)))
