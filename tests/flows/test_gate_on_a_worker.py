"""The same gate on Prefect's own process worker, for several machines, and a run whose process died at work."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from prefect.states import Crashed, Running, Scheduled

from campaigns.gate_house import ROOT, environment, hand_over_to_workers, wait_for, worker
from campaigns.then import clock
from flows import lost_runs
from flows.lost_runs import is_asked
from flows.ringing import DEPLOYMENT, ring
from models import reading
from samples.officers import code_of

PROPOSAL = "selection_proposal"
TEN_YEARS_ON = datetime.now(UTC) + timedelta(days=3650)


@pytest.fixture
def desk(desk_at):
    """1/11/2017: the first list lies before the director."""
    return desk_at("first_list_proposed")


def approvals(desk):
    return [approval.officer_id for _, approval in desk.room.ask(reading.approvals)]


def test_a_gate_is_asked_and_answered_on_a_process_worker(desk):
    told = environment(desk.room.office)
    with worker(str(desk.client.api_url), told):
        hand_over_to_workers(desk.client)
        ring()
        wait_for(lambda: is_asked(desk.client, desk.run(PROPOSAL)))
        code = code_of("GD01", clock(told)())
        assert desk.submit(PROPOSAL, decision="Đồng ý", officer="GD01", code=code) == "ACCEPT"
        run = UUID(desk.room.gate(PROPOSAL).flow_run_id)
        wait_for(lambda: approvals(desk))
        wait_for(lambda: desk.client.read_flow_run(run).state.is_final())
    assert approvals(desk) == ["GD01"]
    desk.client.delete_deployment(desk.client.read_deployment_by_name(DEPLOYMENT).id)


def test_on_a_worker_too_a_run_put_off_for_years_is_called_back_and_holds_nobody_up(desk):
    told = environment(desk.room.office)
    with worker(str(desk.client.api_url), told):
        hand_over_to_workers(desk.client)
        ring()
        wait_for(lambda: is_asked(desk.client, desk.run(PROPOSAL)))
        before = desk.run(PROPOSAL).id
        desk.client.set_flow_run_state(before, Scheduled(scheduled_time=TEN_YEARS_ON), force=True)
        ring()
        assert desk.run(PROPOSAL).id != before
        wait_for(lambda: is_asked(desk.client, desk.run(PROPOSAL)))
        code = code_of("GD01", clock(told)())
        assert desk.submit(PROPOSAL, decision="Đồng ý", officer="GD01", code=code) == "ACCEPT"
        wait_for(lambda: approvals(desk))
    assert approvals(desk) == ["GD01"]
    desk.client.delete_deployment(desk.client.read_deployment_by_name(DEPLOYMENT).id)


def test_a_worker_loads_the_gate_for_the_installation_of_its_machine(desk):
    see = "from flows.deployed import approval; from tasks.office import current; print(current().settings.database)"
    told = {"CHUYENHOA_DATA_DIR": str(desk.room.office.folder), "PYTHONPATH": str(ROOT)}
    said = subprocess.run(
        [sys.executable, "-c", see], env=os.environ | told, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == desk.room.office.settings.database


@pytest.mark.parametrize("state", [Running, Crashed])
def test_an_answer_whose_process_died_before_it_was_weighed_is_weighed_after_the_next_ring(desk, state, monkeypatch):
    desk.ring()
    run = desk.run(PROPOSAL).id
    desk.submit(PROPOSAL, decision="Đồng ý", officer="GD01", code=desk.room.code("GD01"))
    desk.client.set_flow_run_state(run, state(), force=True)
    monkeypatch.setattr(lost_runs, "LOST_AFTER", lost_runs.LOST_AFTER * 0)
    desk.ring()
    assert approvals(desk) == ["GD01"]


def test_a_run_that_is_at_work_is_left_to_it(desk):
    desk.ring()
    run = desk.run(PROPOSAL).id
    desk.client.set_flow_run_state(run, Running(), force=True)
    desk.ring()
    assert desk.run(PROPOSAL).state.is_running()


def test_a_run_that_crashed_unanswered_is_rung_again(desk):
    desk.ring()
    run = desk.run(PROPOSAL).id
    desk.client.set_flow_run_state(run, Crashed(), force=True)
    desk.ring()
    assert desk.run(PROPOSAL).id != run
    assert desk.run(PROPOSAL).state.is_paused()
