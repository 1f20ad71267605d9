"""Mail out: by SMTP where a server is set, else as .eml files for someone to carry."""

from __future__ import annotations

import hashlib
import mimetypes
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from email.header import Header
from email.message import Message
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import Any

from models import reading, store
from models.alone import alone
from models.db import read, transaction
from models.documents import Letter, OutgoingMail
from reports.mail import attachment_name
from rules.errors import Refusal
from settings import Settings
from tasks.kept_files import unchanged
from tasks.office import SYSTEM, Office

Hashes = Mapping[str, str]  # by path, the SHA-256 of the files that the database knows
NO_ADDRESS = "khong-co-dia-chi@localhost"  # carried by hand


class _NoServer(OSError):
    """The mail server takes nothing from anybody now."""


def send_waiting_mail(office: Office) -> int:
    """Sends all queued mail. Returns how many went.

    As files it is written first and marked after, together: a mail written twice is the same file. By SMTP each is
    marked as soon as the server took it. One that cannot go (its attachment is gone or no longer what was filed, the
    server does not answer) stays queued and holds up no other; in the end `Refusal` names it.

    Two processes never send at once, or a mail would go twice. Whoever finds another at it leaves the mail to them:
    they look for more once they have let go.
    """
    sent, kept = 0, dict[str, str]()
    while _waiting(office, kept):
        with alone(office.engine, "mail") as is_alone:
            if not is_alone:
                break
            sent += _send(office, kept)
    if kept:
        first, why = next(iter(kept.items()))
        raise Refusal(f"{len(kept)} thư chưa gửi được và còn chờ; thư đầu tiên là {first}: {why}.")
    return sent


def _waiting(office: Office, kept: Mapping[str, str]) -> list[OutgoingMail]:
    with read(office.engine) as session:
        return [mail for mail in reading.mails_unsent(session) if mail.key not in kept]


def _send(office: Office, kept: dict[str, str]) -> int:
    """Sends what waits but for those `kept`, to which those that cannot go are added. Returns how many went."""
    waiting = _waiting(office, kept)  # anew: another may have sent it before this one was alone
    with read(office.engine) as session:
        known = dict(reading.known_files(session, {path for mail in waiting for path in mail.attachments}))
    gone: dict[str, str | None] = {}
    sent, away = 0, ""  # why the server cannot be had: it is tried once, not for each mail
    for mail in waiting:
        if away and _goes_by_server(office, mail):
            kept[mail.key] = away
            continue
        try:
            gone[mail.key] = _deliver(office, mail, known)
        except (OSError, Refusal) as error:  # smtplib's errors are OSErrors too
            kept[mail.key] = str(error).rstrip(".")
            away = kept[mail.key] if isinstance(error, _NoServer) else away
        if gone and office.settings.mail_host:
            sent += _mark(office, gone)
            gone = {}
    return sent + _mark(office, gone)


def send_now(office: Office, letters: Sequence[Letter]) -> None:
    """Sends letters without attachments past the database: by its server, or as files where that does not answer."""
    for letter in letters:
        fields: dict[str, Any] = vars(letter) | {"attachments": []}
        mail = OutgoingMail(**fields, created_on=office.today)
        try:
            _deliver(office, mail, {})
        except OSError:
            _write(office, mail, {})


def _deliver(office: Office, mail: OutgoingMail, known: Hashes) -> str | None:
    """By SMTP where there is a server and an address; else as a file, for someone to carry, whose path it returns."""
    if not _goes_by_server(office, mail):
        return str(_write(office, mail, known).relative_to(office.settings.mail_folder))
    message = _message(office, mail, known)
    try:
        connected = _server(office.settings)
    except OSError as error:
        raise _NoServer(str(error)) from error
    with connected as server:
        server.send_message(message)
    return None


def _goes_by_server(office: Office, mail: OutgoingMail) -> bool:
    return bool(office.settings.mail_host and mail.channel == "mail" and mail.recipient_address)


def _mark(office: Office, gone: Mapping[str, str | None]) -> int:
    """Marks those that are gone; how many."""
    if not gone:
        return 0
    with transaction(office.engine) as session:
        _read_together = reading.mails_unsent(session)  # the store then finds each without a query of its own
        for key, path in gone.items():
            store.mark_mail_sent(session, key=key, on=office.today, path=path, by=SYSTEM, at=office.now())
    return len(gone)


def _server(settings: Settings) -> smtplib.SMTP:
    kind = smtplib.SMTP_SSL if settings.mail_security == "tls" else smtplib.SMTP
    server = kind(settings.mail_host, settings.mail_port, timeout=30)
    if settings.mail_security == "starttls":
        server.starttls(context=ssl.create_default_context())
    if settings.mail_user:
        server.login(settings.mail_user, settings.mail_password.get_secret_value())
    return server


def _write(office: Office, mail: OutgoingMail, known: Hashes) -> Path:
    """The mail as a file, named by its day and key: writing it twice gives the same file."""
    folder = office.settings.mail_folder / str(mail.created_on.year)
    folder.mkdir(parents=True, exist_ok=True)
    name = mail.key.replace("/", "_").replace(":", "_").replace("#", "_")
    path = folder / f"{mail.created_on:%Y-%m-%d}-{name}.eml"
    draft = path.with_suffix(".tmp")
    draft.write_bytes(bytes(_message(office, mail, known)))
    draft.replace(path)
    return path


def _message(office: Office, mail: OutgoingMail, known: Hashes) -> Message:
    """The mail with encoded headers (RFC 2047), as any mail program reads them; the same mail gives the same bytes."""
    parts = MIMEMultipart(boundary=hashlib.sha256(mail.key.encode()).hexdigest()[:32])
    parts["Subject"] = Header(mail.subject, "utf-8", header_name="Subject").encode()
    parts["From"] = formataddr((office.settings.mail_from_name, office.settings.mail_from))
    parts["To"] = formataddr((mail.recipient_name, mail.recipient_address or NO_ADDRESS))
    parts["Date"] = format_datetime(office.now().astimezone(office.settings.zone))
    parts.attach(MIMEText(mail.body, "plain", "utf-8"))
    for attached in mail.attachments:
        path = office.folder / attached
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        content = unchanged(office.folder, attached, known.get(attached))
        part = MIMEApplication(content, kind.partition("/")[2])
        part.add_header("Content-Disposition", "attachment", filename=attachment_name(path, mail.recipient_name))
        parts.attach(part)
    return parts
