"""Deployments made known to a Prefect server, and an executor for them."""

from __future__ import annotations

from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient

from flows.approval import approval
from flows.resident import ResidentExecutor
from flows.ringing import DEPLOYMENT


def resident_executor(client: SyncPrefectClient) -> ResidentExecutor:
    """Registers the gate's deployment and returns an executor that runs it in this process."""
    deploy(client)
    return ResidentExecutor(client, [approval])


def deploy(client: SyncPrefectClient) -> UUID:
    """The gate's deployment, made or renewed; its id."""
    flow_id = client.create_flow(approval)
    return client.create_deployment(
        flow_id,
        DEPLOYMENT,
        entrypoint="flows/approval.py:approval",
        path=".",
        description="Một bước chờ người có thẩm quyền trả lời. Bấm Resume để mở biểu mẫu.",
    )
