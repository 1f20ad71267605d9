"""Mail to be queued: to whom, what it says, what it brings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import Session

from models import reading, store
from models.documents import Letter
from models.people import Officer
from models.reporting import Reporter
from plans.schema import Agency
from reports.mail import MailText
from rules.gates import ADMINISTRATOR
from tasks.office import SYSTEM, Office

STANDING_OFFICE = "standing_office"


def to_officer(
    key: str, officer: Officer, text: MailText, attachments: Sequence[str] = (), address: str | None = None
) -> Letter:
    """A mail to an officer's own address, or to the one that was theirs (`address`)."""
    to = officer.email if address is None else address
    return Letter(key, officer.name, text.subject, text.body, to, attachments=attachments)


def to_reporter(key: str, reporter: Reporter, text: MailText, attachments: Sequence[str] = ()) -> Letter:
    """A mail to a reporter, by the channel it has chosen."""
    return Letter(key, reporter.name, text.subject, text.body, reporter.address, reporter.channel, attachments)


def to_body(key: str, body: Agency, text: MailText, attachments: Sequence[str] = ()) -> Letter:
    """A letter that is carried to one of the plan's bodies."""
    return Letter(key, body.name, text.subject, text.body, channel="folder", attachments=attachments)


def to_standing_office(key: str, office: Office, text: MailText, attachments: Sequence[str] = ()) -> Letter:
    """A letter that is carried to the standing office."""
    return to_body(key, office.plan.agency(STANDING_OFFICE), text, attachments)


def to_administrators(session: Session, office: Office, key: str, text: MailText) -> list[Letter]:
    """A mail to each administrator of today; to the standing office where there is none. `key` is completed."""
    administrators = reading.officers_in_role(session, ADMINISTRATOR, office.today)
    letters = [to_officer(key + one.id, one, text) for one in administrators]
    return letters or [to_standing_office(key + STANDING_OFFICE, office, text)]


def queue(session: Session, office: Office, letters: Iterable[Letter]) -> None:
    """Queues the letters whose keys are new."""
    store.queue_mails(session, letters=list(letters), on=office.today, by=SYSTEM, at=office.now())
