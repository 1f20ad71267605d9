"""The gate: a small flow that suspends with a form until a person answers.

Prefect's form is a doorbell. What counts is the `Approval` row, written once the answer has been checked. A run that
was lost is rung again by the watch; a run that ends without the row means nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from prefect import flow
from prefect.flow_runs import suspend_flow_run
from prefect.input import RunInput
from prefect.runtime import flow_run

from flows import given_answers, ringing, stories
from flows.gate_form import gate_form, read_answer
from tasks import steps
from tasks.answers import Answer, Asked, may_have_changed, refusals, refuse_as_changed, take_answer
from tasks.approvals import WaitingGate, waiting_gate
from tasks.office import current
from tasks.urgent_mail import send_queued_since, trail_length


@flow(name="Chờ phê duyệt", flow_run_name="Chờ phê duyệt · {title}", persist_result=True)
def approval(gate_id: int, title: str) -> str:
    """Waits for the answer at gate `gate_id`, records it, and lets the story it belongs to go on.

    What was returned is drafted anew at once, from the figures as they stand: the report may be due today.

    Each form has a key of its own, made of what is approved: an answer can never be taken for another gate's. The
    run starts again from the top after each answer; those that were refused are not asked for again.
    """
    subject = ""
    refused = refusals(current(), gate_id, str(flow_run.id))
    for number in count(len(refused)):
        gate = waiting_gate(current(), gate_id)
        if gate is None:
            given_answers.wipe(str(flow_run.id))  # it was answered, and the run died before it got here
            break
        subject, key = gate.subject, _key(gate, number)
        if refused:
            given_answers.wipe(str(flow_run.id), but=key)  # the run died between the refusal and its wiping
        form = ask(gate_form(gate, refused[-1] if refused else ""), key)
        before = trail_length(current())
        refusal = _weigh(gate, read_answer(form), Asked(str(flow_run.id), number), given_at(form))
        given_answers.wipe(str(flow_run.id))
        if not refusal:
            break
        send_queued_since(current(), before)  # who was locked out hears of it now: the next form ends this work
        refused.append(refusal)
    if subject:
        stories.go_on(subject)
        ringing.ring()
        steps.send_mail()
    return subject


def _weigh(gate: WaitingGate, answer: Answer, asked: Asked, at: datetime) -> str:
    """Takes the answer: "" or why not. If what is asked has changed meanwhile, it is drafted and asked anew first."""
    office = current()
    if may_have_changed(office, gate.id):
        stories.go_on(gate.subject)
        if waiting_gate(office, gate.id) is None:
            refuse_as_changed(office, gate, answer, asked)
            return ""
    return take_answer(office, gate, answer, at=at, asked=asked)


def given_at(form: Any) -> datetime:
    """When the officer pressed the button: a code is judged by that, though the work may begin much later."""
    return current().now() - (given_answers.age(str(flow_run.id), form) or timedelta())


def _key(gate: WaitingGate, number: int) -> str:
    """Prefect takes lower-case letters, digits and dashes only."""
    words = f"{gate.kind}-{gate.subject}-{gate.attempt}-{gate.subject_sha256[:16]}-{number}"
    return words.replace("_", "-").replace(":", "-")


def ask(form: type[RunInput], key: str) -> Any:
    """The filled-in form. The first time this suspends the run; after the answer the run starts again from the top."""
    return suspend_flow_run(wait_for_input=form, key=key, timeout=None)
