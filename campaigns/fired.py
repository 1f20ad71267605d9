"""Deeds that the program itself completes: a trigger that fires at its next write and is gone, a row it writes on.

What it then seals is what it finds: only what its events tell of the row shows the deed. Deeds like those of
`campaigns.deeds`; the office's writes go through the store, as they always do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Boolean, Date, Integer
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from campaigns.deeds import Deed, another, rows_of
from models import db, store
from models.columns import Content, Instant, metadata
from models.cycles import Area, Cycle, Evaluation
from models.documents import Letter
from models.gates import Gate
from models.people import Officer
from models.reporting import Reporter
from models.units import Unit
from rules.errors import Refusal
from rules.figures import Figure, Narrative

AT, ON = datetime(2019, 1, 2, 2, tzinfo=UTC), date(2019, 1, 2)
SIGNED: dict[str, Any] = {"by": "daily_watch", "at": AT}
_WRONG_SHAPES = ("[]", "{}", "7", "null", '"x"', '{"title":1}', '{"title":"x","summary":"x","questions":[]}', "[[[", "")


def _new_gate(session: Session) -> Gate:
    gate = store.open_gate(
        session, kind="report_review", subject="annual_report:2031", subject_sha256="a" * 64, payload={"title": "x"},
        asked_by="daily_watch", on=ON, **SIGNED,
    )  # fmt: skip
    session.flush()
    return gate


def _record_paper(session: Session) -> None:
    officer = _some(session, Officer)
    store.record_paper(
        session, gate_id=_new_gate(session).id, subject_sha256="a" * 64, signed_by=officer.id, decision="return",
        reason="Sai", answer={}, number="12/CV", dated=ON, votes=(11, 0), scan="scans/x.pdf", scan_sha256="b",
        by=officer.id, at=AT,
    )  # fmt: skip


def _answer(session: Session) -> None:
    store.record_approval(
        session, gate_id=_new_gate(session).id, decision="return", officer_id=_some(session, Officer).id,
        subject_sha256="a" * 64, reason="Sai", on=ON, **SIGNED,
    )  # fmt: skip


def _file(session: Session) -> None:
    store.record_submission(
        session, period="2031-annual", reporter_id=_some(session, Reporter).id, received_on=ON, file_name="f.xlsx",
        sha256="f" * 64, figures=[Figure(_some(session, Unit).code, "criterion", "a1", "value", None, "no_data")],
        narratives=[Narrative("situation", "Ổn định")], **SIGNED,
    )  # fmt: skip


def _judge(session: Session) -> None:
    store.record_evaluation(
        session, area_id=_some(session, Area).id, kind="preliminary", content={"x": 1}, met=7, counted=8,
        letters_met=4, letters_counted=5, meets_threshold=True, on=ON, **SIGNED,
    )  # fmt: skip


def _find(session: Session) -> None:
    found = _some(session, Evaluation)
    store.record_finding(session, evaluation_id=found.id, finding="reduced", reason="Căn cứ khác", on=ON, **SIGNED)


def _warn(session: Session) -> None:
    area = _some(session, Area, stage="delisted")
    store.record_relapse_warning(session, area_id=area.id, period="2031-annual", because={"x": 1}, on=ON, **SIGNED)


def _correct(session: Session) -> None:
    store.correct_officer(session, officer_id=_some(session, Officer).id, email="moi@x.vn", **SIGNED)


def _give_role(session: Session) -> None:
    store.give_role(session, officer_id=_some(session, Officer).id, role="secretary", valid_from=ON, **SIGNED)


def _delegate(session: Session) -> None:
    one, two, *_ = session.exec(select(Officer)).all()
    store.delegate(
        session, from_officer=one.id, to_officer=two.id, role="director", capacity="KT.", valid_from=ON, valid_to=ON,
        **SIGNED,
    )  # fmt: skip


def _offer(session: Session) -> None:
    store.add_officer(session, code="MOI1", name="A", title="B", agency="board", **SIGNED)
    session.flush()
    store.offer_device(session, officer_id="MOI1", secret="x" * 100, **SIGNED)


def _rename(session: Session) -> None:
    unit = _some(session, Unit)
    store.install_units(session, units=[Unit(**unit.model_dump() | {"note": "mới"})], **SIGNED)


def _move_house(session: Session) -> None:
    reporter = _some(session, Reporter)
    store.install_reporters(session, reporters=[reporter], addresses={reporter.id: "moi@x.vn"}, **SIGNED)


def _move_area(session: Session) -> None:
    area = _some(session, Area, stage="executing")
    store.move_area(session, area_id=area.id, to="converted", on=ON, reason="Đạt", **SIGNED)


def _open_cycle(session: Session) -> None:
    store.open_cycle(
        session, year=2031, term_from=date(2030, 11, 16), term_to=date(2031, 11, 15), on=ON, **SIGNED
    )  # fmt: skip


def _propose(session: Session) -> None:
    store.record_proposal(session, year=_some(session, Cycle).year, content={"x": 1}, on=ON, **SIGNED)


def _draft(session: Session) -> None:
    store.record_document(
        session, stem="annual_report", year=2031, path="x.docx", content_sha256="1", context_sha256="2", on=ON, **SIGNED
    )


def _refuse_file(session: Session) -> None:
    store.record_refused_file(session, sha256="e", file_name="x", received_on=ON, reasons=["sai"], **SIGNED)


def _queue(session: Session) -> None:
    store.queue_mails(session, letters=[Letter("k", "A", "B", "C")], on=ON, **SIGNED)


# Of each table something that the office may write next.
WRITES: dict[str, tuple[Callable[[Session], Any], ...]] = {
    "approval": (_answer,),
    "area": (_move_area,),
    "cycle": (_open_cycle,),
    "delegation": (_delegate,),
    "device": (_offer,),
    "document": (_draft,),
    "evaluation": (_judge, _find),
    "gate": (_new_gate, _answer),
    "officer": (_correct, _offer),
    "officer_role": (_give_role,),
    "outgoing_mail": (_queue,),
    "paper_answer": (_record_paper,),
    "proposal": (_propose,),
    "refused_file": (_refuse_file,),
    "relapse": (_warn,),
    "reporter": (_move_house,),
    "submission": (_file,),
    "submitted_figure": (_file,),
    "submitted_narrative": (_file,),
    "unit": (_rename,),
}


def a_trigger_fires_and_is_gone(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """A trigger changes a column of the row that the office writes next; it is dropped before anybody looks."""
    table = chance.choice(sorted(WRITES))
    columns = [c for c in metadata.tables[table].columns if not c.primary_key and not c.foreign_keys]
    column = chance.choice(columns)
    row = "submission_id = new.submission_id" if table == "submitted_figure" else "rowid = new.rowid"
    change = f'UPDATE "{table}" SET "{column.name}" = {_other(column)} WHERE {row}'
    for when in ("INSERT", "UPDATE"):
        base.execute(f'CREATE TRIGGER "evil_{when}" AFTER {when} ON "{table}" BEGIN {change}; END')
    base.execute("COMMIT")
    done = _write(base, chance.choice(WRITES[table]))
    for when in ("INSERT", "UPDATE"):
        base.execute(f'DROP TRIGGER "evil_{when}"')
    base.execute("BEGIN")
    return (f"row:{table}/",) if done else ()


def edit_a_row_that_is_written_on(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """A row edited before the office writes something else into it: its newest seal is of the edited row."""
    table, columns, write = chance.choice(
        (
            ("officer", ("name", "title", "agency", "valid_from"), lambda s, key: _mail_to(s, key)),
            ("gate", ("asked_by", "due_on", "payload", "subject_sha256", "opened_on"), lambda s, key: _void(s, key)),
            ("document", ("path", "content_sha256", "rendered_on", "number"), lambda s, key: _replace(s, key)),
        )
    )
    row = chance.choice(rows_of(base, f'SELECT * FROM "{table}" ORDER BY id'))
    column = chance.choice(columns)
    value = another(row[column], chance)
    base.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', (value, row["id"]))
    base.execute("COMMIT")
    _write(base, lambda session: write(session, row["id"]))  # where it cannot be done, the edit alone is found
    base.execute("BEGIN")
    return (f"row:{table}/{row['id']}",)


def write_strange_content(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """JSON of the wrong shape, or none at all, where a form, a list or an event's details stood."""
    contents = [(t.name, c.name) for t in metadata.sorted_tables for c in t.columns if isinstance(c.type, Content)]
    table, column = chance.choice(contents)
    rows = base.execute(f'SELECT rowid, "{column}" FROM "{table}" ORDER BY 1').fetchall()
    if not rows:
        return ()
    (number, was), content = chance.choice(rows), chance.choice(_WRONG_SHAPES)
    base.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (content, number))
    named = (f"event:{number}",) if table == "audit_event" else (f"row:{table}/",)
    return named if content != was else ()


