"""Two databases agree row for row when the same things happened, whenever and in whichever order they did."""

import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from models import db, reading, store
from models.canonical import canonical, content_sha256, plain
from models.columns import metadata
from models.documents import Letter
from rules.figures import Figure

ON = date(2018, 11, 22)
AT = datetime(2018, 11, 22, 2, 0, tzinfo=UTC)


def fill(path, reporters=("police_964", "division_traffic"), at=AT, run="run-1", value=3):
    engine = db.connect(f"sqlite:///{path}", durable=False)
    for reporter in reporters:
        with db.transaction(engine) as session:
            store.record_submission(
                session,
                period="2018-annual",
                reporter_id=reporter,
                received_on=ON,
                file_name="f",
                sha256=reporter,
                figures=[Figure("32002", "criterion", "a1", "value", Decimal(value))],
                by=reporter,
                at=at,
            )
    with db.transaction(engine) as session:
        gate = store.open_gate(
            session, kind="k", subject="s", subject_sha256="a", payload={}, asked_by="x", on=ON, by="x", at=at
        )
        store.set_gate_run(session, gate_id=gate.id, flow_run_id=run, by="x", at=at)
        store.record_approval(
            session, gate_id=gate.id, decision="approve", officer_id="GD01", subject_sha256="a", on=ON, by="x", at=at
        )
    with db.read(engine) as session:
        dumped = reading.dump_rows(session)
    engine.dispose()
    return dumped


@pytest.fixture
def copies(template, tmp_path):
    return [shutil.copy(template, tmp_path / name) for name in ("one.db", "two.db")]


def test_instants_order_and_runs_do_not_show(copies):
    one = fill(copies[0])
    two = fill(copies[1], ("division_traffic", "police_964"), AT + timedelta(hours=3), "run-2")
    assert one == two


def test_a_mail_that_carries_the_head_of_the_chain_is_compared_without_it(copies):
    for path, body in zip(copies, ("12:aa", "12:bb"), strict=True):
        engine = db.connect(f"sqlite:///{path}", durable=False)
        with db.transaction(engine) as session:
            for key in ("audit_head:12/QT01", "other"):
                store.queue_mails(session, letters=[Letter(key, "A", "B", body)], on=ON, by="x", at=AT)
        engine.dispose()
    one, two = fill(copies[0]), fill(copies[1])
    (differing,) = [
        (a["key"], b["key"]) for a, b in zip(one["outgoing_mail"], two["outgoing_mail"], strict=True) if a != b
    ]
    assert differing == ("other", "other")


def test_a_single_other_figure_shows(copies):
    one, two = fill(copies[0]), fill(copies[1], value=4)
    assert [name for name in one if one[name] != two[name]] == ["submitted_figure"]


def test_every_table_is_dumped_and_rows_are_named_by_what_they_are(copies):
    dumped = fill(copies[0])
    assert dumped.keys() == metadata.tables.keys()
    figure = next(row for row in dumped["submitted_figure"] if "police" in row["submission_id"])
    assert figure["submission_id"] == '["2018-annual","police_964",1]'
    assert figure["value"] == "3"
    assert dumped["approval"][0]["gate_id"] == '["k","s",1]'
    assert not any({"at", "hash", "flow_run_id"} & row.keys() for rows in dumped.values() for row in rows)


@dataclass(frozen=True)
class Context:
    share: Fraction
    values: tuple[Decimal, ...]


def test_the_same_content_has_one_spelling():
    given = Context(Fraction(1, 2), (Decimal("1.50"), Decimal("1E+2")))
    assert plain(given) == {"share": "1/2", "values": ["1.5", "100"]}
    assert content_sha256(given) == content_sha256({"values": [Decimal("1.5"), "100"], "share": "1/2"})
    assert canonical({10: ON, 9: AT, "x": {"b", "a"}, "y": None}) == (
        '{"10":"2018-11-22","9":"2018-11-22T02:00:00+00:00","x":["a","b"],"y":null}'
    )


@pytest.mark.parametrize("content", [1.5, object(), b"x"])
def test_what_has_no_one_spelling_is_a_programming_error(content):
    with pytest.raises(TypeError, match="no canonical form"):
        canonical({"x": content})
