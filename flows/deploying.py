"""Deployments made known to a Prefect server, and an executor for them."""

from __future__ import annotations

from prefect.client.orchestration import SyncPrefectClient

from flows import reopening, ringing
from flows.approval import approval
from flows.resident import ResidentExecutor


def resident_executor(client: SyncPrefectClient) -> ResidentExecutor:
    """Registers what asks by forms, and returns an executor that runs it in this process."""
    ringing.register(client)
    reopening.register(client)
    return ResidentExecutor(client, [approval, reopening.reopening])
