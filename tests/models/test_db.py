"""A transaction is whole or nothing, needs a witness, and waits its turn."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from models import db, reading, store
from models.audit import AuditEvent
from models.cycles import Proposal
from models.documents import Letter
from models.gates import Approval, Gate
from models.people import Officer
from models.verification import first_fault
from rules.errors import Refusal

AT = datetime(2017, 11, 2, 2, 0, tzinfo=UTC)
ON = date(2017, 11, 2)
SIGNED = {"by": "TM01", "at": AT}
OFFICER = {"id": "X", "name": "Y", "title": "Z", "agency": "board", "email": "", "valid_from": ON}


def test_sqlite_is_set_up_for_many_readers_and_one_writer(engine):
    with engine.connect() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "foreign_keys")
        }
    assert pragma == {"journal_mode": "wal", "foreign_keys": 1}


def test_what_fails_half_way_leaves_nothing(engine):
    before = dump(engine)
    with pytest.raises(ZeroDivisionError), db.transaction(engine) as session:
        gate(session)
        raise ZeroDivisionError
    assert dump(engine) == before


@pytest.mark.parametrize(
    "write",
    [
        lambda s: s.add(Officer(id="X", name="Y", title="Z", agency="board")),
        lambda s: setattr(s.get(Officer, "GD01"), "title", "Khác"),
        lambda s: s.delete(s.exec(select(Officer).where(Officer.id == "PGD1")).one()),
        lambda s: s.execute(insert(Officer.__table__), [OFFICER]),
        lambda s: s.execute(update(Officer).values(title="Khác")),
        lambda s: s.execute(text("UPDATE officer SET title = 'Khác'")),
    ],
    ids=["add", "change", "delete", "bulk insert", "bulk update", "text"],
)  # fmt: skip
def test_rows_changed_without_an_event_are_not_committed(engine, write):
    before = dump(engine)
    with pytest.raises((RuntimeError, IntegrityError)), db.transaction(engine) as session:
        write(session)
    assert dump(engine) == before


def test_a_transaction_that_only_reads_needs_no_event(engine):
    with db.transaction(engine) as session:
        assert session.get(Officer, "GD01") is not None


def test_nothing_done_while_reading_is_kept(engine):
    before = dump(engine)
    with db.read(engine) as session:
        gate(session)
    assert dump(engine) == before


def test_rows_can_be_read_after_their_transaction(engine):
    with db.transaction(engine) as session:
        opened = gate(session)
    assert (opened.id, opened.state, opened.payload) == (1, "open", {"units": ["32002"]})


def test_foreign_keys_hold(engine):
    with pytest.raises(IntegrityError), db.transaction(engine) as session:
        session.add(Proposal(cycle_year=1999, version=1, content={}, sha256="", made_on=ON))
        session.flush()


def test_two_answers_at_once_one_counts(engine):
    with db.transaction(engine) as session:
        gate(session)
    outcomes = at_once(engine, [answer("GD01", "approve"), answer("PGD1", "return")] * 4)
    refusals = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    with db.read(engine) as session:
        approval = session.exec(select(Approval)).one()
        assert session.get(Gate, 1).state == {"approve": "approved", "return": "returned"}[approval.decision]
        assert len(session.exec(select(AuditEvent).where(AuditEvent.action == "gate_answered")).all()) == 1
        assert first_fault(session) is None
    assert len(refusals) == 4, "the loser is told so; the winner's repetitions are the same answer"


def test_many_writers_at_once_make_one_chain(engine):
    def write(session, n):
        store.queue_mails(session, letters=[Letter(str(n), "A", "B", "C")], on=ON, **SIGNED)

    outcomes = at_once(engine, [lambda s, n=n: write(s, n) for n in range(40)])
    assert not any(isinstance(outcome, Exception) for outcome in outcomes)
    with db.read(engine) as session:
        assert first_fault(session) is None
        assert len(reading.mails_unsent(session)) == 40


def test_a_gate_opened_by_two_at_once_is_one_gate(engine):
    at_once(engine, [gate] * 6)
    with db.read(engine) as session:
        assert len(reading.gates_open(session)) == 1


def gate(session):
    return store.open_gate(
        session,
        kind="selection_proposal",
        subject="selection_proposal:2018",
        subject_sha256="a" * 64,
        payload={"units": ("32002",)},
        asked_by="TM01",
        on=ON,
        **SIGNED,
    )


def answer(officer, decision):
    return lambda session: store.record_approval(
        session,
        gate_id=1,
        decision=decision,
        officer_id=officer,
        subject_sha256="a" * 64,
        reason="Thiếu số liệu",
        on=ON,
        **SIGNED,
    )


def at_once(engine, writes):
    """Runs each write in a transaction and thread of its own, started together; what each gave or raised."""
    start = threading.Barrier(len(writes))

    def run(write):
        start.wait()
        try:
            with db.transaction(engine) as session:
                return write(session)
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(writes)) as pool:
        return list(pool.map(run, writes))


def dump(engine):
    with db.read(engine) as session:
        return reading.dump_rows(session)
