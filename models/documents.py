"""Documents that were made, and the mail that carries them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from models.columns import Content, Table


class Document(Table, table=True):
    """One version of a document. `subject` is a reporter's id, or "". `path` is relative to the data folder.

    `context_sha256` is the hash of what it says (the same: nothing to render); `content_sha256` that of the file.
    A released report has a sheet of its sources beside it. `signer` is who signs by its block, on one line, and
    `signer_ids` the code of the officer whose block it is: two deputies can have one name and one title. Where several
    hold the head's office there are more, with ", " between. Both are empty where no officer of the gates signs it.
    """

    __table_args__ = (UniqueConstraint("stem", "year", "subject", "version"),)

    id: int = Field(default=None, primary_key=True)
    stem: str
    year: int
    subject: str = ""
    version: int
    stage: str
    path: str
    content_sha256: str
    context_sha256: str
    rendered_on: date
    adopted_on: date | None = None
    reviewed_on: date | None = None
    released_on: date | None = None
    sent_on: date | None = None
    number: str = ""
    is_illustrative: bool = False
    sources_path: str | None = None
    sources_sha256: str | None = None
    signer: str | None = None
    signer_ids: str | None = None

    @property
    def officers(self) -> tuple[str, ...]:
        """The codes of the officers who may sign it."""
        return tuple(self.signer_ids.split(", ")) if self.signer_ids else ()

    @property
    def trail_name(self) -> str:
        """What its events in the audit trail are about."""
        whose = f"/{self.subject}" if self.subject else ""
        return f"document:{self.stem}/{self.year}{whose}#{self.version}"

    def still_says(self, context_sha256: str, signer_ids: str | None = None) -> bool:
        """Whether it says exactly this, for this officer to sign, and was neither returned nor replaced.

        The same words then are a new draft. Where either officer is not known, the words alone count.
        """
        is_current = self.stage not in ("returned", "replaced")
        return is_current and self.context_sha256 == context_sha256 and not self.is_for_another(signer_ids)

    def is_for_another(self, signer_ids: str | None) -> bool:
        """Whether it was drafted for another officer to sign; not where either is not known."""
        return bool(self.signer_ids and signer_ids and self.signer_ids != signer_ids)


@dataclass(frozen=True)
class Letter:
    """A mail that nobody has queued yet. `channel`: "mail", or "folder" for what someone carries."""

    key: str
    recipient_name: str
    subject: str
    body: str
    recipient_address: str = ""
    channel: str = "mail"
    attachments: Sequence[str] = ()


class OutgoingMail(Table, table=True):
    """A mail, written in the transaction of what it announces. `key` names the occasion: it is queued once."""

    key: str = Field(primary_key=True)
    recipient_name: str
    recipient_address: str = ""
    channel: str = "mail"
    subject: str
    body: str = Field(sa_type=Text)
    attachments: list[Any] = Field(sa_type=Content)
    created_on: date
    sent_on: date | None = None
    path: str | None = None
