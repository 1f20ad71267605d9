"""What is computed once is computed again as soon as somebody files something else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from models.db import read
from rules.periods import period
from tasks import assessment
from tasks.assessment import ranking, values_of
from tasks.intake import take_in_inbox

PERIOD = "2017-annual"


@pytest.fixture
def room(room_at):
    return room_at("first_cycle_executed").on(2017, 11, 22)


def ranked(room, until=None):
    with read(room.office.engine) as session:
        return ranking(session, room.office, period(room.office.plan, PERIOD), until)


def refile(room, value):
    """A district files again, with another count of criterion a1; returns the unit it is about."""
    filled = room.filled("police_964", PERIOD)
    key = next(key for key, old in filled.values.items() if key[2] == "a1" and isinstance(old, Decimal))
    room.drop("police_964", PERIOD, replace(filled, values={**filled.values, key: Decimal(value)}))
    (taken,) = take_in_inbox(room.office)
    assert taken.is_accepted
    return key[0]


def test_the_same_figures_are_scored_once(room, monkeypatch):
    first = ranked(room)
    monkeypatch.setattr(assessment, "score_units", lambda *args: pytest.fail("scored twice"))
    assert ranked(room) is first


def test_a_figure_filed_later_is_in_the_next_ranking(room):
    before = ranked(room)
    unit = refile(room.on(2017, 11, 23), 99)
    after = ranked(room)
    assert before.values[unit]["a1"] != after.values[unit]["a1"] == Decimal(99)
    assert after.score(unit).shares["a1"] > before.score(unit).shares["a1"]


def test_what_counted_by_a_day_stays_what_it_was_whatever_comes_later(room):
    before = ranked(room, until=room.clock.on)
    refile(room.on(2017, 11, 23), 99)
    assert ranked(room, until=before.period.due_before.replace(day=22)).scores == before.scores
    assert ranked(room).scores != before.scores


def test_two_offices_know_nothing_of_each_other(room, room_at):
    other = room_at("first_cycle_executed").on(2017, 11, 23)
    ranked(room)
    unit = refile(other, 99)
    assert (ranked(room).values[unit]["a1"], ranked(other).values[unit]["a1"])[1] == Decimal(99)
    with read(room.office.engine) as session:
        assert values_of(session, room.office, period(room.office.plan, PERIOD))[unit]["a1"] != Decimal(99)


def test_another_plan_is_another_office(room):
    first = ranked(room)
    fewer = tuple(c for c in room.office.plan.criteria if c.id != "a1")
    other = replace(room.office, plan=room.office.plan.model_copy(update={"criteria": fewer}))
    with read(other.engine) as session:
        assert "a1" not in ranking(session, other, period(other.plan, PERIOD)).scores[0].shares
    assert "a1" in first.scores[0].shares
