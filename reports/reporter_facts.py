"""What a reporter's own report is told: of all that `reports.facts` holds, only what is the reporter's."""

from __future__ import annotations

from dataclasses import dataclass

from reports.facts import AreaStanding, Budget, Figures, MeasureState, Said, UnitName
from rules.periods import Period


@dataclass(frozen=True)
class ReporterFacts:
    """A reporter's own report, from its accepted form: only what it owns.

    `criteria`, `targets`, `measures` hold what it answers for; `areas` those of its units (their achievement
    may hold only its own targets). `period_before` and `before` as in `PeriodFacts`.
    """

    reporter: str
    period: Period
    period_before: Period | None
    units: tuple[UnitName, ...]
    criteria: tuple[str, ...]
    targets: tuple[str, ...]
    now: Figures
    before: Figures | None
    areas: tuple[AreaStanding, ...]
    measures: tuple[MeasureState, ...]
    budget: Budget | None
    narratives: tuple[Said, ...]
    nil: bool = False
