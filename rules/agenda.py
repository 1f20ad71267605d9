"""What is due: given the timetable of the plan, the state of things and a day.

The watch asks this every day and starts what it names. Nothing is remembered between two days but the state
itself, so what was missed while the machine was off is due the next morning, marked by its `since` and `by`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from rules.holding import Hold
from rules.timetable import Collection, SittingDue, Timetable

# All that can be due: the steps of a collection, what is told of a gate, the plan's two reports, a cycle's stories.
ACTIONS = (
    "send_forms",
    "remind",
    "chase",
    "remind_holder",
    "tell_next_in_line",
    "half_year_report",
    "annual_report",
    "evaluation",
    "criteria_review",
    "steering_decision",
    "delisting",
    "execution_year",
)


@dataclass(frozen=True)
class Due:
    """One thing to do: `action` on `subject` (a period, or a year), due `since`, to be done `by` (inclusive).

    The action is one of `ACTIONS`.
    """

    action: str
    subject: str
    since: date
    by: date

    def is_late(self, on: date) -> bool:
        """Whether `on` lies after the last day for it."""
        return on > self.by


@dataclass(frozen=True)
class CollectionState:
    """How far a collection is: whether its forms went out (and when), which reporters are missing, reminded, chased."""

    forms_sent: bool = False
    sent_on: date | None = None  # None: in time
    missing: frozenset[str] = frozenset()
    reminded: frozenset[str] = frozenset()
    chased: frozenset[str] = frozenset()


@dataclass(frozen=True)
class State:
    """Where everything stands. `waiting` holds the subjects of open gates ("annual_report:2018"), `behind` those of
    them that are older than the newest figures they rest on, or that another would sign today: they are made anew
    though a gate waits.

    `cycles` gives the stage of each cycle begun, `terms` the first day of its term, `findings` the cycles whose areas
    all carry the Board's finding, `sittings` the years whose session of Steering Committee 138 was held, `unwritten`
    those of them whose minutes or decisions are still to be drafted, or to be signed by another than they show, `holds`
    when the silence at each open gate is told.
    """

    collections: Mapping[str, CollectionState] = field(default_factory=dict)
    released: frozenset[tuple[str, int]] = frozenset()
    waiting: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()
    cycles: Mapping[int, str] = field(default_factory=dict)
    terms: Mapping[int, date] = field(default_factory=dict)
    findings: frozenset[int] = frozenset()
    sittings: frozenset[int] = frozenset()
    unwritten: frozenset[int] = frozenset()
    holds: tuple[Hold, ...] = ()


def agenda(timetable: Timetable, state: State, on: date) -> tuple[Due, ...]:
    """What can and should be done on day `on`, in that order. Empty if nothing is due, or all waits for people."""
    steps = (_collections, _reports, _evaluations, _reviews, _sittings, _after_sittings, _holds)
    return tuple(due for step in steps for due in step(timetable, state, on))


def _collections(timetable: Timetable, state: State, on: date) -> Iterator[Due]:
    for collection in timetable.collections:
        now = state.collections.get(collection.period, CollectionState())
        if not now.forms_sent:
            if on >= collection.forms_out_on:
                yield Due("send_forms", collection.period, collection.forms_out_on, collection.closes_on)
            continue
        if collection.reminder_on <= on <= collection.last_day and now.missing - now.reminded:
            yield Due("remind", collection.period, collection.reminder_on, collection.last_day)
        is_waited_for = _is_waited_for(collection, state, on, sent_after=collection.last_day)
        if on > collection.last_day and now.missing - now.chased and not is_waited_for:
            yield Due("chase", collection.period, collection.last_day, collection.last_day)


def _reports(timetable: Timetable, state: State, on: date) -> Iterator[Due]:
    for report in timetable.reports:
        this = (report.report, report.year)
        if this in state.released or _waits(state, f"{this[0]}:{this[1]}"):
            continue
        collection = timetable.collection(report.period)
        # On its last days a report goes out with what came in; once late, it can as well wait for the figures.
        if on >= report.draft_from and not _is_waited_for(collection, state, on, sent_after=collection.last_day):
            yield Due(report.report, str(report.year), report.draft_from, report.last_safe_day)


def _evaluations(timetable: Timetable, state: State, on: date) -> Iterator[Due]:
    for sitting in timetable.sittings:
        year = sitting.recognises
        if year is None or year in state.findings or _waits(state, f"evaluation:{year}"):
            continue
        if _lacks_figures(timetable, state, sitting, on):
            continue
        if on >= sitting.prepared_from and state.cycles.get(year) in ("executing", "evaluating"):
            yield Due("evaluation", str(year), sitting.prepared_from, sitting.on)


def _reviews(timetable: Timetable, state: State, on: date) -> Iterator[Due]:
    for sitting in timetable.sittings:
        year = sitting.decides
        if year is None or state.cycles.get(year, "collecting") not in ("collecting", "reviewing"):
            continue
        if _lacks_figures(timetable, state, sitting, on):
            continue
        if _waits(state, f"criteria_review:{year}") or not _is_evaluated(sitting.recognises, state):
            continue
        if on >= sitting.prepared_from:
            yield Due("criteria_review", str(year), sitting.prepared_from, sitting.on)


def _sittings(timetable: Timetable, state: State, on: date) -> Iterator[Due]:
    for sitting in timetable.sittings:
        if sitting.year in state.sittings or f"steering_decision:{sitting.year}" in state.waiting:
            continue
        proposed = sitting.decides is None or state.cycles.get(sitting.decides) == "proposed"
        if on >= sitting.prepared_from and proposed and _is_evaluated(sitting.recognises, state):
            yield Due("steering_decision", str(sitting.year), sitting.prepared_from, sitting.on)


def _after_sittings(timetable: Timetable, state: State, on: date) -> Iterator[Due]:
    for sitting in timetable.sittings:
        if sitting.year not in state.sittings:
            continue
        if sitting.year in state.unwritten:  # the machine stopped just after the answer, or the signer has changed
            yield Due("steering_decision", str(sitting.year), sitting.prepared_from, sitting.on)
            continue
        if sitting.recognises is not None and state.cycles.get(sitting.recognises) == "evaluating":
            yield Due("delisting", str(sitting.recognises), sitting.on, sitting.on)
        decided = sitting.decides
        if decided is None or state.cycles.get(decided) != "decided":
            continue
        starts_on = state.terms.get(decided) or timetable.term_from(decided)
        if on >= starts_on:
            yield Due("execution_year", str(decided), starts_on, starts_on)


def _holds(timetable: Timetable, state: State, on: date) -> Iterator[Due]:
    for hold in state.holds:
        if on >= hold.remind_on and not hold.reminded:
            yield Due("remind_holder", str(hold.gate), hold.remind_on, hold.next_in_line_on)
        if on >= hold.next_in_line_on and not hold.passed_on:
            yield Due("tell_next_in_line", str(hold.gate), hold.next_in_line_on, hold.next_in_line_on)


def _waits(state: State, subject: str) -> bool:
    """Whether a person is asked about `subject` as it stands: nothing to do until they answer."""
    return subject in state.waiting and subject not in state.behind


def _lacks_figures(timetable: Timetable, state: State, sitting: SittingDue, on: date) -> bool:
    """Whether a list or an evaluation would be made of figures that nobody had the time to file."""
    collection = timetable.collection(sitting.period)
    return _is_waited_for(collection, state, on, sent_after=collection.asked_by)


def _is_waited_for(collection: Collection, state: State, on: date, *, sent_after: date) -> bool:
    """Whether forms that went out after the day `sent_after` (the machine was off) are still to be answered.

    The reporters get as long as the forms lie with them before the figures close in other years.
    """
    now = state.collections.get(collection.period, CollectionState())
    if not now.forms_sent:
        return True
    if now.sent_on is None or now.sent_on <= sent_after or not now.missing:
        return False
    # Figures of a window long closed, asked for once, are due on the day they are asked by.
    usual_end = collection.closes_on if collection.closes_on > collection.forms_out_on else collection.asked_by
    return on < now.sent_on + (usual_end - collection.forms_out_on)


def _is_evaluated(year: int | None, state: State) -> bool:
    return year is None or year in state.findings
