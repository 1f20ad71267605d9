"""What goes out when a report is released."""

from __future__ import annotations

from models import reading, store
from models.db import transaction
from reports.mail import document_released
from tasks.gate_openings import TITLES
from tasks.office import SYSTEM, Office


def announce_release(office: Office, stem: str, year: int) -> None:
    """Queues the released report for each body it is owed to; once."""
    duty = office.plan.obligation(f"consolidated_{stem}")
    with transaction(office.engine) as session:
        document = reading.newest_document(session, stem, year)
        if document is None or document.released_on is None:
            return
        text = document_released(TITLES[stem].format(year))
        for body in duty.owed_to:
            store.queue_mail(
                session,
                key=f"released:{stem}:{year}/{body}",
                recipient_name=office.plan.agency(body).name,
                channel="folder",
                subject=text.subject,
                body=text.body,
                attachments=[document.path],
                on=office.today,
                by=SYSTEM,
                at=office.now(),
            )
