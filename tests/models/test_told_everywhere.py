"""Of each column of each table: what a trigger, gone again, made of a new row is named, though the seal fits it."""

import json
import shutil
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Date, Integer

from models import db, store
from models.audit import MEANT
from models.columns import Content, Instant, metadata
from models.documents import Letter
from models.reporting import Reporter
from models.seals import CHAIN, digest
from models.verification import first_fault
from plans.units import ALWAYS, Unit
from rules.figures import Figure, Narrative

AT = datetime(2018, 11, 22, 2, 0, tzinfo=UTC)
ON = date(2018, 11, 22)
SIGNED = {"by": "TM01", "at": AT}
UNIT = Unit("32002", "B", "xã", "964", "Cà Mau", ALWAYS, None)


def open_cycle(s):
    store.open_cycle(s, year=2018, term_from=date(2017, 11, 16), term_to=date(2018, 11, 15), on=ON, **SIGNED)


def propose(s):
    store.record_proposal(s, year=2018, content={"proposed": ["32002"]}, on=ON, **SIGNED)


def decide(s):
    for stage in ("reviewing", "proposed"):
        store.move_cycle(s, year=2018, to=stage, **SIGNED)
    chosen = [store.DecidedUnit("32002", ALWAYS, score="0.75")]
    store.decide_cycle(
        s, year=2018, units=chosen, decided_on=ON, decision_number="1/QĐ", units_in_force=101, cap=15, **SIGNED
    )


def warn(s):
    for stage in ("converted", "delisted"):
        store.move_area(s, area_id=1, to=stage, on=ON, reason="Đạt", **SIGNED)
    store.record_relapse_warning(s, area_id=1, period="2019-annual", because={"rank": 2}, on=ON, **SIGNED)


def file(s):
    store.record_submission(
        s, period="2018-annual", reporter_id="police_964", received_on=ON, file_name="f.xlsx", sha256="f" * 64,
        figures=[Figure("32002", "criterion", "a1", "value", Decimal("3.50"))],
        narratives=[Narrative("situation", "Ổn định")], **SIGNED
    )  # fmt: skip


def record_paper(s):
    store.record_paper(
        s, gate_id=1, subject_sha256="a", signed_by="GD01", decision="approve", reason="", answer={},
        number="12/CV", dated=ON, votes=(11, 0), scan="scans/a.pdf", scan_sha256="b", **SIGNED
    )  # fmt: skip


# The tables that a step fills, and the step, in an order in which they can be taken.
STEPS = {
    "unit": lambda s: store.install_units(s, units=[UNIT], **SIGNED),
    "reporter": lambda s: store.install_reporters(
        s, reporters=[Reporter(id="police_964", name="Công an", reporter_type="district_police")], **SIGNED
    ),
    "officer officer_role": lambda s: [
        store.add_officer(
            s, code=code, name="Ông", title="GĐ", agency="board", roles=[store.RoleSpan("director")], **SIGNED
        )
        for code in ("GD01", "TM01")
    ],
    "delegation": lambda s: store.delegate(
        s, from_officer="GD01", to_officer="TM01", role="director", capacity="KT.", valid_from=ON, valid_to=ON, **SIGNED
    ),
    "device": lambda s: store.offer_device(s, officer_id="GD01", secret="x", **SIGNED),
    "submission submitted_figure submitted_narrative": file,
    "refused_file": lambda s: store.record_refused_file(
        s, sha256="e", file_name="x", received_on=ON, reasons=["sai"], **SIGNED
    ),
    "cycle": open_cycle,
    "proposal": propose,
    "area": decide,
    "evaluation": lambda s: store.record_evaluation(
        s,
        area_id=1,
        kind="final",
        content={"a1": "met"},
        met=7,
        counted=8,
        letters_met=4,
        letters_counted=5,
        meets_threshold=True,
        on=ON,
        **SIGNED,
    ),
    "relapse": warn,
    "gate": lambda s: store.open_gate(
        s, kind="k", subject="s", subject_sha256="a", payload={"x": 1}, asked_by="x", on=ON, **SIGNED
    ),
    "paper_answer": record_paper,
    "approval": lambda s: store.record_approval(
        s, gate_id=1, decision="approve", officer_id="GD01", subject_sha256="a", on=ON, **SIGNED
    ),
    "document": lambda s: store.record_document(
        s, stem="r", year=2018, path="r.docx", content_sha256="1", context_sha256="2", on=ON, **SIGNED
    ),
    "outgoing_mail": lambda s: store.queue_mails(s, letters=[Letter("k", "A", "B", "C")], on=ON, **SIGNED),
}
FILLED = {table: step for tables, step in STEPS.items() for table in tables.split()}
# A key or a reference made another is no change of this row: the seals miss the one and know nothing of the other.
COLUMNS = [
    (table.name, column.name)
    for table in metadata.sorted_tables
    for column in table.columns
    if table.name != CHAIN and not column.primary_key and not column.foreign_keys
]


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """Of each table, the database just before its first rows."""
    folder = tmp_path_factory.mktemp("told")
    path = folder / "office.db"
    engine = db.connect(f"sqlite:///{path}", durable=False)
    db.upgrade(engine)
    copies = {}
    for number, (tables, step) in enumerate(STEPS.items()):
        engine.dispose()
        copies |= dict.fromkeys(tables.split(), shutil.copy(path, folder / f"{number}.db"))
        with db.transaction(engine) as session:
            step(session)
    engine.dispose()
    return copies | {"": path}


