"""Cycles, their proposals, the areas decided, how they were judged, and what came back."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKeyConstraint, Text, UniqueConstraint
from sqlmodel import Field

from models.columns import Content, Table


class Cycle(Table, table=True):
    """The areas worked on in reporting year `year`. A cycle is this row, never a run."""

    year: int = Field(primary_key=True)
    stage: str
    term_from: date
    term_to: date
    opened_on: date
    decided_on: date | None = None
    decision_number: str | None = None
    units_in_force: int | None = None
    cap: int | None = None


class Proposal(Table, table=True):
    """One version of a cycle's proposal. `content`: ranking, carried_over, proposed, set_apart, tied."""

    __table_args__ = (UniqueConstraint("cycle_year", "version"),)

    id: int = Field(default=None, primary_key=True)
    cycle_year: int = Field(foreign_key="cycle.year")
    version: int
    content: dict[str, Any] = Field(sa_type=Content)
    sha256: str
    made_on: date


class Area(Table, table=True):
    """A unit in a cycle. `position` is its place in the decided list, from 1."""

    __table_args__ = (
        UniqueConstraint("cycle_year", "unit_code"),
        ForeignKeyConstraint(["unit_code", "unit_valid_from"], ["unit.code", "unit.valid_from"]),
    )

    id: int = Field(default=None, primary_key=True)
    cycle_year: int = Field(foreign_key="cycle.year")
    unit_code: str
    unit_valid_from: date
    stage: str
    position: int
    carried_from_year: int | None = None
    score: str = ""
    added_reason: str = ""
    outcome_reason: str = ""
    delisted_on: date | None = None


class Evaluation(Table, table=True):
    """One judgement of an area against the targets; people add the finding of II.4, which gives the verdict."""

    __table_args__ = (UniqueConstraint("area_id", "kind", "version"),)

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    kind: str
    version: int
    content: dict[str, Any] = Field(sa_type=Content)
    sha256: str
    met: int
    counted: int
    letters_met: int
    letters_counted: int
    meets_threshold: bool
    made_on: date
    finding: str | None = None
    finding_reason: str = Field(default="", sa_type=Text)
    found_on: date | None = None
    is_converted: bool | None = None


class Relapse(Table, table=True):
    """A warning that a delisted area may be complex again, and what became of it.

    `ruling` is None while it waits, then the Committee's ("relapsed", "not_relapsed"), or "withdrawn"
    (`store.evaluations.WITHDRAWN`) when other figures of the period no longer give it: nobody ruled, and `ruled_on`
    stays empty. A withdrawn one waits again once figures of the period give it again.
    """

    __table_args__ = (UniqueConstraint("area_id", "period"),)

    id: int = Field(default=None, primary_key=True)
    area_id: int = Field(foreign_key="area.id")
    period: str
    warned_on: date
    because: dict[str, Any] = Field(sa_type=Content)
    ruling: str | None = None
    ruled_on: date | None = None
    reason: str = ""
