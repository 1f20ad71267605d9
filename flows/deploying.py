"""Deployments made known to a Prefect server, an executor for them, and how a worker is set up for them."""

from __future__ import annotations

from prefect.client.orchestration import SyncPrefectClient

from flows.approval import approval
from flows.resident import ResidentExecutor
from flows.ringing import register

# What `prefect worker start` is to be told. By itself it looks every ten seconds, and so long an answer would lie.
WORKER_SETTINGS = {"PREFECT_WORKER_QUERY_SECONDS": "1"}


def resident_executor(client: SyncPrefectClient) -> ResidentExecutor:
    """Registers the gate's deployment and returns an executor that runs it in this process."""
    register(client)
    return ResidentExecutor(client, [approval])
