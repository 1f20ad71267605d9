"""Who files when: most in time, one late, one not at all, one with errors, one twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from plans.schema import Agency, Plan
from rules.periods import Period
from samples.chance import draw

# The awkward cases: reporter and period. Fixed, so that a test finds each of them.
MISSING = {("dept_planning", "2018-half_year"), ("dept_information", "2019-annual")}
NIL = frozenset({"court", "border_guard", "dept_justice"})
NIL_KIND = "half_year"
LATE = {
    "2017-annual": "committee_972",
    "2018-half_year": "committee_973",
    "2018-annual": "division_fire",
    "2019-half_year": "police_971",
    "2019-annual": "committee_966",
    "2020-half_year": "committee_968",
    "2020-annual": "dept_culture",
}
FAULTY = {
    "2017-first_selection": "police_970",
    "2018-half_year": "committee_964",
    "2019-annual": "police_968",
    "2020-half_year": "division_traffic",
}
REFILED = {"2018-annual": "committee_967", "2019-half_year": "police_964", "2020-annual": "police_969"}
LAST_MINUTE_SHARE = 0.15
LATEST = timedelta(days=6)


class Arrival(NamedTuple):
    """A workbook that comes in on `day` from `reporter_id`; `attempt` is for `samples.filling.fill`."""

    day: date
    reporter_id: str
    attempt: Literal["complete", "faulty", "refiled"] = "complete"


def is_missing(reporter: Agency, period: Period) -> bool:
    """Whether `reporter` files nothing for `period`, ever."""
    return (reporter.id, period.id) in MISSING


def is_nil(reporter: Agency, period: Period) -> bool:
    """Whether `reporter` files a nil return for `period`."""
    return reporter.id in NIL and period.kind == NIL_KIND


def arrivals(
    plan: Plan,
    period: Period,
    reporters: Iterable[Agency],
    seed: int,
    *,
    closes_on: date,
    asked_by: date,
    last_safe_day: date,
) -> tuple[Arrival, ...]:
    """All workbooks of `period` in the order in which they come in, on working weekdays."""
    found: list[Arrival] = []
    asked, last = _weekdays(closes_on, asked_by), _weekdays(asked_by, last_safe_day)
    for reporter in reporters:
        if is_missing(reporter, period):
            continue
        chance = draw(seed, "arrival", plan.id, reporter.id, period.id)
        days = last if last and chance.random() < LAST_MINUTE_SHARE else asked or last or [last_safe_day]
        late = chance.choice(_weekdays(last_safe_day, last_safe_day + LATEST))
        found.extend(_of_one(reporter.id, period, chance.choice(days), late))
    return tuple(sorted(found))


def _of_one(reporter: str, period: Period, day: date, late: date) -> Sequence[Arrival]:
    if LATE.get(period.id) == reporter:
        return [Arrival(late, reporter)]
    if FAULTY.get(period.id) == reporter:
        return [Arrival(day, reporter, "faulty"), Arrival(_weekday(day + timedelta(days=1)), reporter)]
    if REFILED.get(period.id) == reporter:
        return [Arrival(day, reporter), Arrival(_weekday(day + timedelta(days=2)), reporter, "refiled")]
    return [Arrival(day, reporter)]


def _weekdays(after: date, until: date) -> list[date]:
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return [day for day in days if day.weekday() < 5]


def _weekday(day: date) -> date:
    """`day`, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= 5 else day
