"""The resident executor in a process of its own, to be killed: `python -m campaigns.executor_alone`.

It works for the installation and the Prefect server that the environment names.
"""

from __future__ import annotations

import time

from prefect.client.orchestration import get_client

from campaigns import then
from flows.deploying import resident_executor

LOOKS_EVERY = 0.02  # seconds


def main() -> None:
    """Runs what is due until it is killed; says first that it is awake."""
    with get_client(sync_client=True) as client:
        executor = resident_executor(client)
        print("awake", then.approval.name, flush=True)
        while True:
            executor.run_what_is_due()
            time.sleep(LOOKS_EVERY)


if __name__ == "__main__":
    main()
