"""Whatever is done to a gate's run in Prefect opens no gate: the bell rings again, and the officer answers it then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from prefect.states import Cancelled, Cancelling, Completed, Crashed, Failed, Pending, Running, Scheduled

from flows import lost_runs
from flows.ringing import DEPLOYMENT
from models import reading

PROPOSAL = "selection_proposal"


@pytest.fixture
def clerk(clerk_at):
    """1/11/2017: the first list lies before the director."""
    clerk = clerk_at("first_list_proposed")
    clerk.ring()
    return clerk


def run_id(clerk):
    return UUID(clerk.room.gate(PROPOSAL).flow_run_id)


def force(clerk, state):
    clerk.client.set_flow_run_state(run_id(clerk), state, force=True)


def later(**by):
    return datetime.now(UTC) + timedelta(**by)


def change_state_in_the_browser(clerk):
    """Prefect's page offers this for a run that has ended: here, one that was cancelled."""
    force(clerk, Cancelled())
    page = clerk.open_run(PROPOSAL)
    dialog = clerk.choose(page, "Change state")
    dialog.locator(".p-select-button__control").press("ArrowDown")
    page.get_by_role("option", name="Completed", exact=True).click()
    dialog.get_by_role("button", name="Change", exact=True).click()
    clerk.wait_for(lambda: clerk.state(str(run_id(clerk))) == "COMPLETED")


def delete_in_the_browser(clerk):
    page = clerk.open_run(PROPOSAL)
    page.get_by_role("button", name="Resume", exact=True).first.wait_for()
    gone = run_id(clerk)
    clerk.choose(page, "Delete").get_by_role("button", name="Delete", exact=True).click()
    clerk.wait_for(lambda: gone not in [run.id for run in clerk.client.read_flow_runs()])


def delete_the_deployment_in_the_browser(clerk):
    deployment = clerk.client.read_deployment_by_name(DEPLOYMENT)
    page = clerk.open(f"/deployments/deployment/{deployment.id}")
    page.get_by_role("button", name="Run", exact=True).first.wait_for()
    clerk.choose(page, "Delete").get_by_role("button", name="Delete", exact=True).click()
    clerk.wait_for(lambda: deployment.id not in [d.id for d in clerk.client.read_deployments()])


def rename_the_deployment(clerk):
    """Prefect renames nothing: it is deployed under another name and removed under the old one."""
    old = clerk.client.read_deployment_by_name(DEPLOYMENT)
    clerk.client.create_deployment(old.flow_id, "Tên khác", entrypoint=old.entrypoint, path=".")
    clerk.client.delete_deployment(old.id)


def remove_the_form(clerk):
    run = clerk.client.read_flow_run(run_id(clerk))
    clerk.client.delete_flow_run_input(run.id, run.state.state_details.run_input_keyset["schema"])


