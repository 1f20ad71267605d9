"""Whether the database's own parts are those the migrations make: a planted trigger could change a row before its seal
is taken, and a dropped index let a second gate be open.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from sqlalchemy import Connection, text
from sqlmodel import Session

from models import db
from models.faults import Fault, schema_part_fault
from models.postgresql_check import differences as postgresql_differences

# What SQLite may keep for itself. Its indexes for keys are compared; other names that begin with "sqlite_" can be given
# to anything by who edits the schema by hand.
_SQLITES_OWN = {("table", name) for name in ("sqlite_sequence", "sqlite_stat1", "sqlite_stat4")}
_KINDS = {"trigger": "bẫy (trigger)", "view": "khung nhìn (view)", "table": "bảng", "index": "chỉ mục"}
_CONSTRAINT = re.compile(r"(?:CONSTRAINT|PRIMARY|FOREIGN|UNIQUE|CHECK)\b")
_TOKEN = re.compile(r"""'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|[(),]|[^'"`\[(),]+""")

Schema = dict[tuple[str, str], tuple[str, tuple[str, ...]]]  # (type, name) -> its table, what it says


def schema_fault(session: Session) -> Fault | None:
    """The first part of the schema that is foreign, missing or different from what the migrations make of nothing.

    Triggers come first. On PostgreSQL it is compared with the model's tables (`models.postgresql_check`).
    """
    connection = session.connection()
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    if len(found) != 1 or found[0] not in db.revisions():
        return schema_part_fault(
            "table/alembic_version", "phiên bản ghi trong bảng alembic_version không có trong chương trình"
        )
    if connection.dialect.name != "sqlite":
        return next(postgresql_differences(connection), None)
    return next(_differences(read_schema(connection), _made_by_migrations(found[0])), None)


def read_schema(connection: Connection) -> Schema:
    """Every object of a SQLite database, its text without what the migrations leave to chance."""
    found = connection.execute(text("SELECT type, name, tbl_name, sql FROM sqlite_master"))
    return {
        (kind, name): (table, _parts(sql or "") if kind == "table" else (_on_one_line(sql or ""),))
        for kind, name, table, sql in found
        if (kind, name) not in _SQLITES_OWN
    }


@lru_cache
def _made_by_migrations(revision: str) -> Schema:
    """What `models.db.upgrade` makes of an empty database. Once a process."""
    engine = db.connect("sqlite://")
    try:
        db.upgrade(engine, revision)
        with engine.connect() as connection:
            return read_schema(connection)
    finally:
        engine.dispose()


def _differences(found: Schema, wanted: Schema) -> Iterator[Fault]:
    order = {kind: place for place, kind in enumerate(_KINDS)}
    for kind, name in sorted(found.keys() | wanted.keys(), key=lambda key: (order.get(key[0], -1), key)):
        have, want = found.get((kind, name)), wanted.get((kind, name))
        if have == want:
            continue
        where, label = f"{kind}/{name}", _KINDS.get(kind, kind)
        of = "" if kind == "table" else f" trên bảng {(have or want or ('',))[0]}"
        if want is None:
            yield schema_part_fault(where, f"{label} lạ {name}{of}")
        elif have is None:
            yield schema_part_fault(where, f"mất {label} {name}{of}")
        elif kind == "table":
            yield _table_fault(name, have[1], want[1])
        else:
            yield schema_part_fault(where, f"{label} {name}{of} đã bị thay")


def _table_fault(table: str, found: tuple[str, ...], wanted: tuple[str, ...]) -> Fault:
    """The first column, else the first other part, in which a table differs."""
    have, want = _columns(found), _columns(wanted)
    for name in sorted(have.keys() | want.keys()):
        if have.get(name) != want.get(name):
            changed = "cột lạ {}" if name not in want else "mất cột {}" if name not in have else "đã bị thay cột {}"
            return schema_part_fault(f"column/{table}.{name}", f"{changed.format(name)} trong bảng {table}")
    return schema_part_fault(f"table/{table}", f"ràng buộc của bảng {table} đã bị thay")


def _columns(parts: tuple[str, ...]) -> dict[str, str]:
    """The columns of a table by name, each with its whole text."""
    return {part.split(" ")[0].strip('"`[]'): part for part in parts[1:-1] if not _CONSTRAINT.match(part)}


@lru_cache(maxsize=256)
def _parts(sql: str) -> tuple[str, ...]:
    """A CREATE TABLE: what stands before its columns, these and its constraints in alphabetical order, what follows.

    A migration that copies a table writes the constraints in an order that hangs on chance.
    """
    depth, parts = 0, [""]
    for token in _TOKEN.findall(sql):
        if (token, depth) in (("(", 0), (",", 1), (")", 1)):
            parts.append("")
        else:
            parts[-1] += token
        depth += {"(": 1, ")": -1}.get(token, 0)
    head, *inner, tail = map(_on_one_line, parts)
    return (head, *sorted(inner), tail)


def _on_one_line(sql: str) -> str:
    return " ".join(sql.split())
