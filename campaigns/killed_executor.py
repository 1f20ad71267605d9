"""The executor of the gates killed with SIGKILL at any moment around an answer: none is lost, none counts twice.

`python -m campaigns.killed_executor [--seed N] [--kills N]`: a director answers, the executor dies a moment later (or
sooner), another one starts, and the watch rings as it does every day.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from unittest.mock import patch

from prefect.client.orchestration import get_client

from campaigns.findings import Findings
from campaigns.gate_house import GateHouse, start_awake, wait_for
from flows import ringing
from flows.server import private_server
from flows.watch import daily_watch
from samples import DEFAULT_SEED
from samples.chance import draw

KILLS = 24
LATEST = 2.5  # seconds after the answer


def kill(folder: Path, seed: int, kills: int) -> tuple[Findings, Counter[str]]:
    """What was lost or doubled; how often the executor died before and after the answer was recorded."""
    found, counts = Findings(), Counter[str]()
    with private_server(folder / "prefect") as url, get_client(sync_client=True) as client:
        house = GateHouse(folder / "office", client, kills)
        executor = start_awake("campaigns.executor_alone", url, house.environment)
        for number in range(kills):
            ringing.ring()
            wait_for(house.is_ringing)
            before = len(house.answered())
            answer = house.answer()
            # The first dies at once; the others at any moment of the work that follows.
            time.sleep(draw(seed, "kill", number).uniform(0, LATEST) if number else 0)
            executor.kill()
            executor.wait()
            counts["after" if len(house.answered()) > before else "before"] += 1
            _watch()  # before another executor is at work: it would be taken for lost too
            executor = start_awake("campaigns.executor_alone", url, house.environment)
            try:
                wait_for(lambda answer=answer: answer in house.answered())
                if house.gate() is None:
                    daily_watch()  # it died between the answer and what follows from it
                wait_for(house.gate)
            except TimeoutError:
                found.check(False, f"{number}: the answer {answer} was lost, or the list was never put forward again")
                break
            found.check(len(house.answered()) == before + 1, f"{number}: not one answer more, but {house.answered()}")
        executor.kill()
        executor.wait()
        house.office.engine.dispose()
    return found, counts


def _watch() -> None:
    """The next watch; what was at work when the executor died was lost with it, however short ago."""
    with patch.object(ringing, "LOST_AFTER", ringing.LOST_AFTER * 0):
        daily_watch()


def main(arguments: list[str] | None = None) -> int:
    """The campaign. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--kills", type=int, default=KILLS)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="killed-") as place:
        found, counts = kill(Path(place), given.seed, given.kills)
    print(f"{given.kills} kills: {counts['before']} before the answer was recorded, {counts['after']} after it")
    return found.exit_code()


if __name__ == "__main__":
    sys.exit(main())
