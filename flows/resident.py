"""A resident executor: runs deployed flows in this warm process as soon as they are due.

A worker starts a process and imports Prefect for every run, seconds each time; the gates, whose work takes
milliseconds, are claimed and run here. Claiming is Prefect's own (a run goes to Pending once), so any number of
executors and workers may look at the same queue. Prefect's client itself repeats a call that a busy server refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import FlowFilter, FlowFilterName, FlowRunFilter
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.responses import SetStateStatus
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import Abort, Pause
from prefect.flow_engine import run_flow
from prefect.flows import Flow
from prefect.states import Pending


class ResidentExecutor:
    """Runs the deployed `flows` in this process, by their names: a deployment may be removed and made anew."""

    def __init__(self, client: SyncPrefectClient, flows: Sequence[Flow[..., Any]]) -> None:
        self._client = client
        self._flows = tuple(flows)

    def run_what_is_due(self) -> int:
        """Runs every scheduled or resumed run, one after the other, until none is left. Returns how many ran.

        One that cannot be claimed (its deployment is gone, or somebody else has it) is left to the next call.
        """
        ran, left = 0, set[UUID]()
        while due := [(flow, run.id) for flow in self._flows for run in self._due(flow) if run.id not in left]:
            for flow, run_id in due:
                if self._claim_and_run(flow, run_id):
                    ran += 1
                else:
                    left.add(run_id)
        return ran

    def _due(self, flow: Flow[..., Any]) -> list[FlowRun]:
        return self._client.read_flow_runs(
            flow_filter=FlowFilter(name=FlowFilterName(any_=[flow.name])),
            flow_run_filter=FlowRunFilter.model_validate({"state": {"type": {"any_": [StateType.SCHEDULED]}}}),
            sort=FlowRunSort.EXPECTED_START_TIME_ASC,
        )

    def _claim_and_run(self, flow: Flow[..., Any], run_id: UUID) -> bool:
        """Runs `run_id` unless somebody else has claimed it; a run that suspends has done its part."""
        if not self._claim(run_id):
            return False
        run = self._client.read_flow_run(run_id)
        with suppress(Pause, Abort):  # it waits for a person, or was superseded
            run_flow(flow, flow_run=run, return_type="state")
        return True

    def _claim(self, run_id: UUID) -> bool:
        return self._client.set_flow_run_state(run_id, Pending()).status == SetStateStatus.ACCEPT
