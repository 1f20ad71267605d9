"""The shape of a plan: frozen models that refuse unknown keys. Every value says where in the plan it stands.

A plan is a folder (`plans/qd-1426-2017/`). `plans.loader.load_plan` reads it into one `Plan`.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from plans.checks import problems
from plans.cited import Cited, Days, Frozen, Months, Percent, Value, YearDay


class Parameters(Frozen):
    """The plan's numbers and the reading of each point it leaves open."""

    quota_percent: Value[Percent]  # 15
    quota_rounding: Value[Literal["down"]]
    quota_base: Value[Literal["units_in_force_on_decision_date"]]
    carry_over_counts: Value[bool]
    carry_over_ranked_first: Value[bool]
    recognised_eligible_in_same_sitting: Value[bool]
    list_decided_by: Value[Literal["steering_committee"]]
    recognised_by: Value[Literal["steering_committee"]]
    minister_list_inside_cap: Value[Literal[True]]
    term_months: Value[Months]  # 12
    term_start: Value[Literal["reporting_year", "decision_date"]]
    no_cycle_past_plan: Value[bool]
    session_order: Value[tuple[Literal["recognise"], Literal["delist"], Literal["carry_over"], Literal["decide"]]]
    achievement_percent: Value[Percent]  # 80
    count_by: Value[Literal["indicator", "letter"]]
    second_gate_required: Value[bool]
    second_gate_offences: Value[tuple[str, ...]]  # criteria a1 b1 c1
    second_gate_vice_spots: Value[tuple[str, ...]]  # criteria a7 b2
    not_applicable: Value[Literal["leaves_both"]]
    missing: Value[Literal["not_met"]]
    score_method: Value[Literal["share_strictly_lower"]]
    tie_break: Value[tuple[str, ...]]  # criterion "a1", group "group:a", "code"
    minimum_completeness_percent: Value[Percent]  # 80
    relapse_signal: Value[Literal["lowest_decided_score"]]
    comparison: Value[Literal["same_window_last_year"]]
    success_base: Value[Literal["areas_selected_in_cycle"]]
    held_base: Value[Literal["ever_converted"]]
    asked_working_days_before_last_safe_day: Value[Days]  # 3
    forms_out_working_days_before_closing: Value[Days]
    reminder_working_days_before_asked: Value[Days]
    gate_reminder_working_days: Value[Days]
    gate_next_in_line_working_days: Value[Days]
    consolidated_held_to: Value[Literal["last_safe_day"]]


class Objective(Cited):
    """An aim of I.1 for the province: a success share, a lasting share, or propaganda without a number."""

    id: str
    letter: str
    title: str
    at_least_percent: Percent | None = None


class CriterionGroup(Cited):
    """One of the four groups of II.3 ("a" hình sự, "b" ma túy, "c" kinh tế, môi trường, "d" khác)."""

    id: str
    title: str
    weight: Decimal = Decimal(1)
    weight_basis: Literal["plan", "interpretation"] = "interpretation"


class Criterion(Cited):
    """One criterion of II.3, which selects a commune. `text` is the plan's wording, whole."""

    id: str = Field(pattern=r"^[a-d]\d$")
    group: str
    text: str
    short: str  # a column heading
    measure: Literal["count", "rate", "grade", "yes_no"]
    unit: str  # "vụ", "đối tượng", "mức 0-3"
    nature: Literal["flow", "stock"]  # counted over the window, or as it stands at its end
    higher_is_worse: bool = True
    weight: Decimal = Decimal(1)
    weight_basis: Literal["plan", "interpretation"] = "interpretation"
    owner: str  # a reporter type by district, or the id of one agency
    owner_basis: Literal["plan", "interpretation"] = "interpretation"
    grades: tuple[str, ...] = ()  # what 0, 1, 2, 3 mean

    @model_validator(mode="after")
    def _grades_are_four(self) -> Self:
        if (self.measure == "grade") != (len(self.grades) == 4):
            raise ValueError(
                "grades không khớp measure; hãy ghi đủ bốn mức 0-3 cho tiêu chí measure: grade, và chỉ cho tiêu chí đó"
            )
        return self


class TargetPart(Frozen):
    """One figure a target is computed from: `id` is numerator, denominator, count or answer."""

    id: Literal["numerator", "denominator", "count", "answer", "rules"]
    label: str


class Target(Cited):
    """One of the eight measurable targets of I.2, which judges an area.

    `percent`: numerator / denominator against `limit` %; `absence`: count against `limit`;
    `yes_no`: answer is yes; `count_and_rules`: count against `limit`, and rules kept.
    """

    id: str = Field(pattern=r"^[a-e]\d?$")
    letter: str
    text: str
    short: str
    measure: Literal["percent", "absence", "yes_no", "count_and_rules"]
    comparator: Literal[">=", "<", "="]
    limit: int
    parts: tuple[TargetPart, ...]
    not_applicable_when: Literal["denominator_zero", "never"]
    owner: str
    owner_basis: Literal["plan", "interpretation"] = "interpretation"


