"""The same gate where Prefect's own process worker does the work, as on several machines: slower, and no different."""

from __future__ import annotations

import pytest

from campaigns.gate_house import environment, hand_over_to_workers, worker
from campaigns.then import clock
from flows.ringing import DEPLOYMENT
from samples.officers import code_of

PROPOSAL = "selection_proposal"


@pytest.fixture
def clerk(bare_clerk_at):
    """1/11/2017: the first list lies before the director; a worker starts a process for each run.

    The clock goes on: a code is judged by when it was sent, and one process after the other takes seconds to start.
    """
    clerk, _ = bare_clerk_at("first_list_proposed")
    told = environment(clerk.room.office)
    clerk.room.code = lambda officer: code_of(officer, clock(told)())
    clerk.patience = 90
    with worker(str(clerk.client.api_url), told):
        hand_over_to_workers(clerk.client)
        clerk.ring()
        yield clerk
    clerk.client.delete_deployment(clerk.client.read_deployment_by_name(DEPLOYMENT).id)


def test_an_answer_given_in_the_browser_is_an_approval(clerk):
    gate = clerk.room.gate(PROPOSAL)
    clerk.answer(clerk.open_run(PROPOSAL), Ý_kiến="Đồng ý", Mã_cán_bộ="GD01")
    (approval,) = clerk.wait_for(clerk.approvals)
    assert (approval.gate_id, approval.decision, approval.officer_id) == (gate.id, "approve", "GD01")
    clerk.wait_for(lambda: clerk.state(gate.flow_run_id) == "COMPLETED")


def test_after_a_wrong_code_the_next_form_says_why_and_takes_the_right_one(clerk):
    before = clerk.room.work()
    clerk.answer(clerk.open_run(PROPOSAL), Ý_kiến="Đồng ý", Mã_cán_bộ="GD01", Mã_xác_thực="000000")
    assert "Chưa ghi nhận: Mã xác thực không đúng" in clerk.told(PROPOSAL)
    assert clerk.room.work() == before
    clerk.answer(clerk.open_run(PROPOSAL), Ý_kiến="Đồng ý", Mã_cán_bộ="GD01")
    (approval,) = clerk.wait_for(clerk.approvals)
    assert approval.officer_id == "GD01"
