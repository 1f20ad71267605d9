"""On a real PostgreSQL: the same seals, the same faults, and its own parts compared with the model's."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert
from sqlalchemy.pool import NullPool
from sqlalchemy.util import greenlet_spawn

from models import db, store
from models.alone import alone
from models.columns import metadata
from models.seals import places, sealed_tables
from models.verification import first_fault

AT = datetime(2018, 11, 22, 2, 0, tzinfo=UTC)
SIGNED = {"by": "GD01", "at": AT}
EVIL = "CREATE FUNCTION evil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.title := 'x'; RETURN NEW; END $$"
PLANT = "CREATE TRIGGER evil BEFORE UPDATE ON officer FOR EACH ROW EXECUTE FUNCTION evil()"
UNGUARD = "ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_update"
EMPTY_GUARD = (
    "CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
)


@pytest.fixture(scope="session")
def server(needs):
    """The folder of the socket of a server of its own; it never runs as root, so not in pytest's own folders."""
    programs = Path(needs("initdb")).parent
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user)

    def run(program, *words):
        command = [programs / program, "-D", folder / "data", *words]
        subprocess.run(command, check=True, user=user, cwd=folder, capture_output=True, timeout=120)

    run("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync", "--no-locale")
    run("pg_ctl", "-w", "-l", folder / "log", "-o", f"-k {folder} -c listen_addresses= -c fsync=off", "start")
    yield folder
    run("pg_ctl", "-m", "immediate", "stop")
    shutil.rmtree(folder)


def on(server, work, name="postgres"):
    """What `work(engine)` gives. The only driver at hand is an asynchronous one: it runs in a greenlet."""

    def whole():
        url = f"postgresql+asyncpg://postgres@/{name}?host={server}"
        engine = create_engine(url, poolclass=NullPool)
        try:
            return work(engine)
        finally:
            engine.dispose()

    return asyncio.run(greenlet_spawn(whole))


@pytest.fixture(scope="session")
def migrated(server):
    statement(server, "CREATE DATABASE template_office")
    on(server, db.upgrade, "template_office")
    return server


@pytest.fixture
def office(migrated, request):
    """`office(work)`: does `work(engine)` on a fresh copy of the migrated database."""
    name = f"office_{abs(hash(request.node.nodeid))}"
    statement(migrated, f"CREATE DATABASE {name} TEMPLATE template_office")
    yield lambda work: on(migrated, work, name)
    statement(migrated, f"DROP DATABASE {name} WITH (FORCE)")


def statement(server, words):
    on(server, lambda engine: run_alone(engine, words))


def run_alone(engine, *deeds):
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for deed in deeds:
            connection.exec_driver_sql(deed)


def fault(engine):
    with db.read(engine) as session:
        return first_fault(session)


def add_officer(engine):
    with db.transaction(engine) as session:
        store.add_officer(session, code="GD01", name="Ông", title="Giám đốc", agency="board", **SIGNED)


def test_a_database_as_the_migrations_made_it_has_no_fault(office):
    def work(engine):
        add_officer(engine)
        return fault(engine)

    assert office(work) is None


def test_it_gives_the_same_digests_as_sqlite(office, engine):
    with db.transaction(engine) as session:
        store.open_gate(
            session, kind="k", subject="s", subject_sha256="a", payload={"x": 1}, asked_by="x", on=date(2018, 1, 1),
            **SIGNED,
        )  # fmt: skip
    with engine.connect() as source:
        rows = {t: [dict(row._mapping) for row in source.execute(t.select())] for t in metadata.sorted_tables}
    with db.read(engine) as here:
        wanted = {table.name: dict(places(here, table)) for table in sealed_tables()}

    def work(there):
        with there.begin() as target:
            for table, found in rows.items():
                if found:
                    target.execute(insert(table), found)
        with db.read(there) as session:
            return {table.name: dict(places(session, table)) for table in sealed_tables()}, first_fault(session)

    assert office(work) == (wanted, None)


