"""Row seals: digests of the rows a transaction wrote, taken from what the database holds when it commits.

A place is one row ("gate/12") or, in a table that says so (`sealed_by`), all rows filed together
("submitted_figure/12"). Its digest covers the values as they are stored, empty columns left out, so that it is the same
on SQLite and PostgreSQL and a migration may add a column that older rows leave empty.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from sqlalchemy import Column, Select, inspect, select, tuple_, type_coerce
from sqlalchemy import Table as SqlTable
from sqlalchemy.types import NULLTYPE
from sqlmodel import Session

from models.canonical import canonical
from models.columns import metadata

CHAIN = "audit_event"  # its own hashes hold it together
_CHANGED = "changed_places"  # of this transaction: table -> keys
_BATCH = 1000
_line = json.JSONEncoder(separators=(",", ":")).encode
Key = tuple[Any, ...]


def sealed_tables() -> list[SqlTable]:
    """Every table whose rows are sealed, those referred to before those referring."""
    return [table for table in metadata.sorted_tables if table.name != CHAIN]


def note_row(session: Session, row: Any) -> None:
    """Remembers that the mapped object `row` was added, changed or deleted."""
    table = inspect(type(row)).local_table
    _note(session, table, [tuple(getattr(row, column.key) for column in key_columns(table))])


def note_rows(session: Session, table: SqlTable, rows: Iterable[Mapping[str, Any]]) -> None:
    """Remembers that rows were inserted. All of a place must be in one transaction."""
    _note(session, table, (tuple(row[column.key] for column in key_columns(table)) for row in rows))


def take_seals(session: Session) -> dict[str, str | None]:
    """The digest of every place written since the transaction began; None where nothing is left. Forgets them."""
    changed: dict[str, set[Key]] = session.info.pop(_CHANGED, {})
    seals: dict[str, str | None] = {}
    for name, keys in changed.items():
        table = metadata.tables[name]
        seals |= {_place(table, key): None for key in keys}
        seals |= dict(places(session, table, keys))
    return seals


def places(session: Session, table: SqlTable, keys: Iterable[Key] | None = None) -> Iterator[tuple[str, str]]:
    """Every place of the table (or only those of `keys`) with its digest, as the rows stand."""
    by = [column.key for column in key_columns(table)]
    found = stored_rows(session, table, keys)
    for key, rows in groupby(found, lambda row: tuple(row.get(name) for name in by)):
        yield _place(table, key), digest(rows)


def stored_rows(session: Session, table: SqlTable, keys: Iterable[Key] | None = None) -> Iterator[dict[str, Any]]:
    """The rows in the order of their keys, as the driver gives them, without their empty columns."""
    query, names = _query(table), sorted(table.columns.keys())
    if keys is not None:
        by = key_columns(table)
        query = query.where(by[0].in_([key[0] for key in keys]) if len(by) == 1 else tuple_(*by).in_(list(keys)))
    found = session.connection().execute(query, execution_options={"yield_per": _BATCH} if keys is None else {})
    for row in found if keys is None else found.all():  # a whole table bit by bit, a few rows at once
        yield {name: value for name, value in zip(names, row, strict=True) if value is not None}


def digest(rows: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 over the rows, in whatever order they come, each a line of JSON with its columns in alphabetical order.

    What a row is before it is written and what it reads back as give the same.
    """
    lines = sorted(_line({name: spelled(row[name]) for name in sorted(row) if row[name] is not None}) for row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _note(session: Session, table: SqlTable, keys: Iterable[Key]) -> None:
    session.info.setdefault(_CHANGED, {}).setdefault(table.name, set()).update(keys)


@lru_cache
def key_columns(table: SqlTable) -> tuple[Column[Any], ...]:
    """The columns that tell one place of the table from another."""
    whole = table.info.get("sealed_by")
    return (table.c[whole],) if whole else tuple(table.primary_key)


@lru_cache
def _query(table: SqlTable) -> Select[Any]:
    """All columns in alphabetical order, unread: no type makes of a stored text what it takes it for."""
    columns = (type_coerce(table.c[name], NULLTYPE).label(name) for name in sorted(table.columns.keys()))
    return select(*columns).order_by(*key_columns(table))


def place_of(table: SqlTable, row: Mapping[str, Any]) -> str:
    """The place where a row stands."""
    return _place(table, tuple(row[column.key] for column in key_columns(table)))


def _place(table: SqlTable, key: Key) -> str:
    parts = [str(spelled(part)) for part in key]
    if len(parts) > 1:
        parts = [part.replace("%", "%25").replace("/", "%2F") for part in parts]
    return "/".join((table.name, *parts))


def spelled(value: Any) -> Any:
    """A value as SQLite stores it; as Python shows it, if it is of a kind that only a stranger puts there.

    The same on SQLite and PostgreSQL, of what the driver gives and of what was assigned.
    """
    match value:
        case bool():
            return int(value)
        case str() | int():
            return value
        case datetime():
            return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
        case date():
            return value.isoformat()
        case dict() | list():
            return canonical(value)
    return repr(value)
