"""Filled forms in: each file taken whole or refused whole, and nothing of a refused one kept but its hash."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session

from forms.identity import Identity
from forms.reading import Form, read_form
from forms.refusals import FormError, FormRefused
from forms.spec import FormSpec
from models import reading, store
from models.db import read, transaction
from models.reporting import Reporter
from reports.mail import form_refused
from rules.errors import Refusal
from rules.periods import period
from tasks.collection import areas_asked_about, spec_of
from tasks.letters import queue, to_reporter, to_standing_office
from tasks.office import SYSTEM, Office

Areas = dict[str, list[str]]  # by period, the codes of the areas it asks about
LONGEST_STEM = 180  # bytes; with the hash behind it the name must still fit a disk


@dataclass(frozen=True)
class Taken:
    """What became of one file: accepted as `version` of a reporter's figures, or refused for its `errors`."""

    file: str
    sha256: str
    reporter: str | None
    period: str | None
    version: int | None
    errors: tuple[FormError, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether the figures were stored."""
        return self.version is not None


def take_in_inbox(office: Office) -> tuple[Taken, ...]:
    """Takes in every workbook of the drop folder, the oldest name first, and moves it out of it."""
    office.inbox.mkdir(parents=True, exist_ok=True)
    taken = []
    areas: Areas = {}
    for path in sorted(p for p in office.inbox.iterdir() if p.is_file() and not p.name.startswith((".", "~$"))):
        found = take_in(office, path, areas=areas)
        put_away(office, path, found)
        taken.append(found)
    return tuple(taken)


def take_in(office: Office, path: Path, expected_period: str | None = None, areas: Areas | None = None) -> Taken:
    """Takes in one filled form. A refusal is recorded by hash and reasons and told to who sent it, if that is known.

    Who takes in many hands on one `areas`, an empty dict at first: what was read for one form serves the next.
    """
    shared = {} if areas is None else areas

    def spec_for(identity: Identity) -> FormSpec:
        return _spec(office, identity, shared)

    try:
        form = read_form(path, office.plan, spec_for, expected_period=expected_period)
    except FormRefused as refused:
        return _refuse(office, path, refused)
    try:
        return _accept(office, path, form)
    except Refusal as refusal:
        error = FormError("", "", str(refusal).rstrip("."), "đề nghị báo cơ quan thường trực")
        return _refuse(office, path, FormRefused(_name(path), [error], form.sha256, form.identity))


def _spec(office: Office, identity: Identity, areas: Areas) -> FormSpec:
    of = period(office.plan, identity.period_id)
    collection = office.timetable.collection(of.id)
    known = {agency.id: agency for agency in office.reporters(collection.forms_out_on)}
    if identity.reporter_id not in known:
        raise Refusal(f"Không có đơn vị báo cáo “{identity.reporter_id}” trong kỳ {of.id}; đề nghị kiểm tra lại biểu.")
    if office.today < collection.forms_out_on:
        raise Refusal(
            f"Kỳ {of.id} chưa đến ngày thu số liệu ({collection.forms_out_on:%d/%m/%Y}); đề nghị gửi lại sau."
        )
    with read(office.engine) as session:
        if of.id not in areas:
            areas[of.id] = areas_asked_about(session, of)
        reporter = known[identity.reporter_id]
        return spec_of(session, office, of, reporter, version=identity.version, areas=areas[of.id])


def _accept(office: Office, path: Path, form: Form) -> Taken:
    identity = form.identity
    collection = office.timetable.collection(identity.period_id)
    with transaction(office.engine) as session:
        submission = store.record_submission(
            session,
            period=identity.period_id,
            reporter_id=identity.reporter_id,
            received_on=office.today,
            file_name=_name(path),
            sha256=form.sha256,
            figures=form.figures,
            narratives=form.narratives,
            form_version=str(identity.version),
            is_nil=form.is_nil,
            is_late=collection.is_late(office.today),
            supplement=_is_frozen(session, office, identity.period_id),
            by=identity.reporter_id,
            at=office.now(),
        )
        version = submission.version
    return Taken(_name(path), form.sha256, identity.reporter_id, identity.period_id, version)


def _is_frozen(session: Session, office: Office, period_id: str) -> bool:
    """Whether the consolidated report of the period has passed its review: its figures stand."""
    report = next((r for r in office.timetable.reports if r.period == period_id), None)
    if report is None:
        return False
    documents = reading.documents(session, report.report, report.year)
    return any(document.reviewed_on and document.stage in ("reviewed", "released", "sent") for document in documents)


def _refuse(office: Office, path: Path, refused: FormRefused) -> Taken:
    with transaction(office.engine) as session:
        reasons = [str(error) for error in refused.errors]
        store.record_refused_file(
            session,
            sha256=refused.sha256,
            file_name=_name(path),
            received_on=office.today,
            reasons=reasons,
            by=SYSTEM,
            at=office.now(),
        )
        text = form_refused(_name(path), reasons)
        sender = session.get(Reporter, refused.identity.reporter_id) if refused.identity else None
        key = f"refused:{refused.sha256}"
        letter = to_reporter(key, sender, text) if sender else to_standing_office(key, office, text)
        queue(session, office, [letter])
    return Taken(_name(path), refused.sha256, None, None, None, tuple(refused.errors))


def put_away(office: Office, path: Path, taken: Taken, *, leave: bool = False) -> None:
    """Moves the file to those received or refused; `leave` copies it, so that its owner finds it where it was."""
    folder = office.folder / ("received" if taken.is_accepted else "refused") / (taken.period or "")
    folder.mkdir(parents=True, exist_ok=True)
    name = Path(_name(path))
    stem = name.stem.encode()[:LONGEST_STEM].decode("utf-8", "ignore")
    (shutil.copyfile if leave else shutil.move)(path, folder / f"{stem}-{taken.sha256[:8]}{name.suffix[:16]}")


def _name(path: Path) -> str:
    """The file's name on one line, in characters that can be stored and mailed: a disk takes stranger ones."""
    return " ".join(path.name.encode("utf-8", "replace").decode().split())
