"""Who reports, and what came in: submissions with their figures and words, and files that were refused."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from models.columns import Content, Exact, Instant, Table
from models.units import ALWAYS


class Reporter(Table, table=True):
    """A reporting body (`police_964`). `channel` is "mail" or "folder"."""

    id: str = Field(primary_key=True)
    name: str
    reporter_type: str
    district_code: str | None = None
    valid_from: date = ALWAYS
    valid_to: date | None = None
    channel: str = "folder"
    address: str = ""


class Submission(Table, table=True):
    """One accepted form. The highest `version` counts; a `supplement` came after the figures were frozen."""

    __table_args__ = (UniqueConstraint("period", "reporter_id", "version"),)

    id: int = Field(default=None, primary_key=True)
    period: str
    reporter_id: str = Field(foreign_key="reporter.id")
    version: int
    received_on: date
    received_at: datetime = Field(sa_type=Instant)
    file_name: str
    sha256: str
    form_version: str = ""
    is_nil: bool = False
    is_late: bool = False
    supplement: bool = False


class SubmittedFigure(Table, table=True):
    """One figure of a submission (see `rules.figures.Figure`). `unit` "" is the reporter as a whole."""

    __table_args__ = {"sqlite_with_rowid": False, "info": {"sealed_by": "submission_id"}}  # noqa: RUF012

    submission_id: int = Field(foreign_key="submission.id", primary_key=True)
    kind: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    item: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    value: Decimal | None = Field(default=None, sa_type=Exact)
    reason: str | None = None
    comment: str = ""
    cell: str = ""


class SubmittedNarrative(Table, table=True):
    """A piece of a reporter's own words, in the order it was written."""

    __table_args__ = {"info": {"sealed_by": "submission_id"}}  # noqa: RUF012

    submission_id: int = Field(foreign_key="submission.id", primary_key=True)
    position: int = Field(primary_key=True)
    section: str
    text: str


class RefusedFile(Table, table=True):
    """A file that was not taken in: its hash and the reasons, nothing of its content."""

    sha256: str = Field(primary_key=True)
    file_name: str
    received_on: date
    reasons: list[Any] = Field(sa_type=Content)
