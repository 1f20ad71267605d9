"""An evaluation as it was recorded: what a finding was made on, whatever figures came in since."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from models.cycles import Evaluation
from rules.achievement import Achievement, Outcome
from rules.findings import Evidence, Movement


def achievement(evaluation: Evaluation) -> Achievement:
    """The targets as `evaluation` judged them."""
    outcomes = tuple(
        Outcome(row["target"], row["state"], _decimal(row["numerator"]), _decimal(row["denominator"]))
        for row in evaluation.content["outcomes"]
    )
    return Achievement(outcomes, evaluation.met, evaluation.counted, evaluation.letters_met, evaluation.letters_counted)


def evidence(evaluation: Evaluation) -> Evidence:
    """The evidence for the second gate of II.4 as it lay before the people who made the finding."""
    seen = evaluation.content["evidence"]
    return Evidence(
        offences=tuple(_movement(row) for row in seen["offences"]),
        spots=tuple(_movement(row) for row in seen["spots"]),
        rank=seen["rank"],
        units_ranked=seen["units_ranked"],
        rose=tuple(seen["rose"]),
    )


def fraction(text: str | None) -> Fraction | None:
    """A score or share as JSON keeps it ("7/12"); None stays None."""
    return None if text is None else Fraction(text)


def _movement(row: Mapping[str, Any]) -> Movement:
    return Movement(row["criterion"], _decimal(row["now"]), _decimal(row["before"]))


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
