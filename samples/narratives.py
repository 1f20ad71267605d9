"""What reporters write, made up: each sentence from a stock, with numbers from the form or from the seed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from ruamel.yaml import YAML

from forms.spec import FormSpec, Key
from forms.words import day
from rules.figures import NARRATIVE_SECTIONS
from samples.chance import draw

SENTENCES_A_SECTION = {"situation": 3, "shortcomings": 2, "causes": 2, "proposals": 2}


@cache
def _stock() -> dict[str, dict[str, list[str]]]:
    """Reporter type (or "own") -> section (or reporter) -> sentences."""
    return YAML(typ="safe").load(Path(__file__).with_name("sentences.yaml").read_text(encoding="utf-8"))


def narratives(spec: FormSpec, seed: int, values: Mapping[Key, Decimal | str]) -> dict[str, str]:
    """The four sections of this reporter's narrative, some sentences each."""
    return {section: _section(spec, seed, section, values) for section in NARRATIVE_SECTIONS}


def _section(spec: FormSpec, seed: int, section: str, values: Mapping[Key, Decimal | str]) -> str:
    chance = draw(seed, "words", spec.reporter.id, spec.period.id, section)
    stock = _stock()[spec.reporter.reporter_type or "provincial_body"][section]
    chosen = sorted(chance.sample(range(len(stock)), min(len(stock), SENTENCES_A_SECTION[section])))
    first = _stock()["own"].get(spec.reporter.id, []) if section == "situation" else []
    sentences = [*([chance.choice(first)] if first else []), *(stock[i] for i in chosen)]
    known = _known(spec, values)
    return " ".join(sentence.format_map(known | _invented(chance)) for sentence in sentences)


def _known(spec: FormSpec, values: Mapping[Key, Decimal | str]) -> dict[str, str | int]:
    """What the form itself says."""
    return {
        "reporter": spec.reporter.name,
        "units": len(spec.units),
        "until": day(spec.period.closes_on),
        "offences": _total(values, "a1"),
        "drugs": _total(values, "b1"),
        "reports": _total(values, "a8"),
    }


def _invented(chance: Random) -> dict[str, str | int]:
    """Numbers for one sentence, none of them from the form."""
    return {
        "few": chance.randint(2, 6),
        "some": chance.randint(10, 28),
        "many": chance.randint(60, 240),
        "people": f"{chance.randint(1, 8)}.{chance.randint(1, 9)}00",
        "share": chance.randint(72, 94),
    }


def _total(values: Mapping[Key, Decimal | str], item: str) -> int:
    own = (value for key, value in values.items() if key[1:3] == ("criterion", item))
    return int(sum((value for value in own if isinstance(value, Decimal)), Decimal(0)))
