"""Officers' codes from before there was one spelling: brought into it once, with all that points to them, on SQLite and
PostgreSQL, and the trail still holds."""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.util import greenlet_spawn

from models import db, reading, store
from models.columns import metadata
from models.people import Device, Officer, OfficerRole
from models.store.respelling import REFERENCES
from models.verification import first_fault
from rules.errors import Refusal

AT = datetime(2018, 11, 22, 2, 0, tzinfo=UTC)
ON = date(2018, 11, 22)
SIGNED = {"by": "qt01", "at": AT}


@pytest.fixture(scope="module")
def cluster(needs):
    """The socket's folder of a PostgreSQL server of our own; it does not run as root."""
    programs = Path(needs("initdb")).parent
    folder = Path(tempfile.mkdtemp())
    owner: dict[str, str | int] = {}
    if os.geteuid() == 0:
        postgres = pwd.getpwnam("postgres")
        os.chown(folder, postgres.pw_uid, postgres.pw_gid)
        owner = {"user": postgres.pw_uid, "group": postgres.pw_gid}

    def run(program, *words):
        command = (programs / program, "-D", folder / "db", *words)
        subprocess.run(command, check=True, cwd=folder, stdout=subprocess.DEVNULL, **owner)

    run("initdb", "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
    run("pg_ctl", "-w", "-l", folder / "log", "-o", f"-k {folder} -c listen_addresses='' -c fsync=off", "start")
    yield folder
    run("pg_ctl", "-w", "-m", "immediate", "stop")
    shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def on_both(request, tmp_path):
    """`on_both(story)` runs the story with the engine of an empty database of either kind."""

    def run(story):
        if request.param == "sqlite":
            engine = db.connect(f"sqlite:///{tmp_path / 'old.db'}", durable=False)
            story(engine)
            engine.dispose()
            return
        folder = request.getfixturevalue("cluster")

        async def inside():
            url = f"postgresql+asyncpg://postgres@/postgres?host={folder}"
            engine = create_async_engine(url, poolclass=NullPool)
            await greenlet_spawn(_emptied, engine.sync_engine)
            await greenlet_spawn(story, engine.sync_engine)
            await engine.dispose()

        asyncio.run(inside())

    return run


def _emptied(engine):
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE")
        connection.exec_driver_sql("CREATE SCHEMA public")


def made_by_an_earlier_version(engine, *more):
    """A gate answered by officers whose codes were kept as they were typed."""
    db.upgrade(engine)
    with db.transaction(engine) as s:
        for code in ("gd01", "Pgd1", "TK01", "qt01", *more):
            s.add(Officer(id=code, name=f"Ông {code}", title="Giám đốc", agency="provincial_police"))
        s.flush()
        for code, role in (("gd01", "director"), ("qt01", "administrator"), ("TK01", "secretary")):
            s.add(OfficerRole(officer_id=code, role=role, valid_from=date(2017, 1, 1)))
        for code in ("gd01", "qt01"):
            store.offer_device(s, officer_id=code, secret="x", **SIGNED)
            store.confirm_device(s, officer_id=code, step=7, by=code, at=AT)
        who = {"from_officer": "gd01", "to_officer": "Pgd1", "role": "director", "capacity": "KT."}
        store.delegate(s, **who, valid_from=ON, valid_to=ON, by="gd01", at=AT)
        asked = {"subject_sha256": "a", "payload": {}, "asked_by": "gd01", "on": ON}
        store.open_gate(s, kind="selection_proposal", subject="s", **asked, **SIGNED)
        store.record_paper(
            s, gate_id=1, subject_sha256="a", signed_by="Pgd1", decision="approve", reason="", answer={}, number="1/TT",
            dated=ON, votes=None, scan="scans/a.pdf", scan_sha256="b", by="TK01", at=AT
        )  # fmt: skip
        store.close_paper(s, paper_id=1, state="confirmed", by="gd01", at=AT)
        store.record_approval(
            s, gate_id=1, decision="approve", officer_id="Pgd1", subject_sha256="a", on=ON, on_behalf_of="gd01",
            capacity="KT.", via="paper", paper_id=1, by="Pgd1", at=AT
        )  # fmt: skip


def respell(engine, **renamed):
    with db.transaction(engine) as session:
        return store.respell_officers(session, renamed=renamed, by="init", at=AT)


def fault(engine):
    with db.read(engine) as session:
        return first_fault(session)


def test_every_row_that_names_the_officer_does_so_in_the_one_spelling(on_both):
    def story(engine):
        made_by_an_earlier_version(engine)
        assert respell(engine) == {"Pgd1": "PGD1", "gd01": "GD01", "qt01": "QT01"}
        with db.read(engine) as session:
            assert [o.id for o in reading.officers(session)] == ["GD01", "PGD1", "QT01", "TK01"]
            assert reading.roles(session, "GD01", ON) == ["director"]
            assert session.get_one(Device, "GD01").changed_by == "QT01"
            (delegation,) = reading.delegations(session)
            assert (delegation.from_officer, delegation.to_officer) == ("GD01", "PGD1")
            (gate, approval), paper = reading.approvals(session)[0], reading.papers(session, 1)[0]
            assert (gate.asked_by, approval.officer_id, approval.on_behalf_of) == ("GD01", "PGD1", "GD01")
            assert (paper.signed_by, paper.recorded_by, paper.confirmed_by) == ("PGD1", "TK01", "GD01")

    on_both(story)


def test_the_trail_holds_before_and_after_and_still_says_the_old_code(on_both):
    def story(engine):
        made_by_an_earlier_version(engine)
        assert fault(engine) is None
        respell(engine)
        assert fault(engine) is None
        with db.read(engine) as session:
            events = reading.audit_trail(session)
            said = [(e.subject, e.details["was"]) for e in events if e.action == "officer_respelled"]
            assert said == [("officer:PGD1", "Pgd1"), ("officer:GD01", "gd01"), ("officer:QT01", "qt01")]
            assert [e.details["officer"] for e in events if e.action == "gate_answered"] == ["Pgd1"]
        with engine.begin() as connection:
            connection.exec_driver_sql("UPDATE approval SET officer_id = 'TK01'")
        assert fault(engine).where == "approval/1"

    on_both(story)


def test_a_second_time_changes_nothing(on_both):
    def story(engine):
        made_by_an_earlier_version(engine)
        respell(engine)
        with db.read(engine) as session:
            before = reading.dump_rows(session)
        assert respell(engine) == {}
        with db.read(engine) as session:
            assert reading.dump_rows(session) == before

    on_both(story)


def test_two_officers_of_one_code_are_refused_until_one_is_given_another(on_both):
    def story(engine):
        made_by_an_earlier_version(engine, "GD01")
        with pytest.raises(Refusal, match=r"chuyenhoa init --rename gd01=MÃ-MỚI"):
            respell(engine)
        with pytest.raises(Refusal, match="Không đổi được mã cán bộ TK01"):
            respell(engine, TK01="TK02")
        with db.read(engine) as session:
            assert {"gd01", "GD01", "Pgd1"} <= {o.id for o in reading.officers(session)}, "nothing was changed"
        assert respell(engine, gd01="gd09")["gd01"] == "GD09"
        assert fault(engine) is None
        with db.read(engine) as session:
            assert reading.roles(session, "GD09", ON) == ["director"]
            assert reading.roles(session, "GD01", ON) == []

    on_both(story)


def test_setting_up_stays_over(on_both):
    def story(engine):
        made_by_an_earlier_version(engine)
        respell(engine)
        with db.read(engine) as session:
            assert reading.administrator_was_confirmed(session)

    on_both(story)


def test_a_code_that_an_accent_is_put_together_otherwise_in_is_respelt_too(engine):
    with db.transaction(engine) as s:
        s.add(Officer(id=unicodedata.normalize("NFD", "TÊ01"), name="A", title="B", agency="board"))
        store.offer_device(s, officer_id="GD01", secret="x", **SIGNED)
    assert list(respell(engine).values()) == ["TÊ01"]


def test_no_column_that_points_to_an_officer_is_left_out():
    pointing = {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        if any(key.target_fullname == "officer.id" for key in column.foreign_keys)
    }
    assert pointing <= {(table.__tablename__, name) for table, names in REFERENCES.items() for name in names}
