"""A run that died with an officer's answer in hand: its one-time code does not stay in Prefect's records."""

from __future__ import annotations

import pytest
from prefect.states import Cancelled, Crashed, Pending, Running

from flows import given_answers, lost_runs
from flows.ringing import ring
from models import reading
from tasks.answers import Answer, Asked, take_answer

PROPOSAL = "selection_proposal"
YES = "Đồng ý"


def has_code(desk, run):
    return given_answers.is_given(str(run))


@pytest.mark.parametrize("state", [Running, Pending, Crashed])
def test_right_after_the_row_the_next_ring_wipes_the_code_and_ends_the_run(desk, state, monkeypatch):
    run = desk.run(PROPOSAL).id
    desk.submit(PROPOSAL, decision=YES, officer="GD01", code=desk.room.code("GD01"))
    assert desk.room.answer(PROPOSAL) == ""
    desk.client.set_flow_run_state(run, state(), force=True)
    monkeypatch.setattr(lost_runs, "LOST_AFTER", lost_runs.LOST_AFTER * 0)
    ring()
    assert not has_code(desk, run)
    assert desk.client.read_flow_run(run).state.is_cancelled()
    assert len(desk.room.ask(reading.approvals)) == 1


def test_a_run_that_is_still_at_work_keeps_what_it_was_given(desk):
    run = desk.run(PROPOSAL).id
    desk.submit(PROPOSAL, decision=YES, officer="GD01", code=desk.room.code("GD01"))
    assert desk.room.answer(PROPOSAL) == ""
    desk.client.set_flow_run_state(run, Running(), force=True)
    ring()
    assert has_code(desk, run)
    assert desk.client.read_flow_run(run).state.is_running()


def test_after_a_refusal_the_code_is_wiped_before_it_is_asked_again_and_counts_once(desk):
    run, wrong = desk.run(PROPOSAL).id, Answer("approve", "GD01", code="000000")
    desk.submit(PROPOSAL, decision=YES, officer="GD01", code=wrong.code)
    assert take_answer(desk.room.office, desk.room.gate(PROPOSAL), wrong, asked=Asked(str(run), 0))
    desk.executor.run_what_is_due()
    assert desk.run(PROPOSAL).id == run
    assert not has_code(desk, run)
    assert "Chưa ghi nhận" in desk.form(PROPOSAL)[1]
    assert desk.room.ask(reading.device, "GD01").failures == 1
    desk.answer(PROPOSAL, "GD01")
    assert len(desk.room.ask(reading.approvals)) == 1


def test_of_a_run_that_was_stopped_before_it_weighed_the_answer_no_code_stays(desk):
    run = desk.run(PROPOSAL).id
    desk.submit(PROPOSAL, decision=YES, officer="GD01", code=desk.room.code("GD01"))
    desk.client.set_flow_run_state(run, Cancelled(), force=True)
    desk.ring()
    assert not has_code(desk, run)
    assert desk.run(PROPOSAL).state.is_paused()
    assert desk.room.ask(reading.approvals) == []
