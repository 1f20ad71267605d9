"""What every value of a plan is made of: frozen, knowing only its own keys, and saying where in the plan it stands."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

T = TypeVar("T")
Percent = Annotated[int, Field(strict=True, ge=0, le=100)]
Days = Annotated[int, Field(strict=True, ge=0)]
Months = Annotated[int, Field(strict=True, ge=1)]


class Frozen(BaseModel):
    """A value object: cannot be changed, knows only its own keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(Frozen):
    """Where a value stands: the `section` anchor of `source.md` ("II.2.a") and words `quote`d from it."""

    section: str
    quote: str = Field(min_length=3)


class Cited(Frozen):
    """A value with its source: the plan's own words, or our reading of them (`interpretation`)."""

    basis: Literal["plan", "interpretation"] = "plan"
    citation: Citation | None = None
    also: tuple[Citation, ...] = ()  # other words of the plan that say it, or that it covers
    reading: str = ""  # Vietnamese: how the words are read, and why; printed in documents

    @model_validator(mode="after")
    def _source_is_named(self) -> Self:
        if self.basis == "plan" and self.citation is None:
            raise ValueError("thiếu nguồn; hãy thêm citation (section và quote), hoặc ghi basis: interpretation")
        if self.basis == "interpretation" and not self.reading:
            raise ValueError("thiếu cách hiểu; hãy thêm reading, một câu tiếng Việt nói cách hiểu và lý do")
        return self


class Value(Cited, Generic[T]):
    """One parameter: its `value` from `valid_from` on (the plan's first day if empty)."""

    value: T
    valid_from: date | None = None


class YearDay(Frozen):
    """A day of the year, `years` before or after the reporting year (16/11 of the year before: `years: -1`)."""

    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)
    years: int = 0

    @model_validator(mode="after")
    def _is_in_every_year(self) -> Self:
        try:
            date(2019, self.month, self.day)
        except ValueError:
            raise ValueError(f"không phải năm nào cũng có ngày {self.day}/{self.month}; hãy ghi ngày khác") from None
        return self

    def on(self, year: int) -> date:
        """The date in reporting year `year`."""
        return date(year + self.years, self.month, self.day)
