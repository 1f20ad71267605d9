"""A resident executor: runs deployed flows in this warm process as soon as they are due.

A worker starts a process and imports Prefect for every run, seconds each time; the gates, whose work takes
milliseconds, are claimed and run here. Claiming is Prefect's own (a run goes to Pending once), so any number of
executors and workers may look at the same queue. Prefect's client itself repeats a call that a busy server refused.

Runs are found by their flow's name, not by their deployment: what an officer answered counts even if somebody removed
the deployment while the form was open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowFilter, FlowFilterName, FlowRunFilter
from prefect.client.schemas.objects import FlowRun, StateDetails, StateType
from prefect.client.schemas.responses import OrchestrationResult, SetStateStatus
from prefect.client.schemas.sorting import FlowRunSort
from prefect.context import SyncClientContext
from prefect.exceptions import (
    Abort,
    ObjectNotFound,
    ParameterBindError,
    ParameterTypeError,
    Pause,
    SignatureMismatchError,
)
from prefect.flow_engine import run_flow
from prefect.flows import Flow
from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings
from prefect.states import Failed, Pending


class ResidentExecutor:
    """Runs in this process whatever is due of `flows`."""

    def __init__(self, client: SyncPrefectClient, flows: Iterable[Flow[..., Any]]) -> None:
        self._client = client
        self._by_name = {flow.name: flow for flow in flows}
        self._by_id: dict[UUID, Flow[..., Any]] = {}

    def run_what_is_due(self) -> int:
        """Runs every scheduled or resumed run, one after the other, until none can be had. Returns how many ran."""
        ran = 0
        while now := sum(self.claim_and_run(run) for run in self._due()):
            ran += now
        return ran

    def _due(self) -> list[FlowRun]:
        return self._client.read_flow_runs(
            flow_filter=FlowFilter(name=FlowFilterName(any_=list(self._by_name))),
            flow_run_filter=FlowRunFilter.model_validate(
                {
                    "state": {"type": {"any_": [StateType.SCHEDULED]}},
                    "next_scheduled_start_time": {"before_": datetime.now(UTC)},  # the server's clock, not the office's
                }
            ),
            sort=FlowRunSort.NEXT_SCHEDULED_START_TIME_ASC,
        )

    def claim_and_run(self, due: FlowRun) -> bool:
        """Runs `due` unless somebody else has claimed it; a run that suspends has done its part.

        Anybody may start a run of these deployments, also one that cannot be begun at all: it ends alone.
        """
        if not self._claim(due):
            return False
        run = self._client.read_flow_run(due.id)
        # Its thread would hold this process a second at the end of each run, and these last milliseconds.
        no_heartbeat: Any = {PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}
        with (
            temporary_settings(updates=no_heartbeat),
            _no_waiting(),
            suppress(Pause, Abort),
        ):  # it waits, or was superseded
            try:
                run_flow(self._flow_of(run), flow_run=run, return_type="state")
            except (ParameterBindError, ParameterTypeError, SignatureMismatchError) as wrong:
                self._client.set_flow_run_state(run.id, Failed(message=str(wrong)), force=True)
        return True

    def _flow_of(self, run: FlowRun) -> Flow[..., Any]:
        if run.flow_id not in self._by_id:
            self._by_id[run.flow_id] = self._by_name[self._client.read_flow(run.flow_id).name]
        return self._by_id[run.flow_id]

    def _claim(self, run: FlowRun) -> bool:
        """Whether this executor has the run now. The server lets nobody claim a run whose deployment is gone.

        Its time has come, though somebody should put it off this very moment, or the server's clock be late: the server
        goes by the time that the claim names.
        """
        claim = Pending(state_details=StateDetails(scheduled_time=run.created))
        said = self._client.set_flow_run_state(run.id, claim).status
        if said == SetStateStatus.ABORT and self._is_orphan(run):
            said = self._client.set_flow_run_state(run.id, claim, force=True).status
        return said == SetStateStatus.ACCEPT

    def _is_orphan(self, run: FlowRun) -> bool:
        try:
            return run.deployment_id is None or not self._client.read_deployment(run.deployment_id)
        except ObjectNotFound:
            return True


@contextmanager
def _no_waiting() -> Iterator[None]:
    """Inside, a run that the server tells to wait gives up (`Abort`): Prefect would sleep, and every gate with it.

    It is told so if somebody puts it off between its claim and its start.
    """
    with SyncClientContext() as shared:  # whatever the run asks for a client gets this one
        propose = shared.client.set_flow_run_state

        def propose_once(*args: Any, **named: Any) -> OrchestrationResult[Any]:
            said = propose(*args, **named)
            if said.status == SetStateStatus.WAIT:
                raise Abort("put off after it was claimed")
            return said

        shared.client.set_flow_run_state = propose_once
        yield
