"""How far a list stands when the weights are changed: what an officer is asked when the formula is ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Stability:
    """A list against the one it is compared with.

    `kept` of `proposed` codes are in both, `entered` are new, `left` are gone. `rank_correlation` is Spearman's,
    over the places of all units: 1 the same order, 0 no relation, -1 the reverse.
    """

    kept: int
    proposed: int
    entered: tuple[str, ...]
    left: tuple[str, ...]
    rank_correlation: Fraction


def stability(
    ranking: Sequence[str], proposed: Sequence[str], ranking_before: Sequence[str], proposed_before: Sequence[str]
) -> Stability:
    """How `ranking` and `proposed` differ from those before, all as codes in order."""
    return Stability(
        kept=len(set(proposed) & set(proposed_before)),
        proposed=len(proposed_before),
        entered=tuple(code for code in proposed if code not in proposed_before),
        left=tuple(code for code in proposed_before if code not in proposed),
        rank_correlation=_spearman(ranking, ranking_before),
    )


def _spearman(order: Sequence[str], before: Sequence[str]) -> Fraction:
    places = {code: place for place, code in enumerate(before)}
    n = len(order)
    if n < 2:
        return Fraction(1)
    squares = sum((place - places[code]) ** 2 for place, code in enumerate(order))
    return 1 - Fraction(6 * squares, n * (n * n - 1))
