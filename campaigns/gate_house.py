"""An office whose next list lies before its directors, on a Prefect server of its own, and processes that serve it.

A code counts once, so each answer is another director's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.exceptions import ObjectNotFound

from campaigns.then import BEGAN, FACE, clock
from campaigns.without_prefect import Life
from flows.deploying import WORKER_SETTINGS
from flows.lost_runs import is_asked
from flows.ringing import DEPLOYMENT
from models import reading, store
from models.db import read, transaction
from samples.officers import OFFICERS, code_of, confirm_all, give_device
from tasks.approvals import WaitingGate, waiting
from tasks.office import SYSTEM, Office, use
from tasks.opening import open_office

KIND = "selection_proposal"
ROOT = Path(__file__).parents[1]
PATIENCE = 90.0  # seconds
LOOKS_EVERY = 0.004
POOL = "gates"
HEAD = OFFICERS[0][0]


class Given(NamedTuple):
    """An answer that Prefect took: at which gate, by whom, in which run."""

    gate: int
    officer: str
    run: str


class GateHouse:
    """The office in `folder`, the gate of its next list, and `directors` officers of whom each can answer it once."""

    def __init__(self, folder: Path, client: SyncPrefectClient, directors: int) -> None:
        life = Life(folder)
        day = life.first_day
        life.live(day)
        life.clock.tick()  # a code counts once
        self._directors = iter(_appoint(life.office, directors))  # before the draft, which names whoever may sign it
        while not any(gate.kind == KIND for gate in waiting(life.office)):
            day = _next(day)
            life.live(day)
        life.clock.tick()
        settings, self.environment = life.office.settings, environment(life.office)
        life.office.engine.dispose()
        self.client = client
        self.office = open_office(settings, now=clock(self.environment), illustrative=True)
        use(self.office)

    def gate(self) -> WaitingGate | None:
        """The gate of the list, while it waits."""
        return next((gate for gate in waiting(self.office) if gate.kind == KIND), None)

    def is_ringing(self) -> bool:
        """Whether the gate has a run that an officer can answer."""
        gate = self.gate()
        if gate is None or gate.flow_run_id is None:
            return False
        return is_asked(self.client, self.client.read_flow_run(UUID(gate.flow_run_id)))

    def answered(self) -> list[tuple[int, str]]:
        """Every approval: the gate's number and the officer."""
        with read(self.office.engine) as session:
            return [(gate.id, approval.officer_id) for gate, approval in reading.approvals(session)]

    def answer(self, *, rightly: bool = True) -> Given:
        """The next director sends the list back; not `rightly`, with a wrong code."""
        gate, officer = self.gate(), next(self._directors)
        assert gate is not None and gate.flow_run_id is not None
        code = code_of(officer, self.office.now())
        if not rightly:
            code = f"{(int(code) + 1) % 10**6:06}"
        form = {"decision": "Trả lại", "reason": "Xem lại.", "officer": officer, "code": code}
        said = self.client.resume_flow_run(UUID(gate.flow_run_id), run_input=form)
        if said.status.value != "ACCEPT":
            raise RuntimeError(f"the answer was not taken: {said.details}")
        return Given(gate.id, officer, gate.flow_run_id)

    def refused(self) -> list[str]:
        """Every officer whose answer was not taken, as often as that happened."""
        with read(self.office.engine) as session:
            return [event.actor for event in reading.audit_trail(session) if event.action == "answer_refused"]


def environment(office: Office, face: Path | None = None) -> dict[str, str]:
    """What a process of its own has to be told to work for `office`, whose clock goes on from now.

    With `face`, a file, its clock shows what stands there instead.
    """
    settings = office.settings
    told = {BEGAN: f"{office.now().isoformat()} {time.monotonic()}"} if face is None else {FACE: str(face)}
    return told | {
        "CHUYENHOA_DATA_DIR": str(settings.data_dir),
        "CHUYENHOA_GATE_CHARTS": str(settings.gate_charts).lower(),
        "CHUYENHOA_PAGE_PICTURES": str(settings.page_pictures).lower(),
        "CHUYENHOA_MINISTERS_LIST": json.dumps(settings.ministers_list),
    }


def hand_over_to_workers(client: SyncPrefectClient) -> None:
    """The gate's deployment, now for the pool `POOL`; a run begun before belongs to none."""
    wait_for(lambda: _has_pool(client))
    flow, _, name = DEPLOYMENT.partition("/")
    flow_id = client.create_flow_from_name(flow)
    client.create_deployment(flow_id, name, entrypoint="campaigns.then.approval", work_pool_name=POOL)


def _has_pool(client: SyncPrefectClient) -> bool:
    try:
        return bool(client.read_work_pool(POOL))
    except ObjectNotFound:
        return False


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _appoint(office: Office, count: int) -> list[str]:
    codes = [f"GD{number:03}" for number in range(100, 100 + count)]
    with transaction(office.engine) as session:
        for code in codes:
            store.add_officer(
                session,
                code=code,
                name=f"Cán bộ {code}",
                title="Giám đốc",
                agency="provincial_police",
                roles=[store.RoleSpan("director")],
                by=SYSTEM,
                at=office.now(),
            )
            give_device(session, office, code)
    confirm_all(office, [(code, "director") for code in codes], by=HEAD)
    return codes


def wait_for(holds: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """What `holds` gives once it is true. `TimeoutError` after `seconds`."""
    until = time.monotonic() + seconds
    while not (found := holds()):
        if time.monotonic() > until:
            raise TimeoutError(f"waited {seconds} s in vain")
        time.sleep(LOOKS_EVERY)
    return found


def start_awake(module: str, url: str, environment: Mapping[str, str], *words: str) -> subprocess.Popen[str]:
    """A module in a process of its own; returns once it says that it is awake."""
    started = start(module, url, environment, *words)
    await_awake(started)
    return started


def await_awake(started: subprocess.Popen[str]) -> None:
    """Returns once the process says that it is awake. `RuntimeError` if it ends instead."""
    assert started.stdout is not None
    while "awake" not in (line := started.stdout.readline()):
        if not line:
            raise RuntimeError(f"{started.args} did not start")


@contextmanager
def worker(url: str, environment: dict[str, str]) -> Iterator[None]:
    """Prefect's own process worker for the pool `POOL`, set up as in an installation: a process for each run."""
    words = ["worker", "start", "--pool", POOL, "--type", "process", "--name", "one"]
    started = start("prefect", url, WORKER_SETTINGS | environment, *words)
    try:
        yield
    finally:
        started.terminate()
        with suppress(subprocess.TimeoutExpired):
            started.wait(timeout=20)
        started.kill()


def start(module: str, url: str, environment: Mapping[str, str], *words: str) -> subprocess.Popen[str]:
    """A module in a process of its own, for the Prefect server at `url`."""
    given = {"PREFECT_API_URL": url, "PREFECT_LOGGING_LEVEL": "ERROR", "PREFECT_LOGGING_TO_API_ENABLED": "false"}
    given |= {"PYTHONPATH": str(ROOT), "DO_NOT_TRACK": "1", **environment}
    given["PREFECT_API_TLS_INSECURE_SKIP_VERIFY"] = "true"  # plain HTTP on loopback: load no certificates
    command = [sys.executable, "-m", module, *words]
    pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env=os.environ | given, cwd=ROOT, **pipes)
