"""The base of all tables, and the column types that mean the same on SQLite and PostgreSQL."""

import json
import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, MetaData, String, Text
from sqlalchemy.orm import declared_attr
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from models.canonical import canonical, exact

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
TOLD_BY_HASH = {"told_by_hash": True}  # the `info` of a column whose values, however short, no event may show


class Table(SQLModel):
    """The base of every table: `SubmittedFigure` is stored as `submitted_figure`."""

    metadata = metadata

    @declared_attr  # type: ignore[misc]
    def __tablename__(cls) -> str:  # type: ignore[override]
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", cls.__name__).lower()


class Instant(TypeDecorator[datetime]):
    """An instant in UTC; a naive one is a programming error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A decimal kept as its own digits: SQLite would make a float of it."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> str | None:
        return None if value is None else exact(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Decimal | None:
        return None if value is None else Decimal(value)


class UnreadableContentError(ValueError):
    """A stored content that nothing of this program wrote."""


class Content(TypeDecorator[Any]):
    """JSON in its canonical spelling, as text, so that its hash can be taken again from the row."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> str:
        return canonical(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        try:
            return None if value is None else json.loads(value)
        except ValueError as error:
            raise UnreadableContentError("a stored content is no JSON: it was changed around the program") from error
