"""What someone does beside the rows: to the database's own parts, to the files it knows, and by a trigger that is gone.

Deeds like those of `campaigns.deeds`. A file is never written to, only replaced: others are links to it.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from random import Random

from campaigns.deeds import Deed, another, reseal, rows_of
from models.columns import metadata
from models.seals import CHAIN

# Of each table the columns that events tell of.
_TOLD = {
    "approval": ("decision", "officer_id", "reason", "answer", "via", "subject_sha256", "on_behalf_of", "answered_at"),
    "gate": ("state", "subject_sha256", "asked_by", "flow_run_id"),
    "document": ("stage", "path", "content_sha256", "context_sha256", "number", "signer_ids"),
}
_FILES = (
    "SELECT path FROM document UNION SELECT sources_path FROM document WHERE sources_path IS NOT NULL "
    "UNION SELECT scan FROM paper_answer ORDER BY 1"
)


def plant_a_trigger(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """A trigger that will change what the program writes next; no row is changed yet."""
    table = chance.choice([name for name in metadata.tables if name != CHAIN])
    column = chance.choice(metadata.tables[table].columns.keys())
    when, what = chance.choice(("BEFORE", "AFTER")), chance.choice(("INSERT", "UPDATE", "DELETE"))
    name = chance.choice(("evil", "audit_event_no_insert", "gate_state"))
    base.execute(f'CREATE TRIGGER "{name}" {when} {what} ON "{table}" BEGIN UPDATE "{table}" SET "{column}" = 1; END')
    return (f"schema:trigger/{name}",)


def add_a_column(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """A column that the program does not know, and so never seals."""
    table = chance.choice(list(metadata.tables))
    base.execute(f'ALTER TABLE "{table}" ADD COLUMN evil TEXT')
    return (f"schema:column/{table}.evil",)


def drop_an_index(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """An index gone, and with it what it forbids: two open gates for one subject."""
    indexes = base.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL").fetchall()
    (name,) = chance.choice(indexes)
    base.execute(f'DROP INDEX "{name}"')
    if chance.random() < 0.5:
        base.execute(f'CREATE INDEX "{name}" ON gate (id)')
    return (f"schema:index/{name}",)


def change_a_file(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """A document, its sources or a scan with another byte, shorter, or gone."""
    name = chance.choice(files_of(base))
    path = Path(base.execute("PRAGMA database_list").fetchone()[2]).parent / name
    content = bytearray(path.read_bytes())
    at = chance.randrange(len(content))
    path.unlink()
    if chance.random() < 0.8:
        content[at] ^= chance.randint(1, 255)
        path.write_bytes(content[: chance.choice((len(content), at))])
    return (f"file:{name}",)


def change_a_row_before_its_seal(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """As a trigger leaves it that is gone again: its seal, the trail and the mailed head fit what the row was made."""
    table = chance.choice([name for name in _TOLD if base.execute(f'SELECT 1 FROM "{name}"').fetchone()])
    row = chance.choice(rows_of(base, f'SELECT * FROM "{table}" ORDER BY id'))
    column = chance.choice(_TOLD[table])
    base.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', (another(row[column], chance), row["id"]))
    return (f"row:{table}/{row['id']}",) if reseal(base, table, row) else ()


def files_of(base: sqlite3.Connection) -> list[str]:
    """The paths of the files that the database knows by their SHA-256, relative to its folder."""
    return [path for (path,) in base.execute(_FILES)]


BEFORE_THE_MAIL: tuple[Deed, ...] = (change_a_row_before_its_seal,)  # the head that is mailed knows no better
PLANTED: dict[str, Deed] = {
    deed.__name__.replace("_", " "): deed
    for deed in (plant_a_trigger, add_a_column, drop_an_index, change_a_file, change_a_row_before_its_seal)
}
