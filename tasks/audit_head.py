"""The audit trail's head, mailed the day after something was written: a mail cannot be rewritten with the trail."""

from __future__ import annotations

from models import reading
from models.audit import HEAD_MAIL
from models.db import read, transaction
from reports.mail import audit_head
from tasks.letters import queue, to_administrators
from tasks.office import Office


def is_head_unmailed(office: Office) -> bool:
    """Whether something was written up to yesterday, besides such mails, that no mailed head covers."""
    with read(office.engine) as session:
        last = reading.last_event_before(session, office.today, without=f"mail:{HEAD_MAIL}")
        return last is not None and not reading.mail_keys(session, f"{HEAD_MAIL}{last.id}/")


def mail_head(office: Office) -> None:
    """Queues the trail's head of the days gone by for each administrator; for the standing office if there is none."""
    with transaction(office.engine) as session:
        last = reading.last_event_before(session, office.today, without=f"mail:{HEAD_MAIL}")
        assert last is not None  # the watch has looked
        text = audit_head(last.on, last.id, last.hash)
        queue(session, office, to_administrators(session, office, f"{HEAD_MAIL}{last.id}/", text))
