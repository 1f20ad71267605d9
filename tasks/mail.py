"""Mail out: by SMTP where a server is set, else as .eml files for someone to carry."""

from __future__ import annotations

import mimetypes
import smtplib
import ssl
from email.message import EmailMessage
from email.policy import SMTPUTF8
from email.utils import format_datetime
from pathlib import Path

from sqlmodel import Session

from models import reading, store
from models.db import read, transaction
from models.documents import OutgoingMail
from reports.mail import attachment_name
from settings import Settings
from tasks.office import SYSTEM, Office

# Headers in UTF-8, on one line up to the length that RFC 5322 allows: encoded and folded letter by letter they would
# take longer than all the rest.
AS_IT_READS = SMTPUTF8.clone(max_line_length=998)


def send_waiting_mail(office: Office) -> int:
    """Sends all queued mail. Returns how many went.

    As files it is written first and marked after, together: a mail written twice is the same file. By SMTP each is
    marked as soon as the server took it.
    """
    with read(office.engine) as session:
        waiting = reading.mails_unsent(session)
    if office.settings.mail_host:
        for mail in waiting:
            _deliver(office, mail)
    elif waiting:
        written = {mail.key: _write(office, mail) for mail in waiting}
        with transaction(office.engine) as session:
            for key, path in written.items():
                _mark(session, office, key, str(path.relative_to(office.settings.mail_folder)))
    return len(waiting)


def _deliver(office: Office, mail: OutgoingMail) -> None:
    """By SMTP where the recipient has an address; else as a file, for someone to carry."""
    if mail.channel != "mail" or not mail.recipient_address:
        where = str(_write(office, mail).relative_to(office.settings.mail_folder))
    else:
        where = None
        with _server(office.settings) as server:
            server.send_message(_message(office, mail))
    with transaction(office.engine) as session:
        _mark(session, office, mail.key, where)


def _server(settings: Settings) -> smtplib.SMTP:
    kind = smtplib.SMTP_SSL if settings.mail_security == "tls" else smtplib.SMTP
    server = kind(settings.mail_host, settings.mail_port, timeout=30)
    if settings.mail_security == "starttls":
        server.starttls(context=ssl.create_default_context())
    if settings.mail_user:
        server.login(settings.mail_user, settings.mail_password.get_secret_value())
    return server


def _mark(session: Session, office: Office, key: str, path: str | None) -> None:
    store.mark_mail_sent(session, key=key, on=office.today, path=path, by=SYSTEM, at=office.now())


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
    message = EmailMessage(policy=AS_IT_READS)
    message["Subject"] = mail.subject
    message["From"] = f"{office.settings.mail_from_name} <{office.settings.mail_from}>"
    name = mail.recipient_name.replace('"', "")
    message["To"] = f'"{name}" <{mail.recipient_address or "khong-co-dia-chi@localhost"}>'
    message["Date"] = format_datetime(office.now())
    message.set_content(mail.body)
    for attached in mail.attachments:
        path = office.folder / attached
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        main, _, sub = kind.partition("/")
        message.add_attachment(
            path.read_bytes(), maintype=main, subtype=sub, filename=attachment_name(path, mail.recipient_name)
        )
    return message
