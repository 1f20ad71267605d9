"""Time travel: the watch over the whole plan on a machine that is off for days or months, its clock set back at times.

`python -m campaigns.days_off [--seed N] [--lives N] [--until YYYY-MM-DD]`: in each life the machine is on for some
days and off for 1 to 120. In the end nothing the plan asks for was dropped: what could no longer be done in time was
done late, and only where the machine was off in its time. A second watch on any day changes nothing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from campaigns.findings import Findings
from campaigns.kept import broken_promises, what_was_late
from campaigns.without_prefect import Life
from models import reading
from models.audit import head
from models.db import read
from samples import DEFAULT_SEED
from samples.chance import draw

LONGEST_OFF = 120
LONGEST_ON = 40
SET_BACK_SHARE = 0.3  # of the mornings on which the machine is switched on again
LONGEST_SET_BACK = 40
AFTERWARDS = 150  # days in which what was late at the plan's end is caught up


def days_on(first: date, last: date, seed: int) -> Iterator[date]:
    """The days on which the machine runs, in the order it lives through them; some lie before the one before."""
    chance, day = draw(seed, "days off"), first
    while day <= last:
        on_until = day + timedelta(days=chance.randint(0, LONGEST_ON))
        if chance.random() < SET_BACK_SHARE:
            yield max(first, day - timedelta(days=chance.randint(1, LONGEST_SET_BACK)))
        while day <= min(on_until, last):
            yield day
            day += timedelta(days=1)
        # Short outages are the common ones.
        day += timedelta(days=chance.choice((chance.randint(1, 10), chance.randint(1, LONGEST_OFF))))
    yield last


def live_through(folder: Path, seed: int, until: date | None = None) -> tuple[Life, list[date], list[str]]:
    """One life: the office at its end, the days it was on, and every broken promise."""
    life, found = Life(folder), Findings()
    lived = list(days_on(life.first_day, until or life.last_day, seed))
    for day in lived:
        before = _mark(life)
        life.live(day)
        if _mark(life) != before:
            life.watch()  # drafts anew what an officer has just sent back
            found.add(f"seed {seed}: a second watch on {day} {change}" for change in _second_watch(life))
    if until is None:
        lived += _catch_up(life)
    found.add(f"seed {seed}: {broken}" for broken in broken_promises(life.office, lived, whole=until is None))
    life.office.engine.dispose()
    return life, lived, found.violations


def _catch_up(life: Life) -> list[date]:
    """The machine stays on after the plan's end until nothing is left to do."""
    days = [life.last_day + timedelta(days=n) for n in range(1, AFTERWARDS)]
    for number, day in enumerate(days):
        before = _mark(life)
        life.live(day)
        if number > 10 and _mark(life) == before:
            return days[: number + 1]
    return days


def _second_watch(life: Life) -> list[str]:
    """What a watch that has nothing to do does nevertheless."""
    before, files = _mark(life)
    life.watch()
    _, files_after = _mark(life)
    with read(life.office.engine) as session:
        trail = [f"wrote {e.action} of {e.subject}" for e in reading.audit_trail(session) if e.id > before[0]]
    return trail or (["changed files"] if files_after != files else [])


def _mark(life: Life) -> tuple[tuple[int, str], list[tuple[str, int]]]:
    """The last audit event (there is no write without one) and every file's time of change."""
    with read(life.office.engine) as session:
        last = head(session)
    files = (path for path in life.office.folder.rglob("*") if path.is_file() and ".db" not in path.name)
    return last, sorted((str(path), path.stat().st_mtime_ns) for path in files)


def main(arguments: list[str] | None = None) -> int:
    """The campaign. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--lives", type=int, default=6)
    parser.add_argument("--until", type=date.fromisoformat, default=None)
    chosen, found = parser.parse_args(arguments), Findings()
    for seed in range(chosen.seed, chosen.seed + chosen.lives):
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="days-off-") as folder:
            life, lived, violations = live_through(Path(folder), seed, chosen.until)
            late = what_was_late(life.office)
        on, back = len(set(lived)), sum(b < a for a, b in pairwise(lived))
        days = ((chosen.until or life.last_day) - life.first_day).days + 1
        print(
            f"seed {seed}: on {on} of {days} days, clock set back {back} times, "
            f"{len(violations)} violations, {time.monotonic() - started:.0f} s; late: {', '.join(late) or 'nothing'}"
        )
        found.add(violations)
    return found.exit_code()


if __name__ == "__main__":
    sys.exit(main())