WAYS = {
    "forced to Completed": lambda clerk: force(clerk, Completed()),
    "changed to Completed in the browser": change_state_in_the_browser,
    "forced to Scheduled": lambda clerk: force(clerk, Scheduled()),
    "put off until tomorrow": lambda clerk: force(clerk, Scheduled(scheduled_time=later(days=1))),
    "put off for ten years": lambda clerk: force(clerk, Scheduled(scheduled_time=later(days=3650))),
    "cancelling without end": lambda clerk: force(clerk, Cancelling()),
    "crashed": lambda clerk: force(clerk, Crashed()),
    "failed": lambda clerk: force(clerk, Failed()),
    "timed out": lambda clerk: force(clerk, Failed(name="TimedOut")),
    "deleted in the browser": delete_in_the_browser,
    "its deployment deleted in the browser": delete_the_deployment_in_the_browser,
    "its deployment renamed": rename_the_deployment,
    "its form removed": remove_the_form,
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_no_way_around_opens_the_gate_and_the_bell_rings_again(clerk, way):
    gate, before = clerk.room.gate(PROPOSAL), clerk.room.work()
    way(clerk)
    clerk.wait_for(clerk.is_quiet)
    assert clerk.room.work() == before
    assert clerk.approvals() == []
    check_it_rings_again(clerk, gate)


@pytest.mark.parametrize("state", [Running, Pending])
def test_a_run_forced_to_be_at_work_opens_nothing_and_is_found_lost(clerk, state, monkeypatch):
    gate, before = clerk.room.gate(PROPOSAL), clerk.room.work()
    force(clerk, state())
    monkeypatch.setattr(lost_runs, "LOST_AFTER", lost_runs.LOST_AFTER * 0)  # ten minutes later
    assert clerk.room.work() == before
    check_it_rings_again(clerk, gate)


def check_it_rings_again(clerk, gate):
    """By the next bell: with another run, in which the officer answers; and the administrator is told."""
    clerk.ring()
    assert clerk.room.gate(PROPOSAL).flow_run_id != gate.flow_run_id
    (told,) = clerk.room.ask(reading.mail_keys, f"rung_again:{gate.id}/")
    assert told.endswith("/QT01"), "the administrator hears of it"
    clerk.answer(clerk.open_run(PROPOSAL), Ý_kiến="Đồng ý", Mã_cán_bộ="GD01")
    (approval,) = clerk.wait_for(clerk.approvals)
    assert (approval.gate_id, approval.officer_id) == (gate.id, "GD01")


def test_an_empty_form_is_not_sent_and_what_is_missing_is_marked(clerk):
    before = clerk.room.work()
    form = clerk.open_form(clerk.open_run(PROPOSAL))
    clerk.press_submit(form)
    form.get_by_text("'code' is a required property").wait_for()
    for nothing in (None, {}):
        assert clerk.client.resume_flow_run(run_id(clerk), run_input=nothing).status.value == "REJECT"
    assert clerk.state(str(run_id(clerk))) == "PAUSED"
    assert clerk.room.work() == before
    clerk.fill(form, Ý_kiến="Đồng ý", Mã_cán_bộ="GD01", Mã_xác_thực=clerk.room.code("GD01"))
    clerk.submit(form)
    assert len(clerk.wait_for(clerk.approvals)) == 1


def test_a_failed_run_retried_in_the_browser_asks_again_and_decides_nothing(clerk):
    force(clerk, Failed())
    before, run = clerk.room.work(), str(run_id(clerk))
    clerk.press(clerk.open_run(PROPOSAL), "Retry")
    clerk.wait_for(lambda: clerk.state(run) == "PAUSED")
    assert clerk.room.work() == before
    clerk.answer(clerk.open_run(PROPOSAL), Ý_kiến="Đồng ý", Mã_cán_bộ="GD01")
    assert len(clerk.wait_for(clerk.approvals)) == 1


def test_a_finished_run_retried_in_the_browser_answers_nothing_a_second_time(clerk):
    page, run = clerk.open_run(PROPOSAL), str(run_id(clerk))
    clerk.answer(page, Ý_kiến="Đồng ý", Mã_cán_bộ="GD01")
    clerk.wait_for(lambda: clerk.state(run) == "COMPLETED")
    before = clerk.room.rows()
    page.reload()
    with page.expect_response(lambda response: response.url.endswith("/set_state")):
        clerk.press(page, "Retry")
    clerk.wait_for(lambda: clerk.state(run) == "COMPLETED" and clerk.is_quiet())
    assert clerk.room.rows() == before


def test_an_answer_given_after_the_deployment_was_removed_counts_all_the_same(clerk):
    form = clerk.open_form(clerk.open_run(PROPOSAL))
    rename_the_deployment(clerk)
    clerk.fill(form, Ý_kiến="Đồng ý", Mã_cán_bộ="GD01", Mã_xác_thực=clerk.room.code("GD01"))
    clerk.submit(form)
    assert len(clerk.wait_for(clerk.approvals)) == 1


def test_a_copy_of_the_run_is_one_more_form_of_the_same_gate_and_its_answer_withdraws_the_other(clerk):
    first = clerk.client.read_flow_run(run_id(clerk))
    copy = clerk.client.create_flow_run_from_deployment(first.deployment_id, parameters=first.parameters)
    clerk.wait_for(lambda: clerk.state(str(copy.id)) == "PAUSED")
    page = clerk.open(f"/runs/flow-run/{copy.id}")
    clerk.answer(page, Ý_kiến="Đồng ý", Mã_cán_bộ="GD01", Lý_do="Đã xem.")
    clerk.wait_for(lambda: clerk.state(str(copy.id)) == "COMPLETED")
    clerk.wait_for(lambda: clerk.state(str(first.id)) == "CANCELLED")
    assert [approval.decision for approval in clerk.approvals()] == ["approve"]


def test_runs_started_for_later_hold_nobody_up(clerk):
    first = clerk.client.read_flow_run(run_id(clerk))
    for by in ({"minutes": 5}, {"days": 1}):  # what Run, Custom run, Later sends
        state = Scheduled(scheduled_time=later(**by))
        clerk.client.create_flow_run_from_deployment(first.deployment_id, parameters=first.parameters, state=state)
    clerk.answer(clerk.open_run(PROPOSAL), Ý_kiến="Đồng ý", Mã_cán_bộ="GD01")
    assert len(clerk.wait_for(clerk.approvals)) == 1
