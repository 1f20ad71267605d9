"""Every row of every table is sealed in the trail: what is done to it around the program shows, and where."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import insert

from models import db, reading, store
from models.audit import SEALED, AuditEvent, event_hash
from models.columns import metadata
from models.documents import Letter
from models.meant import insert_rows
from models.people import Officer
from models.reporting import SubmittedFigure
from models.seals import digest, sealed_tables
from rules.figures import Figure, Narrative

AT = datetime(2018, 11, 22, 2, 0, tzinfo=UTC)
ON = date(2018, 11, 22)
SIGNED = {"by": "TM01", "at": AT}
FIGURES = [
    Figure("32002", "criterion", "a1", "value", Decimal("12.50")),
    Figure("31999", "criterion", "a1", "value", None, "no_data", "chưa thống kê"),
    Figure("", "budget", "spent", "value", Decimal("0")),
]


@pytest.fixture
def filled(engine, database, fault):
    """The path of a database with rows of many kinds, all of whose columns' types are among them."""
    with db.transaction(engine) as session:
        file(session, "police_964")
        file(session, "division_traffic")
    with db.transaction(engine) as session:
        ask(session)
    with db.transaction(engine) as session:
        answer(session)
        mail(session, "a/b%c")
    assert fault() is None
    return database


def file(session, reporter):
    return store.record_submission(
        session,
        period="2018-annual",
        reporter_id=reporter,
        received_on=ON,
        file_name="biểu.xlsx",
        sha256=reporter,
        figures=FIGURES,
        narratives=[Narrative("situation", "Ổn định\ncả năm\x1f"), Narrative("causes", "")],
        **SIGNED,
    )


def ask(session):
    return store.open_gate(
        session, kind="k", subject="s", subject_sha256="a", payload={"ký": [1, None]}, asked_by="x", on=ON, **SIGNED
    )


def answer(session):
    return store.record_approval(
        session, gate_id=1, decision="approve", officer_id="GD01", subject_sha256="a", on=ON, **SIGNED
    )


def mail(session, key):
    (queued,) = store.queue_mails(session, letters=[Letter(key, "A", "B", "C")], on=ON, **SIGNED)
    return queued


# What someone does to a row


@pytest.mark.parametrize(
    ("deed", "where"),
    [
        ("UPDATE officer SET title = 'Phó Giám đốc' WHERE id = 'GD01'", "officer/GD01"),
        ("UPDATE officer_role SET valid_to = NULL WHERE officer_id = 'GD01'", "officer_role/GD01/director/2017-01-01"),
        ("UPDATE officer_role SET role = 'x' WHERE officer_id = 'GD01'", "officer_role/GD01/x/2017-01-01"),
        ("UPDATE unit SET valid_to = '2018-01-01' WHERE code = '31999'", "unit/31999/1900-01-01"),
        ("UPDATE unit SET valid_to = '' WHERE code = '31999'", "unit/31999/1900-01-01"),
        ("UPDATE gate SET state = 'open'", "gate/1"),
        ("UPDATE gate SET payload = ' ' || payload", "gate/1"),
        ("UPDATE gate SET payload = 'x'", "gate/1"),
        ("UPDATE approval SET answered_at = '2018-11-22 02:00:00.000001'", "approval/1"),
        ("UPDATE approval SET answered_on = 'hôm qua'", "approval/1"),
        ("UPDATE approval SET reason = x'00ff'", "approval/1"),
        ("UPDATE submission SET is_late = 1 WHERE id = 2", "submission/2"),
        ("UPDATE submitted_figure SET value = '12.50' WHERE value = '12.5'", "submitted_figure/1"),
        ("UPDATE submitted_figure SET value = '13' WHERE value = '12.5' AND submission_id = 2", "submitted_figure/2"),
        ("UPDATE submitted_figure SET reason = NULL WHERE reason <> '' AND submission_id = 1", "submitted_figure/1"),
        ("UPDATE submitted_figure SET submission_id = 9 WHERE submission_id = 2", "submitted_figure/9"),
        ("UPDATE submitted_narrative SET text = 'x' WHERE submission_id = 2 AND position = 2", "submitted_narrative/2"),
        ("UPDATE outgoing_mail SET body = 'x'", "outgoing_mail/a/b%c"),
    ],
)  # fmt: skip
def test_an_altered_row_is_named(filled, deed, where, edit, fault):
    edit(deed)
    found = fault()
    assert (found.kind, found.where) == ("row", where)


def test_the_words_name_the_row_and_the_event_that_wrote_it(filled, edit, fault):
    edit("UPDATE gate SET state = 'open'")
    said = "Dòng 1 của bảng bước phê duyệt (gate) đã bị sửa sau khi ghi ở sự kiện số 10; hoặc sự kiện ghi"
    assert fault().words.startswith(said)


@pytest.mark.parametrize(
    ("deed", "where"),
    [
        ("DELETE FROM approval", "approval/1"),
        ("DELETE FROM officer_role WHERE officer_id = 'PGD1'", "officer_role/PGD1/deputy_director/2017-01-01"),
        ("DELETE FROM submitted_figure WHERE submission_id = 2", "submitted_figure/2"),
    ],
)
def test_a_removed_row_is_named(filled, deed, where, edit, fault):
    edit(deed)
    found = fault()
    assert found.where == where
    assert "đã bị xóa" in found.words


