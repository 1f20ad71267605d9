"""Rings at gates: each open gate has a suspended run whose form an officer can answer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun
from prefect.exceptions import ObjectNotFound
from prefect.settings import get_current_settings
from prefect.states import Scheduled

from flows import gate_pages, given_answers
from models.canonical import content_sha256
from tasks.approvals import WaitingGate, remember_run, waiting
from tasks.office import Office, current

DEPLOYMENT = "Chờ phê duyệt/Bước phê duyệt"
# A gate's run works for seconds at most: one that has been at it for so long was lost with its process.
LOST_AFTER = timedelta(minutes=10)


def ring() -> int:
    """Starts a run of the approval flow for each gate that has none alive. Returns how many were rung."""
    office = current()
    with get_client(sync_client=True) as client:
        gates = waiting(office)
        deployment_id = _deployment(client) if gates else None
        silent = [gate for gate in gates if not _is_ringing(client, gate, deployment_id)]
        rung = [(gate, _ring(client, office, gate, deployment_id)) for gate in silent if deployment_id]
        list_id = gate_pages.renew_waiting_list(client, office)
        for gate, run_id in rung:
            gate_pages.put_beside(client, office, gate, run_id, list_id)
    return len(silent)


def register(client: SyncPrefectClient) -> UUID:
    """Makes the gate's deployment known to the server; its id, the same for the same name."""
    flow, _, name = DEPLOYMENT.partition("/")
    return client.create_deployment(
        client.create_flow_from_name(flow),
        name,
        entrypoint="flows.deployed.approval",
        work_pool_name=get_current_settings().deployments.default_work_pool_name,  # none: a resident executor's
        description="Một bước chờ người có thẩm quyền trả lời. Bấm Resume để mở biểu mẫu.",
    )


def _deployment(client: SyncPrefectClient) -> UUID:
    """The gate's deployment; one that somebody removed or renamed is registered again."""
    try:
        return client.read_deployment_by_name(DEPLOYMENT).id
    except ObjectNotFound:
        return register(client)


def _is_ringing(client: SyncPrefectClient, gate: WaitingGate, deployment_id: UUID | None) -> bool:
    if gate.flow_run_id is None:
        return False
    try:
        run = client.read_flow_run(UUID(gate.flow_run_id))
    except ObjectNotFound:
        return False
    if run.deployment_id != deployment_id:
        return False  # of a deployment that is gone, no worker takes up the answer
    if _is_lost(run):
        client.set_flow_run_state(run.id, Scheduled(), force=True)  # so it keeps an answer that was given
        return True
    if run.state is None or run.state.is_final():
        return False
    return _has_form(client, run) if run.state.is_paused() else True


def _is_lost(run: FlowRun) -> bool:
    """Whether the run's process died at work, so that the run has to be begun again."""
    if run.state is None:
        return False
    if run.state.is_crashed():
        return given_answers.is_given(str(run.id))
    is_at_work = run.state.is_running() or run.state.is_pending()
    return is_at_work and datetime.now(UTC) - run.state.timestamp >= LOST_AFTER


def _has_form(client: SyncPrefectClient, run: FlowRun) -> bool:
    """Whether a suspended run can be answered: not if it died before it saved its form, or if that was removed."""
    keyset = run.state.state_details.run_input_keyset if run.state else None
    if not keyset:
        return False
    return bool(client.filter_flow_run_input(run.id, key_prefix=keyset["schema"], limit=1, exclude_keys=set()))


def _ring(client: SyncPrefectClient, office: Office, gate: WaitingGate, deployment_id: UUID) -> UUID:
    run = client.create_flow_run_from_deployment(
        deployment_id,
        parameters={"gate_id": gate.id, "title": gate.title},
        # A second watch that rings at the same time gets the same run.
        idempotency_key=f"{content_sha256(office.settings.database)[:12]}/{gate.id}/after-{gate.flow_run_id}",
    )
    remember_run(office, gate.id, run.id)
    return run.id
