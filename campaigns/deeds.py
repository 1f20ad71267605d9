"""What someone with the database's file can do to it, one function each.

A deed is done on an open connection and tells what the verification may name for it ("row:officer/"), or nothing if it
changed nothing. The trail's locks are off meanwhile.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from random import Random
from typing import Any

from models.audit import SEALED
from models.columns import metadata
from models.seals import CHAIN, digest, key_columns, place_of

Row = dict[str, Any]
Deed = Callable[[sqlite3.Connection, Random], tuple[str, ...]]


def alter_a_field(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """A value made another, or emptied."""
    table, row, rowid = _any_row(base, chance)
    column = chance.choice(list(row))
    value = another(row[column], chance)
    base.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE {rowid}', (value, *_key(table, row)))
    return _named(table, row)


def delete_a_row(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """A row taken out."""
    table, row, rowid = _any_row(base, chance)
    base.execute(f'DELETE FROM "{table}" WHERE {rowid}', _key(table, row))
    return _named(table, row)


def insert_a_copy(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """A row like another, with a key of its own, and more of its own where the schema wants no second one."""
    table, row, _ = _any_row(base, chance)
    changed = {*_keys(table), *chance.sample(list(row), chance.randint(0, len(row)))}
    copy = {name: another(value, chance) if name in changed else value for name, value in row.items()}
    if table == CHAIN:
        copy["id"] = chance.randint(1, _count(base))
        base.execute("UPDATE audit_event SET id = -id - 1 WHERE id >= ?", (copy["id"],))
        base.execute("UPDATE audit_event SET id = -id WHERE id < 0")
    _insert(base, table, copy)
    return _named(table, copy)


def exchange_two_values(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """Two rows of a table, each given the other's value of a column."""
    table, one, first = _any_row(base, chance)
    column = chance.choice([name for name in one if name not in _keys(table)] or list(one))
    others = rows_of(base, f'SELECT * FROM "{table}" WHERE "{column}" IS NOT ? ORDER BY 1, 2', (one[column],))
    if not others:
        return ()
    other = chance.choice(others)
    for row, value in ((one, other[column]), (other, one[column])):
        base.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE {first}', (value, *_key(table, row)))
    return _named(table, one) + _named(table, other)


