"""The whole period, replayed day by day through the product's own doors: forms, watch, gates, documents, mail."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client

from flows.deploying import resident_executor
from flows.resident import ResidentExecutor
from flows.server import private_server
from flows.watch import daily_watch
from models import reading
from models.db import read
from rules.agenda import State, agenda
from samples import DEFAULT_SEED, MINISTER_LIST
from samples.desk import Desk, decided_lists
from samples.officers import answers_on, appoint, reply
from settings import Settings
from tasks.approvals import WaitingGate, waiting
from tasks.office import use
from tasks.opening import install, open_office
from tasks.state import load_state
from tasks.stopwatch import simulated

OFFICE_HOURS = clock_time(hour=1, tzinfo=UTC)  # 8 o'clock in the morning in Cà Mau


class ReplayClock:
    """The day the replay has come to. It stands still but for a minute before each answer: a code counts once."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._answers = 0

    def __call__(self) -> datetime:
        return datetime.combine(self.on, OFFICE_HOURS) + timedelta(minutes=self._answers)

    def tick(self) -> None:
        """A minute passes."""
        self._answers += 1


class Replay:
    """One replay: an office of its own in `folder`, a clock, scripted reporters and officers."""

    def __init__(self, folder: Path, seed: int = DEFAULT_SEED) -> None:
        # Nothing of this machine's own installation: made-up figures and mail stay in the folder.
        # Nobody looks at pictures beside its gates.
        settings = Settings(
            data_dir=folder,
            database_url="",
            mail_dir=None,
            mail_host="",
            ministers_list=tuple(sorted(MINISTER_LIST)),
            gate_charts=False,
            page_pictures=False,
        )
        self.clock = ReplayClock(date(2017, 1, 1))
        self.seed = seed
        self.office = open_office(settings, now=self.clock, durable=False, illustrative=True)
        self.first_day = self.office.plan.valid_from.value
        self.last_day = self.office.plan.valid_to.value
        self.clock.on = self.first_day
        self._desk = Desk(self.office, seed)
        self._state, self._mail_waits = State(), False
        self._gates: tuple[WaitingGate, ...] = ()

    def install(self) -> None:
        """The database, the units, the reporters, the officers."""
        install(self.office)
        appoint(self.office)
        use(self.office)

    def run(self, until: date, on_day: Callable[[date], None] = lambda day: None) -> float:
        """Lives through every day up to `until` on a private Prefect server. Returns the seconds it took."""
        started = time.monotonic()
        gc.collect()
        gc.freeze()  # the libraries stay: a collector that walks them again and again takes a sixth of the time,
        gc.set_threshold(100_000, 50, 100)  # and one that comes at every 700th object a twelfth of the rest
        with private_server(self.office.folder / "prefect"), get_client(sync_client=True) as client:
            executor = resident_executor(client)
            while self.clock.on <= until:
                on_day(self.clock.on)
                self._live(client, executor)
                self.clock.on += timedelta(days=1)
        self.clock.on = until
        return time.monotonic() - started

    def _live(self, client: SyncPrefectClient, executor: ResidentExecutor) -> None:
        """One day: what comes in, the watch if there is anything for it, and the answers given today."""
        came = self._desk.deliver(self.clock.on)
        if came or self._is_anything_due():
            daily_watch()
            executor.run_what_is_due()
            self._look_again()
        while answered := self._answered_today():
            for gate in answered:
                self._answer(client, gate)
                executor.run_what_is_due()
            self._look_again()

    @simulated
    def _is_anything_due(self) -> bool:
        return self._mail_waits or bool(agenda(self.office.timetable, self._state, self.clock.on))

    @simulated
    def _answered_today(self) -> list[WaitingGate]:
        return [gate for gate in self._gates if answers_on(self.office, gate, self.seed) <= self.clock.on]

    @simulated
    def _look_again(self) -> None:
        """How things stand after the watch or an answer: nothing else in a replay changes anything."""
        with read(self.office.engine) as session:
            self._state = load_state(session, self.office)
            self._mail_waits = bool(reading.mails_unsent(session))
        self._gates = waiting(self.office)

    def _answer(self, client: SyncPrefectClient, gate: WaitingGate) -> None:
        assert gate.flow_run_id is not None  # the watch has rung
        self.clock.tick()
        answer = reply(self.office, gate, decided_lists(self.office))
        response = client.resume_flow_run(UUID(gate.flow_run_id), run_input=answer.form)
        if response.status.value != "ACCEPT":
            raise RuntimeError(f"gate {gate.id} ({gate.subject}) did not take the answer: {response.details}")