@pytest.mark.parametrize(
    ("deed", "where"),
    [
        ("INSERT INTO officer VALUES ('X', 'Y', 'Z', 'board', '', '2017-01-01', NULL)", "officer/X"),
        ("INSERT INTO refused_file VALUES ('x', 'y', '2018-01-01', '[]')", "refused_file/x"),
        ("INSERT INTO submitted_narrative VALUES (1, 3, 'causes', 'x')", "submitted_narrative/1"),
        ("INSERT INTO submitted_narrative VALUES (3, 1, 'causes', 'x')", "submitted_narrative/3"),
    ],
)  # fmt: skip
def test_an_inserted_row_is_named(filled, deed, where, edit, fault):
    edit(deed)
    assert fault().where == where


def test_text_that_no_program_can_read_is_a_fault(filled, edit, fault):
    edit("UPDATE officer SET name = CAST(x'ff' AS TEXT)")
    assert fault().kind in ("row", "table")


@pytest.mark.parametrize("table", [t.name for t in metadata.sorted_tables if t.name != "audit_event"])
def test_no_table_is_left_out(table):
    assert table in {found.name for found in sealed_tables()}


# How rows are sealed


def seals_of(engine):
    with db.read(engine) as session:
        return [event.details.get(SEALED) for event in reading.audit_trail(session)]


def test_the_last_event_of_a_transaction_carries_its_seals(engine):
    before = len(seals_of(engine))
    with db.transaction(engine) as session:
        mail(session, "a")
        mail(session, "b")
    first, second = seals_of(engine)[before:]
    assert first is None
    assert second.keys() == {"outgoing_mail/a", "outgoing_mail/b"}


def test_figures_filed_together_have_one_seal(engine):
    with db.transaction(engine) as session:
        file(session, "police_964")
    assert seals_of(engine)[-1].keys() == {"submission/1", "submitted_figure/1", "submitted_narrative/1"}


def test_a_deleted_row_is_sealed_as_gone_and_may_come_again(engine, fault):
    with db.transaction(engine) as session:
        mail(session, "a")
    for _ in range(2):
        with db.transaction(engine) as session:
            session.delete(mail(session, "a"))
            mail(session, "b")
            store.mark_mail_sent(session, key="b", on=ON, **SIGNED)
            ask(session)
            store.void_gate(session, gate_id=1, reason="x", **SIGNED)
        assert fault() is None
    assert any(seals and seals.get("outgoing_mail/a", "") is None for seals in seals_of(engine))


def test_the_same_refusal_twice_in_one_transaction_is_one_event(engine):
    with db.transaction(engine) as session:
        ask(session)
        for _ in range(2):
            store.record_refused_answer(
                session, gate_id=1, flow_run_id="r", asked=0, officer_id="GD01", because="x", **SIGNED
            )
    with db.read(engine) as session:
        assert [event.action for event in reading.audit_trail(session)][-2:] == ["gate_opened", "answer_refused"]


def test_the_trail_of_a_transaction_that_failed_is_not_held_over(engine, fault):
    before = seals_of(engine)
    with pytest.raises(ZeroDivisionError), db.transaction(engine) as session:
        mail(session, "a")
        raise ZeroDivisionError
    assert seals_of(engine) == before
    with db.transaction(engine) as session:
        mail(session, "b")
    assert fault() is None


def test_a_statement_that_nobody_seals_is_not_committed_even_with_an_event(engine):
    with pytest.raises(RuntimeError, match="nobody sealed"), db.transaction(engine) as session:
        mail(session, "a")
        session.execute(insert(Officer.__table__), [{"id": "X", "name": "Y", "title": "Z", "agency": "board"}])


def test_rows_inserted_without_an_event_are_not_committed(engine):
    row = dict.fromkeys(SubmittedFigure.model_fields, "x") | {"submission_id": 1, "value": None}
    with db.transaction(engine) as session:
        file(session, "police_964")
    with pytest.raises(RuntimeError, match="without an audit event"), db.transaction(engine) as session:
        insert_rows(session, SubmittedFigure.__table__, [row])


def test_a_row_that_is_set_to_what_it_was_is_not_written(engine):
    with db.transaction(engine) as session:
        mail(session, "a")
    with db.transaction(engine) as session:
        officer = session.get(Officer, "GD01")
        officer.title = str(officer.title)
        mail(session, "b")
    assert seals_of(engine)[-1].keys() == {"outgoing_mail/b"}


# One digest, whatever reads the row


def test_the_digest_knows_no_order_and_no_empty_columns():
    one, two = {"b": 1, "a": None}, {"a": "x"}
    assert digest([one, two]) == digest([two, {"b": 1}])
    assert digest([one]) != digest([one | {"a": ""}])
    assert digest([{"a": "1"}]) != digest([{"a": 1}])
    assert digest([{"a": "x\n"}, {"a": "y"}]) != digest([{"a": "x"}, {"a": "\ny"}])


def test_an_event_has_the_same_hash_before_it_is_written_and_after(engine):
    with db.read(engine) as session:
        (event, *_) = session.exec(AuditEvent.__table__.select())
        written = AuditEvent(**event._mapping)
    assert event_hash(written) == written.hash


def test_a_driver_that_gives_python_s_own_types_gives_the_same_digest():
    """As PostgreSQL's does; SQLite's gives what is in the file."""
    zone = timezone(timedelta(hours=7))
    rich = {"on": ON, "at": AT.astimezone(zone), "is_late": True, "content": {"b": [1], "a": None}}
    stored = {"on": "2018-11-22", "at": "2018-11-22 02:00:00.000000", "is_late": 1, "content": '{"a":null,"b":[1]}'}
    assert digest([rich]) == digest([stored])