def exchange_two_events(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """Two events, each at the other's place."""
    one, other = sorted(chance.sample(range(1, _count(base) + 1), 2))
    for old, new in ((one, 0), (other, one), (0, other)):
        base.execute("UPDATE audit_event SET id = ? WHERE id = ?", (new, old))
    return (f"event:{one}",)


def remove_an_event_and_close_the_gap(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """An event taken out and the later ones renumbered."""
    number = chance.randint(1, _count(base) - 1)
    base.execute("DELETE FROM audit_event WHERE id = ?", (number,))
    base.execute("UPDATE audit_event SET id = -id + 1 WHERE id > ?", (number,))
    base.execute("UPDATE audit_event SET id = -id WHERE id < 0")
    return (f"event:{number}",)


def edit_an_event_and_its_hash(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """An event altered, its own hash made to fit; the next one still carries the old."""
    number = chance.randint(1, _count(base))
    _write(base, _event(base, number) | {"actor": another("GD01", chance)})
    return (f"event:{number + 1}", f"head:{number}")


def write_the_tail_anew(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """An event altered and every later hash made to fit: only a head that was mailed tells."""
    number = chance.randint(1, _count(base))
    _write(base, _event(base, number) | {"actor": another("GD01", chance)})
    return _rechain(base, number)


def alter_a_row_with_its_seal(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """A row altered, its seal made to fit and the tail written anew: all is as if the program had written it so."""
    table, row, rowid = _any_row(base, chance)
    if table == CHAIN or metadata.tables[table].info.get("sealed_by") or len(_keys(table)) > 1:
        return ()
    column = chance.choice([name for name in row if name not in _keys(table)])
    base.execute(
        f'UPDATE "{table}" SET "{column}" = ? WHERE {rowid}', (another(row[column], chance), *_key(table, row))
    )
    return reseal(base, table, row)


def cut_the_tail(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """The last events taken out."""
    last = _count(base)
    base.execute("DELETE FROM audit_event WHERE id > ?", (last - chance.randint(1, 20),))
    return (f"head:{last}",)


def leave_the_trail_unlocked(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """The locks that are off are not put on again; now and then something else is done too."""
    done = alter_a_field(base, chance) if chance.random() < 0.5 else ("guard:",)
    return done or ("guard:",)


def drop_a_table(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """A whole table gone."""
    base.execute(f'DROP TABLE "{chance.choice([t for t in metadata.tables if t != CHAIN])}"')
    return ("table:",)


DEEDS: dict[str, Deed] = {
    deed.__name__.replace("_", " "): deed
    for deed in (
        alter_a_field,
        delete_a_row,
        insert_a_copy,
        exchange_two_values,
        exchange_two_events,
        remove_an_event_and_close_the_gap,
        edit_an_event_and_its_hash,
        write_the_tail_anew,
        alter_a_row_with_its_seal,
        cut_the_tail,
        leave_the_trail_unlocked,
        drop_a_table,
    )
}


def reseal(base: sqlite3.Connection, table: str, row: Row) -> tuple[str, ...]:
    """Makes the newest seal of a row's place fit what it is now, and the tail behind it: the head is another then."""
    place = place_of(metadata.tables[table], row)
    keys = [column.name for column in key_columns(metadata.tables[table])]
    where = " AND ".join(f'"{key}" = ?' for key in keys)
    new = rows_of(base, f'SELECT * FROM "{table}" WHERE {where}', tuple(row[key] for key in keys))
    for number in range(_count(base), 0, -1):
        event = _event(base, number)
        details = json.loads(event["details"])
        if place in details.get(SEALED, {}):
            details[SEALED][place] = digest(new)
            _write(base, event | {"details": json.dumps(details, ensure_ascii=False)})
            return _rechain(base, number)
    return ()


def _any_row(base: sqlite3.Connection, chance: Random) -> tuple[str, Row, str]:
    """A random table that has rows, a random row of it, and the condition that finds it by `_key`."""
    tables = [name for name in metadata.tables if base.execute(f'SELECT 1 FROM "{name}" LIMIT 1').fetchone()]
    table = chance.choice(tables)
    number = chance.randrange(base.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0])
    order = ", ".join(f'"{name}"' for name in _keys(table))
    (row,) = rows_of(base, f'SELECT * FROM "{table}" ORDER BY {order} LIMIT 1 OFFSET ?', (number,))
    return table, row, " AND ".join(f'"{name}" = ?' for name in _keys(table))


def rows_of(base: sqlite3.Connection, query: str, given: tuple[Any, ...] = ()) -> list[Row]:
    found = base.execute(query, given)
    return [dict(zip([column[0] for column in found.description], row, strict=True)) for row in found]


def _keys(table: str) -> list[str]:
    return [column.name for column in metadata.tables[table].primary_key]


def _key(table: str, row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in _keys(table))


def _named(table: str, row: Row) -> tuple[str, ...]:
    """An event by its number (the last one missing shows by the head alone), a row at least by its table."""
    return (f"event:{row['id']}", f"head:{row['id']}") if table == CHAIN else (f"row:{table}/",)


def another(value: Any, chance: Random) -> Any:
    """A value of the same kind that is another one; now and then none."""
    if value is None:
        return chance.choice(("x", 0, "2018-01-01"))
    if chance.random() < 0.1:
        return None
    if isinstance(value, int):
        return value + chance.randint(1, 9999)
    at = chance.randint(0, len(value))
    return value[:at] + chance.choice("aZ0 ệ%/-") + value[at:]


def _insert(base: sqlite3.Connection, table: str, row: Row) -> None:
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    base.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', tuple(row.values()))


def _count(base: sqlite3.Connection) -> int:
    return base.execute("SELECT max(id) FROM audit_event").fetchone()[0]


def _event(base: sqlite3.Connection, number: int) -> Row:
    return rows_of(base, "SELECT * FROM audit_event WHERE id = ?", (number,))[0]


def _write(base: sqlite3.Connection, event: Row) -> str:
    """Puts the event in its place with the hash that fits it, which it returns."""
    event["hash"] = digest([{name: value for name, value in event.items() if name != "hash"}])
    base.execute("DELETE FROM audit_event WHERE id = ?", (event["id"],))
    _insert(base, CHAIN, event)
    return event["hash"]


def _rechain(base: sqlite3.Connection, first: int) -> tuple[str, ...]:
    """Gives every event after `first` the hashes that fit; the head is another one then."""
    last, hash = _count(base), _event(base, first)["hash"]
    for number in range(first + 1, last + 1):
        hash = _write(base, _event(base, number) | {"previous_hash": hash})
    return (f"head:{last}",)
