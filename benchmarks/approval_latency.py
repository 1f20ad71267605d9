"""How long an officer's Submit takes to become the `Approval` row, against a bare Prefect flow in the same run.

`python -m benchmarks.approval_latency [--answers 20] [--worker-answers 20]`: with the resident executor and with
Prefect's own process worker, each idle and while two processes run flows on the same server. About twenty minutes, of
which all but one are the worker's. Figures: benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.states import Cancelled

from benchmarks.peer import BARE, register_bare
from campaigns.gate_house import POOL, GateHouse, hand_over_to_workers, start, start_awake, wait_for, worker
from flows.lost_runs import is_asked
from flows.ringing import ring
from flows.server import private_server

BUSY = 2  # processes
READS_FOR = 0.2  # seconds before a form is sent: the executor has left the run that asked


class Trial:
    """Gates and bare flows answered by turns, on one server."""

    def __init__(self, house: GateHouse, folder: Path) -> None:
        self.house, self.client, self.folder = house, house.client, folder
        self._number = 0

    def run(self, name: str, answers: int) -> str:
        """A line of the table: median and worst of each in milliseconds, and their ratio."""
        ours, peers = [], []
        for _ in range(answers):
            ours.append(self._gate())
            peers.append(self._bare())
        ratio = median(ours) / median(peers)
        figures = [f"{1000 * seconds:.0f}" for seconds in (median(ours), max(ours), median(peers), max(peers))]
        return f"| {name} | {answers} | {' | '.join(figures)} | {ratio:.1f} |"

    def _gate(self) -> float:
        ring()
        wait_for(self.house.is_ringing)
        before = len(self.house.answered())
        time.sleep(READS_FOR)
        started = time.perf_counter()
        self.house.answer()
        wait_for(lambda: len(self.house.answered()) > before)
        taken = time.perf_counter() - started
        wait_for(self.house.is_ringing)  # what follows from the answer is done too
        return taken

    def _bare(self) -> float:
        self._number += 1
        place = self.folder / f"answered{self._number}"
        deployment = self.client.read_deployment_by_name(BARE)
        run_id = self.client.create_flow_run_from_deployment(deployment.id, parameters={"place": str(place)}).id
        wait_for(lambda: is_asked(self.client, self.client.read_flow_run(run_id)))
        time.sleep(READS_FOR)
        started = time.perf_counter()
        self.client.resume_flow_run(run_id, run_input={"word": "có"})
        wait_for(place.exists)
        return time.perf_counter() - started

    def hand_over_to_the_worker(self) -> None:
        """The same deployments, now for a work pool; a run begun before belongs to none and is rung again."""
        hand_over_to_workers(self.client)
        register_bare(self.client, POOL)
        gate = self.house.gate()
        if gate is not None and gate.flow_run_id is not None:
            self.client.set_flow_run_state(UUID(gate.flow_run_id), Cancelled(), force=True)


@contextmanager
def running(starts: Callable[[], subprocess.Popen[str]], count: int = 1) -> Iterator[None]:
    """Processes that run meanwhile."""
    started = [starts() for _ in range(count)]
    try:
        yield
    finally:
        for one in started:
            one.kill()
            one.wait()


def main() -> None:
    """The table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--answers", type=int, default=20)
    parser.add_argument("--worker-answers", type=int, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="latency-") as place, private_server(Path(place) / "prefect") as url:
        measure(Path(place), url, given.answers, given.worker_answers)


def measure(folder: Path, url: str, answers: int, worker_answers: int) -> None:
    """Prints the table as it grows."""
    with get_client(sync_client=True) as client:
        house = GateHouse(folder / "office", client, 2 * answers + 2 * worker_answers + 2)
        trial = Trial(house, folder)
        print("| served by | answers | gate: median, ms | worst | bare flow: median, ms | worst | ratio |")
        print("|---|---|---|---|---|---|---|", flush=True)
        if answers:
            with running(lambda: start_awake("benchmarks.peer", url, house.environment, "executor")):
                trial.run("warm-up", 2)
                idle_and_busy(trial, url, "resident executor", answers)
        if worker_answers:
            with worker(url, house.environment):
                trial.hand_over_to_the_worker()
                idle_and_busy(trial, url, "process worker", worker_answers)


def idle_and_busy(trial: Trial, url: str, name: str, answers: int) -> None:
    """Two lines of the table."""
    print(trial.run(f"{name}, idle", answers), flush=True)
    with running(lambda: start("benchmarks.peer", url, trial.house.environment, "busy"), BUSY):
        print(trial.run(f"{name}, other runs busy", answers), flush=True)


if __name__ == "__main__":
    main()
