"""What all tests share: how a test says that it needs a program of this machine, and a standing office to try."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from forms.spec import Filled, FormSpec
from forms.writing import write_form
from models import reading, store
from models.canonical import content_sha256
from models.db import read, transaction
from models.reporting import Submission
from rules.figures import Figure, Narrative
from rules.gates import GATES, ROLE_LABELS
from rules.periods import period
from rules.second_officer import CONFIRMED_ROLES
from samples import DEFAULT_SEED
from samples.desk import decided_lists
from samples.filling import fill
from samples.officers import code_of, confirm_all, give_device
from settings import Settings
from tasks import collection, cycle, documents, gate_openings
from tasks.answers import Answer, take_answer
from tasks.approvals import WaitingGate, waiting
from tasks.collection import asked_reporters, spec_of
from tasks.intake import take_in
from tasks.opening import install, open_office

# The program a test asks for, and the Debian package that brings it.
PACKAGES = {
    "soffice": "libreoffice-writer-nogui libreoffice-calc-nogui",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "chromium": "chromium",
    "initdb": "postgresql",
}
# Debian keeps PostgreSQL's own programs off the PATH.
ELSEWHERE = {"initdb": "/usr/lib/postgresql"}


@pytest.fixture(scope="session")
def needs() -> Callable[[str], str]:
    """`needs("soffice")` gives the program's path. Absent, it skips the test on a user's machine and fails it in CI."""
    return _needs


def _needs(program: str) -> str:
    path = _find(program)
    if path:
        return path
    reason = f"{program} is not on this machine (Debian: apt-get install {PACKAGES[program]})"
    if os.environ.get("CI"):
        pytest.fail(f"{reason}; CI must have it, see .ci/run", pytrace=False)
    pytest.skip(reason)


def _find(program: str) -> str | None:
    if program not in ELSEWHERE:
        return shutil.which(program)
    return max((str(found) for found in Path(ELSEWHERE[program]).glob(f"*/bin/{program}")), default=None)


class Clock:
    """A clock that stands still, at eight in the morning in Cà Mau, until a test moves it to another day."""

    def __init__(self, on: date) -> None:
        self.on = on
        self.passed = timedelta()

    def __call__(self) -> datetime:
        return datetime.combine(self.on, time(1, tzinfo=UTC)) + self.passed

    def tick(self, **passed: float) -> None:
        """A minute passes, or as long as is said: a one-time code counts once."""
        self.passed += timedelta(**(passed or {"minutes": 1}))


# Every office that answers a gate, and some that may not.
OFFICERS = {
    "TM01": ("standing_office", "standing_office_head"),
    "TM02": ("standing_office", "drafter"),
    "GD01": ("provincial_police", "director"),
    "BCN1": ("board", "board_chair"),
    "BCD1": ("steering_committee", "committee_chair"),
    "TK01": ("standing_office", "secretary"),
    "QT01": ("standing_office", "administrator"),
}


class Room:
    """The standing office of a test: an `Office` on its own database, and what people around it do."""

    def __init__(self, folder: Path, on: date, **wanted: Any) -> None:
        self.clock = Clock(on)
        plain = {"gate_charts": False, "page_pictures": False}  # seconds that only tests of them should spend
        settings = Settings(
            data_dir=folder, database_url="", mail_dir=None, ministers_list=("32098",), **(plain | wanted)
        )
        self.office = open_office(settings, now=self.clock, durable=False, illustrative=True)

    # Days and rows

    def on(self, year: int, month: int, day: int) -> Room:
        """The same office on another day."""
        self.clock.on = date(year, month, day)
        return self

    def ask(self, query: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """What a query of `models.reading` finds."""
        with read(self.office.engine) as session:
            return query(session, *args, **options)

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables, to be compared with those of another moment."""
        with self.office.engine.connect() as connection:
            tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
            return {name: [*map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"'))] for name in tables}

    def work(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows but the trail and the count of codes: what a refused answer must not touch."""
        return {table: rows for table, rows in self.rows().items() if table not in ("audit_event", "device")}

    def files(self) -> dict[str, bytes]:
        """Every file of the office by its path, without the databases of this product and of Prefect."""
        folder = self.office.folder
        found = (path for path in folder.rglob("*") if path.is_file() and ".db" not in path.name)
        return {str(path.relative_to(folder)): path.read_bytes() for path in found if "prefect" not in path.parts}

    # Reporters

    def spec(self, reporter: str, period_id: str) -> FormSpec:
        """The form of a reporter."""
        of, agency = period(self.office.plan, period_id), self.office.plan.agency(reporter)
        return self.ask(spec_of, self.office, of, agency)

    def filled(self, reporter: str, period_id: str) -> Filled:
        """Made-up answers to the form of a reporter."""
        found = fill(self.spec(reporter, period_id), DEFAULT_SEED, decided_lists(self.office))
        return found or Filled(is_nil=True)

    def drop(self, reporter: str, period_id: str, filled: Filled | None = None, name: str = "") -> Path:
        """Puts a filled workbook into the drop folder, as a reporter would."""
        path = self.office.inbox / (name or f"{reporter}.xlsx")
        write_form(self.spec(reporter, period_id), path, filled or self.filled(reporter, period_id))
        return path

    def file_anew(self, reporter: str, period_id: str, offences: int) -> Submission:
        """The reporter's form once more, with another number in its first figure of criterion a1."""
        filled = self.filled(reporter, period_id)
        key = next(key for key, value in filled.values.items() if key[2] == "a1" and isinstance(value, Decimal))
        path = self.drop(reporter, period_id, replace(filled, values={**filled.values, key: Decimal(offences)}))
        assert take_in(self.office, path).is_accepted
        return self.ask(reading.latest_submission, period_id, reporter)

    def file_all(self, period_id: str, without: tuple[str, ...] = ()) -> None:
        """Every reporter's figures of a period, without the detour of a workbook."""
        for reporter in self.ask(asked_reporters, self.office, period_id):
            if reporter.id not in without:
                self._file(reporter.id, period_id, self.filled(reporter.id, period_id))

    def _file(self, reporter: str, period_id: str, filled: Filled) -> None:
        figures = [
            Figure(
                unit,
                kind,
                item,
                part,
                None if isinstance(value, str) else value,
                value if isinstance(value, str) else None,
            )
            for (unit, kind, item, part), value in filled.values.items()
        ]
        with transaction(self.office.engine) as session:
            store.record_submission(
                session,
                period=period_id,
                reporter_id=reporter,
                received_on=self.office.today,
                file_name=f"{reporter}.xlsx",
                sha256=content_sha256([reporter, period_id]),
                figures=figures,
                narratives=[Narrative(section, text) for section, text in filled.narratives.items()],
                is_nil=filled.is_nil,
                by=reporter,
                at=self.office.now(),
            )

    # Officers

    def waiting(self) -> tuple[WaitingGate, ...]:
        """Every gate that waits."""
        return waiting(self.office)

    def gate(self, kind: str) -> WaitingGate:
        """The gate of this kind that waits; there must be one, and only one."""
        (found,) = [gate for gate in self.waiting() if gate.kind == kind]
        return found

    def answer(self, kind: str, decision: str = "approve", officer: str = "", reason: str = "", **choices: Any) -> str:
        """An officer (the right one, if none is named) answers the gate; what he is told: "" or why it was refused."""
        right = next(code for code, (_, role) in OFFICERS.items() if role in GATES[kind].roles)
        who = officer or right
        return take_answer(self.office, self.gate(kind), Answer(decision, who, reason, choices, self.code(who)))

    def deputise(
        self,
        code: str,
        title: str,
        first: date,
        last: date | None = None,
        capacity: str = "KT.",
        of: str = "GD01",
        role: str = "director",
    ) -> None:
        """A new officer signs for another from one day to another (the same day, if none is named)."""
        with transaction(self.office.engine) as session:
            signed = {"by": "QT01", "at": self.office.now()}
            if reading.officer(session, code) is None:
                agency = "provincial_police"
                store.add_officer(session, code=code, name=f"Cán bộ {code}", title=title, agency=agency, **signed)
                give_device(session, self.office, code)
            who = {"from_officer": of, "to_officer": code, "role": role, "capacity": capacity}
            own_act = {"by": of, "at": self.office.now()}  # by whose office it is: nobody has to confirm it
            store.delegate(session, **who, valid_from=first, valid_to=last or first, **own_act)

    def give(self, officer: str, role: str, first: date | None = None, last: date | None = None) -> None:
        """Another office for an officer, as if it had been confirmed on its first day."""
        with transaction(self.office.engine) as session:
            since = first or self.clock.on
            store.give_role(
                session, officer_id=officer, role=role, valid_from=since, valid_to=last, by="QT01", at=self.office.now()
            )
            second = "TM01" if officer != "TM01" else "GD01"
            store.confirm_role(session, officer_id=officer, role=role, by=second, on=since, at=self.office.now())

    def code(self, officer: str) -> str:
        """What the officer's device shows, a minute after whatever was answered last."""
        self.clock.tick()
        return code_of(officer, self.office.now())

    def option(self, kind: str, field: str, code: str) -> str:
        """The option of a gate's field that stands for a commune."""
        question = next(q for q in self.gate(kind).questions if q.name == field)
        return next(option for option in question.options if option.startswith(f"{code} "))

    # The year, step by step, without Prefect

    def warn(self, place: int, period_id: str) -> str:
        """A warning of a relapse for the delisted area at `place` by the figures of a period; gives its unit."""
        area = self.ask(reading.delisted)[place]
        because = {"score": Fraction(2, 3), "lowest_decided_score": Fraction(3, 5), "rank": 7, "units_ranked": 101}
        with transaction(self.office.engine) as session:
            store.record_relapse_warning(
                session,
                area_id=area.id,
                period=period_id,
                because=because,
                on=self.clock.on,
                by="test",
                at=self.office.now(),
            )
        return area.unit_code

    def collect(self, *period_ids: str, without: tuple[str, ...] = ()) -> None:
        """Forms out and figures in."""
        for period_id in period_ids:
            collection.send_forms(self.office, period_id)
            self.file_all(period_id, without)

    def put_list_to_the_director(self, year: int) -> None:
        """The criteria reviewed, the tờ trình drafted, the gate open."""
        selection = cycle.review_criteria(self.office, year)
        gate_openings.open_proposal_gate(self.office, documents.draft_proposal(self.office, selection))

    def evaluate(self, year: int) -> None:
        """The cycle's areas judged, the Board asked."""
        if cycle.stage(self.office, year) == "executing":
            cycle.close_term(self.office, year)
        cycle.evaluate(self.office, year, "final")
        gate_openings.open_finding_gate(self.office, year)


def _copy(office: Path, place: Path) -> None:
    """The office again. Its files are never written to, only replaced: they need not be copied."""
    shutil.copytree(office, place, copy_function=lambda a, b: shutil.copy(a, b) if ".db" in a else os.link(a, b))


def _install(room: Room) -> None:
    install(room.office)
    with transaction(room.office.engine) as session:
        for code, (agency, role) in OFFICERS.items():
            store.add_officer(
                session,
                code=code,
                name=f"Cán bộ {code}",
                title=ROLE_LABELS[role],
                agency=agency,
                email=f"{code.lower()}@minhhoa.invalid",
                roles=[store.RoleSpan(role)],
                by="QT01",
                at=room.office.now(),
            )
            give_device(session, room.office, code)
    confirm_all(room.office, [("TM01", "standing_office_head")], by="GD01")  # the first: they confirm each other
    others = ((code, role) for code, (_, role) in OFFICERS.items() if code not in ("TM01", "QT01"))
    confirm_all(room.office, [(code, role) for code, role in others if role in CONFIRMED_ROLES], by="TM01")


def _ask_first_figures(room: Room) -> None:
    for period_id in ("2016-annual", "2017-first_selection", "2017-half_year"):
        collection.send_forms(room.on(2017, 8, 31).office, period_id)


def _file_first_figures(room: Room) -> None:
    for period_id in ("2016-annual", "2017-first_selection", "2017-half_year"):
        room.on(2017, 10, 20).file_all(period_id)


def _propose_first_list(room: Room) -> None:
    room.on(2017, 11, 1).put_list_to_the_director(2018)


def _prepare_first_session(room: Room) -> None:
    assert room.on(2017, 11, 6).answer("selection_proposal") == ""
    gate_openings.open_session_gate(room.office, 2017)
    room.on(2017, 11, 15)


def _execute_first_cycle(room: Room) -> None:
    assert room.answer("steering_decision", number="17/QĐ-BCĐ", held_on="15/11/2017") == ""
    documents.draft_decision(room.office, 2018)
    cycle.start(room.on(2017, 11, 16).office, 2018)
    room.collect("2017-annual")


def _evaluate_first_cycle(room: Room) -> None:
    room.on(2018, 11, 16).collect("2018-annual")
    room.on(2018, 11, 26).evaluate(2018)


def _prepare_second_session(room: Room) -> None:
    found = room.ask(reading.evaluations, 2018, "final")
    rising = [code for code, row in found.items() if not row.content["points_to_reduction"]]
    chosen = [room.option("evaluation_finding", "not_reduced", code) for code in rising]
    note = "\n".join(f"{code} Số vụ tăng." for code in rising)
    assert room.answer("evaluation_finding", not_reduced=chosen, finding_note=note) == ""
    room.on(2018, 11, 28).put_list_to_the_director(2019)
    assert room.answer("selection_proposal") == ""
    gate_openings.open_session_gate(room.office, 2018)
    room.on(2018, 12, 14)


def _warn_of_relapses(room: Room) -> None:
    fields = {"number": "18/QĐ-BCĐ"}
    if any(question.name == "missing_reason" for question in room.gate("steering_decision").questions):
        fields["missing_reason"] = "Huyện đã xác nhận bằng công văn."
    assert room.answer("steering_decision", **fields) == ""
    cycle.close(room.office, 2018)
    cycle.start(room.office, 2019)
    room.on(2019, 5, 28)
    room.warn(0, "2019-half_year")
    room.warn(1, "2019-half_year")
    gate_openings.open_ruling_gate(room.office, 2019)


# How far the work has come, each from the one before.
STATIONS: dict[str, Callable[[Room], None]] = {
    "installed": _install,
    "first_figures_asked": _ask_first_figures,
    "first_figures_filed": _file_first_figures,
    "first_list_proposed": _propose_first_list,
    "first_session_prepared": _prepare_first_session,
    "first_cycle_executed": _execute_first_cycle,
    "first_cycle_evaluated": _evaluate_first_cycle,
    "second_session_prepared": _prepare_second_session,
    "relapses_warned": _warn_of_relapses,
}


@pytest.fixture(scope="session")
def stations(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Path, date]]:
    """Folders with the office as it stood at each of `STATIONS`, made when first asked for."""
    root, made = tmp_path_factory.mktemp("stations"), {}

    def folder_of(name: str) -> tuple[Path, date]:
        if name not in made:
            names = list(STATIONS)
            place, day = root / name, date(2017, 8, 11)
            if name != names[0]:
                before, day = folder_of(names[names.index(name) - 1])
                _copy(before, place)
            room = Room(place, day)
            STATIONS[name](room)
            room.office.engine.dispose()
            made[name] = place, room.clock.on
        return made[name]

    return folder_of


@pytest.fixture
def room_at(stations: Callable[[str], tuple[Path, date]], tmp_path: Path) -> Iterator[Callable[..., Room]]:
    """`room_at("installed")` gives a copy of the office as it stood there, on the day it had come to.

    Settings may follow: `room_at("installed", gate_charts=True)`.
    """
    rooms: list[Room] = []

    def open_room(name: str, **wanted: Any) -> Room:
        folder, day = stations(name)
        place = tmp_path / f"office{len(rooms)}"
        _copy(folder, place)
        rooms.append(Room(place, day, **wanted))
        return rooms[-1]

    yield open_room
    for room in rooms:
        room.office.engine.dispose()