def test_work_in_every_table_has_no_fault(before):
    engine = db.connect(f"sqlite:///{before['']}", durable=False)
    with db.read(engine) as session:
        assert first_fault(session) is None
    engine.dispose()


def test_every_table_of_the_model_has_a_step_that_fills_it():
    """Whoever adds a table adds the step: what a trigger makes of its columns is then tried below."""
    assert FILLED.keys() == {table.name for table in metadata.sorted_tables} - {CHAIN}


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_what_a_trigger_makes_of_a_column_is_named(before, tmp_path, table, column):
    path = shutil.copy(before[table], tmp_path / "office.db")
    change = f'UPDATE {table} SET "{column}" = {other(table, column)}'
    edit(
        path,
        f"CREATE TRIGGER evil AFTER INSERT ON {table} BEGIN {change}; END",
    )
    engine = db.connect(f"sqlite:///{path}", durable=False)
    with db.transaction(engine) as session:
        FILLED[table](session)
    edit(path, "DROP TRIGGER evil")
    with db.read(engine) as session:
        found = first_fault(session)
    engine.dispose()
    assert found is not None
    assert found.kind == "row"
    assert found.where.startswith(f"{table}/")


def other(table, column):
    """A value that no step writes."""
    kind = metadata.tables[table].c[column].type
    if isinstance(kind, Instant):
        return "'2001-01-01 00:00:00.000000'"
    if isinstance(kind, Boolean):
        return f'1 - coalesce("{column}", 0)'
    return "7777" if isinstance(kind, Integer) else "'2001-01-01'" if isinstance(kind, Date) else "'evil'"


def edit(path, deed):
    with sqlite3.connect(path) as connection:
        connection.execute(deed)
    connection.close()


def test_a_secret_is_told_by_its_hash_alone(before, tmp_path):
    path = shutil.copy(before["device"], tmp_path / "office.db")
    engine = db.connect(f"sqlite:///{path}", durable=False)
    with db.transaction(engine) as session:
        store.offer_device(session, officer_id="GD01", secret="short-secret", **SIGNED)
    engine.dispose()
    with sqlite3.connect(path) as connection:
        trail = connection.execute("SELECT details FROM audit_event").fetchall()
    connection.close()
    assert MEANT in trail[-1][0]
    assert "short-secret" not in str(trail)


