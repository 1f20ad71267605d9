"""One answer at a gate, as what it does reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.gates import Approval
from rules.gates import Decision
from rules.sessions import reasons_by_unit

CHANGES = ("removed", "added", "not_carried_over")


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
        """The commune codes chosen in a field whose options read "31999 Phường 9"; typed twice is chosen once."""
        return tuple(dict.fromkeys(str(option).split(" ", 1)[0] for option in self.choices.get(field, ())))

    @property
    def changed(self) -> tuple[str, ...]:
        """The units a sitting put in, took out, or did not carry over."""
        return tuple(dict.fromkeys(code for field in CHANGES for code in self.codes(field)))

    @property
    def reasons(self) -> Mapping[str, str]:
        """Why, for each of them. `Refusal` if one has no reason."""
        return reasons_by_unit(self.text("unit_reasons"), self.changed, self.reason)

    def text(self, field: str) -> str:
        """What was written in a text field."""
        return str(self.choices.get(field, "")).strip()


def decided_by(answer: Approval) -> Decided:
    """A recorded answer, as it was read when it was given."""
    decision: Any = answer.decision
    return Decided(
        "", 0, decision, answer.officer_id, answer.reason, answer.answer, answer.answered_on, answer.answered_at
    )


def reasons_recorded(answer: Approval | None) -> Mapping[str, str]:
    """Why each unit was put in, taken out or not carried over; the common reason where no other was recorded."""
    if answer is None:
        return {}
    decided = decided_by(answer)
    return decided.reasons if decided.text("unit_reasons") else dict.fromkeys(decided.changed, answer.reason)
