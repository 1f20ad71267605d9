"""The office of a campaign in whatever process: on a day of 2017 and later, not on the machine's own.

Its clock either began at an instant and goes on at the machine's pace, or shows what stands in a file, so that another
process moves it. Importing this opens the office that the environment names, as `flows.deployed` does: a worker of
Prefect loads the approval flow from here.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from flows.approval import approval
from settings import Settings
from tasks.office import use
from tasks.opening import open_office

__all__ = ["approval", "clock"]

BEGAN = "CAMPAIGN_BEGAN"  # "2017-11-01T01:00:00+00:00 123.4": the instant, and the machine's monotonic clock then
FACE = "CAMPAIGN_CLOCK"  # a file with an instant: the clock stands still at it until somebody writes another


def clock(told: Mapping[str, str]) -> Callable[[], datetime]:
    """The office's clock in any process of this machine, by the environment `told`. `KeyError` if it names none."""
    if FACE in told:
        return lambda: datetime.fromisoformat(Path(told[FACE]).read_text("ascii"))
    instant, monotonic = told[BEGAN].split()
    return lambda: datetime.fromisoformat(instant) + timedelta(seconds=time.monotonic() - float(monotonic))


def set_clock(face: Path, instant: datetime) -> None:
    """From now on a clock that is read from the file `face` stands at `instant`."""
    draft = face.with_suffix(".tmp")
    draft.write_text(instant.isoformat(), "ascii")
    draft.replace(face)  # nobody reads half an instant


if BEGAN in os.environ or FACE in os.environ:
    use(open_office(Settings(), now=clock(os.environ), illustrative=True))
