"""What is due on a day. `until` in a case: all of the collections, reports and sittings before that day are done."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from rules.agenda import CollectionState, Due, State, agenda
from rules.timetable import timetable


@pytest.fixture(scope="module")
def dates(plan, calendar):
    return timetable(plan, calendar)


def state_of(given, dates) -> State:
    until, held = given.get("until", date.min), set(given.get("sittings", ()))
    cycles = dict(given.get("cycles", {}))
    past = [s for s in dates.sittings if s.on < until and cycles.get(s.decides) != "proposed" and s.year not in held]
    recognised = {s.recognises for s in past if s.recognises}
    begun = {s.decides: "executing" for s in past if s.decides}
    released = {(r.report, r.year) for r in dates.reports if r.draft_from <= until}
    return State(
        collections={c.period: collected(given, c.period) for c in dates.collections if is_sent(given, c, until)},
        released=frozenset(released | {(name, int(year)) for name, year in map(str.split, given.get("released", ()))}),
        behind=frozenset(given.get("behind", ())),
        unwritten=frozenset(given.get("unwritten", ())),
        terms=given.get("terms", {}),
        waiting=frozenset(given.get("waiting", ())),
        cycles=begun | dict.fromkeys(recognised, "closed") | cycles,
        findings=frozenset(recognised | set(given.get("findings", ()))),
        sittings=frozenset(held | {s.year for s in past}),
    )


def is_sent(given, collection, until) -> bool:
    return collection.forms_out_on <= until or collection.period in given.get("sent", ())


def collected(given, period) -> CollectionState:
    parts = {part: frozenset(given.get(part, {}).get(period, ())) for part in ("missing", "reminded", "chased")}
    return CollectionState(forms_sent=True, sent_on=given.get("sent_on", {}).get(period), **parts)


def test_agenda(case, dates):
    on = case["on"]
    found = agenda(dates, state_of(case["state"], dates), on)
    assert [f"{due.action} {due.subject}" for due in found] == case["due"]
    assert [f"{due.action} {due.subject}" for due in found if due.is_late(on)] == case.get("late", [])
    assert all(due.since <= on or due.action == "chase" for due in found)


def test_a_thing_is_late_from_the_day_after_its_last(dates):
    due = Due("annual_report", "2018", since=date(2018, 11, 21), by=date(2018, 11, 23))
    assert not due.is_late(date(2018, 11, 23))
    assert due.is_late(date(2018, 11, 24))


def test_nothing_due_before_the_plan_and_nothing_ever_forgotten(dates):
    """With nothing ever done, the list of what is due only grows."""
    sent = State(collections={c.period: CollectionState(forms_sent=True) for c in dates.collections})
    for state, last in ((State(), ("send_forms", "2020-annual")), (sent, ("annual_report", "2020"))):
        day, before = date(2017, 8, 1), set()
        while day <= date(2021, 1, 31):
            now = {(due.action, due.subject) for due in agenda(dates, state, day)}
            assert before <= now, f"forgotten on {day}: {before - now}"
            day, before = day + timedelta(days=7), now
        assert last in before
