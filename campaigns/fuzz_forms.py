"""Fuzzing the intake: thousands of filled forms, made hostile, through the door every reporter's file goes through.

`python -m campaigns.fuzz_forms [--seed N] [--files N]`: never a traceback; what is accepted says what was written;
of what is refused only its hash, the reasons, one mail and the audit events are kept; the audit chain holds.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from campaigns.findings import Findings
from campaigns.mutations import Mutant, Workbook, mutate, sheet_parts, unpack
from forms.identity import identity_of
from forms.layout import layout
from forms.spec import Filled
from forms.writing import write_form
from models import db, reading, store
from models.db import read, transaction
from models.store import DecidedUnit
from models.verification import first_fault
from rules.periods import period
from samples import DEFAULT_SEED
from samples.chance import draw
from samples.desk import decided_lists
from samples.filling import fill
from samples.replay import Replay
from tasks.collection import spec_of
from tasks.documents import draft_reporter_reports
from tasks.intake import Taken, put_away, take_in
from tasks.mail import send_waiting_mail
from tasks.office import SYSTEM, Office

BATCH = 25  # files to a database: after them it is thrown away, so that looking at all of it stays quick
TODAY = date(2018, 5, 18)
ASKED = ("2016-annual", "2017-first_selection", "2018-half_year")
REPORTERS = ("police_964", "committee_964", "police_973", "division_traffic", "dept_culture", "border_guard")
FILE_NAMES = (
    "bieu.xlsx",
    "biểu số liệu (1).xlsx",
    "a\nb.xlsx",
    "=1+1.xlsx",
    "ể" * 83 + ".xlsx",
    "bieu",
    "\udcffx.xlsx",
)
KEPT_OF_ACCEPTED = {"submission", "submitted_figure", "submitted_narrative", "audit_event"}
KEPT_OF_REFUSED = {"refused_file", "outgoing_mail", "audit_event"}

Rows = dict[str, list[tuple[Any, ...]]]


class Desk:
    """A standing office on 18/5/2018 with a decided list, begun anew for each batch of files."""

    def __init__(self, folder: Path, seed: int) -> None:
        replay = Replay(folder / "first", seed)
        replay.install()
        replay.clock.on = TODAY
        self._folder, self._first, self._number = folder, replay.office, 0
        _decide_list(self._first)
        self.books = tuple(_valid_books(self._first, folder, seed))
        self._first.engine.dispose()

    def open(self) -> Office:
        """The office as it was at first, in a folder of its own."""
        self._number += 1
        place = self._folder / f"office{self._number}"
        shutil.copytree(self._first.folder, place)
        settings = self._first.settings.model_copy(update={"data_dir": place})
        return replace(self._first, engine=db.connect(settings.database, durable=False), settings=settings)

    def close(self, office: Office) -> None:
        """Throws the batch's office away."""
        office.engine.dispose()
        shutil.rmtree(office.folder)


def fuzz(folder: Path, seed: int, files: int) -> tuple[Findings, Counter[str]]:
    """Takes in `files` hostile forms. Returns what broke, and how many were accepted, refused and of which kind."""
    found, counts = Findings(), Counter[str]()
    desk = Desk(folder, seed)
    for first in range(0, files, BATCH):
        office = desk.open()
        for number in range(first, min(first + BATCH, files)):
            chance = draw(seed, "fuzz", number)
            mutant = mutate(chance.choice(desk.books), chance.choice(desk.books), chance)
            _try(office, mutant, chance, found, counts, f"file {number} ({mutant.name})")
        _afterwards(office, found, f"files {first}-{first + BATCH - 1}")
        desk.close(office)
    return found, counts


def _try(office: Office, mutant: Mutant, chance: Random, found: Findings, counts: Counter[str], name: str) -> None:
    path = office.inbox / chance.choice(FILE_NAMES)
    path.write_bytes(mutant.content)
    before = _rows(office)
    try:
        taken = take_in(office, path)
        put_away(office, path, taken)
    except Exception:
        found.check(False, f"{name}: {traceback.format_exc().strip().splitlines()[-1]}")
        counts["traceback"] += 1
        return
    finally:
        path.unlink(missing_ok=True)
    after = _rows(office)
    counts["accepted" if taken.is_accepted else "refused"] += 1
    check = _accepted if taken.is_accepted else _refused
    found.add(f"{name}: {broken}" for broken in check(office, mutant, taken, before, after))


