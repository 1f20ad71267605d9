"""What the program means to write: for each row of a transaction the values it sets, before the database has a say.

They stand in the trail beside the row's seal, which says what the database made of them. A place is called as in
`models.seals`; rows filed together have one digest for all, and a row that is deleted has None.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, insert, inspect
from sqlalchemy import Table as SqlTable
from sqlmodel import Session

from models.columns import Content, Exact
from models.seals import digest, key_columns, note_rows, place_of, spelled

_MEANT = "meant_places"  # of this transaction: place -> column -> value; or None; or a list of rows filed together
_LONGEST = 64  # characters; of a longer value its SHA-256 is told


def note_meant(session: Session, row: Any) -> None:
    """Remembers what the mapped object `row` sets: every column of a new one, the changed ones of another."""
    state = inspect(row)
    table = state.mapper.local_table
    place = place_of(table, vars(row))
    if row in session.deleted:
        _noted(session)[place] = None
        return
    is_new = row in session.new
    changed = (c for c in table.columns if is_new or state.attrs[c.key].history.has_changes())
    values = {column.key: told(column, _stored(column, getattr(row, column.key))) for column in changed}
    known = _noted(session).get(place)
    _noted(session)[place] = values if known is None else known | values


def insert_rows(session: Session, table: SqlTable, rows: Sequence[Mapping[str, Any]]) -> None:
    """Inserts many rows at once and remembers them. All of a place must be in one transaction."""
    session.flush()
    session.connection().execute(insert(table), rows)
    note_rows(session, table, rows)
    together = bool(table.info.get("sealed_by"))
    for row in rows:
        values = {name: _stored(table.c[name], value) for name, value in row.items()}
        place = place_of(table, {column.key: values[column.key] for column in key_columns(table)})
        if together:
            _noted(session).setdefault(place, []).append(values)
        else:
            _noted(session)[place] = {column.key: told(column, values.get(column.key)) for column in table.columns}


def take_meant(session: Session) -> dict[str, Any]:
    """What was meant since the transaction began, by place, as an event keeps it. Forgets it."""
    noted: dict[str, Any] = session.info.pop(_MEANT, {})
    return {place: digest(values) if isinstance(values, list) else values for place, values in noted.items()}


def told(column: Column[Any], stored: Any) -> Any:
    """How an event tells a value that is stored in a column: itself, or its hash where it is long or nobody's to read.

    Takes what the database gives as well as what was assigned.
    """
    value = None if stored is None else spelled(stored)
    if value is not None and (column.info.get("told_by_hash") or (isinstance(value, str) and len(value) > _LONGEST)):
        return {"sha256": hashlib.sha256(str(value).encode(errors="surrogatepass")).hexdigest()}
    return value


def _stored(column: Column[Any], value: Any) -> Any:
    """The value as its column's type gives it to the database."""
    return column.type.process_bind_param(value, None) if isinstance(column.type, Content | Exact) else value


def _noted(session: Session) -> dict[str, Any]:
    return session.info.setdefault(_MEANT, {})
