"""Deployments made known to a Prefect server, an executor for them, and how a worker is set up for them."""

from __future__ import annotations

from prefect.client.orchestration import SyncPrefectClient

from flows import reopening, ringing
from flows.approval import approval
from flows.resident import ResidentExecutor

# What `prefect worker start` is to be told. By itself it looks every ten seconds, and so long an answer would lie; and
# it starts what is due within ten seconds, whose process would sleep until then.
WORKER_SETTINGS = {"PREFECT_WORKER_QUERY_SECONDS": "1", "PREFECT_WORKER_PREFETCH_SECONDS": "0"}


def resident_executor(client: SyncPrefectClient) -> ResidentExecutor:
    """Registers what asks by forms, and returns an executor that runs it in this process."""
    ringing.register(client)
    reopening.register(client)
    return ResidentExecutor(client, [approval, reopening.reopening])
