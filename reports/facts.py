"""What the documents are told: frozen values, mapped from the database by whoever renders. No document knows a table.

A missing figure is None, and is printed as missing. Codes are commune codes; names are printed as given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from rules.achievement import Achievement
from rules.findings import Evidence, Finding
from rules.objectives import Share
from rules.periods import Period
from rules.scoring import UnitScore
from rules.selection import Proposal

Figures = Mapping[str, Mapping[str, Decimal | None]]  # commune code -> criterion id -> value
Result = Literal["converted", "not_converted"]


@dataclass(frozen=True)
class UnitName:
    """A commune as it is printed: `name` "Phường 9", `district` "Thành phố Cà Mau"."""

    code: str
    name: str
    district: str


@dataclass(frozen=True)
class Filing:
    """One expected reporter: when its figures came (`received_on`, None if they did not), and how."""

    reporter: str
    state: Literal["on_time", "late", "missing"]
    received_on: date | None = None
    nil: bool = False  # it filed that it has nothing to report


@dataclass(frozen=True)
class Said:
    """A reporter's own words on a `section` of `rules.figures.NARRATIVE_SECTIONS`."""

    reporter: str
    section: str
    text: str


@dataclass(frozen=True)
class Budget:
    """A reporter's money for the plan, in million đồng."""

    reporter: str
    planned: Decimal | None
    spent: Decimal | None


@dataclass(frozen=True)
class MeasureState:
    """How far a task of Mục III (`measure` "III.1.a") is: `state` a key of `MEASURE_STATES`, None without data.

    `unit` is the area it is done in; None for a task of the whole province.
    """

    measure: str
    reporter: str
    unit: UnitName | None
    state: int | None


@dataclass(frozen=True)
class AreaStanding:
    """An area against the targets. `meets_threshold` is the first gate; `finding` the second, signed by people.

    `result` None: not judged yet. `reason`: the words given with the finding; `missing_reason`: those given with the
    recognition of an area that lacks figures.
    """

    unit: UnitName
    carried_over: bool  # came into its cycle from the one before
    achievement: Achievement
    meets_threshold: bool | None = None
    evidence: Evidence | None = None
    finding: Finding | None = None
    result: Result | None = None
    reason: str = ""
    missing_reason: str = ""


@dataclass(frozen=True)
class Relapse:
    """A unit ruled to have become complex again after it was delisted."""

    unit: UnitName
    delisted_on: date
    ruled_on: date
    reason: str = ""


@dataclass(frozen=True)
class RelapseWarning:
    """A delisted unit whose `score` by the figures of `period` reached `threshold`, the last decided list's lowest.

    `score` and `threshold` in [0, 1]; `ruling` None: the Committee has not ruled. `reason`: its own words, "" none.
    """

    unit: UnitName
    delisted_on: date
    period: Period
    score: Fraction | None
    threshold: Fraction | None
    rank: int | None
    units_ranked: int | None
    ruling: Literal["relapsed", "not_relapsed"] | None = None
    reason: str = ""


@dataclass(frozen=True)
class Dropped:
    """A unit the ranking or the carry-over spoke for, left out by people, with their reason."""

    unit: UnitName
    reason: str


@dataclass(frozen=True)
class Delisted:
    """A unit that was recognised as converted and taken off the list."""

    unit: UnitName
    delisted_on: date


@dataclass(frozen=True)
class CycleResult:
    """How cycle `cycle_year` ended: `preliminary` before the session `session_on`, final after it.

    `success` is converted / selected (I.1.a), carry-overs included.
    """

    cycle_year: int
    preliminary: bool
    areas: tuple[AreaStanding, ...]
    success: Share
    session_on: date | None = None


