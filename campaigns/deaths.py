"""The points of the work after an answer at which an executor can be made to die, by SIGKILL from its own hand."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any

from prefect import flow_runs
from prefect.client.orchestration import SyncPrefectClient

import flows.approval as approval_flow
from flows import given_answers, ringing, stories
from flows.resident import ResidentExecutor
from tasks import answers

ORDERS = "CAMPAIGN_ORDERS"  # a file with the name of the point at which the executor is to die; none, it lives

AFTER_AN_ANSWER = (
    "before the claim",
    "after the claim",
    "while weighing",
    "in the transaction",
    "right after the row",
    "while wiping the code",
    "before what follows",
    "while ringing at the next gate",
)
AFTER_A_REFUSAL = (
    "while weighing",
    "noting the refusal",
    "right after the refusal",
    "while wiping the code",
    "before suspending again",
    "suspended again without its form",
)
Holds = Callable[..., Any]


class Obedient:
    """Makes this process die when it comes to the point whose name stands in the file `orders`."""

    def __init__(self, orders: Path) -> None:
        self._orders = orders
        self._refused = False  # the answer of the run at work
        self._on_the_way_to_an_answer()
        self._after_an_answer()
        self._after_a_refusal()

    def _on_the_way_to_an_answer(self) -> None:
        self._before(ResidentExecutor, "claim_and_run", "before the claim", lambda _, run: self._is_answered(run.id))
        claimed: Holds = lambda out, _, run: out and self._is_answered(run.id)  # noqa: E731
        self._after(ResidentExecutor, "_claim", "after the claim", claimed)
        self._before(answers, "identify", "while weighing")

    def _after_an_answer(self) -> None:
        self._before(answers, "carry_out", "in the transaction")
        self._after(approval_flow, "take_answer", "right after the row", lambda refusal, *_: not refusal)
        self._after(SyncPrefectClient, "delete_flow_run_input", "while wiping the code")
        self._before(stories, "go_on", "before what follows")
        self._before(ringing, "remember_run", "while ringing at the next gate")

    def _after_a_refusal(self) -> None:
        self._before(answers, "note_refusal", "noting the refusal")
        self._after(approval_flow, "take_answer", "right after the refusal", self._note)
        self._before(approval_flow, "ask", "before suspending again", lambda *_: self._refused)
        suspended: Holds = lambda state, *_: self._refused and state.is_paused()  # noqa: E731
        self._after(flow_runs, "propose_state_sync", "suspended again without its form", suspended)

    def _is_answered(self, run_id: Any) -> bool:
        self._refused = False
        return given_answers.is_given(str(run_id))

    def _note(self, refusal: str, *_: Any) -> bool:
        self._refused = bool(refusal)
        return self._refused

    def _before(self, owner: Any, name: str, point: str, holds: Holds = lambda *_: True) -> None:
        real = getattr(owner, name)

        @wraps(real)
        def passed(*given: Any, **named: Any) -> Any:
            if holds(*given):
                self._reach(point)
            return real(*given, **named)

        setattr(owner, name, passed)

    def _after(self, owner: Any, name: str, point: str, holds: Holds = lambda *_: True) -> None:
        """`holds` is told what came out, and what was given."""
        real = getattr(owner, name)

        @wraps(real)
        def passed(*given: Any, **named: Any) -> Any:
            out = real(*given, **named)
            if holds(out, *given):
                self._reach(point)
            return out

        setattr(owner, name, passed)

    def _reach(self, point: str) -> None:
        with suppress(FileNotFoundError):
            if self._orders.read_text("utf-8") == point:
                os.kill(os.getpid(), signal.SIGKILL)
