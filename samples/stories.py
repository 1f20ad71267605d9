"""How each area fares in its year: by its place in the cycle's list, so that no seed lacks the awkward cases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Story = Literal[
    "good", "no_serious_case", "no_released_prisoner", "misses_by_one", "offences_rose", "missing_target", "poor"
]
Cycles = Mapping[int, tuple[str, ...]]  # year -> the decided codes, in the order of the list

# Carry-overs stand first in a list, so most of them succeed at the second try; place 1 of 2019 fails again.
PLACES: Mapping[int, Mapping[int, Story]] = {
    2018: {
        1: "no_serious_case",
        3: "misses_by_one",
        5: "no_released_prisoner",
        6: "offences_rose",
        8: "missing_target",
        11: "poor",
    },
    2019: {1: "poor", 4: "misses_by_one", 5: "no_serious_case", 7: "offences_rose", 9: "no_released_prisoner"},
    2020: {
        3: "no_serious_case",
        4: "misses_by_one",
        6: "poor",
        8: "offences_rose",
        10: "missing_target",
        12: "offences_rose",
    },
}
OTHER_YEARS: Mapping[int, Story] = {
    2: "no_serious_case",
    4: "misses_by_one",
    6: "offences_rose",
    7: "no_released_prisoner",
}

CONVERTED_CYCLE, RELAPSE_YEAR = 2018, 2020
RELAPSE_LEVEL = 1.9

# The level of crime in the area's year and after it, against what it was before.
DURING: Mapping[Story, float] = {"offences_rose": 1.3, "poor": 1.08, "misses_by_one": 0.8}
AFTER: Mapping[Story, float] = {"offences_rose": 1.0, "poor": 1.0, "misses_by_one": 0.9}
DURING_SUCCESS, AFTER_SUCCESS = 0.52, 0.43


def story_of(code: str, year: int, cycles: Cycles) -> Story | None:
    """The story of the area `code` in cycle `year`; None if it is not in that cycle."""
    listed = cycles.get(year, ())
    return PLACES.get(year, OTHER_YEARS).get(listed.index(code), "good") if code in listed else None


def level(code: str, year: int, cycles: Cycles) -> float:
    """The factor on a unit's crime in `year` from the cycles it was in up to then."""
    if code == relapsed_unit(year, cycles):
        return RELAPSE_LEVEL
    factor = 1.0
    for cycle in sorted(c for c in cycles if c <= year):
        story = story_of(code, cycle, cycles)
        if story:
            during, after = DURING.get(story, DURING_SUCCESS), AFTER.get(story, AFTER_SUCCESS)
            factor *= during if cycle == year else after
    return factor


def relapsed_unit(year: int, cycles: Cycles) -> str | None:
    """The unit converted in the first cycle that falls back in `RELAPSE_YEAR`: the last good one not listed since."""
    if year < RELAPSE_YEAR or CONVERTED_CYCLE not in cycles:
        return None
    since = {code for cycle, codes in cycles.items() if cycle > CONVERTED_CYCLE for code in codes}
    good = [c for c in cycles[CONVERTED_CYCLE] if story_of(c, CONVERTED_CYCLE, cycles) == "good" and c not in since]
    return good[-1] if good else None