class Measure(Cited):
    """One task of Mục III ("III.1.a"): work to do, by whom, in the areas or in the whole province."""

    id: str = Field(pattern=r"^III\.[1-6]\.[a-zđ]$")
    heading: str
    text: str
    short: str
    scope: Literal["area", "province"]
    scope_basis: Literal["plan", "interpretation"]
    lead: str  # agency id
    lead_basis: Literal["plan", "interpretation"]
    owner: str  # who reports its progress: reporter type by district, or agency id
    owner_basis: Literal["plan", "interpretation"] = "interpretation"


class Agency(Cited):
    """A body named in IV.2 (or a division of the provincial police, where the plan only says "các đơn vị")."""

    id: str
    name: str
    role: Literal["manages", "leads", "standing_office", "coordinates", "steers", "board", "decides", "receives"]
    reporter_type: Literal["provincial_body", "police_division", "district_committee", "district_police"] | None = None
    district_code: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


class ReporterType(Cited):
    """A kind of reporter; `by_district` ones report the communes of their own district."""

    id: Literal["district_police", "police_division", "district_committee", "provincial_body"]
    title: str
    by_district: bool


class BoardMember(Cited):
    """A seat of the Board (IV.2.d)."""

    seat: str
    title: str


class Obligation(Cited):
    """A duty in time: who owes what to whom, every when.

    Reports carry `window_from`, `window_to` (closing of data) and `due_before` (exclusive);
    sessions and one-off duties `by` (inclusive, moved to the last working day up to it);
    duties with a span `opens` and `by`. `years` are the reporting years in which it is owed.
    """

    id: str
    title: str
    kind: Literal[
        "report",
        "consolidation",
        "collection",
        "session",
        "meeting",
        "inspection",
        "review",
        "commendation",
        "budget",
        "regulation",
    ]
    owed_by: tuple[str, ...]  # agencies, or reporter types (each reporter of the type owes it)
    owed_to: tuple[str, ...]
    through: str | None = None
    every: Literal["half_year", "year", "once"]
    years: tuple[int, ...]
    window_from: YearDay | None = None
    window_to: YearDay | None = None
    due_before: YearDay | None = None
    opens: YearDay | None = None
    by: YearDay | None = None
    by_year: dict[int, date] = Field(default_factory=dict)  # a year whose date differs (the first list)
    periods: tuple[str, ...] = ()  # past periods a collection asks for ("2016-annual")
    time_basis: Literal["plan", "interpretation"] = "plan"


class LegalBasis(Cited):
    """One "Căn cứ" of the decision."""

    text: str


class Article(Cited):
    """Điều 1-3 of the decision."""

    number: int
    text: str


class Decision(Cited):
    """The decision that issues the plan: number, date, title, signer's office."""

    number: str
    signed_on: date
    title: str
    province: str
    place: str
    recipients: tuple[str, ...] = ()


class Plan(Frozen):
    """Everything the plan says, as data."""

    id: str
    decision: Decision
    valid_from: Value[date]
    valid_to: Value[date]
    legal_bases: tuple[LegalBasis, ...]
    articles: tuple[Article, ...]
    parameters: Parameters
    objectives: tuple[Objective, ...]
    groups: tuple[CriterionGroup, ...]
    criteria: tuple[Criterion, ...]
    targets: tuple[Target, ...]
    measures: tuple[Measure, ...]
    reporter_types: tuple[ReporterType, ...]
    agencies: tuple[Agency, ...]
    board: tuple[BoardMember, ...]
    obligations: tuple[Obligation, ...]

    @model_validator(mode="after")
    def _parts_agree(self) -> Self:
        if found := list(problems(self)):
            raise PydanticCustomError("parts_disagree", "the parts of the plan disagree", {"problems": found})
        return self

    def criterion(self, id: str) -> Criterion:
        """The criterion `id`; `KeyError` if the plan has none."""
        return _one(self.criteria, id)

    def target(self, id: str) -> Target:
        """The target `id`; `KeyError` if the plan has none."""
        return _one(self.targets, id)

    def obligation(self, id: str) -> Obligation:
        """The obligation `id`; `KeyError` if the plan has none."""
        return _one(self.obligations, id)

    def agency(self, id: str) -> Agency:
        """The agency `id`; `KeyError` if the plan has none."""
        return _one(self.agencies, id)


def _one(rows: tuple, id: str):
    for row in rows:
        if row.id == id:
            return row
    raise KeyError(id)
