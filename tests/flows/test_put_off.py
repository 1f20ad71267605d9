"""A run that somebody gave an instant of the future in Prefect: it holds nobody up, and silences no gate."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from prefect.client.schemas.objects import State, StateDetails
from prefect.states import Pending, Running, Scheduled

from flows import given_answers, lost_runs
from flows.deploying import WORKER_SETTINGS
from flows.reopening import DEPLOYMENT as REOPENING
from flows.ringing import ring
from models import reading

PROPOSAL = "selection_proposal"
DAY, YEARS = timedelta(days=1), timedelta(days=3650)
LAST_HOUR = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def later(by: timedelta) -> datetime:
    return datetime.now(UTC) + by


def put_off(instant: datetime) -> State:
    return Scheduled(scheduled_time=instant)


def claimed_for(instant: datetime) -> State:
    return Pending(state_details=StateDetails(scheduled_time=instant))


LED_ASTRAY = [put_off, claimed_for]
pytestmark = pytest.mark.usefixtures("nobody_sleeps")


@pytest.fixture
def nobody_sleeps(monkeypatch):
    """A run that Prefect sends to sleep fails the test, instead of holding it up for years."""
    sleep = time.sleep

    def wake(seconds):
        assert seconds < 5, f"the executor is sent to sleep for {seconds} s"
        sleep(seconds)

    monkeypatch.setattr(time, "sleep", wake)


def force(desk, run, state):
    desk.client.set_flow_run_state(run.id, state, force=True)


def answered(desk):
    """The run, with an answer in it that nobody has weighed."""
    assert desk.submit(PROPOSAL, decision="Đồng ý", officer="GD01", code=desk.room.code("GD01")) == "ACCEPT"
    return desk.run(PROPOSAL)


def approvals(desk):
    return [approval.decision for _, approval in desk.room.ask(reading.approvals)]


def told(desk, about):
    return desk.room.ask(reading.mail_keys, f"{about}:")


# Nobody is held up


def test_an_executor_leaves_a_run_that_was_put_off_and_takes_the_others(desk):
    copy = desk.client.create_flow_run_from_deployment(
        desk.run(PROPOSAL).deployment_id, parameters=desk.run(PROPOSAL).parameters, state=put_off(later(YEARS))
    )
    desk.answer(PROPOSAL, "GD01")
    assert approvals(desk) == ["approve"]
    assert desk.client.read_flow_run(copy.id).state.is_scheduled()


def test_a_reopening_started_for_later_waits_for_its_time_and_a_gate_is_answered_meanwhile(desk):
    deployment = desk.client.read_deployment_by_name(REOPENING).id
    tomorrow = desk.client.create_flow_run_from_deployment(deployment, state=put_off(later(DAY)))
    soon = desk.client.create_flow_run_from_deployment(deployment, state=put_off(later(timedelta(seconds=2))))
    desk.answer(PROPOSAL, "GD01")
    assert approvals(desk) == ["approve"]
    assert desk.client.read_flow_run(soon.id).state.is_scheduled()
    time.sleep(2)
    assert desk.executor.run_what_is_due() == 1
    assert desk.client.read_flow_run(soon.id).state.is_completed(), "there was nothing to open again"
    assert desk.client.read_flow_run(tomorrow.id).state.is_scheduled()


def test_a_run_that_is_put_off_between_its_claim_and_its_start_is_given_up_and_called_back_by_the_bell(
    desk, monkeypatch
):
    run = answered(desk)
    claim = desk.executor._claim
    with monkeypatch.context() as patch:
        patch.setattr(desk.executor, "_claim", lambda due: claim(due) and not force(desk, due, put_off(later(YEARS))))
        desk.executor.run_what_is_due()
    assert desk.run(PROPOSAL).state.is_scheduled()
    assert approvals(desk) == []
    desk.ring()
    assert approvals(desk) == ["approve"]
    assert desk.client.read_flow_run(run.id).state.is_completed()


def test_a_run_that_was_put_off_just_before_its_claim_is_run_all_the_same(desk):
    due = answered(desk)
    force(desk, due, put_off(later(YEARS)))
    assert desk.executor.claim_and_run(due)
    assert approvals(desk) == ["approve"]


def test_a_run_that_fails_and_is_to_be_tried_again_in_an_hour_holds_nobody_up(desk):
    """Whoever starts it from outside may say so."""
    deployment, parameters = desk.run(PROPOSAL).deployment_id, {"gate_id": 999_999, "title": "không có"}
    bad = desk.client.create_flow_run_from_deployment(deployment, parameters=parameters)
    desk.client.request(
        "PATCH",
        "/flow_runs/{id}",
        path_params={"id": bad.id},
        json={"empirical_policy": {"retries": 3, "retry_delay": 3600}},
    )
    desk.answer(PROPOSAL, "GD01")
    assert approvals(desk) == ["approve"]
    assert desk.client.read_flow_run(bad.id).state.name == "AwaitingRetry"


@pytest.mark.parametrize(
    "parameters",
    [{}, {"gate_id": "một", "title": ""}, {"gate_id": 1, "title": "", "more": 1}, {"gate_id": 999_999, "title": ""}],
    ids=["none", "of another type", "one too many", "of no gate"],
)
def test_a_run_that_somebody_started_with_wrong_parameters_fails_alone(desk, parameters):
    """As Quick run, or a schedule added in the UI, starts it: without any."""
    deployment = desk.run(PROPOSAL).deployment_id
    bad = desk.client.create_flow_run_from_deployment(deployment, parameters=parameters)
    desk.answer(PROPOSAL, "GD01")
    assert approvals(desk) == ["approve"]
    assert desk.client.read_flow_run(bad.id).state.is_failed()


def test_a_worker_starts_no_process_for_a_run_that_is_not_due():
    assert WORKER_SETTINGS["PREFECT_WORKER_PREFETCH_SECONDS"] == "0"


# No gate is silenced


@pytest.mark.parametrize("instant", [later(DAY), later(YEARS), LAST_HOUR], ids=["a day", "ten years", "the last hour"])
@pytest.mark.parametrize("forged", LED_ASTRAY)
def test_an_unanswered_gate_is_rung_again_and_the_administrator_hears_of_it_once(desk, forged, instant):
    run = desk.run(PROPOSAL)
    force(desk, run, forged(instant))
    for _ in range(2):
        desk.ring()
    assert desk.run(PROPOSAL).id != run.id
    assert desk.client.read_flow_run(run.id).state.is_cancelled(), "nobody meets it again when its time comes"
    (mail,) = told(desk, "rung_again")
    assert mail.startswith(f"rung_again:{desk.room.gate(PROPOSAL).id}/{run.id}/")
    assert told(desk, "set_going") == set()
    desk.answer(PROPOSAL, "GD01")
    assert approvals(desk) == ["approve"]


@pytest.mark.parametrize("forged", LED_ASTRAY)
def test_an_answered_gate_goes_on_with_its_answer_and_the_administrator_hears_of_it_once(desk, forged):
    run = answered(desk)
    force(desk, run, forged(later(YEARS)))
    desk.ring()
    assert approvals(desk) == ["approve"]
    assert desk.client.read_flow_run(run.id).state.is_completed()
    assert not given_answers.is_given(str(run.id))
    desk.ring()
    assert len(told(desk, "set_going")) == 1
    assert told(desk, "rung_again") == set()


def test_each_attempt_to_put_an_answer_off_is_told(desk):
    run = desk.run(PROPOSAL)
    for _ in range(2):
        assert desk.submit(PROPOSAL, decision="Đồng ý", officer="GD01", code="000000") == "ACCEPT"
        force(desk, run, put_off(later(YEARS)))
        desk.ring()
    assert desk.run(PROPOSAL).id == run.id
    assert len(told(desk, "set_going")) == 2


@pytest.mark.parametrize("forged", LED_ASTRAY)
def test_of_a_gate_that_was_answered_elsewhere_the_run_is_withdrawn_and_no_code_stays(desk, forged):
    run = answered(desk)
    force(desk, run, forged(later(YEARS)))
    assert desk.room.answer(PROPOSAL) == ""
    desk.ring()
    assert desk.client.read_flow_run(run.id).state.is_cancelled()
    assert not given_answers.is_given(str(run.id))


def test_a_run_whose_time_has_come_is_left_to_whoever_takes_it_up(desk):
    run = answered(desk)
    desk.client.set_flow_run_state(run.id, put_off(later(timedelta(seconds=20))), force=True)
    assert ring() == 0
    assert desk.run(PROPOSAL).state.is_scheduled()
    assert told(desk, "set_going") == set()


def test_the_mail_says_in_vietnamese_until_when_a_run_was_put_off(desk):
    force(desk, desk.run(PROPOSAL), put_off(datetime(2036, 11, 20, 1, 0, tzinfo=UTC)))
    desk.ring()
    (mail,) = [mail for mail in desk.room.ask(reading.mails_unsent) if mail.key.startswith("rung_again:")]
    assert "đã bị hẹn lùi đến 08:00 ngày 20/11/2036 khi chưa có câu trả lời" in mail.body


# A state's own instant: Prefect takes none from outside, but a machine's clock may have been ahead


class TenYearsAgo(datetime):
    """The time as a machine shows it whose clock was ten years ahead until a moment ago."""

    @classmethod
    def now(cls, tz=None):
        return datetime.now(tz) - YEARS


@pytest.fixture
def clock_set_back(monkeypatch):
    return lambda: monkeypatch.setattr(lost_runs, "datetime", TenYearsAgo)


@pytest.mark.parametrize("state", [Running, Pending])
def test_a_run_said_to_be_at_work_since_a_time_to_come_is_lost(desk, state, clock_set_back):
    run = desk.run(PROPOSAL)
    force(desk, run, state())
    clock_set_back()
    desk.ring()
    assert desk.run(PROPOSAL).id != run.id
    assert len(told(desk, "rung_again")) == 1
    desk.answer(PROPOSAL, "GD01")
    assert approvals(desk) == ["approve"]


@pytest.mark.parametrize("state", [Running, Pending])
def test_with_an_answer_in_it_it_goes_on(desk, state, clock_set_back):
    run = answered(desk)
    force(desk, run, state())
    clock_set_back()
    desk.ring()
    assert approvals(desk) == ["approve"]
    assert len(told(desk, "set_going")) == 1


@pytest.mark.parametrize("state", [Running, Pending])
def test_a_run_forced_to_work_without_an_answer_is_rung_again_and_told_by_the_first_watch_that_finds_it(
    desk, state, monkeypatch
):
    run = desk.run(PROPOSAL)
    force(desk, run, state())
    assert ring() == 0, "it may be at work"
    monkeypatch.setattr(lost_runs, "LOST_AFTER", lost_runs.LOST_AFTER * 0)
    desk.ring()
    assert desk.run(PROPOSAL).id != run.id
    assert len(told(desk, "rung_again")) == 1
    assert desk.run(PROPOSAL).state.is_paused()


@pytest.mark.parametrize("refused", [0, 1])
def test_a_run_that_died_before_it_asked_begins_anew_and_says_what_it_had_to_say(desk, refused, monkeypatch):
    run = desk.run(PROPOSAL)
    if refused:
        desk.answer(PROPOSAL, "GD01", code="000000")
        keys = desk.run(PROPOSAL).state.state_details.run_input_keyset
    else:
        keys = run.state.state_details.run_input_keyset
    for key in (keys["schema"], keys["description"]):
        desk.client.delete_flow_run_input(run.id, key)
    force(desk, run, Running())
    monkeypatch.setattr(lost_runs, "LOST_AFTER", lost_runs.LOST_AFTER * 0)
    ring()
    assert desk.run(PROPOSAL).id == run.id
    assert desk.run(PROPOSAL).state.is_scheduled()
    assert told(desk, "rung_again") == set()
