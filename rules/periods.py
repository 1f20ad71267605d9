"""The windows figures are collected for: half-years, years, and the one-off collection before the first list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from plans.schema import Obligation, Plan
from rules.errors import Refusal

Kind = Literal["half_year", "annual", "first_selection"]


@dataclass(frozen=True)
class Period:
    """A window of figures: `id` is "2018-annual"; `opens_on` and `closes_on` both belong to it.

    `due_before` is exclusive; None where the plan's reporting duty did not bind (the one-off collection, and the
    `backfill` of earlier windows asked for with it so that the first reports can compare).
    """

    id: str
    year: int
    kind: Kind
    opens_on: date
    closes_on: date
    due_before: date | None
    backfill: bool = False


def periods(plan: Plan) -> tuple[Period, ...]:
    """All periods of the plan, in order of closing: what is owed, and the earlier windows it is compared with."""
    found = {}
    for obligation in plan.obligations:
        if obligation.kind == "collection" or owed_by_reporters(plan, obligation):
            for period in _periods_of(plan, obligation):
                found[period.id] = period
    return tuple(sorted(found.values(), key=lambda p: (p.closes_on, p.id)))


def period(plan: Plan, id: str) -> Period:
    """The period `id` ("2018-annual"). Raises `Refusal` if the plan has none."""
    known = periods(plan)
    for candidate in known:
        if candidate.id == id:
            return candidate
    raise Refusal(f"Không có kỳ số liệu “{id}”; đề nghị chọn một trong các kỳ: {', '.join(p.id for p in known)}.")


def period_of(plan: Plan, kind: Kind, year: int) -> Period:
    """The period of `kind` in `year`. Raises `Refusal` if the plan has none."""
    return period(plan, f"{year}-{kind}")


def same_window_last_year(plan: Plan, period: Period) -> Period | None:
    """The same window of the year before, with which `period` is compared; None if it was never collected."""
    wanted = f"{period.year - 1}-{period.kind}"
    return next((p for p in periods(plan) if p.id == wanted), None)


def selection_period(plan: Plan, cycle_year: int) -> Period:
    """The period from whose figures the list of cycle `cycle_year` is proposed (II.2.a).

    The one-off collection if there was one the year before, else that year's annual figures.
    """
    known = {p.id: p for p in periods(plan)}
    year = cycle_year - 1
    found = known.get(f"{year}-first_selection") or known.get(f"{year}-annual")
    if found is None:
        raise Refusal(f"Không có số liệu để lập danh sách của năm {cycle_year}; đề nghị chọn năm khác.")
    return found


def check_closed(period: Period, on: date) -> None:
    """Raises `Refusal` on a day `on` up to and including the period's closing: its figures are not whole yet."""
    if on <= period.closes_on:
        raise Refusal(
            f"Kỳ số liệu “{period.id}” (từ {period.opens_on:%d/%m/%Y}) chưa kết thúc; "
            f"đề nghị chờ đến sau ngày {period.closes_on:%d/%m/%Y}."
        )


def owed_by_reporters(plan: Plan, obligation: Obligation) -> bool:
    """Whether `obligation` is a report that the reporters owe (IV.3.a), not one consolidated from theirs."""
    types = {reporter_type.id for reporter_type in plan.reporter_types}
    return obligation.kind == "report" and not types.isdisjoint(obligation.owed_by)


def _periods_of(plan: Plan, obligation: Obligation) -> Iterator[Period]:
    if obligation.window_to:
        kind = _kind(obligation)
        for year in obligation.years:
            due = obligation.due_before.on(year) if obligation.due_before else None
            yield _period(obligation, kind, year, due)
    for id in obligation.periods:
        year, _, kind = id.partition("-")
        report = next(o for o in plan.obligations if owed_by_reporters(plan, o) and _kind(o) == kind)
        yield _period(report, _kind(report), int(year), None, backfill=True)


def _kind(obligation: Obligation) -> Kind:
    if obligation.kind == "collection":
        return "first_selection"
    return "half_year" if obligation.every == "half_year" else "annual"


def _period(obligation: Obligation, kind: Kind, year: int, due: date | None, backfill: bool = False) -> Period:
    if obligation.window_from is None or obligation.window_to is None:
        raise ValueError(f"{obligation.id} lacks one end of its window")
    opens_on, closes_on = obligation.window_from.on(year), obligation.window_to.on(year)
    return Period(f"{year}-{kind}", year, kind, opens_on, closes_on, due, backfill)
