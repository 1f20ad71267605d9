"""Whether an area reached the targets of I.2, and how many of them (II.4): counted by target and by letter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from plans.schema import Target

State = Literal["met", "not_met", "not_applicable", "missing"]
Parts = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Outcome:
    """How an area stands on one `target` (its id).

    `numerator` is a share's numerator, a count, or a yes/no answer (1/0); `denominator` is None but for shares.
    """

    target: str
    state: State
    numerator: Decimal | None
    denominator: Decimal | None


@dataclass(frozen=True)
class Achievement:
    """The outcomes of all targets, with both counts: `met` of `counted` targets, and of lettered targets.

    "Not applicable" leaves both sides of a count; "missing" counts as not met.
    """

    outcomes: tuple[Outcome, ...]
    met: int
    counted: int
    letters_met: int
    letters_counted: int

    @property
    def missing(self) -> tuple[str, ...]:
        """The ids of the targets without data, to be named wherever the counts are printed."""
        return tuple(o.target for o in self.outcomes if o.state == "missing")

    @property
    def not_met(self) -> tuple[str, ...]:
        """The ids of the targets with data that were not reached."""
        return tuple(o.target for o in self.outcomes if o.state == "not_met")


def judge(targets: Sequence[Target], values: Mapping[str, Parts]) -> Achievement:
    """The area's achievement of `targets` from `values`: target id -> part ("numerator", "count", ...) -> value (I.2).

    A target or part that is absent or None is missing, never 0.
    """
    outcomes = tuple(_judge_target(target, values.get(target.id, {})) for target in targets)
    counted = [o for o in outcomes if o.state != "not_applicable"]
    letters = _letters(targets, outcomes)
    return Achievement(
        outcomes=outcomes,
        met=sum(o.state == "met" for o in counted),
        counted=len(counted),
        letters_met=sum(letters.values()),
        letters_counted=len(letters),
    )


def meets_target_threshold(achievement: Achievement, percent: int, count_by: Literal["indicator", "letter"]) -> bool:
    """The first gate of II.4: at least `percent` % of the targets met. False if nothing could be counted."""
    if count_by == "indicator":
        met, counted = achievement.met, achievement.counted
    else:
        met, counted = achievement.letters_met, achievement.letters_counted
    return counted > 0 and met * 100 >= percent * counted


def _letters(targets: Iterable[Target], outcomes: Iterable[Outcome]) -> dict[str, bool]:
    """Each letter with an applicable target, and whether all of those are met."""
    letters: dict[str, bool] = {}
    for target, outcome in zip(targets, outcomes, strict=True):
        if outcome.state != "not_applicable":
            letters[target.letter] = letters.get(target.letter, True) and outcome.state == "met"
    return letters


def _judge_target(target: Target, parts: Parts) -> Outcome:
    if target.measure == "percent":
        return _judge_share(target, parts.get("numerator"), parts.get("denominator"))
    if target.measure == "yes_no":
        answer = parts.get("answer")
        return Outcome(target.id, _state(answer, answer == 1), answer, None)
    count = parts.get("count")
    if count is None:
        return Outcome(target.id, "missing", None, None)
    met = _compares(count, target.comparator, Decimal(target.limit))
    if target.measure == "count_and_rules":
        rules = parts.get("rules")
        # Below the limit the target is lost whether the rules are kept or not: the answer decides only above it.
        return Outcome(target.id, _state(rules, rules == 1) if met else "not_met", count, None)
    return Outcome(target.id, "met" if met else "not_met", count, None)


def _judge_share(target: Target, numerator: Decimal | None, denominator: Decimal | None) -> Outcome:
    if denominator == 0 and not numerator and target.not_applicable_when == "denominator_zero":
        return Outcome(target.id, "not_applicable", numerator, denominator)
    # Something out of nothing contradicts itself: no share can be read from it, so the data counts as missing.
    if numerator is None or denominator is None or (denominator == 0 and numerator != 0):
        return Outcome(target.id, "missing", numerator, denominator)
    met = denominator > 0 and _compares(numerator * 100, target.comparator, target.limit * denominator)
    return Outcome(target.id, "met" if met else "not_met", numerator, denominator)


def _state(value: Decimal | None, met: bool) -> State:
    if value is None:
        return "missing"
    return "met" if met else "not_met"


def _compares(left: Decimal, comparator: Literal[">=", "<", "="], right: Decimal) -> bool:
    if comparator == ">=":
        return left >= right
    return left < right if comparator == "<" else left == right
