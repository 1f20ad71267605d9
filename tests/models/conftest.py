"""A database with two communes, two reporters and two officers, migrated once and copied for each test."""

import shutil
import sqlite3
from datetime import UTC, date, datetime

import pytest

from models import db, store
from models.reporting import Reporter
from models.verification import first_fault
from plans.units import ALWAYS, Unit

AT = datetime(2017, 11, 1, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    path = tmp_path_factory.mktemp("database") / "template.db"
    engine = db.connect(f"sqlite:///{path}", durable=False)
    db.upgrade(engine)
    units = [Unit(code, name, "xã", "964", "Cà Mau", ALWAYS, None) for code, name in (("31999", "A"), ("32002", "B"))]
    bodies = [
        Reporter(id="police_964", name="Công an TP Cà Mau", reporter_type="district_police", district_code="964"),
        Reporter(id="division_traffic", name="Phòng CSGT", reporter_type="police_division"),
    ]
    with db.transaction(engine) as session:
        store.install_units(session, units=units, by="admin", at=AT)
        store.install_reporters(session, reporters=bodies, by="admin", at=AT)
        for code, role in (("GD01", "director"), ("PGD1", "deputy_director")):
            store.add_officer(
                session,
                code=code,
                name=f"Ông {code}",
                title="Giám đốc",
                agency="provincial_police",
                roles=[store.RoleSpan(role, date(2017, 1, 1), date(2020, 12, 31))],
                by="admin",
                at=AT,
            )
        store.confirm_role(session, officer_id="GD01", role="director", by="TM01", on=date(2017, 1, 1), at=AT)
    engine.dispose()
    return path


@pytest.fixture
def database(template, tmp_path):
    """The path of a fresh copy."""
    return shutil.copy(template, tmp_path / "chuyenhoa.db")


@pytest.fixture
def engine(database):
    engine = db.connect(f"sqlite:///{database}", durable=False)
    yield engine
    engine.dispose()


@pytest.fixture
def fault(engine):
    """`fault()` is what a verification of the database finds first."""

    def look():
        with db.read(engine) as session:
            return first_fault(session)

    return look


@pytest.fixture
def edit(database):
    """`edit("UPDATE gate …")` changes the database around the program, as anybody can who may write its file."""

    def change(*deeds):
        with sqlite3.connect(database) as connection:
            for deed in deeds:
                connection.execute(deed)
        connection.close()

    return change
