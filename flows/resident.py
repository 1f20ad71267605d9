"""A resident executor: runs deployed flows in this warm process as soon as they are due.

A worker starts a process and imports Prefect for every run, seconds each time; the gates, whose work takes
milliseconds, are claimed and run here. Claiming is Prefect's own (a run goes to Pending once), so any number of
executors and workers may look at the same queue. Prefect's client itself repeats a call that a busy server refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterId, FlowRunFilter
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import SetStateStatus
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import Abort, Pause
from prefect.flow_engine import run_flow
from prefect.flows import Flow
from prefect.states import Pending


class ResidentExecutor:
    """Runs the deployments named in `flows` (deployment id -> flow) in this process."""

    def __init__(self, client: SyncPrefectClient, flows: Mapping[UUID, Flow[..., Any]]) -> None:
        self._client = client
        self._flows = dict(flows)

    def run_what_is_due(self) -> int:
        """Runs every scheduled or resumed run, one after the other, until none is left. Returns how many ran."""
        ran = 0
        while due := self._due():
            for run in due:
                ran += self.claim_and_run(run.id)
        return ran

    def _due(self) -> list[FlowRun]:
        return self._client.read_flow_runs(
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=list(self._flows))),
            flow_run_filter=FlowRunFilter.model_validate({"state": {"type": {"any_": [StateType.SCHEDULED]}}}),
            sort=FlowRunSort.EXPECTED_START_TIME_ASC,
        )

    def claim_and_run(self, run_id: UUID) -> bool:
        """Runs `run_id` unless somebody else has claimed it; a run that suspends has done its part."""
        if not self._claim(run_id):
            return False
        run = self._client.read_flow_run(run_id)
        assert run.deployment_id is not None
        with suppress(Pause, Abort):  # it waits for a person, or was superseded
            run_flow(self._flows[run.deployment_id], flow_run=run, return_type="state")
        return True

    def _claim(self, run_id: UUID) -> bool:
        return self._client.set_flow_run_state(run_id, Pending()).status == SetStateStatus.ACCEPT
