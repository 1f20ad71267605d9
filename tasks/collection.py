"""Asking for figures: forms out to every reporter, reminders before the day, notices after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from sqlmodel import Session

from forms.spec import FormSpec, Key, build_spec, is_empty
from forms.writing import write_form
from models import reading
from models.db import read, transaction
from models.documents import Letter
from models.reporting import Reporter
from plans.schema import Agency
from reports.mail import MailText, data_overdue, data_reminder, form_cover
from rules.periods import Period, period, same_window_last_year
from tasks.letters import queue, to_reporter
from tasks.office import ILLUSTRATIVE, Office

MAIL_OCCASIONS = ("forms", "reminder", "overdue")
Previous = Mapping[str, Mapping[Key, Decimal]]  # by reporter


def mail_key(occasion: str, period_id: str, reporter: str) -> str:
    """What tells one mail to a reporter from any other: it is queued once."""
    return f"{occasion}:{period_id}/{reporter}"


def split_mail_key(key: str) -> tuple[str, str, str] | None:
    """Occasion, period and reporter of a mail about a collection; None of any other mail."""
    occasion, _, rest = key.partition(":")
    if occasion not in MAIL_OCCASIONS:
        return None
    period_id, _, reporter = rest.partition("/")
    return occasion, period_id, reporter


def spec_of(
    session: Session,
    office: Office,
    of: Period,
    reporter: Agency,
    *,
    version: int = 1,
    previous: Previous | None = None,
    areas: Sequence[str] | None = None,
) -> FormSpec:
    """The form of `reporter` for period `of`; `previous` (see `figures_before`) are the figures to print beside.

    Who asks for many gives the year's `areas` (codes, in the list's order), so that they are read once.
    """
    collection = office.timetable.collection(of.id)
    if areas is None:
        areas = areas_asked_about(session, of)
    return build_spec(
        office.plan,
        of,
        reporter,
        office.units_on(of.closes_on),
        areas,
        (previous or {}).get(reporter.id),
        closes_on=collection.closes_on,
        asked_by=collection.asked_by,
        last_safe_day=collection.last_day,
        version=version,
    )


def areas_asked_about(session: Session, of: Period) -> list[str]:
    """The codes of the areas whose targets are asked for in period `of`."""
    return [area.unit_code for area in reading.areas(session, of.year)] if of.due_before else []


def figures_before(session: Session, office: Office, of: Period) -> Previous:
    """By reporter, the figures of the same window of the year before `of`: a year beside a year, a half beside a half.

    Progress of measures starts anew each year and has none.
    """
    before = same_window_last_year(office.plan, of)
    found: dict[str, dict[Key, Decimal]] = {}
    if before is not None:
        for f in reading.figures(session, before.id, with_supplements=True):
            if f.value is not None and f.kind != "measure":
                found.setdefault(f.reporter_id, {})[f.unit, f.kind, f.item, f.part] = f.value
    return found


def asked_reporters(session: Session, office: Office, period_id: str) -> tuple[Agency, ...]:
    """The reporters to whom the period's forms went."""
    prefix = mail_key("forms", period_id, "")
    return tuple(office.plan.agency(key.removeprefix(prefix)) for key in sorted(reading.mail_keys(session, prefix)))


def missing_reporters(session: Session, office: Office, period_id: str) -> tuple[Agency, ...]:
    """Of those, the ones that have not filed."""
    filed = reading.who_filed(session).get(period_id, frozenset())
    return tuple(reporter for reporter in asked_reporters(session, office, period_id) if reporter.id not in filed)


def send_forms(office: Office, period_id: str) -> int:
    """Writes each reporter's form of the period and queues the mail that carries it. Returns how many were new.

    A reporter that owns nothing in this period is not asked. All the mails are queued together, or none.
    """
    of = period(office.plan, period_id)
    collection = office.timetable.collection(period_id)
    folder = office.folder / "forms" / period_id
    folder.mkdir(parents=True, exist_ok=True)
    with read(office.engine) as session:
        if asked_reporters(session, office, period_id):
            return 0
        before = figures_before(session, office, of)
        reporters = office.reporters(collection.forms_out_on)
        areas = areas_asked_about(session, of)
        specs = [spec_of(session, office, of, reporter, previous=before, areas=areas) for reporter in reporters]
    asked = {folder / f"{period_id}-{spec.reporter.id}.xlsx": spec for spec in specs if not is_empty(spec)}
    for path, spec in asked.items():
        write_whole(spec, path, illustrative=office.illustrative)
    text = form_cover(of, collection.asked_by, collection.last_day)
    with transaction(office.engine) as session:
        rows = reading.reporters(session)
        queue(session, office, (_with_form(office, rows[s.reporter.id], period_id, text, p) for p, s in asked.items()))
    return len(asked)


def remind(office: Office, period_id: str) -> int:
    """Reminds every reporter of the period that has not filed. Returns how many were reminded now."""
    collection = office.timetable.collection(period_id)
    of = period(office.plan, period_id)
    return _write_to_missing(office, "reminder", of, data_reminder(of, collection.asked_by, collection.last_day))


def chase(office: Office, period_id: str) -> int:
    """Tells every reporter of the period that it is late. Returns how many were told now."""
    collection = office.timetable.collection(period_id)
    of = period(office.plan, period_id)
    return _write_to_missing(office, "overdue", of, data_overdue(of, collection.last_day))


def write_whole(spec: FormSpec, path: Path, *, illustrative: bool) -> None:
    """The form at `path`, whole or not at all."""
    draft = path.with_suffix(".tmp")
    write_form(spec, draft, mark=ILLUSTRATIVE if illustrative else "")
    draft.replace(path)


def _write_to_missing(office: Office, occasion: str, of: Period, text: MailText) -> int:
    with transaction(office.engine) as session:
        mailed = reading.mail_keys(session, f"{occasion}:{of.id}/")
        filed = reading.filings(session, of.id)
        missing = [
            r
            for r in asked_reporters(session, office, of.id)
            if r.id not in filed and mail_key(occasion, of.id, r.id) not in mailed
        ]
        rows = reading.reporters(session)
        queue(session, office, (to_reporter(mail_key(occasion, of.id, r.id), rows[r.id], text) for r in missing))
    return len(missing)


def _with_form(office: Office, reporter: Reporter, period_id: str, text: MailText, path: Path) -> Letter:
    return to_reporter(
        mail_key("forms", period_id, reporter.id), reporter, text, [str(path.relative_to(office.folder))]
    )
