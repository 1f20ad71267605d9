"""The schema that the migrations make is the one the tables describe."""

import os
import subprocess
import sys
import time

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from models import db
from models.columns import metadata
from models.people import Device
from rules.codes import Tries
from rules.errors import Refusal


@pytest.fixture
def empty(tmp_path):
    engine = db.connect(f"sqlite:///{tmp_path / 'empty.db'}")
    yield engine
    engine.dispose()


def test_tables_and_migrations_agree(empty):
    db.upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_an_empty_database_is_ready_within_a_second(empty):
    started = time.perf_counter()
    db.upgrade(empty)
    assert time.perf_counter() - started < 1


def test_upgrading_twice_changes_nothing(empty):
    db.upgrade(empty)
    db.upgrade(empty)
    db.check_schema(empty)


def test_the_way_back_leaves_nothing(empty):
    from alembic import command

    db.upgrade(empty)
    with empty.execution_options(writes=True).begin() as connection:
        config = db._alembic()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(empty).get_table_names() == ["alembic_version"]


def test_a_migration_that_fails_leaves_the_schema_as_it_was(empty):
    with empty.begin() as connection:
        connection.execute(text("CREATE TABLE submission (id INTEGER)"))
    with pytest.raises(Exception, match="already exists"):
        db.upgrade(empty)
    assert inspect(empty).get_table_names() == ["submission"]


def test_of_an_older_database_s_devices_every_code_up_to_the_last_one_stays_used(empty):
    db.upgrade(empty, "0005")
    with empty.execution_options(writes=True).begin() as connection:
        connection.execute(
            text("INSERT INTO officer VALUES ('GD01', 'A', 'B', 'board', '', '0001-01-01', NULL)"),
        )
        connection.execute(
            text(
                "INSERT INTO device (officer_id, state, secret, changed_by, last_step, failures) "
                "VALUES ('GD01', 'active', 'x', 'QT01', 51418200, 2)"
            )
        )
    db.upgrade(empty)
    with db.read(empty) as session:
        assert session.get_one(Device, "GD01").tries == Tries(floor=51418200, failures=2)


def name_version(engine, deed):
    with engine.begin() as connection:
        connection.execute(text(deed))


def test_an_older_schema_is_to_be_upgraded(empty):
    db.upgrade(empty, "0001")
    for to_verify in (False, True):
        with pytest.raises(Refusal, match=r"chưa đúng phiên bản.*chuyenhoa init"):
            db.check_schema(empty, to_verify=to_verify)


@pytest.mark.parametrize(
    "deed",
    [
        "DELETE FROM alembic_version",
        "UPDATE alembic_version SET version_num = '9999'",
        "INSERT INTO alembic_version VALUES ('0001')",
    ],
    ids=["none", "a later one", "two"],
)
def test_versions_that_no_program_of_ours_wrote_are_refused_but_may_be_verified(empty, deed):
    db.upgrade(empty)
    name_version(empty, deed)
    with pytest.raises(Refusal, match="chuyenhoa audit verify"):
        db.check_schema(empty)
    db.check_schema(empty, to_verify=True)


def test_upgrading_needs_nothing_from_the_working_folder(tmp_path):
    code = "from models import db; db.upgrade(db.connect('sqlite:///fresh.db'))"
    environment = {**os.environ, "PYTHONPATH": str(db.MIGRATIONS.parent.parent)}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)
    assert (tmp_path / "fresh.db").exists()
