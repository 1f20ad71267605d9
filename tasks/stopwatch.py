"""How long the product's own work takes, step by step, apart from Prefect's."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

SIMULATION = "simulation"
spent: defaultdict[str, float] = defaultdict(float)  # seconds, by the function's name
_running = False


def timed(work: Callable[P, R]) -> Callable[P, R]:
    """`work`, whose seconds are added to `spent`; work within timed work is not counted twice."""
    return _adding_to(work.__name__, work)


def simulated(work: Callable[P, R]) -> Callable[P, R]:
    """`work` of those who play the office's part in a replay: its seconds are no step's, but the simulation's."""
    return _adding_to(SIMULATION, work)


def own_seconds(before: Mapping[str, float]) -> float:
    """The seconds of the product's own steps since `spent` was as `before`."""
    return sum(grown - before.get(name, 0.0) for name, grown in spent.items() if name != SIMULATION)


def _adding_to(step: str, work: Callable[P, R]) -> Callable[P, R]:

    @wraps(work)
    def measured(*args: P.args, **kwargs: P.kwargs) -> R:
        global _running
        if _running:
            return work(*args, **kwargs)
        _running, started = True, time.perf_counter()
        try:
            return work(*args, **kwargs)
        finally:
            _running = False
            spent[step] += time.perf_counter() - started

    return measured
