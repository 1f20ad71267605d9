"""One answer at a gate, as what it does reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rules.gates import Decision


@dataclass(frozen=True)
class Decided:
    """One answer at a gate about `name` of `year` ("annual_report", 2018), given by officer `by`."""

    name: str
    year: int
    decision: Decision
    by: str
    reason: str
    choices: Mapping[str, Any]
    on: date
    at: datetime

    @property
    def returned(self) -> bool:
        """Whether it was sent back."""
        return self.decision == "return"

    def codes(self, field: str) -> tuple[str, ...]:
        """The commune codes chosen in a field whose options read "31999 Phường 9"."""
        return tuple(str(option).split(" ", 1)[0] for option in self.choices.get(field, ()))

    def text(self, field: str) -> str:
        """What was written in a text field."""
        return str(self.choices.get(field, "")).strip()
