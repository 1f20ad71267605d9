"""Rings at gates: each open gate has a suspended run whose form an officer can answer, and no other gate has one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowFilter, FlowFilterName, FlowRunFilter
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled

from flows import gate_pages
from models.canonical import content_sha256
from tasks.approvals import WaitingGate, remember_run, waiting
from tasks.gate_notices import tell_rung_again
from tasks.office import Office, current

FLOW = "Chờ phê duyệt"
DEPLOYMENT = "Bước phê duyệt"
# A gate's run works for milliseconds: one that has been at it for so long was lost with its process.
LOST_AFTER = timedelta(hours=1)
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
        deployment = _deployment(client)
        silent = [(gate, why) for gate in gates if (why := _why_silent(client, gate, deployment)) is not None]
        rung = [(gate, _ring(client, office, gate, deployment)) for gate, _ in silent]
        list_id = gate_pages.renew_waiting_list(client, office)
        for gate, run_id in rung:
            gate_pages.put_beside(client, office, gate, run_id, list_id)
    for gate, why in silent:
        if why:
            tell_rung_again(office, gate, why)
    return len(silent)


def _why_silent(client: SyncPrefectClient, gate: WaitingGate, deployment: UUID) -> str | None:
    """What became of the gate's run ("" if it never had one); None while it can be answered."""
    if gate.flow_run_id is None:
        return ""
    try:
        run = client.read_flow_run(UUID(gate.flow_run_id))
    except ObjectNotFound:
        return "đã bị xóa"
    if run.state is None or run.state.is_final():
        return ENDED[run.state.type] if run.state else "không còn trạng thái"
    if run.deployment_id != deployment:  # an answer to it would never be fetched
        _cancel(client, run.id, "Bước này đã được gửi lại bằng một biểu mẫu khác.")
        return "đã mất nơi chạy (deployment bị xóa hoặc đổi tên)"
    if run.state.is_paused():
        return None if _has_form(client, run.id) else "đã mất biểu mẫu"
    since = run.state.state_details.scheduled_time or run.state.timestamp
    return None if datetime.now(UTC) - since < LOST_AFTER else "đã đứng quá lâu"


def _has_form(client: SyncPrefectClient, run_id: UUID) -> bool:
    """Whether a suspended run can be answered: one that died before it saved its form never can."""
    return bool(client.filter_flow_run_input(run_id, key_prefix="suspended-", limit=1, exclude_keys=set()))


def _ring(client: SyncPrefectClient, office: Office, gate: WaitingGate, deployment: UUID) -> UUID:
    run = client.create_flow_run_from_deployment(
        deployment,
        parameters={"gate_id": gate.id, "title": gate.title},
        # A second watch that rings at the same time gets the same run.
        idempotency_key=f"{_ours(office)}{gate.id}/after-{gate.flow_run_id}",
    )
    remember_run(office, gate.id, run.id)
    return run.id


def _deployment(client: SyncPrefectClient) -> UUID:
    try:
        return client.read_deployment_by_name(f"{FLOW}/{DEPLOYMENT}").id
    except ObjectNotFound:  # somebody removed or renamed it
        from flows.deploying import deploy  # it deploys the flow that rings here

        return deploy(client)


def _withdraw(client: SyncPrefectClient, office: Office, open_gates: set[int]) -> None:
    """Cancels the forms of gates that were answered elsewhere or voided: nobody should fill them in."""
    paused = FlowRunFilter.model_validate({"state": {"type": {"any_": [StateType.PAUSED]}}})
    for run in client.read_flow_runs(flow_filter=FlowFilter(name=FlowFilterName(any_=[FLOW])), flow_run_filter=paused):
        if _is_ours(run, office) and run.parameters.get("gate_id") not in open_gates:
            _cancel(client, run.id, "Bước này đã được trả lời hoặc không còn chờ trả lời.")


def _cancel(client: SyncPrefectClient, run_id: UUID, why: str) -> None:
    client.set_flow_run_state(run_id, Cancelled(message=why), force=True)


def _is_ours(run: FlowRun, office: Office) -> bool:
    return (run.idempotency_key or "").startswith(_ours(office))


def _ours(office: Office) -> str:
    """What the keys of this office's runs begin with: another database's gates have the same numbers."""
    return f"{content_sha256(office.settings.database)[:12]}/"