def _accepted(office: Office, mutant: Mutant, taken: Taken, before: Rows, after: Rows) -> Iterator[str]:
    if not mutant.may_be_accepted:
        yield "accepted"
    whose = (mutant.identity.reporter_id, mutant.identity.period_id)
    if (taken.reporter, taken.period) != whose:
        yield f"accepted as {taken.reporter} {taken.period}, not {whose}"
        return
    if changed := _changed(before, after) - KEPT_OF_ACCEPTED:
        yield f"accepted, and {sorted(changed)} changed"
    if any(row not in set(after[table]) for table, rows in before.items() for row in rows[-50:]):
        yield "accepted, and rows of before were lost"
    with read(office.engine) as session:
        mine = reading.latest_submission(session, taken.period or "", taken.reporter or "")
        words = reading.narratives(session, taken.period or "", with_supplements=True)
        filed = reading.figures(session, taken.period or "", with_supplements=True)
    assert mine is not None  # it was accepted
    stored = {(f.unit, f.kind, f.item, f.part): (f.value, f.reason) for f in filed if f.reporter_id == taken.reporter}
    if mine.sha256 != taken.sha256:
        return  # sent before, and another one since: the newer one counts
    wanted = set() if mutant.is_nil else set(mutant.figures)
    if set(stored) - wanted or (wanted - set(stored) and not mutant.may_be_narrowed):
        yield "accepted with other figures than asked"
    said = {word.section: word.text for word in words if word.reporter_id == taken.reporter}
    if mutant.narratives is not None and said != mutant.narratives:
        yield f"accepted, other words than written in {sorted(said)}"
    for key in set(stored) & set(mutant.figures):
        if stored[key] not in mutant.figures[key]:
            yield f"accepted, {key} read as {stored[key]}, not {sorted(map(str, mutant.figures[key]))}"


def _refused(office: Office, mutant: Mutant, taken: Taken, before: Rows, after: Rows) -> Iterator[str]:
    if mutant.must_be_accepted:
        yield f"refused: {taken.errors[0]}"
    if not taken.errors or not all(str(error).strip() for error in taken.errors):
        yield "refused without a reason"
    changed = _changed(before, after)
    if changed and changed != KEPT_OF_REFUSED:
        yield f"refused, and {sorted(changed)} changed"
    new = {table: len(after[table]) - len(before[table]) for table in KEPT_OF_REFUSED}
    if changed and new != {"refused_file": 1, "outgoing_mail": 1, "audit_event": 2}:
        yield f"refused, and {new} rows more"
    with read(office.engine) as session:
        known = [file.sha256 for file in reading.refused_files(session)]
        told = reading.mail_keys(session, f"refused:{taken.sha256}")
    if known.count(taken.sha256) != 1 or len(told) != 1:
        yield "refused, and not recorded once with one mail"


def _afterwards(office: Office, found: Findings, name: str) -> None:
    """What was accepted can be printed, what was refused can be told, and the record holds."""
    try:
        draft_reporter_reports(office)
        send_waiting_mail(office)
    except Exception:
        found.check(False, f"{name}, printed and mailed: {traceback.format_exc().strip().splitlines()[-1]}")
    with read(office.engine) as session:
        found.check(first_fault(session) is None, f"{name}: the record is broken")


def _changed(before: Rows, after: Rows) -> set[str]:
    return {table for table in after if after[table] != before[table]}


def _rows(office: Office) -> Rows:
    """Every row of every table as it stands, cheaper than `dump_rows` and stricter: numbers and instants too."""
    with office.engine.connect() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        return {t: [*map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{t}"'))] for t in tables}


def _decide_list(office: Office) -> None:
    """A cycle 2018 with areas in several districts, so that forms ask for targets and measures."""
    cap, on = 15, date(2017, 11, 15)
    chosen = sorted(office.units_on(on), key=lambda unit: unit.code)[:: 101 // cap][:cap]
    units = [DecidedUnit(code=u.code, valid_from=u.valid_from, score="", carried_from_year=None) for u in chosen]
    at, by = office.now(), SYSTEM
    with transaction(office.engine) as session:
        span = (date(2017, 11, 16), date(2018, 11, 15))
        store.open_cycle(session, year=2018, term_from=span[0], term_to=span[1], on=on, by=by, at=at)
        for stage in ("reviewing", "proposed"):
            store.move_cycle(session, year=2018, to=stage, by=by, at=at)
        store.decide_cycle(
            session,
            year=2018,
            term=span,
            units=units,
            decided_on=on,
            decision_number="17/QĐ-BCĐ",
            units_in_force=101,
            cap=cap,
            by=by,
            at=at,
        )


def _valid_books(office: Office, folder: Path, seed: int) -> Iterator[Workbook]:
    path, lists = folder / "valid.xlsx", decided_lists(office)
    for period_id in ASKED:
        for reporter in REPORTERS:
            with read(office.engine) as session:
                spec = spec_of(session, office, period(office.plan, period_id), office.plan.agency(reporter))
            sheets = layout(spec)
            filled = fill(spec, seed, lists) if sheets else None
            if filled is None:
                continue
            for one in {False: filled, True: Filled(is_nil=True)}.values() if reporter == "police_964" else (filled,):
                write_form(spec, path, one)
                parts = unpack(path.read_bytes())
                yield Workbook(
                    identity_of(spec),
                    one.is_nil,
                    parts,
                    sheet_parts(parts),
                    sheets,
                    _figures(one),
                    one.narratives,
                )


def _figures(filled: Filled) -> Mapping[Any, tuple[Decimal | None, str | None]]:
    return {k: (None, v) if isinstance(v, str) else (v, None) for k, v in filled.values.items()}


def main(arguments: list[str] | None = None) -> int:
    """The campaign. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--files", type=int, default=3000)
    chosen, started = parser.parse_args(arguments), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fuzz-forms-") as folder:
        found, counts = fuzz(Path(folder), chosen.seed, chosen.files)
    print(f"seed {chosen.seed}: {chosen.files} files, {dict(counts)}, {time.monotonic() - started:.0f} s")
    return found.exit_code()


if __name__ == "__main__":
    sys.exit(main())
