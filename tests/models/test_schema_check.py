"""The database's own parts are those the migrations make; what someone added, dropped or changed is named."""

import time

import pytest

from models import db
from models.schema_check import read_schema
from models.verification import first_fault

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
EVIL = "CREATE TRIGGER evil AFTER INSERT ON approval BEGIN UPDATE approval SET decision = 'approve'; END"


def schema_of(*revisions):
    engine = db.connect("sqlite://")
    for revision in revisions:
        db.upgrade(engine, revision)
    with engine.connect() as connection:
        return read_schema(connection)


def test_a_database_as_the_migrations_made_it_has_no_fault(fault):
    assert fault() is None


def test_one_upgraded_step_by_step_is_the_same_as_one_made_at_once():
    assert schema_of(*REVISIONS) == schema_of("head")
    assert schema_of("0001") != schema_of("head")


def test_an_older_database_with_rows_is_the_same_after_its_upgrade(tmp_path):
    engine = db.connect(f"sqlite:///{tmp_path / 'old.db'}")
    for revision in REVISIONS:
        db.upgrade(engine, revision)
    with db.read(engine) as session:
        assert first_fault(session) is None
    engine.dispose()


@pytest.mark.parametrize(
    ("deed", "where", "what"),
    [
        (EVIL, "trigger/evil", "bẫy (trigger) lạ evil trên bảng approval"),
        (
            "CREATE TRIGGER audit_event_no_insert BEFORE INSERT ON audit_event BEGIN DELETE FROM approval; END",
            "trigger/audit_event_no_insert",
            "bẫy (trigger) lạ audit_event_no_insert trên bảng audit_event",
        ),
        ("CREATE VIEW evil AS SELECT 1", "view/evil", "khung nhìn (view) lạ evil trên bảng evil"),
        ("CREATE TABLE evil (id)", "table/evil", "bảng lạ evil"),
        ("DROP INDEX uq_gate_open", "index/uq_gate_open", "mất chỉ mục uq_gate_open trên bảng gate"),
        ("CREATE INDEX evil ON gate (state)", "index/evil", "chỉ mục lạ evil trên bảng gate"),
        ("ALTER TABLE approval ADD COLUMN evil TEXT", "column/approval.evil", "cột lạ evil trong bảng approval"),
        ('ALTER TABLE approval ADD COLUMN "constraint" TEXT', "column/approval.constraint", "cột lạ constraint"),
    ],
)
def test_a_changed_part_is_named(deed, where, what, edit, fault):
    edit(deed)
    found = fault()
    assert (found.kind, found.where) == ("schema", where)
    assert found.words.startswith(f"Cấu trúc cơ sở dữ liệu đã bị đổi ngoài chương trình: {what}")


def test_an_index_under_the_same_name_that_forbids_nothing_is_named(edit, fault):
    edit("DROP INDEX uq_gate_open", "CREATE INDEX uq_gate_open ON gate (kind, subject)")
    assert fault().words.endswith("chỉ mục uq_gate_open trên bảng gate đã bị thay.")


@pytest.mark.parametrize(
    ("old", "new", "where", "what"),
    [
        ("decision VARCHAR NOT NULL", "decision VARCHAR", "column/approval.decision", "đã bị thay cột decision"),
        (
            "CONSTRAINT uq_approval_gate_id UNIQUE (gate_id)",
            "CONSTRAINT uq_approval_gate_id UNIQUE (gate_id, id)",
            "table/approval",
            "ràng buộc của bảng approval đã bị thay",
        ),
    ],
)
def test_a_schema_written_over_by_hand_is_named(old, new, where, what, edit, fault):
    change = f"UPDATE sqlite_master SET sql = replace(sql, '{old}', '{new}') WHERE name = 'approval'"
    edit("PRAGMA writable_schema = ON", change)
    found = fault()
    assert found.where == where
    assert what in found.words


def test_a_trigger_under_a_name_of_sqlite_s_own_is_named(edit, fault):
    hide = (
        "UPDATE sqlite_master SET name = 'sqlite_stat1', sql = replace(sql, 'evil', 'sqlite_stat1') WHERE name = 'evil'"
    )
    edit(EVIL, "PRAGMA writable_schema = ON", hide)
    assert fault().where == "trigger/sqlite_stat1"


def test_what_sqlite_keeps_for_itself_is_no_fault(edit, fault):
    edit("ANALYZE", "VACUUM")
    assert fault() is None


@pytest.mark.parametrize(
    "found",
    [
        "DELETE FROM alembic_version",
        "UPDATE alembic_version SET version_num = '9999'",
        "INSERT INTO alembic_version VALUES ('0001')",
        "INSERT INTO alembic_version VALUES ('9999')",
        "UPDATE alembic_version SET version_num = x'00ff'",
        "UPDATE alembic_version SET version_num = 'head'",
    ],
)
def test_a_version_that_no_program_knows_is_named(found, edit, fault):
    edit(found)
    assert fault().where == "table/alembic_version"


def test_a_version_set_back_does_not_hide_what_was_added(edit, fault):
    edit("UPDATE alembic_version SET version_num = '0004'")
    assert fault().where == "column/device.used_steps"


def test_the_schema_is_made_once_a_process(fault):
    fault()
    started = time.perf_counter()
    fault()
    assert time.perf_counter() - started < 0.2
