"""Rings at gates: each open gate has a suspended run whose form an officer can answer, and no other gate has one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowFilter, FlowFilterName, FlowRunFilter
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.exceptions import ObjectNotFound
from prefect.settings import get_current_settings
from prefect.states import Cancelled, Scheduled

from flows import gate_pages, given_answers
from models.canonical import content_sha256
from tasks.approvals import WaitingGate, remember_run, waiting
from tasks.gate_notices import tell_rung_again
from tasks.office import Office, current

FLOW = "Chờ phê duyệt"
DEPLOYMENT = f"{FLOW}/Bước phê duyệt"
# A gate's run works for seconds at most: one that has been at it for so long was lost with its process.
LOST_AFTER = timedelta(minutes=10)
ENDED = {
    StateType.COMPLETED: "đã bị cho kết thúc",
    StateType.CANCELLED: "đã bị hủy",
    StateType.FAILED: "đã gặp lỗi",
    StateType.CRASHED: "đã bị ngắt giữa chừng",
}


def ring() -> int:
    """Starts a run of the approval flow for each gate that has none alive. Returns how many were rung.

    A run that was lost is told to the administrators: somebody may have tried to go around the gate.
    """
    office = current()
    with get_client(sync_client=True) as client:
        gates = waiting(office)
        _withdraw(client, office, {gate.id for gate in gates})
        silent, rung = _ring_silent(client, office, gates) if gates else ([], [])
        list_id = gate_pages.renew_waiting_list(client, office)
        for gate, run_id in rung:
            gate_pages.put_beside(client, office, gate, run_id, list_id)
    for gate, why in silent:
        if why:
            tell_rung_again(office, gate, why)
    return len(silent)


def _ring_silent(
    client: SyncPrefectClient, office: Office, gates: Sequence[WaitingGate]
) -> tuple[list[tuple[WaitingGate, str]], list[tuple[WaitingGate, UUID]]]:
    """Of the gates those that did not ring, with why, and with their new runs."""
    deployment_id = _deployment(client)
    silent = [(gate, why) for gate in gates if (why := _why_silent(client, gate, deployment_id)) is not None]
    return silent, [(gate, _ring(client, office, gate, deployment_id)) for gate, _ in silent]


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
    unfinished = [StateType.PAUSED, StateType.PENDING, StateType.RUNNING, StateType.CRASHED]
    states = FlowRunFilter.model_validate({"state": {"type": {"any_": unfinished}}})
    for run in client.read_flow_runs(flow_filter=FlowFilter(name=FlowFilterName(any_=[FLOW])), flow_run_filter=states):
        if not _is_ours(run, office) or run.parameters.get("gate_id") in open_gates or _is_at_work(run):
            continue
        given_answers.wipe(str(run.id))
        why = Cancelled(message="Bước này đã được trả lời hoặc không còn chờ trả lời.")
        client.set_flow_run_state(run.id, why, force=True)


def _why_silent(client: SyncPrefectClient, gate: WaitingGate, deployment_id: UUID) -> str | None:
    """What became of the gate's run ("" if it never had one); None while it can be answered."""
    if gate.flow_run_id is None:
        return ""
    try:
        run = client.read_flow_run(UUID(gate.flow_run_id))
    except ObjectNotFound:
        return "đã bị xóa"
    if run.deployment_id != deployment_id:  # no worker takes up its answer
        return "đã mất nơi chạy (deployment bị xóa hoặc đổi tên)"
    if _is_lost(run):
        client.set_flow_run_state(run.id, Scheduled(), force=True)  # so it keeps an answer that was given
        return None
    if run.state is None or run.state.is_final():
        given_answers.wipe(str(run.id))  # it was stopped before it came to that
        return ENDED[run.state.type] if run.state else "không còn trạng thái"
    return "đã mất biểu mẫu" if run.state.is_paused() and not is_asked(client, run) else None


def _is_lost(run: FlowRun) -> bool:
    """Whether the run's process died at work, so that the run has to be begun again."""
    if run.state is None:
        return False
    if run.state.is_crashed():
        return given_answers.is_given(str(run.id))
    return _has_begun(run) and not _is_at_work(run)


def _is_at_work(run: FlowRun) -> bool:
    return run.state is not None and _has_begun(run) and datetime.now(UTC) - run.state.timestamp < LOST_AFTER


def _has_begun(run: FlowRun) -> bool:
    return run.state is not None and (run.state.is_running() or run.state.is_pending())


def is_asked(client: SyncPrefectClient, run: FlowRun) -> bool:
    """Whether a run waits and can be answered: not if it died before it saved its form, or if that was removed."""
    if run.state is None or not run.state.is_paused():
        return False
    keyset = run.state.state_details.run_input_keyset
    if not keyset:
        return False
    return bool(client.filter_flow_run_input(run.id, key_prefix=keyset["schema"], limit=1, exclude_keys=set()))


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
