"""What the consolidated reports say of those who were asked and did not answer."""

from __future__ import annotations

import pytest

from models.db import read
from plans.schema import Plan
from reports.contributions import measure_groups, measure_rows
from rules.periods import period
from tasks.period_facts import Filed, period_facts

PERIOD = "2018-half_year"
SILENT = ("police_964", "committee_964", "dept_culture")


def facts(room, without):
    room.on(2018, 5, 16).collect(PERIOD, without=without)
    with read(room.office.engine) as session:
        return period_facts(Filed(session, room.office, period(room.office.plan, PERIOD)))


def expected(room, facts, plan: Plan, measure: str) -> int:
    """Owners x areas, or one an owner: worked out from the plan alone."""
    one = next(m for m in plan.measures if m.id == measure)
    owners = [a for a in plan.agencies if one.owner in (a.id, a.reporter_type)]
    by_area = one.scope == "area" and owners[0].district_code
    return len(facts.areas) if by_area else len(owners)


@pytest.mark.parametrize("without", [SILENT, ()])
def test_each_measure_counts_all_who_were_asked_and_the_silent_as_without_data(room_at, without):
    room = room_at("first_cycle_executed")
    plan, told = room.office.plan, facts(room, without)
    for measure in plan.measures:
        own = [state for state in told.measures if state.measure == measure.id]
        assert len(own) == expected(room, told, plan, measure.id), measure.id
    silent = {plan.agency(id).name for id in without}
    assert silent <= {state.reporter for state in told.measures if state.state is None}
    assert all(state.state is None for state in told.measures if state.reporter in silent)


def test_where_nobody_filed_every_measure_says_how_many_answers_are_missing(room_at):
    room = room_at("first_cycle_executed")
    plan = room.office.plan
    told = facts(room, tuple(agency.id for agency in plan.agencies))
    rows = [row for group in measure_groups(plan, told.measures) for row in group.rows]
    for *_, done, doing, idle, unknown in (*rows, *measure_rows(plan, told.measures)):
        assert (done, doing, idle) == ("0", "0", "0") and int(unknown) > 0


def test_money_of_those_who_did_not_file_is_missing_not_left_out(room_at):
    told = facts(room_at("first_cycle_executed"), SILENT)
    lost = {b.reporter for b in told.budgets if b.planned is None and b.spent is None}
    assert {"Ủy ban nhân dân thành phố Cà Mau", "Sở Văn hóa, Thể thao và Du lịch"} <= lost
