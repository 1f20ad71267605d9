"""Chance that does not depend on the order of calls: each draw has a generator seeded by what it is drawn for."""

from __future__ import annotations

import math
from random import Random


def draw(seed: int, *about: str | int) -> Random:
    """The generator for one thing, named by `about`: the same whenever it is asked."""
    return Random("|".join(map(str, (seed, *about))))


def spread(seed: int, sigma: float, *about: str | int) -> float:
    """A factor around 1, log-normal with `sigma`, never below a fifth or above five."""
    return min(5.0, max(0.2, math.exp(draw(seed, *about).gauss(0, sigma))))
