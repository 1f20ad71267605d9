"""Deployments made known to a Prefect server, and an executor for them."""

from __future__ import annotations

from prefect.client.orchestration import SyncPrefectClient

from flows.approval import approval
from flows.resident import ResidentExecutor
from flows.ringing import register


def resident_executor(client: SyncPrefectClient) -> ResidentExecutor:
    """Registers the gate's deployment and returns an executor that runs it in this process."""
    register(client)
    return ResidentExecutor(client, [approval])
