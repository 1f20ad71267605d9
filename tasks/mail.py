"""Mail out: by SMTP where a server is set, else as .eml files for someone to carry."""

from __future__ import annotations

import mimetypes
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from models import reading, store
from models.db import read, transaction
from models.documents import OutgoingMail
from tasks.office import SYSTEM, Office


def send_waiting_mail(office: Office) -> int:
    """Sends all queued mail, each in a transaction of its own. Returns how many went."""
    with read(office.engine) as session:
        waiting = reading.mails_unsent(session)
    for mail in waiting:
        path = _write(office, mail)
        with transaction(office.engine) as session:
            where = str(path.relative_to(office.settings.mail_folder))
            store.mark_mail_sent(session, key=mail.key, on=office.today, path=where, by=SYSTEM, at=office.now())
    return len(waiting)


def _write(office: Office, mail: OutgoingMail) -> Path:
    """The mail as a file, named by its day and key: writing it twice gives the same file."""
    folder = office.settings.mail_folder / str(mail.created_on.year)
    folder.mkdir(parents=True, exist_ok=True)
    name = mail.key.replace("/", "_").replace(":", "_").replace("#", "_")
    path = folder / f"{mail.created_on:%Y-%m-%d}-{name}.eml"
    draft = path.with_suffix(".tmp")
    draft.write_bytes(bytes(_message(office, mail)))
    draft.replace(path)
    return path


def _message(office: Office, mail: OutgoingMail) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = mail.subject
    message["From"] = f"{office.settings.mail_from_name} <{office.settings.mail_from}>"
    message["To"] = (
        f"{mail.recipient_name.replace(',', ' ')} <{mail.recipient_address or 'khong-co-dia-chi@localhost'}>"
    )
    message["Date"] = format_datetime(office.now())
    message.set_content(mail.body)
    for attached in mail.attachments:
        path = office.folder / attached
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        message.add_attachment(path.read_bytes(), maintype=main, subtype=sub, filename=path.name)
    return message
