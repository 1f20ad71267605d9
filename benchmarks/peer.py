"""The peers of `approval_latency`, each a process of its own: `python -m benchmarks.peer executor | busy`.

`bare` is a gate without anything of ours: a form, and after the answer a file, so that somebody can see it was there.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from prefect import flow, task
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.flow_runs import suspend_flow_run
from prefect.input import RunInput

from campaigns import then
from flows.resident import ResidentExecutor
from flows.ringing import register

BARE = "Trống/Trống"
LOOKS_EVERY = 0.02  # seconds
STEPS = 6


class Word(RunInput):
    """The form of `bare`."""

    word: str


@flow(name="Trống", persist_result=True)
def bare(place: str) -> None:
    """Suspends; once answered, makes the file `place`."""
    suspend_flow_run(wait_for_input=Word, key="trong", timeout=None)
    Path(place).touch()


@task
def step(number: int) -> int:
    """One of the steps of a day."""
    return sum(range(number * 20_000))


@flow(name="Bận")
def busy_day() -> None:
    """A flow of some steps, like a daily watch."""
    for number in range(STEPS):
        step(number)


def register_bare(client: SyncPrefectClient, pool: str | None = None) -> None:
    """Makes the deployment of `bare` known."""
    flow_id = client.create_flow(bare)
    client.create_deployment(flow_id, BARE.partition("/")[2], entrypoint="benchmarks.peer.bare", work_pool_name=pool)


def main() -> None:
    """Runs what is due, or one busy day after the other, until it is killed."""
    if sys.argv[1] == "busy":
        while True:
            busy_day()
    with get_client(sync_client=True) as client:
        register(client)
        register_bare(client)
        executor = ResidentExecutor(client, [then.approval, bare])
        print("awake", flush=True)
        while True:
            executor.run_what_is_due()
            time.sleep(LOOKS_EVERY)


if __name__ == "__main__":
    main()
