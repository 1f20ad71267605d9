"""The office opened from this machine's settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from calendars.working_days import vietnam
from models import db, reading, store
from models.db import read, transaction
from plans.loader import load_plan
from plans.units import load_units
from rules.timetable import timetable
from settings import Settings
from tasks.key_file import make_key
from tasks.office import SYSTEM, Office


def open_office(
    settings: Settings,
    *,
    now: Callable[[], datetime] | None = None,
    durable: bool = True,
    illustrative: bool = False,
) -> Office:
    """The office of this machine. Its database must be there: see `install`."""
    plan = load_plan(settings.plan)
    calendar = vietnam()
    office = Office(
        engine=db.connect(settings.database, durable=durable),
        plan=plan,
        calendar=calendar,
        timetable=timetable(plan, calendar),
        units=load_units(settings.plan),
        settings=settings,
        illustrative=illustrative,
    )
    return replace(office, now=now) if now else office


def install(office: Office, by: str = SYSTEM, renamed: Mapping[str, str] = MappingProxyType({})) -> Mapping[str, str]:
    """The database at its newest schema, with the plan's units and reporters in it, and officers' codes as they are
    spelt now. May be repeated. Returns the codes that were changed, new by old.

    `by`: who installs, in the words of the audit trail. `renamed`: see `store.respell_officers`, whose `Refusal` leaves
    everything else done.
    """
    office.folder.mkdir(parents=True, exist_ok=True)
    office.inbox.mkdir(exist_ok=True)
    office.scan_inbox.mkdir(exist_ok=True)
    db.upgrade(office.engine)
    with read(office.engine) as session:
        if not reading.has_devices(session):  # a key that is missed is never made anew
            make_key(office.settings.key_path)
    with transaction(office.engine) as session:
        store.install_units(session, units=office.units, by=by, at=office.now())
        reporters = [agency for agency in office.plan.agencies if agency.reporter_type]
        store.install_reporters(session, reporters=reporters, by=by, at=office.now())
    with transaction(office.engine) as session:
        return store.respell_officers(session, renamed=renamed, by=by, at=office.now())
