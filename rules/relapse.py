"""When a delisted unit gives cause for concern (I.1.b "tái trở lại phức tạp"): a warning, on which people rule."""

from __future__ import annotations

from fractions import Fraction


def warns_of_relapse(score: Fraction, lowest_decided_score: Fraction | None) -> bool:
    """Whether a delisted unit's `score` reaches the lowest score of the last decided list.

    False when no list was decided from scores (None): there is nothing to compare with.
    """
    return lowest_decided_score is not None and score >= lowest_decided_score
