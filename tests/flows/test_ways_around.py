"""A gate whose deployment or form was taken away in Prefect: what was answered counts, and the bell rings again."""

from __future__ import annotations

import pytest

from flows.ringing import DEPLOYMENT, ring
from models import reading

PROPOSAL = "selection_proposal"


def remove_the_deployment(desk):
    desk.client.delete_deployment(desk.client.read_deployment_by_name(DEPLOYMENT).id)


def approvals(desk):
    return [approval.decision for _, approval in desk.room.ask(reading.approvals)]


def test_an_answer_given_after_the_deployment_was_removed_counts_all_the_same(desk):
    remove_the_deployment(desk)
    desk.answer(PROPOSAL, "GD01")
    assert approvals(desk) == ["approve"]


def test_a_gate_whose_deployment_was_removed_is_rung_again_under_a_new_one(desk):
    before = desk.run(PROPOSAL).id
    remove_the_deployment(desk)
    desk.ring()
    assert desk.run(PROPOSAL).id != before
    desk.answer(PROPOSAL, "GD01")
    assert approvals(desk) == ["approve"]


def test_where_no_gate_waits_no_deployment_is_looked_for(desk):
    desk.answer(PROPOSAL, "GD01")
    remove_the_deployment(desk)
    assert ring() == 0


@pytest.mark.parametrize("part", ["schema", "description", "both"])
def test_a_run_whose_form_was_removed_is_rung_again_and_one_without_its_words_can_be_answered(desk, part):
    run = desk.run(PROPOSAL)
    keys = run.state.state_details.run_input_keyset
    for removed in ("schema", "description") if part == "both" else (part,):
        desk.client.delete_flow_run_input(run.id, keys[removed])
    desk.ring()
    assert (desk.run(PROPOSAL).id == run.id) == (part == "description")
    desk.answer(PROPOSAL, "GD01")
    assert approvals(desk) == ["approve"]


def test_a_run_that_cannot_be_claimed_is_left_alone_and_holds_nobody_up(desk, monkeypatch):
    desk.submit(PROPOSAL, decision="Đồng ý", officer="GD01", code=desk.room.code("GD01"))
    with monkeypatch.context() as patch:
        patch.setattr(desk.executor, "_claim", lambda run: False)
        assert desk.executor.run_what_is_due() == 0
    assert desk.executor.run_what_is_due() >= 1
    assert approvals(desk) == ["approve"]
