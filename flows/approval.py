"""The gate: a small flow that suspends with a form until a person answers.

Prefect's form is a doorbell. What counts is the `Approval` row, written once the answer has been checked. A run that
was lost is rung again by the watch; a run that ends without the row means nothing.
"""

from __future__ import annotations

from itertools import count
from typing import Any

from prefect import flow
from prefect.flow_runs import suspend_flow_run
from prefect.input import RunInput
from prefect.runtime import flow_run

from flows import ringing, stories
from flows.gate_form import gate_form, read_answer
from tasks import steps
from tasks.approvals import Answer, WaitingGate, refused_before, remember_refusal, take_answer, waiting_gate
from tasks.office import current


@flow(name="Chờ phê duyệt", flow_run_name="Chờ phê duyệt · {title}", persist_result=True)
def approval(gate_id: int, title: str) -> str:
    """Waits for the answer at gate `gate_id`, records it, and lets the story it belongs to go on.

    What was returned is drafted anew at once, from the figures as they stand: the report may be due today.

    Each attempt has a key of its own, made of what is approved: an answer can never be taken for another gate's.
    """
    subject = ""
    refusal = ""
    for attempt in count():
        gate = waiting_gate(current(), gate_id)
        if gate is None:
            break
        subject = gate.subject
        form = ask(gate_form(gate, refusal), _key(gate, attempt))
        refusal = _weigh(gate, read_answer(form), attempt)
        if not refusal:
            break
    if subject:
        stories.go_on(subject)
        ringing.ring()
        steps.send_mail()
    return subject


def _weigh(gate: WaitingGate, answer: Answer, asked: int) -> str:
    """Takes the answer, each but once: "" or why not, the same whenever the run comes by here again."""
    office, run_id = current(), str(flow_run.id)
    refusal = refused_before(office, gate, run_id, asked)
    if not refusal and (refusal := take_answer(office, gate, answer)):
        remember_refusal(office, gate, run_id, asked, answer.officer, refusal)
    return refusal


def _key(gate: WaitingGate, attempt: int) -> str:
    """Prefect takes lower-case letters, digits and dashes only."""
    words = f"{gate.kind}-{gate.subject}-{gate.attempt}-{gate.subject_sha256[:16]}-{attempt}"
    return words.replace("_", "-").replace(":", "-")


def ask(form: type[RunInput], key: str) -> Any:
    """The filled-in form. The first time this suspends the run; after the answer the run starts again from the top."""
    return suspend_flow_run(wait_for_input=form, key=key, timeout=None)
