"""The office of a campaign in whatever process: its clock began on a day of 2017 and goes on at the machine's own pace.

Importing this opens the office that the environment names, as `flows.deployed` does: a worker of Prefect loads the
approval flow from here.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from flows.approval import approval
from settings import Settings
from tasks.office import use
from tasks.opening import open_office

__all__ = ["approval", "clock"]

BEGAN = "CAMPAIGN_BEGAN"  # "2017-11-01T01:00:00+00:00 123.4": the instant, and the machine's monotonic clock then


def clock(began: str) -> Callable[[], datetime]:
    """The office's clock in any process of this machine."""
    instant, monotonic = began.split()
    return lambda: datetime.fromisoformat(instant) + timedelta(seconds=time.monotonic() - float(monotonic))


if BEGAN in os.environ:
    use(open_office(Settings(), now=clock(os.environ[BEGAN]), illustrative=True))
