"""All rows in a form in which two databases can be compared."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Integer, UniqueConstraint, select
from sqlalchemy import Table as SqlTable
from sqlmodel import Session

from models import db  # noqa: F401  (all tables)
from models.audit import HEAD_MAIL, MEANT, SEALED
from models.canonical import canonical, plain
from models.columns import Instant, metadata

# What hangs on the clock or on chance: the hashes of the chain and the seals cover the instants and the runs.
_CHANCE = {"hash", "previous_hash", "flow_run_id", "paper_id", "secret", "sources_sha256", MEANT, SEALED}
Row = dict[str, Any]


def dump_rows(session: Session) -> dict[str, list[Row]]:
    """Every table's rows, sorted, without instants, row numbers, chain hashes and run ids.

    A reference to a numbered row is given by that row's natural key, so that the order of insertion does not show.
    """
    names: dict[tuple[str, int], str] = {}
    dumped = {}
    for table in metadata.sorted_tables:  # referred to before referring
        rows = []
        for found in session.execute(select(table)).mappings():
            row = _row(table, found, names)
            if "id" in table.c and isinstance(table.c.id.type, Integer):
                names[table.name, found["id"]] = canonical([row[name] for name in _natural_key(table)])
            rows.append(row)
        dumped[table.name] = sorted(rows, key=canonical)
    return dumped


def _row(table: SqlTable, found: Mapping[Any, Any], names: dict[tuple[str, int], str]) -> Row:
    row = {}
    for column in table.columns:
        if isinstance(column.type, Instant) or column.name in _CHANCE or _is_number(column):
            continue
        value = found[column.name]
        if isinstance(value, int) and column.foreign_keys:
            target = next(iter(column.foreign_keys)).column.table.name
            value = names.get((target, value), value)
        if isinstance(value, dict):
            value = {key: part for key, part in value.items() if key not in _CHANCE}
        row[column.name] = plain(value)
    if table.name == "outgoing_mail" and found["key"].startswith(HEAD_MAIL):
        row["body"] = ""  # a hash of the chain is all it says
    return row


def _is_number(column: Any) -> bool:
    return column.name == "id" and isinstance(column.type, Integer)


def _natural_key(table: SqlTable) -> list[str]:
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            return [column.name for column in constraint.columns]
    return []
