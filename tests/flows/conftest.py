"""One real Prefect server for all of these tests, and an office whose gates ring on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.objects import FlowRun

from flows.deploying import resident_executor
from flows.resident import ResidentExecutor
from flows.ringing import ring
from flows.server import private_server
from flows.watch import daily_watch
from tasks.approvals import WaitingGate, waiting
from tasks.office import use


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SyncPrefectClient, ResidentExecutor]]:
    with private_server(tmp_path_factory.mktemp("prefect")), get_client(sync_client=True) as client:
        yield client, resident_executor(client)


class Desk:
    """What an officer sees and does in the Prefect UI."""

    def __init__(self, room: Any, client: SyncPrefectClient, executor: ResidentExecutor) -> None:
        self.room, self.client, self.executor = room, client, executor
        use(room.office)

    def watch(self) -> int:
        """The daily watch, and whatever it has rung."""
        found = daily_watch()
        self.executor.run_what_is_due()
        return found

    def ring(self) -> None:
        """The bell alone, for the gates that are open."""
        ring()
        self.executor.run_what_is_due()

    def gates(self) -> list[WaitingGate]:
        return list(waiting(self.room.office))

    def run(self, kind: str) -> FlowRun:
        """The run that rings at the gate of this kind."""
        run_id = self.room.gate(kind).flow_run_id
        assert run_id is not None
        return self.client.read_flow_run(UUID(run_id))

    def form(self, kind: str) -> tuple[dict[str, Any], str]:
        """The form's JSON schema and the words above it, as the UI shows them."""
        run = self.run(kind)
        keyset = run.state.state_details.run_input_keyset  # type: ignore[union-attr]
        read = self.client.read_flow_run_input
        return json.loads(read(run.id, keyset["schema"])), json.loads(read(run.id, keyset["description"]))

    def submit(self, kind: str, **fields: Any) -> str:
        """Fills in the form and presses Resume; what Prefect says to it, "ACCEPT" or why not. Nothing runs yet."""
        response = self.client.resume_flow_run(self.run(kind).id, run_input=fields)
        details = getattr(response.details, "reason", "")
        return response.status.value if response.status.value == "ACCEPT" else f"{response.status.value} {details}"

    def answer(self, kind: str, officer: str, decision: str = "Đồng ý", **fields: Any) -> None:
        """A form that Prefect takes, with the right code, and the work done after it."""
        if "code" not in fields:
            fields["code"] = self.room.code(officer)
        assert self.submit(kind, officer=officer, decision=decision, **fields) == "ACCEPT"
        self.executor.run_what_is_due()


@pytest.fixture
def desk_at(
    room_at: Callable[[str], Any], server: tuple[SyncPrefectClient, ResidentExecutor]
) -> Iterator[Callable[..., Desk]]:
    """`desk_at("first_figures_filed", 2017, 11, 1)`: the office on that day, at work on the Prefect server."""

    def open_desk(station: str, *day: int, **settings: Any) -> Desk:
        room = room_at(station, **settings)
        return Desk(room.on(*day) if day else room, *server)

    yield open_desk
    for run in server[0].read_flow_runs():  # the next test's office has gates of the same names
        server[0].delete_flow_run(run.id)


@pytest.fixture
def desk(desk_at: Callable[..., Desk]) -> Desk:
    """1/11/2017: the first list lies before the director, and its gate has rung."""
    desk = desk_at("first_list_proposed")
    desk.ring()
    return desk
