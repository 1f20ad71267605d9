"""Letters that cannot wait for the watch: sent when the work that queued them ends, done or refused."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy.exc import DatabaseError

from models import reading
from models.audit import deeds_since, head
from models.db import read
from rules.errors import Refusal
from tasks import mail
from tasks.office import Office


def send_queued_since(office: Office, number: int) -> bool:
    """Sends what waits if any letter was queued after event `number` of the trail, which cannot wait for the watch.

    Whether those letters went: one that could not go stays queued, and whatever queued it stands.
    """
    try:
        with read(office.engine) as session:
            deeds = deeds_since(session, number)
        keys = {subject.removeprefix("mail:") for action, subject in deeds if action == "mail_queued"}
        if not keys:
            return True
        with suppress(OSError, Refusal):  # it may be about others that wait
            mail.send_waiting_mail(office)
        with read(office.engine) as session:
            return keys.isdisjoint(one.key for one in reading.mails_unsent(session))
    except (OSError, DatabaseError):
        return False


def trail_length(office: Office) -> int:
    """The number of the trail's last event."""
    with read(office.engine) as session:
        return head(session)[0]