@pytest.mark.parametrize(
    ("deeds", "kind", "where"),
    [
        ([EVIL, PLANT], "schema", "trigger/evil"),
        ([EVIL], "schema", "function/evil"),
        (["CREATE RULE evil AS ON DELETE TO audit_event DO INSTEAD NOTHING"], "schema", "rule/evil"),
        (["CREATE RULE evil AS ON UPDATE TO gate DO INSTEAD NOTHING"], "schema", "rule/evil"),
        (["CREATE VIEW evil AS SELECT 1"], "schema", "table/evil"),
        (["CREATE TABLE evil (id int)"], "schema", "table/evil"),
        (["ALTER TABLE approval ADD COLUMN evil text"], "schema", "column/approval.evil"),
        (["ALTER TABLE approval ALTER COLUMN decision DROP NOT NULL"], "schema", "column/approval.decision"),
        (["ALTER TABLE approval ALTER COLUMN decision SET DEFAULT 'approve'"], "schema", "column/approval.decision"),
        (["ALTER TABLE approval ALTER COLUMN gate_id TYPE bigint"], "schema", "column/approval.gate_id"),
        (["ALTER TABLE approval ADD CONSTRAINT evil CHECK (decision <> 'return')"], "schema", "constraint/evil"),
        (["ALTER TABLE approval DROP CONSTRAINT uq_approval_gate_id"], "schema", "constraint/uq_approval_gate_id"),
        (
            ["ALTER TABLE approval DROP CONSTRAINT fk_approval_officer_id"],
            "schema",
            "constraint/fk_approval_officer_id",
        ),
        (["ALTER TABLE approval DISABLE TRIGGER ALL"], "schema", "trigger/fk_approval_gate_id"),
        (["ALTER TABLE approval ENABLE ROW LEVEL SECURITY"], "schema", "policy/approval"),
        (["CREATE POLICY evil ON gate USING (false)"], "schema", "policy/evil"),
        (["DROP INDEX uq_gate_open"], "schema", "index/uq_gate_open"),
        (
            ["DROP INDEX uq_gate_open", "CREATE UNIQUE INDEX uq_gate_open ON gate (kind, subject) WHERE state = 'x'"],
            "schema",
            "index/uq_gate_open",
        ),
        (["INSERT INTO alembic_version VALUES ('0001')"], "schema", "table/alembic_version"),
        ([UNGUARD], "guard", "audit_event"),
        ([EMPTY_GUARD], "guard", "audit_event"),
        (["DROP TRIGGER audit_event_no_delete ON audit_event"], "guard", "audit_event"),
        (["ALTER TABLE audit_event ENABLE REPLICA TRIGGER audit_event_no_update"], "guard", "audit_event"),
    ],
)
def test_a_changed_part_is_named(office, deeds, kind, where):
    def work(engine):
        run_alone(engine, *deeds)
        return fault(engine)

    found = office(work)
    assert found is not None
    assert (found.kind, found.where) == (kind, where)


def test_a_table_that_is_gone_is_named(office):
    def work(engine):
        add_officer(engine)
        run_alone(engine, "DROP TABLE approval")
        return fault(engine)

    found = office(work)
    assert (found.kind, found.where) == ("table", "approval")
    assert found.words == "Không đọc được cơ sở dữ liệu: thiếu bảng approval (câu trả lời phê duyệt)."


def test_an_edited_row_and_one_that_a_trigger_changed_and_is_gone_are_named(office):
    def work(engine):
        add_officer(engine)
        run_alone(engine, EVIL, PLANT)
        with db.transaction(engine) as session:
            store.correct_officer(session, officer_id="GD01", name="Bà", **SIGNED)
        run_alone(engine, "DROP TRIGGER evil ON officer", "DROP FUNCTION evil")
        told = fault(engine)
        run_alone(engine, "UPDATE officer SET title = 'y'")
        return told, fault(engine)

    told, edited = office(work)
    assert told.words.endswith("title là “x”, sự kiện ghi “Giám đốc”.")
    assert "đã bị sửa sau khi ghi ở sự kiện số 2" in edited.words


def test_one_is_alone_at_the_mail_until_it_lets_go(office):
    def work(engine):
        with alone(engine, "mail") as first, alone(engine, "mail") as second, alone(engine, "other") as other:
            assert (first, second, other) == (True, False, True)
        with alone(engine, "mail") as again:
            assert again

    office(work)