def name_another_version(base: sqlite3.Connection, chance: Random) -> tuple[str, ...]:
    """The schema said to be of two versions, of none, or of one that nobody knows."""
    deeds = ("INSERT INTO alembic_version VALUES ('0001')", "DELETE FROM alembic_version")
    base.execute(chance.choice((*deeds, "UPDATE alembic_version SET version_num = 'head'")))
    return ("schema:table/alembic_version",)


FIRED: dict[str, Deed] = {
    deed.__name__.replace("_", " "): deed
    for deed in (
        a_trigger_fires_and_is_gone,
        edit_a_row_that_is_written_on,
        write_strange_content,
        name_another_version,
    )
}


def _write(base: sqlite3.Connection, work: Callable[[Session], Any]) -> bool:
    """Whether the office could do this work, whole, in the database as it was made."""
    path = Path(base.execute("PRAGMA database_list").fetchone()[2])
    engine = db.connect(f"sqlite:///{path}", durable=False)
    try:
        with db.transaction(engine) as session:
            work(session)
        return True
    except (IntegrityError, Refusal, IndexError, ValueError):  # it cannot be done here, or the schema forbids it
        return False
    finally:
        engine.dispose()


def _some(session: Session, table: type[Any], **where: Any) -> Any:
    """The last row of the table, by its key; `IndexError` if there is none."""
    rows = session.exec(select(table).filter_by(**where)).all()
    return rows[-1]


def _mail_to(session: Session, key: str) -> None:
    store.correct_officer(session, officer_id=key, email="moi@x.vn", **SIGNED)


def _void(session: Session, key: int) -> None:
    store.void_gate(session, gate_id=key, reason="đã đổi", **SIGNED)


def _replace(session: Session, key: int) -> None:
    store.record_sources(session, document_id=key, path="x.xlsx", content_sha256="5", **SIGNED)


def _other(column: Any) -> str:
    """A value, in SQL, that the office does not write."""
    if isinstance(column.type, Instant):
        return "'2001-01-01 00:00:00.000000'"
    if isinstance(column.type, Boolean):
        return f'1 - coalesce("{column.name}", 0)'
    if isinstance(column.type, Date):
        return "'2001-01-01'"
    return "7777" if isinstance(column.type, Integer) else "'evil'"
