"""The executor of the gates killed with SIGKILL around an answer: none is lost, none counts twice.

`python -m campaigns.killed_executor [--seed N] [--kills N]`: a director answers, with the right code or a wrong one;
the executor dies at a named point of the work that follows, or at any moment of it; another one starts, and the watch
rings as it does every day.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from prefect.client.orchestration import get_client

from campaigns.deaths import AFTER_A_REFUSAL, AFTER_AN_ANSWER, ORDERS
from campaigns.executors import Executors, end
from campaigns.findings import Findings
from campaigns.gate_house import GateHouse, Given, wait_for
from flows import given_answers, lost_runs, ringing
from flows.server import private_server
from flows.watch import daily_watch
from samples import DEFAULT_SEED
from samples.chance import draw

KILLS = 72
LATEST = 1.2  # seconds after the answer: all is done by then
COMES_WITHIN = 60  # seconds, to the point at which it is to die, on a busy machine too
ANY_MOMENT = "at any moment"


@dataclass(frozen=True)
class Death:
    """When the executor dies, and whether the answer before it was given with the right code."""

    point: str
    rightly: bool

    def __str__(self) -> str:
        return f"{self.point}, {'right' if self.rightly else 'wrong'} code"


def deaths(seed: int, kills: int) -> list[Death]:
    """So many, of every point as many as can be; two in five at any moment."""
    named = [Death(point, True) for point in AFTER_AN_ANSWER] + [Death(point, False) for point in AFTER_A_REFUSAL]
    any_moment = [Death(ANY_MOMENT, rightly) for rightly in (True, False)]
    once = named + any_moment * (len(named) // 3)
    every = [death for turn in range(kills // len(once) + 1) for death in draw(seed, turn).sample(once, len(once))]
    return every[:kills]


class Ward:
    """The office whose executor keeps dying."""

    def __init__(self, folder: Path, url: str, house: GateHouse, seed: int) -> None:
        self.house, self.found, self.counts = house, Findings(), Counter[str]()
        self._seed, self._orders = seed, folder / "orders"
        self._executors = Executors(url)
        self._told = house.environment | {ORDERS: str(self._orders)}

    def live(self, every: list[Death]) -> None:
        """Through one death after the other, until an answer is lost."""
        executor = self._executors.start(self._told)
        for number, death in enumerate(every):
            ringing.ring()
            wait_for(self.house.is_ringing)
            before = self._said()
            given = self._die(executor, number, death)
            self.counts[str(death)] += 1
            self.counts["after" if self._said() > before else "before"] += 1
            _watch()  # before another executor is at work: it would be taken for lost too
            executor = self._executors.start(self._told)
            if not self._is_kept(f"{number} ({death})", given, before, rightly=death.rightly):
                break
        end(executor)
        self._executors.close()

    def _said(self) -> int:
        return len(self.house.answered()) + len(self.house.refused())

    def _die(self, executor: subprocess.Popen[str], number: int, death: Death) -> Given:
        """The answer after which the executor died."""
        if death.point != ANY_MOMENT:
            self._orders.write_text(death.point, "utf-8")
        given = self.house.answer(rightly=death.rightly)
        try:
            at_last = draw(self._seed, "kill", number).uniform(0, LATEST)
            executor.wait(timeout=at_last if death.point == ANY_MOMENT else COMES_WITHIN)
        except subprocess.TimeoutExpired:
            self.found.check(death.point == ANY_MOMENT, f"{number}: the executor never came to {death}")
        self._orders.unlink(missing_ok=True)
        end(executor)
        return given

    def _is_kept(self, name: str, given: Given, before: int, *, rightly: bool) -> bool:
        """Whether the answer counts once, the list is put forward again, and no code lies about."""
        answer = (given.gate, given.officer)
        try:
            wait_for(lambda: answer in self.house.answered() if rightly else given.officer in self.house.refused())
            with suppress(TimeoutError):
                wait_for(self.house.gate, COMES_WITHIN)
            if self.house.gate() is None:
                daily_watch()  # the executor that died last had come between the answer and what follows from it
            wait_for(self.house.gate)
        except TimeoutError:
            return self.found.check(False, f"{name}: the answer {answer} was lost, or the list not put forward again")
        ringing.ring()
        wait_for(self.house.is_ringing)
        self.found.check(self._said() == before + 1, f"{name}: not one answer more, but {self._said() - before}")
        self.found.check(not given_answers.is_given(given.run), f"{name}: the code still lies in Prefect's records")
        return True


def kill(folder: Path, seed: int, kills: int) -> tuple[Findings, Counter[str]]:
    """What was lost or doubled; how often the executor died where, and before and after the answer was recorded."""
    with private_server(folder / "prefect") as url, get_client(sync_client=True) as client:
        house = GateHouse(folder / "office", client, kills)
        ward = Ward(folder, url, house, seed)
        ward.live(deaths(seed, kills))
        house.office.engine.dispose()
    return ward.found, ward.counts


def _watch() -> None:
    """The next watch; what was at work when the executor died was lost with it, however short ago."""
    with patch.object(lost_runs, "LOST_AFTER", lost_runs.LOST_AFTER * 0):
        daily_watch()


def main(arguments: list[str] | None = None) -> int:
    """The campaign. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--kills", type=int, default=KILLS)
    given = parser.parse_args(arguments)
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="killed-") as place:
        found, counts = kill(Path(place), given.seed, given.kills)
    before, after = counts.pop("before", 0), counts.pop("after", 0)
    for point, count in sorted(counts.items()):
        print(f"  {count:3}  {point}")
    print(f"{before + after} kills: {before} before the answer was recorded, {after} after it")
    print(f"{time.monotonic() - started:.0f} s")
    return found.exit_code()


if __name__ == "__main__":
    sys.exit(main())
