"""Rings at gates: each open gate has a suspended run whose form an officer can answer, and no other gate has one."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowFilter, FlowFilterName, FlowRunFilter
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.exceptions import ObjectNotFound
from prefect.settings import get_current_settings
from prefect.states import Cancelled

from flows import gate_pages, given_answers
from flows.lost_runs import Loss, is_under_way, loss_of
from models.canonical import content_sha256
from tasks.approvals import WaitingGate, remember_run, waiting
from tasks.gate_notices import tell_rung_again, tell_set_going
from tasks.office import Office, current

FLOW = "Chờ phê duyệt"
DEPLOYMENT = f"{FLOW}/Bước phê duyệt"


def ring() -> int:
    """Starts a run of the approval flow for each gate that has none alive. Returns how many were rung.

    A run that was lost is told to the administrators: somebody may have tried to go around the gate. Where an officer's
    answer lay in it, it goes on with that.
    """
    office = current()
    with get_client(sync_client=True) as client:
        gates = waiting(office)
        _withdraw(client, office, {gate.id for gate in gates})
        lost, rung = _ring_silent(client, office, gates) if gates else ([], [])
        list_id = gate_pages.renew_waiting_list(client, office)
        for gate, run_id in rung:
            gate_pages.put_beside(client, office, gate, run_id, list_id)
    for gate, loss in lost:
        if loss.set_going:
            tell_set_going(office, gate, loss.why, loss.set_going)
        elif loss.why:
            tell_rung_again(office, gate, loss.why)
    return len(rung)


def _ring_silent(
    client: SyncPrefectClient, office: Office, gates: Sequence[WaitingGate]
) -> tuple[list[tuple[WaitingGate, Loss]], list[tuple[WaitingGate, UUID]]]:
    """Of the gates those that did not ring, with why; and those that had to be rung anew, with their new runs."""
    ours = _deployment(client), DEPLOYMENT.partition("/")[2]
    lost = [(gate, loss) for gate in gates if (loss := loss_of(client, office, gate, ours)) is not None]
    return lost, [(gate, _ring(client, office, gate, ours[0])) for gate, loss in lost if not loss.set_going]


def register(client: SyncPrefectClient) -> UUID:
    """Makes the gate's deployment known to the server; its id, the same for the same name."""
    about = "Một bước chờ người có thẩm quyền trả lời. Bấm Resume để mở biểu mẫu."
    return deploy(client, DEPLOYMENT, "flows.deployed.approval", about)


def deploy(client: SyncPrefectClient, name: str, entrypoint: str, description: str) -> UUID:
    """Makes the deployment `name` ("flow/deployment") known to the server; its id, the same for the same name."""
    flow, _, deployment = name.partition("/")
    return client.create_deployment(
        client.create_flow_from_name(flow),
        deployment,
        entrypoint=entrypoint,
        work_pool_name=get_current_settings().deployments.default_work_pool_name,  # none: a resident executor's
        description=description,
    )


def _deployment(client: SyncPrefectClient) -> UUID:
    """The gate's deployment; one that somebody removed or renamed is registered again."""
    try:
        return client.read_deployment_by_name(DEPLOYMENT).id
    except ObjectNotFound:
        return register(client)


def _withdraw(client: SyncPrefectClient, office: Office, open_gates: set[int]) -> None:
    """Cancels the forms of gates that were answered elsewhere or voided: nobody should fill them in.

    A run that died after it had recorded the answer did not come to wipe the code, nor to its end.
    """
    unfinished = [
        StateType.PAUSED,
        StateType.SCHEDULED,
        StateType.PENDING,
        StateType.RUNNING,
        StateType.CRASHED,
    ]
    states = FlowRunFilter.model_validate({"state": {"type": {"any_": unfinished}}})
    for run in client.read_flow_runs(flow_filter=FlowFilter(name=FlowFilterName(any_=[FLOW])), flow_run_filter=states):
        if not _is_ours(run, office) or run.parameters.get("gate_id") in open_gates or is_under_way(run):
            continue
        given_answers.wipe(str(run.id))
        why = Cancelled(message="Bước này đã được trả lời hoặc không còn chờ trả lời.")
        client.set_flow_run_state(run.id, why, force=True)


def _ring(client: SyncPrefectClient, office: Office, gate: WaitingGate, deployment_id: UUID) -> UUID:
    run = client.create_flow_run_from_deployment(
        deployment_id,
        parameters={"gate_id": gate.id, "title": gate.title},
        # A second watch that rings at the same time gets the same run.
        idempotency_key=f"{_ours(office)}{gate.id}/after-{gate.flow_run_id}",
    )
    remember_run(office, gate.id, run.id)
    return run.id


def _is_ours(run: FlowRun, office: Office) -> bool:
    return (run.idempotency_key or "").startswith(_ours(office))


def _ours(office: Office) -> str:
    """What the keys of this office's runs begin with: another database's gates have the same numbers."""
    return f"{content_sha256(office.settings.database)[:12]}/"
