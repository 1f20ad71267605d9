"""Tamperings with copies of an office, each with any SQLite tool's powers: the verification must name every one.

`python -m campaigns.tamper [--seed N] [--tamperings N]`: an office lives until the end of 2018; then, each on a copy of
its own, a random row of a random table, a part of the schema or a file suffers a random kind of change.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median

from campaigns.deeds import DEEDS, Deed, leave_the_trail_unlocked
from campaigns.findings import Findings
from campaigns.fired import FIRED
from campaigns.planted import BEFORE_THE_MAIL, PLANTED, files_of
from campaigns.without_prefect import Life
from models import audit, db
from models.verification import Head, first_fault
from samples import DEFAULT_SEED
from samples.chance import draw
from tasks.kept_files import changed_file

ALL = DEEDS | PLANTED | FIRED
TAMPERINGS = 200
LIVES_UNTIL = date(2018, 12, 31)
WATCHES_EVERY = 3  # days


def tamper(
    database: Path, folder: Path, seed: int, tamperings: int, deeds: Mapping[str, Deed] = ALL
) -> tuple[Findings, dict[str, list[float]]]:
    """What the verification missed or named wrongly; of each kind that was tried the seconds it took each time."""
    found, took = Findings(), defaultdict[str, list[float]](list)
    mailed = head_of(database)
    for number in range(tamperings):
        chance = draw(seed, "tamper", number)
        copy = _copy(database, folder / f"tampered{number}")
        deed = chance.choice(list(deeds))
        wanted = _commit(copy, deeds[deed], chance)
        known = head_of(copy) if deeds[deed] in BEFORE_THE_MAIL else mailed
        started = time.perf_counter()
        named = verify(copy, known)
        took[deed].append(time.perf_counter() - started)
        found.check(named.startswith(wanted), f"{number}: {deed}: {named or 'nothing'} named instead of {wanted[0]}")
        shutil.rmtree(copy.parent)
    return found, took


def verify(database: Path, mailed: Head) -> str:
    """The fault that is named, as "row:officer/GD01"; "" if none is."""
    engine = db.connect(f"sqlite:///{database}", durable=False)
    with db.read(engine) as session:
        fault = first_fault(session, mailed) or changed_file(session, database.parent)
    engine.dispose()
    return f"{fault.kind}:{fault.where}" if fault else ""


def head_of(database: Path) -> Head:
    """The head of the trail, as the last mail gives it."""
    engine = db.connect(f"sqlite:///{database}", durable=False)
    with db.read(engine) as session:
        found = audit.head(session)
    engine.dispose()
    return found


def _copy(database: Path, place: Path) -> Path:
    """The database with what its log still holds, in a folder with the files it knows: these are never written to."""
    place.mkdir()
    source, target = sqlite3.connect(database), sqlite3.connect(place / database.name)
    source.backup(target)
    target.close()
    for path in files_of(source):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        os.link(database.parent / path, place / path)
    source.close()
    return place / database.name


def _commit(database: Path, deed: Deed, chance: Random) -> tuple[str, ...]:
    """Does the deed; what may be named for it. Draws again where the schema forbids a change."""
    connection = sqlite3.connect(database, isolation_level=None)
    locks = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for lock, _ in locks:
        connection.execute(f"DROP TRIGGER {lock}")
    wanted = _try(connection, deed, chance)
    if deed is not leave_the_trail_unlocked:
        for _, sql in locks:
            connection.execute(sql)
    connection.close()
    return wanted


def _try(connection: sqlite3.Connection, deed: Deed, chance: Random) -> tuple[str, ...]:
    while True:
        connection.execute("BEGIN")
        try:
            wanted = deed(connection, chance)
        except sqlite3.IntegrityError:
            wanted = ()
        connection.execute("COMMIT" if wanted else "ROLLBACK")
        if wanted:
            return wanted


def live(folder: Path, seed: int) -> Path:
    """An office that lived until the end of 2018, its forms, lists, reports and mails: its database."""
    life = Life(folder, seed)
    day = life.first_day
    while day <= LIVES_UNTIL:
        life.live(day)
        day += timedelta(days=WATCHES_EVERY)
    path = life.office.settings.data_dir / "chuyenhoa.db"
    life.office.engine.dispose()
    return path


def main(arguments: list[str] | None = None) -> int:
    """The campaign. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--tamperings", type=int, default=TAMPERINGS)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="tamper-") as place:
        database = live(Path(place) / "office", given.seed)
        events = head_of(database)[0]
        found, took = tamper(database, Path(place), given.seed, given.tamperings)
    longest = max(max(times) for times in took.values())
    print(
        f"{given.tamperings} tamperings with {events} events and their rows, verified in at most {longest:.2f} s each"
    )
    for deed, times in sorted(took.items()):
        print(f"  {len(times):4} {deed}: {median(times):.2f} s, at most {max(times):.2f} s")
    return found.exit_code()


if __name__ == "__main__":
    sys.exit(main())