@dataclass(frozen=True)
class PeriodFacts:
    """All that the half-year and the annual report say.

    `now` and `before` are the criteria's values of each unit in the window and in the same window of the year before
    (`period_before`; both None if it was never collected). `areas` are those worked on in the window (`cycle_year`;
    None and () before the first cycle), as they stand at its closing. `result`: annual report - the preliminary one
    of the same cycle; half-year report - the final one of the cycle before; None - nothing to judge yet.
    `held` is (ever converted - relapsed) / ever converted; None or n/0: none converted yet.
    `carried_over`: not converted and carried on to the next list. `next_steps`: the standing office's own sentences.
    `warnings`: of relapse, on which the Committee has not ruled. `previous`, `filings_previous`: the period reported on
    before this one (None, (): none was) and who filed for it, of whom the last report could not know.
    """

    period: Period
    period_before: Period | None
    units: tuple[UnitName, ...]
    filings: tuple[Filing, ...]
    now: Figures
    before: Figures | None
    cycle_year: int | None
    areas: tuple[AreaStanding, ...]
    result: CycleResult | None
    held: Share | None
    carried_over: tuple[UnitName, ...]
    relapsed: tuple[Relapse, ...]
    measures: tuple[MeasureState, ...]
    budgets: tuple[Budget, ...]
    narratives: tuple[Said, ...]
    next_steps: tuple[str, ...] = ()
    warnings: tuple[RelapseWarning, ...] = ()
    previous: Period | None = None
    filings_previous: tuple[Filing, ...] = ()


@dataclass(frozen=True)
class SelectionFacts:
    """What the tờ trình says: the ranking of all units of cycle `cycle_year` from `period`, and the list from it.

    `values` are the figures the ranking was made from. `ineligible` were recognised in the same sitting, `dropped`
    left out by people, `on_ministers_list` codes of the Minister's list (Thông tư 15/2010/TT-BCA).
    `selected` overrides `proposal.proposed` when people changed the list; else None. `delisted_before`: units that
    were taken off the list in an earlier cycle.
    """

    cycle_year: int
    period: Period
    term_from: date
    term_to: date
    session_on: date | None
    units: tuple[UnitName, ...]
    ranking: tuple[UnitScore, ...]
    proposal: Proposal
    values: Figures
    filings: tuple[Filing, ...]
    ineligible: tuple[UnitName, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    on_ministers_list: frozenset[str] = frozenset()
    selected: tuple[str, ...] | None = None
    delisted_before: tuple[Delisted, ...] = ()


@dataclass(frozen=True)
class DecidedArea:
    """An area on the decided list. `added_reason`: why the Committee put it in; "" for what was proposed."""

    unit: UnitName
    carried_over: bool
    on_ministers_list: bool = False
    added_reason: str = ""


@dataclass(frozen=True)
class DecisionFacts:
    """What the decision on the list of cycle `cycle_year` says.

    `proposal_ref`: "số 15/TTr-CAT ngày …" ("" unknown). `number`: the decision's, as the Committee gave it.
    """

    cycle_year: int
    session_on: date
    term_from: date
    term_to: date
    units_in_force: int
    cap: int
    areas: tuple[DecidedArea, ...]
    dropped: tuple[Dropped, ...] = ()
    proposal_ref: str = ""
    number: str = ""


@dataclass(frozen=True)
class DelistingFacts:
    """What the decision says that recognises converted areas of cycle `cycle_year` and takes them off the list."""

    cycle_year: int
    session_on: date
    areas: tuple[AreaStanding, ...]  # the converted ones
    selected: int  # how many areas the cycle had
    minutes_ref: str = ""
    proposal_ref: str = ""
    number: str = ""


@dataclass(frozen=True)
class MinutesFacts:
    """The minutes of the meeting that judges the areas of cycle `cycle_year`.

    `opened_at`, `closed_at` as officers write them ("08 giờ 00"), "" to be filled in by hand; likewise the names.
    `held_by` is who sits: "board" or "steering_committee". `next_list` is the list for `next_year` that was decided
    in the same sitting, in its order; None and () if none was; `removed` and `added` are what the Committee took out
    of the proposed list and put in. `warnings` of relapse are those it ruled on.
    """

    cycle_year: int
    held_by: Literal["board", "steering_committee"]
    held_on: date
    period: Period
    areas: tuple[AreaStanding, ...]
    success: Share
    held: Share | None
    carried_over: tuple[UnitName, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    relapsed: tuple[Relapse, ...] = ()
    place: str = ""
    opened_at: str = ""
    closed_at: str = ""
    chair: str = ""
    secretary: str = ""
    present: tuple[str, ...] = ()
    next_year: int | None = None
    next_list: tuple[UnitName, ...] = ()
    removed: tuple[Dropped, ...] = ()
    added: tuple[DecidedArea, ...] = ()
    warnings: tuple[RelapseWarning, ...] = ()
