"""Deployments made known to a Prefect server, and an executor for them."""

from __future__ import annotations

from prefect.client.orchestration import SyncPrefectClient

from flows.approval import approval
from flows.resident import ResidentExecutor
from flows.ringing import DEPLOYMENT


def resident_executor(client: SyncPrefectClient) -> ResidentExecutor:
    """Registers the gate's deployment and returns an executor that runs it in this process."""
    flow_id = client.create_flow(approval)
    deployment_id = client.create_deployment(
        flow_id,
        DEPLOYMENT.partition("/")[2],
        entrypoint="flows/approval.py:approval",
        path=".",
        description="Một bước chờ người có thẩm quyền trả lời. Bấm Resume để mở biểu mẫu.",
    )
    return ResidentExecutor(client, {deployment_id: approval})
