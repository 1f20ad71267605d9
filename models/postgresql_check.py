"""Whether a PostgreSQL database's own parts are those of the tables in the model.

Its catalogue spells a schema otherwise than the migrations do, so it is asked for what should not be there at all
(triggers, rules, functions, views, policies, checks), and the tables are compared with the model's, as Alembic does.
"""

import warnings
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, text

from models.columns import metadata
from models.faults import Fault, schema_part_fault

_GUARDS = {"audit_event_no_update", "audit_event_no_delete"}  # what they say, `models.verification` reads
_OURS = "n.nspname = current_schema()"
_OF_AN_EXTENSION = "EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = {}.oid AND d.deptype = 'e')"
# Each gives the part's name and its table; whatever it finds is a fault, of the kind and in the words beside it.
_FOREIGN = (
    (
        "trigger",
        "bẫy (trigger) lạ {} trên bảng {}",
        "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        f"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS} AND NOT t.tgisinternal "
        "AND NOT (c.relname = 'audit_event' AND t.tgname = ANY(:guards)) ORDER BY 1",
    ),
    (
        "trigger",
        "ràng buộc hoặc bẫy {} trên bảng {} đã bị tắt",
        "SELECT coalesce(k.conname, t.tgname), c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "LEFT JOIN pg_constraint k ON k.oid = t.tgconstraint "
        f"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS} AND t.tgenabled NOT IN ('O', 'A') ORDER BY 1",
    ),
    (
        "trigger",
        "bẫy của cả cơ sở dữ liệu (event trigger) lạ {}",
        f"SELECT e.evtname, '' FROM pg_event_trigger e WHERE NOT {_OF_AN_EXTENSION.format('e')} ORDER BY 1",
    ),
    (
        "rule",
        "quy tắc (rule) lạ {} trên bảng {}",
        "SELECT r.rulename, c.relname FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class "
        f"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS} AND c.relkind IN ('r', 'p') ORDER BY 1",
    ),
    (
        "function",
        "hàm lạ {}",
        "SELECT p.proname, '' FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
        f"WHERE {_OURS} AND p.proname <> 'refuse_audit_change' AND NOT {_OF_AN_EXTENSION.format('p')} ORDER BY 1",
    ),
    (
        "table",
        "bảng hoặc khung nhìn lạ {}",
        "SELECT c.relname, '' FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
        f"WHERE {_OURS} AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relname <> ALL(:tables) "
        f"AND NOT {_OF_AN_EXTENSION.format('c')} ORDER BY 1",
    ),
    (
        "policy",
        "chính sách hàng {} trên bảng {} (row security)",
        "SELECT coalesce(o.polname, c.relname), c.relname FROM pg_class c LEFT JOIN pg_policy o ON o.polrelid = c.oid "
        f"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS} AND (c.relrowsecurity OR o.oid IS NOT NULL) "
        "ORDER BY 1",
    ),
    (
        "constraint",
        "ràng buộc lạ {} trên bảng {}",
        "SELECT k.conname, c.relname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid "
        f"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS} AND k.contype IN ('c', 'x') ORDER BY 1",
    ),
    (
        "column",
        "cột tự tính {} trong bảng {}",
        "SELECT c.relname || '.' || a.attname, c.relname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
        f"JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS} AND c.relkind = 'r' AND a.attgenerated <> '' "
        "ORDER BY 1",
    ),
    (
        "index",
        "chỉ mục {} trên bảng {} không còn hiệu lực",
        "SELECT c.relname, b.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
        "JOIN pg_class b ON b.oid = i.indrelid JOIN pg_namespace n ON n.oid = b.relnamespace "
        f"WHERE {_OURS} AND NOT (i.indisvalid AND i.indisready) ORDER BY 1",
    ),
)
_PREDICATE = (
    "SELECT replace(pg_get_expr(i.indpred, i.indrelid), '::text', '') FROM pg_index i "
    f"JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {_OURS} "
    "AND c.relname = :name"
)
_ALEMBICS = {  # its words for a difference, ours for the part, what is said of it
    "add_table": ("table", "mất bảng {}"),
    "add_column": ("column", "mất cột {}"),
    "remove_column": ("column", "cột lạ {}"),
    "add_index": ("index", "mất chỉ mục {}"),
    "remove_index": ("index", "chỉ mục lạ {}"),
    "add_constraint": ("constraint", "mất ràng buộc {}"),
    "remove_constraint": ("constraint", "ràng buộc lạ {}"),
    "add_fk": ("constraint", "mất khóa ngoại {}"),
    "remove_fk": ("constraint", "khóa ngoại lạ {}"),
}


def differences(connection: Connection) -> Iterator[Fault]:
    """Every part that is foreign, switched off, missing or another one; triggers first."""
    given = {"guards": sorted(_GUARDS), "tables": sorted({"alembic_version", *metadata.tables})}
    for kind, words, query in _FOREIGN:
        wanted = {name: given[name] for name in given if f":{name}" in query}
        for name, table in connection.execute(text(query), wanted):
            yield schema_part_fault(f"{kind}/{name}", words.format(name, table))
    role = connection.execute(text("SHOW session_replication_role")).scalar_one()
    if role != "origin":
        yield schema_part_fault("setting/session_replication_role", f"các bẫy bị tắt (session_replication_role {role})")
    yield from _of_tables(connection)
    yield from _of_predicates(connection)


def _of_tables(connection: Connection) -> Iterator[Fault]:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    options = {"compare_type": True, "compare_server_default": True}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it cannot read it warns; the queries above have looked
        found = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    for difference in found:
        for one in difference if isinstance(difference, list) else [difference]:
            if fault := _fault_of(one):
                yield fault


def _fault_of(difference: tuple[Any, ...]) -> Fault | None:
    what, *parts = difference
    if what.startswith("modify_"):
        table, column = parts[1], parts[2]
        return schema_part_fault(f"column/{table}.{column}", f"đã bị thay cột {column} trong bảng {table}")
    if what not in _ALEMBICS:  # a foreign table: named before
        return None
    kind, words = _ALEMBICS[what]
    part = parts[-1]
    name = f"{parts[1]}.{part.name}" if kind == "column" else str(part.name)
    return schema_part_fault(f"{kind}/{name}", words.format(name))


def _of_predicates(connection: Connection) -> Iterator[Fault]:
    """An index that forbids two rows only where they are in some state: where, Alembic does not compare."""
    for index in (index for table in metadata.sorted_tables for index in table.indexes):
        wanted = index.dialect_options["postgresql"]["where"]
        found = connection.execute(text(_PREDICATE), {"name": index.name}).scalar()
        plain = None if found is None else found.replace("(", "").replace(")", "")
        if plain != (None if wanted is None else str(wanted)):
            yield schema_part_fault(f"index/{index.name}", f"chỉ mục {index.name} đã bị thay")
