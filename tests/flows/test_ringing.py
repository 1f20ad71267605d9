"""The bell: what was lost rings again and is told; what is decided rings no more; nobody silences it for good."""

from __future__ import annotations

import pytest
from prefect.states import Cancelled, Cancelling, Completed, Crashed, Failed, Scheduled

from flows.ringing import DEPLOYMENT
from models import reading

PROPOSAL = "selection_proposal"


def told(desk) -> list[str]:
    """The keys of the mails that tell of a lost run, with their subject's last words."""
    return sorted(desk.room.ask(reading.mail_keys, "rung_again:"))


LOSSES = {
    "without deployment": lambda client, run: client.delete_deployment(client.read_deployment_by_name(DEPLOYMENT).id),
    "cancelled": lambda client, run: client.set_flow_run_state(run.id, Cancelled(), force=True),
    "cancelling": lambda client, run: client.set_flow_run_state(run.id, Cancelling(), force=True),
    "failed": lambda client, run: client.set_flow_run_state(run.id, Failed(), force=True),
    "timed out": lambda client, run: client.set_flow_run_state(run.id, Failed(name="TimedOut"), force=True),
    "crashed": lambda client, run: client.set_flow_run_state(run.id, Crashed(), force=True),
    "completed": lambda client, run: client.set_flow_run_state(run.id, Completed(), force=True),
    "deleted": lambda client, run: client.delete_flow_run(run.id),
    "formless": lambda client, run: [
        client.delete_flow_run_input(run.id, given.key)
        for given in client.filter_flow_run_input(run.id, key_prefix="suspended-", limit=9, exclude_keys=set())
    ],
}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_lost_run_is_told_to_the_administrator_once_and_rung_again(desk, loss):
    lost = desk.run(PROPOSAL)
    LOSSES[loss](desk.client, lost)
    for _ in range(2):
        desk.ring()
    assert told(desk) == [f"rung_again:{desk.room.gate(PROPOSAL).id}/{lost.id}/QT01"]
    assert desk.run(PROPOSAL).id != lost.id
    assert desk.run(PROPOSAL).state.type.value == "PAUSED"
    assert desk.room.ask(reading.approvals) == []


def test_a_run_forced_to_start_again_answers_nothing_and_is_rung_again(desk):
    run = desk.run(PROPOSAL)
    desk.client.set_flow_run_state(run.id, Scheduled(), force=True)
    for _ in range(2):  # Prefect takes the missing answer for an empty one, and the run fails
        desk.ring()
    assert desk.room.ask(reading.approvals) == []
    assert desk.run(PROPOSAL).state.type.value == "PAUSED"
    desk.answer(PROPOSAL, "GD01")
    assert len(desk.room.ask(reading.approvals)) == 1


def test_the_first_ring_is_no_loss(desk):
    assert told(desk) == []


def test_an_answer_given_elsewhere_withdraws_the_form(desk):
    run = desk.run(PROPOSAL)
    assert desk.room.answer(PROPOSAL) == ""
    desk.ring()
    assert desk.client.read_flow_run(run.id).state.type.value == "CANCELLED"
    assert told(desk) == []


def test_the_forms_of_another_office_on_the_same_server_are_left_alone(desk, desk_at):
    run = desk.run(PROPOSAL)
    other = desk_at("first_figures_asked", 2017, 11, 1)
    other.ring()
    assert desk.client.read_flow_run(run.id).state.type.value == "PAUSED"
