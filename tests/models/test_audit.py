"""The trail: nothing in it can be changed through the database, and what was changed around it shows."""

import json
import sqlite3
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models import db, reading, store
from models.audit import GENESIS, event_hash, head
from models.verification import first_fault

AT = datetime(2017, 11, 2, 18, 0, tzinfo=UTC)
EVENTS = 5  # of the fixture: units, reporters, two officers, one office confirmed


@pytest.mark.parametrize("deed", ["UPDATE audit_event SET actor = 'someone'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_an_event(engine, deed):
    with pytest.raises(DBAPIError, match="never changed or removed"), engine.begin() as connection:
        connection.execute(text(deed))


def test_an_untouched_chain_holds(engine):
    with db.read(engine) as session:
        assert first_fault(session) is None
        last, hash = head(session)
        assert last == EVENTS
        assert hash == reading.audit_trail(session)[-1].hash


def test_an_empty_chain_holds():
    engine = db.connect("sqlite://")
    db.upgrade(engine)
    with db.read(engine) as session:
        assert first_fault(session) is None
        assert head(session) == (0, GENESIS)


@pytest.mark.parametrize("column", ["at", "on", "actor", "action", "subject", "details", "previous_hash", "hash"])
def test_an_altered_event_is_named(engine, database, column):
    value = {"at": "2017-11-01 03:00:00.000000", "on": "2017-11-03", "details": json.dumps({"changed": 9})}
    tamper(database, f"UPDATE audit_event SET \"{column}\" = '{value.get(column, 'x')}' WHERE id = 2")
    assert broken(engine) == 2


@pytest.mark.parametrize("id", [1, 2, 3])
def test_a_removed_event_is_named(engine, database, id):
    tamper(database, f"DELETE FROM audit_event WHERE id = {id}")
    assert broken(engine) == id


def test_an_event_removed_and_the_rest_renumbered_is_named(engine, database):
    tamper(
        database,
        "DELETE FROM audit_event WHERE id = 2",
        "UPDATE audit_event SET id = 2 WHERE id = 3",
        "UPDATE audit_event SET id = 3 WHERE id = 4",
    )
    assert broken(engine) == 2


def test_reordered_events_are_named(engine, database):
    tamper(
        database,
        "UPDATE audit_event SET id = 99 WHERE id = 3",
        "UPDATE audit_event SET id = 3 WHERE id = 4",
        "UPDATE audit_event SET id = 4 WHERE id = 99",
    )
    assert broken(engine) == 3


def test_an_inserted_event_with_a_right_hash_of_its_own_is_named(engine, database):
    with db.read(engine) as session:
        forged = reading.audit_trail(session)[-1]
        forged.actor = "someone"
        forged.id = EVENTS + 1
        forged.hash = event_hash(forged)
    tamper(
        database,
        f"INSERT INTO audit_event SELECT {forged.id}, at, \"on\", 'someone', action, subject, details, previous_hash, "
        f"'{forged.hash}' FROM audit_event WHERE id = {EVENTS}",
    )
    assert broken(engine) == EVENTS + 1


def test_a_cut_tail_leaves_the_rows_it_witnessed_without_a_seal(engine, database):
    tamper(database, f"DELETE FROM audit_event WHERE id = {EVENTS}")
    assert fault_of(engine).where == "officer/GD01"


def test_a_tail_cut_together_with_its_rows_misses_a_mailed_head(engine, database):
    with db.transaction(engine) as session:
        store.add_officer(session, code="X", name="Y", title="Z", agency="board", by="admin", at=AT)
    with db.read(engine) as session:
        mailed = head(session)
    tamper(database, "DELETE FROM officer WHERE id = 'X'", f"DELETE FROM audit_event WHERE id > {EVENTS}")
    assert broken(engine) is None, "nothing inside tells"
    with db.read(engine) as session:
        fault = first_fault(session, mailed)
    assert (fault.kind, fault.where) == ("head", str(EVENTS + 1))
    assert fault.words == f"Nhật ký chỉ còn {EVENTS} sự kiện, thiếu sự kiện số {EVENTS + 1}: đã bị cắt."


def test_a_tail_written_anew_does_not_carry_the_hash_that_was_mailed(engine, database):
    with db.read(engine) as session:
        mailed = head(session)
        forged = reading.audit_trail(session)[-1]
        forged.actor = "someone"
        forged.hash = event_hash(forged)
    tamper(database, f"UPDATE audit_event SET actor = 'someone', hash = '{forged.hash}' WHERE id = {EVENTS}")
    assert broken(engine) is None, "nothing inside tells"
    with db.read(engine) as session:
        fault = first_fault(session, mailed)
        assert first_fault(session, (1, reading.audit_trail(session)[0].hash)) is None, "an older one still holds"
    assert (fault.kind, fault.where) == ("head", str(EVENTS))


@pytest.mark.parametrize("deed", ["update", "delete"])
def test_an_unlocked_trail_is_a_fault(engine, database, deed):
    with sqlite3.connect(database) as connection:
        connection.execute(f"DROP TRIGGER audit_event_no_{deed}")
        assert fault_of(engine).kind == "guard"
        connection.execute(f"CREATE TRIGGER audit_event_no_{deed} BEFORE {deed} ON audit_event BEGIN SELECT 1; END")
    connection.close()
    assert fault_of(engine).words == "Khóa chống sửa, xóa nhật ký trong cơ sở dữ liệu đã bị gỡ hoặc bị thay."


@pytest.mark.parametrize(
    ("deeds", "where", "words"),
    [
        (["DROP TABLE refused_file"], "refused_file", "thiếu bảng refused_file (tệp bị từ chối)"),
        (["DROP TABLE audit_event"], "audit_event", "thiếu bảng audit_event (nhật ký)"),
        (
            ["DROP TABLE alembic_version"],
            "alembic_version",
            "thiếu bảng alembic_version (phiên bản của cơ sở dữ liệu)",
        ),
        (
            ["DROP TABLE refused_file", "DROP TABLE approval"],
            "approval",
            "thiếu bảng approval (câu trả lời phê duyệt), refused_file (tệp bị từ chối)",
        ),
        (["ALTER TABLE gate DROP COLUMN payload"], "gate", "bảng gate (bước phê duyệt) thiếu cột payload"),
    ],
)
def test_what_is_gone_of_a_database_is_named_in_vietnamese(engine, database, deeds, where, words):
    with sqlite3.connect(database) as connection:
        for deed in deeds:
            connection.execute(deed)
    connection.close()
    fault = fault_of(engine)
    assert (fault.kind, fault.where) == ("table", where)
    assert fault.words == f"Không đọc được cơ sở dữ liệu: {words}."


def test_of_what_cannot_be_read_at_all_no_english_is_repeated(engine, database):
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    engine.dispose()
    fault = fault_of(engine)
    assert fault.kind in ("table", "schema")
    assert fault.words == "Không đọc được cơ sở dữ liệu: tệp đã hỏng, hoặc một bảng đã bị đổi."


def test_the_day_of_an_event_is_the_day_in_viet_nam(engine):
    with db.transaction(engine) as session:
        store.add_officer(session, code="X", name="Y", title="Z", agency="board", by="admin", at=AT)
    with db.read(engine) as session:
        event = reading.audit_trail(session, "officer:X")[0]
    assert event.at == AT
    assert event.on == date(2017, 11, 3), "18:00 UTC is past midnight in Cà Mau"


def test_an_instant_without_a_zone_is_a_programming_error(engine):
    with pytest.raises(ValueError, match="time zone"), db.transaction(engine) as session:
        naive = AT.replace(tzinfo=None)
        store.add_officer(session, code="X", name="Y", title="Z", agency="board", by="admin", at=naive)


def tamper(database, *deeds):
    """What someone with the file and any SQLite tool can do: the triggers fall with one command, and are put back."""
    with sqlite3.connect(database) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for deed in (*deeds, *(sql for _, sql in triggers)):
            connection.execute(deed)
    connection.close()


def broken(engine):
    """The number of the first event that does not hold."""
    fault = fault_of(engine)
    assert fault is None or fault.kind == "event"
    return fault and int(fault.where)


def fault_of(engine):
    with db.read(engine) as session:
        return first_fault(session)
