"""The resident executor in a process of its own, to be killed: `python -m campaigns.executor_alone [spare]`.

It works for the installation and the Prefect server that the environment names. A `spare` one has loaded everything
and waits to be told the rest of its environment, one JSON object on a line of its standard input.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from prefect.client.orchestration import get_client

import tasks.opening  # noqa: F401  (loaded before a spare one waits)
from campaigns import deaths
from flows.deploying import resident_executor

LOOKS_EVERY = 0.05  # seconds


def main() -> None:
    """Runs what is due until it is killed; says first that it is awake."""
    if "spare" in sys.argv:
        os.environ.update(json.loads(sys.stdin.readline() or sys.exit(0)))
    from campaigns import then  # opens the office that the environment names

    if deaths.ORDERS in os.environ:
        deaths.Obedient(Path(os.environ[deaths.ORDERS]))
    with get_client(sync_client=True) as client:
        executor = resident_executor(client)
        print("awake", then.approval.name, flush=True)
        while True:
            executor.run_what_is_due()
            time.sleep(LOOKS_EVERY)


if __name__ == "__main__":
    main()
