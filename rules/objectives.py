"""The province's objectives of I.1: how many areas were converted, and how many stay so."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """`numerator` out of `denominator`, kept as two whole numbers; prints as "9/15"."""

    numerator: int
    denominator: int

    def meets(self, percent: int) -> bool:
        """Whether the share is at least `percent` %. A share of nothing reaches no objective."""
        return self.denominator > 0 and self.numerator * 100 >= percent * self.denominator

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


def success(converted: Collection[str], selected: Collection[str]) -> Share:
    """The share of a cycle's `selected` areas (carry-overs included) that were `converted` (I.1.a)."""
    return Share(len(_among(converted, selected)), len(set(selected)))


def held(ever_converted: Collection[str], relapsed: Collection[str]) -> Share:
    """The share of all areas `ever_converted`, over all cycles, that have not `relapsed` (I.1.b)."""
    everyone = set(ever_converted)
    return Share(len(everyone) - len(_among(relapsed, everyone)), len(everyone))


def _among(part: Collection[str], whole: Collection[str]) -> set[str]:
    if strangers := set(part) - set(whole):
        raise ValueError(f"{', '.join(sorted(strangers))} cannot be counted: not among the areas it is a share of")
    return set(part)
