"""What became of a gate's run in Prefect: whether it can still be answered, and if not, what administrators hear.

Anyone who can reach the server can force any state, and put a run off as far as he likes. Prefect's instants are the
machine's own, which no replay moves: one that lies ahead of it was forged, or the machine's clock was wrong.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled, Scheduled

from flows import given_answers
from tasks.answers import refusals
from tasks.approvals import WaitingGate
from tasks.office import Office

# A gate's run works for seconds at most: one that has been at it for so long was lost with its process.
LOST_AFTER = timedelta(minutes=10)
# The clocks of several machines may differ by so much.
CLOCKS_DIFFER_BY = timedelta(minutes=1)
ENDED = {
    StateType.COMPLETED: "đã bị cho kết thúc",
    StateType.CANCELLED: "đã bị hủy",
    StateType.CANCELLING: "đã bị hủy",  # by force: nobody works at it who would come to its end
    StateType.FAILED: "đã gặp lỗi",
    StateType.CRASHED: "đã bị ngắt giữa chừng",
}

HOMELESS = "đã mất nơi chạy, vì luồng triển khai (deployment) “{}” trong Prefect bị xóa hoặc đổi tên,"


class Loss(NamedTuple):
    """Why a gate's run did not ring ("đã bị hủy", "" if it never had one).

    If an answer lay in it that nobody had weighed, it was made to go on with that instead of being replaced: then
    `set_going` names the state it was found in.
    """

    why: str
    set_going: str = ""


def loss_of(client: SyncPrefectClient, office: Office, gate: WaitingGate, deployment: tuple[UUID, str]) -> Loss | None:
    """What became of the gate's run; None while it can be answered. `deployment`: the gates' own, its id and name.

    A run that died at work begins anew, so that it keeps an answer that was given.
    """
    if gate.flow_run_id is None:
        return Loss("")
    try:
        run = client.read_flow_run(UUID(gate.flow_run_id))
    except ObjectNotFound:
        return Loss("đã bị xóa")
    if run.deployment_id != deployment[0]:  # no worker takes up its answer
        return Loss(HOMELESS.format(deployment[1]))
    if why := _led_astray(run, office.settings.zone):
        return _call_back(client, run, why)
    if _died_at_work(run):
        if _misses_its_answer(client, run, len(refusals(office, gate.id, gate.flow_run_id))):
            return _call_back(client, run, ENDED[StateType.CRASHED])
        client.set_flow_run_state(run.id, Scheduled(), force=True)
        return None
    if run.state is None or run.state.type in ENDED:
        given_answers.wipe(gate.flow_run_id)  # it was stopped before it came to that
        return Loss(ENDED[run.state.type] if run.state else "không còn trạng thái")
    return Loss("đã mất biểu mẫu") if run.state.is_paused() and not is_asked(client, run) else None


def is_asked(client: SyncPrefectClient, run: FlowRun) -> bool:
    """Whether a run waits and can be answered: not if it died before it saved its form, or if that was removed."""
    if run.state is None or not run.state.is_paused():
        return False
    keyset = run.state.state_details.run_input_keyset
    if not keyset:
        return False
    return bool(client.filter_flow_run_input(run.id, key_prefix=keyset["schema"], limit=1, exclude_keys=set()))


def is_under_way(run: FlowRun) -> bool:
    """Whether somebody works at the run, or takes it up next."""
    if run.state is not None and run.state.is_scheduled():
        return _put_off_to(run) is None
    return _is_at_work(run)


def _led_astray(run: FlowRun, zone: tzinfo) -> str:
    """How a run was given an instant of the future, by which nobody would look at it again; "" if it was not."""
    if until := _put_off_to(run):
        return f"đã bị hẹn lùi đến {_in_words(until, zone)}"
    if run.state is not None and _has_begun(run) and _lies_ahead(run.state.timestamp):
        return f"đã bị ghi là đang chạy từ một giờ chưa tới ({_in_words(run.state.timestamp, zone)})"
    return ""


def _call_back(client: SyncPrefectClient, run: FlowRun, why: str) -> Loss:
    """An answer that lies in the run is weighed now; one that has none makes room for another."""
    if given_answers.is_given(str(run.id)):
        found = str(run.state.id) if run.state else ""
        client.set_flow_run_state(run.id, Scheduled(), force=True)
        return Loss(why, set_going=found)
    client.set_flow_run_state(run.id, Cancelled(message="Đã gửi lại biểu mẫu ở lượt chạy khác."), force=True)
    return Loss(why)


def _put_off_to(run: FlowRun) -> datetime | None:
    """The instant in the future before which Prefect starts the run for nobody. An answered gate's is due at once."""
    if run.state is None or not (run.state.is_scheduled() or run.state.is_pending()):
        return None
    until = run.state.state_details.scheduled_time
    return until if until and _lies_ahead(until) else None


def _died_at_work(run: FlowRun) -> bool:
    """Whether the run's process was lost, so that the run has to be begun again."""
    if run.state is None:
        return False
    if run.state.is_crashed():
        return given_answers.is_given(str(run.id))
    return _has_begun(run) and not _is_at_work(run)


def _misses_its_answer(client: SyncPrefectClient, run: FlowRun, weighed: int) -> bool:
    """Whether a run said to be at work has asked more forms than were `weighed`, and has no answer to the last.

    Nobody had resumed it. Begun anew it would take that for an empty answer and fail.
    """
    inputs = client.filter_flow_run_input(run.id, key_prefix="suspended-", limit=200, exclude_keys=set())
    asked = sum(one.key.endswith("-schema") for one in inputs)
    return asked > weighed and not given_answers.is_given(str(run.id))


def _is_at_work(run: FlowRun) -> bool:
    if run.state is None or not _has_begun(run) or _put_off_to(run) or _lies_ahead(run.state.timestamp):
        return False
    return datetime.now(UTC) - run.state.timestamp < LOST_AFTER


def _has_begun(run: FlowRun) -> bool:
    return run.state is not None and (run.state.is_running() or run.state.is_pending())


def _lies_ahead(instant: datetime) -> bool:
    return instant - datetime.now(UTC) > CLOCKS_DIFFER_BY


def _in_words(instant: datetime, zone: tzinfo) -> str:
    with suppress(OverflowError):  # in the last hours of the year 9999
        instant = instant.astimezone(zone)
    return f"{instant:%H:%M ngày %d/%m/%Y}"