def test_a_unit_that_is_changed_later_is_told_by_what_changed(before, tmp_path):
    path = shutil.copy(before["delegation"], tmp_path / "office.db")
    engine = db.connect(f"sqlite:///{path}", durable=False)
    with db.transaction(engine) as session:
        store.install_units(session, units=[replace(UNIT, name="C")], **SIGNED)
    edit(path, "UPDATE unit SET name = 'B'")
    with db.transaction(engine) as session:
        store.install_units(session, units=[replace(UNIT, name="B", note="mới")], **SIGNED)
    with db.read(engine) as session:
        found = first_fault(session)
    engine.dispose()
    assert found is not None
    assert found.words.endswith("name là “B”, sự kiện ghi “C”.")


# Content of whatever shape


def contents(table):
    return [column.name for column in table.columns if isinstance(column.type, Content)]


leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
shapes = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)
strange = st.one_of(
    shapes.map(json.dumps),
    st.text(max_size=20),  # mostly no JSON at all
    st.binary(max_size=8),
    st.integers(-9, 9),
    st.sampled_from(["[" * 9999, '{"a":' * 3000, '"\\ud800"', "NaN", "9" * 5000, '{"sealed":{"gate/1":1},"meant":[]}']),
)


@pytest.mark.parametrize("table", [t for t in metadata.sorted_tables if contents(t)], ids=str)
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(content=strange)
def test_whatever_somebody_puts_into_a_content_the_row_is_named(before, tmp_path, table, content):
    path = shutil.copy(before[""], tmp_path / "office.db")
    (key,) = table.primary_key
    for column in contents(table):
        first = f"(SELECT min({key.name}) FROM {table.name})"
        change = f'UPDATE {table.name} SET "{column}" = ? WHERE {key.name} = {first} AND "{column}" IS NOT ?'
        with sqlite3.connect(path) as connection:
            connection.execute("DROP TRIGGER audit_event_no_update")
            done = connection.execute(change, (content, content)).rowcount
        connection.close()
        engine = db.connect(f"sqlite:///{path}", durable=False)
        with db.read(engine) as session:
            found = first_fault(session)
        engine.dispose()
        assert found is not None
        if done:
            assert found.where == "1" if table.name == CHAIN else found.where.startswith(f"{table.name}/")


@pytest.mark.parametrize("part", ["meant", "sealed"])
@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(content=shapes | st.dictionaries(st.sampled_from(["gate/1", "gate/9", "x", "submitted_figure/1"]), shapes))
def test_whatever_the_newest_event_says_of_its_rows_is_weighed_without_a_crash(before, tmp_path, part, content):
    """Its hash made to fit: nothing but the head that was mailed tells, or what its own words give away."""
    path = shutil.copy(before[""], tmp_path / "office.db")
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER audit_event_no_update")
        connection.row_factory = sqlite3.Row
        event = dict(connection.execute("SELECT * FROM audit_event ORDER BY id DESC LIMIT 1").fetchone())
        details = json.loads(event["details"])
        details[part] = content
        event["details"] = json.dumps(details)
        fits = digest([{name: value for name, value in event.items() if name != "hash"}])
        change = "UPDATE audit_event SET details = ?, hash = ? WHERE id = ?"
        connection.execute(change, (event["details"], fits, event["id"]))
    connection.close()
    engine = db.connect(f"sqlite:///{path}", durable=False)
    with db.read(engine) as session:
        assert first_fault(session) is not None
    engine.dispose()


def test_an_event_nested_beyond_all_reading_is_named(before, tmp_path):
    path = shutil.copy(before[""], tmp_path / "office.db")
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER audit_event_no_update")
        connection.row_factory = sqlite3.Row
        event = dict(connection.execute("SELECT * FROM audit_event ORDER BY id DESC LIMIT 1").fetchone())
        event["details"] = "[" * 99_999
        fits = digest([{name: value for name, value in event.items() if name != "hash"}])
        change = "UPDATE audit_event SET details = ?, hash = ? WHERE id = ?"
        connection.execute(change, (event["details"], fits, event["id"]))
    connection.close()
    engine = db.connect(f"sqlite:///{path}", durable=False)
    with db.read(engine) as session:
        assert first_fault(session).where == str(event["id"])
    engine.dispose()
