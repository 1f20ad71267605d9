"""What the mails say: the texts of `templates/email/`, filled in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from reports.catalogue import KINDS
from reports.sources import COVER as SOURCES
from reports.sources import SUFFIX
from reports.vietnamese import nfc, short_date
from reports.wording import PERIOD_NAMES, period_name
from rules.periods import Period

TEMPLATES = Path(__file__).parent.parent / "templates" / "email"

_FILED = re.compile(
    r"(?:(?P<stem>[a-z_]+)-)?(?P<year>\d{4})(?:-(?P<kind>half_year|annual|first_selection)-[a-z_0-9]+)?(?:-v\d+)?"
    rf"(?P<sources>-{SUFFIX})?"
)


@dataclass(frozen=True)
class MailText:
    """A mail's subject and body."""

    subject: str
    body: str


def attachment_name(path: PurePath, recipient: str) -> str:
    """The name under which the file `path` goes out to `recipient`: what it is, in words that a folder can hold."""
    found = _FILED.fullmatch(path.stem)
    if found is None:
        return path.name
    stem, year, kind = found["stem"], int(found["year"]), found["kind"]
    if stem and not kind:
        about = f"{SOURCES} - " if found["sources"] else ""
        return about + _document_name(stem, year, path.suffix) if stem in KINDS else path.name
    title = "Báo cáo (dự thảo)" if stem else "Biểu số liệu"
    span = PERIOD_NAMES[kind].format(year=year, next_year=year + 1)
    return nfc(f"{title} {span} - {recipient.replace('/', '-')}{path.suffix}")


def form_cover(period: Period, asked_by: date, last_day: date) -> MailText:
    """The mail that brings a form."""
    return _write("form_cover", period=period_name(period), of=period, asked_by=asked_by, last_day=last_day)


def data_reminder(period: Period, asked_by: date, last_day: date) -> MailText:
    """The reminder to a reporter that has not filed."""
    return _write("data_reminder", period=period_name(period), of=period, asked_by=asked_by, last_day=last_day)


def data_overdue(period: Period, last_day: date) -> MailText:
    """The notice to a reporter that is late."""
    return _write("data_overdue", period=period_name(period), of=period, last_day=last_day)


def form_refused(file_name: str, reasons: Sequence[str]) -> MailText:
    """What was wrong with a file that was not taken in."""
    return _write("form_refused", file_name=file_name, reasons=reasons)


def reporter_draft(period: Period, supplement: bool) -> MailText:
    """The mail that brings a reporter its own report, to be signed."""
    return _write("reporter_draft", period=period_name(period), supplement=supplement)


def gate_waiting(title: str, question: str, due_on: date | None, summary: Sequence[str], link: str = "") -> MailText:
    """The mail that tells an officer that something waits for an answer."""
    return _write("gate_waiting", title=title, question=question, due_on=due_on, summary=summary, link=link)


def gate_reminder(title: str, opened_on: date, due_on: date | None) -> MailText:
    """The mail that reminds an officer of what waits for an answer."""
    return _write("gate_reminder", title=title, opened_on=opened_on, due_on=due_on)


def gate_passed_on(title: str, opened_on: date, due_on: date | None, holders: str) -> MailText:
    """The mail that tells the next in line that `holders` have not answered."""
    return _write("gate_passed_on", title=title, opened_on=opened_on, due_on=due_on, holders=holders)


def gate_rung_again(title: str, why: str) -> MailText:
    """The mail that tells the administrators that a gate's form was lost unanswered, and how ("đã bị hủy")."""
    return _write("gate_rung_again", title=title, why=why)


def gate_set_going(title: str, why: str) -> MailText:
    """The mail that tells the administrators that an answered gate's run was led astray, and how ("đã bị hẹn lùi")."""
    return _write("gate_set_going", title=title, why=why)


def paper_waiting(gate: int, title: str, named: str, words: str, by: str, scan: str) -> MailText:
    """The mail that tells a second officer that `by` recorded a signed paper, called `named`, to be confirmed."""
    return _write("paper_waiting", gate=gate, title=title, named=named, words=words, by=by, scan=scan)


def officer_locked(officer: str, until: datetime) -> MailText:
    """The mail that tells an officer and the administrators that wrong codes were given in the officer's name."""
    return _write("officer_locked", officer=officer, until=f"{until:%H:%M ngày %d/%m/%Y}")


def officer_changed(officer: str, by: str, at: datetime, deeds: Sequence[str]) -> MailText:
    """The mail that tells an officer and the administrators what `by` has changed of the officer."""
    return _write("officer_changed", officer=officer, by=by, when=f"{at:%H:%M ngày %d/%m/%Y}", deeds=deeds)


def administration_changed(
    by: str, at: datetime, deeds: Sequence[str], stood_in: bool, nobody_from: date | None
) -> MailText:
    """The mail about an act of `by`: done in an administrator's place (`stood_in`), or leaving nobody to administer
    (`nobody_from` that day on), or both; of nobody's (""), that an office ends by its own date."""
    when = f"{at:%H:%M ngày %d/%m/%Y}"
    return _write("administration_changed", by=by, when=when, deeds=deeds, stood_in=stood_in, nobody_from=nobody_from)


def document_drafted(title: str, changed: str = "") -> MailText:
    """The mail that brings the standing office a draft to put up for signature; `changed`: why it is drafted anew."""
    return _write("document_drafted", title=title, changed=changed)


def document_released(title: str, note: str = "") -> MailText:
    """The mail that brings a released document to those it is for."""
    return _write("document_released", title=title, note=note)


def report_sources(title: str) -> MailText:
    """The mail that brings the standing office what a released report was made from."""
    return _write("report_sources", title=title)


def calendar_missing(year: int, warning: str) -> MailText:
    """The mail that tells the standing office that a year's days off are not known yet."""
    return _write("calendar_missing", year=year, warning=warning)


def audit_head(on: date, number: int, hash: str) -> MailText:
    """The mail that puts the head of the audit trail, as it stood at the end of day `on`, out of everybody's reach."""
    return _write("audit_head", on=on, number=number, hash=hash)


def work_held_up(what: str, why: str) -> MailText:
    """The mail that tells the administrators what the daily watch could not do today, and why (a whole sentence)."""
    return _write("work_held_up", what=what, why=why)


def database_changed(why: str) -> MailText:
    """The mail that tells the administrators that the daily watch has stopped at a database changed around it."""
    return _write("database_changed", why=why)


def _document_name(stem: str, year: int, suffix: str) -> str:
    title = KINDS[stem].title
    return nfc(f"{title.removesuffix(' năm')} năm {year}{suffix}")


@lru_cache
def _templates() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["short_date"] = short_date
    return environment


def _write(name: str, **fields: Any) -> MailText:
    subject, _, body = _templates().get_template(f"{name}.txt").render(**fields).partition("\n\n")
    return MailText(subject.strip(), body.strip() + "\n")
