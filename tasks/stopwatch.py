"""How long the product's own work takes, step by step, apart from Prefect's."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

spent: defaultdict[str, float] = defaultdict(float)  # seconds, by the function's name
_running = False


def timed(work: Callable[P, R]) -> Callable[P, R]:
    """`work`, whose seconds are added to `spent`; work within timed work is not counted twice."""

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
            spent[work.__name__] += time.perf_counter() - started

    return measured
