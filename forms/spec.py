"""What one reporter is asked for one period, and what it answers: the form without its looks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from plans.schema import Agency, Criterion, Measure, Plan, Target
from plans.units import Unit
from rules.periods import Period

Key = tuple[str, str, str, str]  # (unit, kind, item, part), as in `rules.figures.Figure`

BUDGET_ITEMS = {"planned": "Kinh phí được bố trí trong năm", "spent": "Kinh phí đã thực hiện đến hết kỳ"}

# Provincial and district bodies answer for money (IV.1.a-b); the police's share lies in the province's estimate.
BUDGET_REPORTERS = frozenset({"district_committee", "provincial_body"})


@dataclass(frozen=True)
class FormSpec:
    """One form: who is asked what, of which communes, and by when.

    `units` are the communes whose criteria this reporter files, `areas` those of the cycle that it judges or works in;
    `previous` holds the figures of the same window of the year before, shown greyed beside.
    """

    plan_id: str
    decision: str
    province: str
    period: Period
    reporter: Agency
    version: int
    closes_on: date
    asked_by: date
    last_safe_day: date
    units: tuple[Unit, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    areas: tuple[Unit, ...] = ()
    targets: tuple[Target, ...] = ()
    measures: tuple[Measure, ...] = ()
    has_budget: bool = False
    previous: Mapping[Key, Decimal] = field(default_factory=dict)
    group_titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Filled:
    """What is written into the open cells: a number, a key of `BLANK_REASONS`, or (to try the reader) any other text.

    `comments` are the explanations at the end of a row, by (kind, unit, item); `item` is "" where a row is a commune.
    """

    is_nil: bool = False
    values: Mapping[Key, Decimal | str] = field(default_factory=dict)
    comments: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    narratives: Mapping[str, str] = field(default_factory=dict)


def build_spec(
    plan: Plan,
    period: Period,
    reporter: Agency,
    units: Iterable[Unit],
    area_codes: Iterable[str],
    previous: Mapping[Key, Decimal] | None = None,
    *,
    closes_on: date,
    asked_by: date,
    last_safe_day: date,
    version: int = 1,
) -> FormSpec:
    """The form of `reporter` for `period`.

    `units` are all units in force at the period's end, `area_codes` the cycle's areas in the order of the list
    (none outside a cycle). A period asked once, for the first list (no day of its own in IV.3.a), asks criteria only.
    """
    units = tuple(units)
    own = tuple(u for u in units if u.district_code == reporter.district_code) if reporter.district_code else units
    criteria = tuple(c for c in plan.criteria if owns(c.owner, reporter))
    chosen = set(area_codes)
    areas = tuple(unit for unit in own if unit.code in chosen)
    whole = asks_everything(period)
    targets = tuple(t for t in plan.targets if owns(t.owner, reporter)) if whole and areas else ()
    measures = tuple(m for m in plan.measures if owns(m.owner, reporter)) if whole else ()
    return FormSpec(
        plan_id=plan.id,
        decision=plan.decision.number,
        province=plan.decision.province,
        period=period,
        reporter=reporter,
        version=version,
        closes_on=closes_on,
        asked_by=asked_by,
        last_safe_day=last_safe_day,
        units=own if criteria else (),
        criteria=criteria,
        areas=areas if targets or (reporter.district_code and measures) else (),
        targets=targets,
        measures=measures,
        has_budget=whole and reporter.reporter_type in BUDGET_REPORTERS,
        previous=dict(previous or {}),
        group_titles={group.id: group.title for group in plan.groups},
    )


def asks_everything(period: Period) -> bool:
    """Whether `period` is one of the two reports of IV.3.a; the first collection and the backfill ask criteria only."""
    return period.due_before is not None


def owns(owner: str, reporter: Agency) -> bool:
    """Whether `owner` of a plan's row (a reporter type by district, or one agency's id) is `reporter`."""
    return owner == reporter.id or (reporter.district_code is not None and owner == reporter.reporter_type)


def measure_rows(spec: FormSpec) -> tuple[tuple[Unit | None, Measure], ...]:
    """The rows of the measures sheet: an area's measures once an area for a district's reporter, all others once."""
    rows: list[tuple[Unit | None, Measure]] = []
    for measure in spec.measures:
        if measure.scope == "area" and spec.reporter.district_code:
            rows.extend((area, measure) for area in spec.areas)
        else:
            rows.append((None, measure))
    return tuple(rows)


def is_empty(spec: FormSpec) -> bool:
    """Whether nothing is asked: a reporter that owns nothing in this period gets no form."""
    return not (spec.criteria or spec.targets or spec.measures or spec.has_budget)
