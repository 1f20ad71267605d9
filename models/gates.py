"""Gates, where the work waits for a person, and the approvals that open them."""

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

from models.columns import Content, Instant, Table

OPEN = "open"
# What an answer makes of the gate it is given at.
STATE_AFTER = {"approve": "approved", "amend": "amended", "return": "returned", "drop": "dropped"}
DECIDED = ("approved", "amended", "dropped")
VOID = "void"
Via = Literal["prefect", "command_line", "paper"]  # the way an answer came


class Gate(Table, table=True):
    """One attempt to have `subject` (say "annual_report:2018") approved as it stood at `subject_sha256`."""

    __table_args__ = (
        UniqueConstraint("kind", "subject", "attempt"),
        # One gate at a time waits for one subject, whoever opens it.
        Index(
            "uq_gate_open",
            "kind",
            "subject",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: int = Field(default=None, primary_key=True)
    kind: str
    subject: str
    attempt: int
    subject_sha256: str
    state: str = OPEN
    asked_by: str
    opened_on: date
    due_on: date | None = None
    payload: dict[str, Any] = Field(sa_type=Content)
    flow_run_id: str | None = None

    @property
    def trail_name(self) -> str:
        """What its events in the audit trail are about."""
        return f"gate:{self.kind}/{self.subject}#{self.attempt}"


class Approval(Table, table=True):
    """The one answer that counts at a gate, bound to the hash of what was approved."""

    id: int = Field(default=None, primary_key=True)
    gate_id: int = Field(foreign_key="gate.id", unique=True)
    decision: str
    officer_id: str = Field(foreign_key="officer.id")
    reason: str = Field(default="", sa_type=Text)
    answer: dict[str, Any] = Field(sa_type=Content)
    subject_sha256: str
    answered_on: date
    answered_at: datetime = Field(sa_type=Instant)
    via: str  # a `Via`
    # Of whose office it was given, if not of the officer's own ("GD01"), and as what ("KT.").
    on_behalf_of: str = ""
    capacity: str = ""
    paper_id: int | None = Field(default=None, foreign_key="paper_answer.id")


class PaperAnswer(Table, table=True):
    """An answer given on signed paper, as its secretary recorded it; it counts once a second officer confirms it.

    `number` and `dated` are the paper's, the votes the sitting's (None where nobody votes), `scan` its file in the
    folder of scans, by its SHA-256.
    """

    id: int = Field(default=None, primary_key=True)
    gate_id: int = Field(foreign_key="gate.id")
    state: str = "recorded"  # -> "confirmed" | "rejected" | "replaced" by a later record
    subject_sha256: str
    signed_by: str = Field(foreign_key="officer.id")
    decision: str
    reason: str = Field(default="", sa_type=Text)
    answer: dict[str, Any] = Field(sa_type=Content)
    number: str
    dated: date
    votes_for: int | None = None
    votes_against: int | None = None
    scan_sha256: str
    scan: str
    recorded_by: str = Field(foreign_key="officer.id")
    recorded_at: datetime = Field(sa_type=Instant)
    confirmed_by: str = ""
