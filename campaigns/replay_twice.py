"""The whole replay twice with one seed, each in its own process: same rows, words and forms; another seed's differ.

`python -m campaigns.replay_twice [--seed N] [--until YYYY-MM-DD]`: each replay must also keep the plan's promises.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from campaigns.findings import Findings
from models import reading
from models.db import read
from samples import DEFAULT_SEED
from tasks.office import Office

_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"
SITTINGS = (date(2017, 11, 15), date(2018, 12, 14), date(2019, 12, 13))
KINDS = ("documents", "forms", "sources", "rows")
MOST_OWN_SECONDS = 20


def live(folder: Path, seed: int, until: date | None) -> dict[str, Any]:
    """One replay in this process: seconds, a digest of every table, document and form, and every broken promise."""
    from samples.replay import Replay
    from tasks.stopwatch import own_seconds, spent

    replay = Replay(folder, seed)
    replay.install()
    before = dict(spent)
    seconds = replay.run(until or replay.last_day)
    told = {
        "seconds": round(seconds, 1),
        "own_seconds": round(own_seconds(before), 1),
        "broken": _broken(replay, until),
    }
    return told | contents(replay.office)


def contents(office: Office) -> dict[str, Any]:
    """A digest of every row, of every document's words and of every form of the office."""
    folder = office.folder
    with read(office.engine) as session:
        rows = {name: [json.dumps(row, sort_keys=True) for row in t] for name, t in reading.dump_rows(session).items()}
    return {
        "rows": {name: [_digest(row.encode()) for row in table] for name, table in rows.items()},
        "documents": _each(folder, "documents/**/*.docx", lambda path: _digest(text_of(path).encode())),
        "forms": _each(folder, "[!d]*/**/*.xlsx", lambda path: _digest(path.read_bytes())),
        "sources": _each(folder, "documents/**/*.xlsx", lambda path: _digest(forms_named_in(path).encode())),
    }


def text_of(path: Path) -> str:
    """All that is written in a Word file: paragraphs, tables, headers and footers."""
    from docx import Document

    document = Document(str(path))
    parts = [document.element.body]
    for section in document.sections:
        parts += [section.header._element, section.footer._element]
    return "\n".join("".join(paragraph.itertext()) for part in parts for paragraph in part.iter(_PARAGRAPH))


def forms_named_in(path: Path) -> str:
    """The forms that a sheet of sources names; its cover carries the head of a trail that hangs on the clock."""
    from python_calamine import CalamineWorkbook

    return str(CalamineWorkbook.from_path(path).get_sheet_by_name("Biểu đã nhận").to_python())


def differences(ours: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[str]:
    """What the two replays do not have in common, in words."""
    found = []
    for kind in KINDS:
        one, two = ours[kind], theirs[kind]
        different = sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))
        if different:
            found.append(f"{len(different)} of {len(one)} {kind} differ, the first: {different[0]}")
    return found


def _broken(replay: Any, until: date | None) -> list[str]:
    from datetime import timedelta

    from campaigns.kept import broken_promises, list_decided_on, what_was_late

    last = until or replay.last_day
    lived = [replay.first_day + timedelta(days=n) for n in range((last - replay.first_day).days + 1)]
    found = broken_promises(replay.office, lived, whole=until is None)
    found += [f"late: {late}" for late in what_was_late(replay.office)]
    for by in SITTINGS:
        decided = list_decided_on(replay.office, by.year + 1)
        if by <= last and (decided is None or decided > by):
            found.append(f"the list of {by.year + 1} was decided on {decided}, not by {by}")
    if list_decided_on(replay.office, 2021):
        found.append("there is a cycle 2021")
    return found


def _each(folder: Path, pattern: str, look: Any) -> dict[str, str]:
    return {str(path.relative_to(folder)): look(path) for path in sorted(folder.glob(pattern))}


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]


def live_apart(folder: Path, seed: int, until: date | None) -> dict[str, Any]:
    """`live` in a process of its own. Raises `CalledProcessError` if that fails."""
    said = folder.parent / f"{folder.name}.json"
    command = [sys.executable, "-m", "campaigns.replay_twice", "--seed", str(seed), "--live", str(folder)]
    command += ["--until", until.isoformat()] if until else []
    with said.open("wb") as out:
        subprocess.run(command, check=True, stdout=out)
    return json.loads(said.read_text(encoding="utf-8").splitlines()[-1])


def compare(folder: Path, seed: int, until: date | None) -> Findings:
    """Three replays below `folder`, told one by one."""
    found, lived = Findings(), []
    for name, sown in (("first", seed), ("second", seed), ("other", seed + 1)):
        replay = live_apart(folder / name, sown, until)
        lived.append(replay)
        rows = sum(len(table) for table in replay["rows"].values())
        print(
            f"{name} (seed {sown}): {replay['seconds']} s, own {replay['own_seconds']} s; {rows} rows, "
            f"{len(replay['documents'])} documents, {len(replay['forms'])} forms"
        )
        found.add(f"{name}: {broken}" for broken in replay["broken"])
        if replay["own_seconds"] > MOST_OWN_SECONDS:
            print(f"  note: own seconds over {MOST_OWN_SECONDS} (a busy machine counts too)")
    found.add(f"the same seed: {different}" for different in differences(lived[0], lived[1]))
    found.check(len(differences(lived[0], lived[2])) == len(KINDS), "another seed gives some of the same")
    return found


def main(arguments: list[str] | None = None) -> int:
    """The campaign. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--until", type=date.fromisoformat, default=None)
    parser.add_argument("--live", type=Path, default=None, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.live:
        print(json.dumps(live(chosen.live, chosen.seed, chosen.until)))
        return 0
    with tempfile.TemporaryDirectory(prefix="replay-twice-") as folder:
        return compare(Path(folder), chosen.seed, chosen.until).exit_code()


if __name__ == "__main__":
    sys.exit(main())
