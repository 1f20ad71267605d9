"""The trail: nothing in it can be changed through the database, and what was changed around it shows."""

import json
import sqlite3
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models import db, reading, store
from models.audit import GENESIS, event_hash, head, verify_chain

AT = datetime(2017, 11, 2, 18, 0, tzinfo=UTC)
EVENTS = 4  # of the fixture: units, reporters, two officers


@pytest.mark.parametrize("deed", ["UPDATE audit_event SET actor = 'someone'", "DELETE FROM audit_event"])
def test_the_database_refuses_to_change_an_event(engine, deed):
    with pytest.raises(DBAPIError, match="never changed or removed"), engine.begin() as connection:
        connection.execute(text(deed))


def test_an_untouched_chain_holds(engine):
    with db.read(engine) as session:
        assert verify_chain(session) is None
        last, hash = head(session)
        assert last == EVENTS
        assert hash == reading.audit_trail(session)[-1].hash


def test_an_empty_chain_holds():
    engine = db.connect("sqlite://")
    db.upgrade(engine)
    with db.read(engine) as session:
        assert verify_chain(session) is None
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
        "INSERT INTO audit_event SELECT 5, at, \"on\", 'someone', action, subject, details, previous_hash, "
        f"'{forged.hash}' FROM audit_event WHERE id = 4",
    )
    assert broken(engine) == EVENTS + 1


def test_a_cut_tail_moves_the_head(engine, database):
    with db.read(engine) as session:
        printed = head(session)
    tamper(database, f"DELETE FROM audit_event WHERE id = {EVENTS}")
    assert broken(engine) is None
    with db.read(engine) as session:
        assert head(session) != printed


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
    """What someone with the file and any SQLite tool can do: the triggers fall with one command."""
    with sqlite3.connect(database) as connection:
        for deed in ("update", "delete"):
            connection.execute(f"DROP TRIGGER audit_event_no_{deed}")
        for deed in deeds:
            connection.execute(deed)
    connection.close()


def broken(engine):
    with db.read(engine) as session:
        return verify_chain(session)
