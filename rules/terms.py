"""An area's year (II.5.b "01 năm"), and the cycles that fit into the plan (II.5.a)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from plans.schema import Plan
from rules.deadlines import session_by
from rules.errors import Refusal


@dataclass(frozen=True)
class Term:
    """An area's year: `starts_on` and `ends_on` both belong to it."""

    starts_on: date
    ends_on: date


def term(plan: Plan, cycle_year: int, decided_on: date) -> Term:
    """The term of the areas of cycle `cycle_year`, whose list was decided on `decided_on` (II.5.b).

    By the plan file's reading it is the reporting year (16/11 to 15/11), or runs from the decision.
    """
    months = plan.parameters.term_months.value
    if plan.parameters.term_start.value == "reporting_year":
        opening = plan.obligation("annual_report").window_from
        if opening is None:
            raise ValueError("annual_report has no window: the plan does not say when its year begins")
        starts_on = opening.on(cycle_year)
    else:
        starts_on = decided_on
    return Term(starts_on, _months_later(starts_on, months) - timedelta(days=1))


def cycle_years(plan: Plan) -> tuple[int, ...]:
    """The cycles of the plan: those for which a session decides a list and whose term ends within the plan (II.5)."""
    session = next(o for o in plan.obligations if o.kind == "session")
    years = (year + 1 for year in session.years)
    return tuple(y for y in years if _ends_within_plan(plan, y))


def check_cycle_year(plan: Plan, year: int) -> None:
    """Raises `Refusal` unless the plan has a cycle `year`."""
    known = cycle_years(plan)
    if year not in known:
        raise Refusal(
            f"Kế hoạch không có đợt chuyển hóa năm {year}; đề nghị chọn một trong các năm: "
            f"{', '.join(str(y) for y in known)}."
        )


def has_cycle(plan: Plan, year: int) -> bool:
    """Whether the plan has a cycle `year`."""
    return year in cycle_years(plan)


def _ends_within_plan(plan: Plan, cycle_year: int) -> bool:
    if not plan.parameters.no_cycle_past_plan.value:
        return True
    return term(plan, cycle_year, session_by(plan, cycle_year - 1)).ends_on <= plan.valid_to.value


def _months_later(on: date, months: int) -> date:
    """The same day `months` later, or the last day of that month if it is shorter."""
    years, month = divmod(on.month - 1 + months, 12)
    year, month = on.year + years, month + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))
