"""The watch and its gates lived through without Prefect's server: the same flows and steps as plain functions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

from prefect import Flow, Task

from flows import cycle, reports, ringing, stories
from flows.gate_form import gate_form, read_answer
from flows.watch import daily_watch
from samples import DEFAULT_SEED
from samples.desk import Desk, decided_lists
from samples.officers import answers_on, reply
from samples.replay import Replay
from tasks import steps
from tasks.answers import take_answer
from tasks.approvals import WaitingGate, waiting

LOOK_BACK = 300  # days: no form is sent later than that after its reporter was to fill it in


@contextmanager
def plain_calls() -> Iterator[None]:
    """While it lasts, every flow and step is its plain function and nobody rings: no server is asked."""
    with ExitStack() as stack:
        for module in (steps, cycle, reports):
            for name, found in list(vars(module).items()):
                if isinstance(found, Task | Flow):
                    stack.enter_context(patch.object(module, name, found.fn))
        plain = {name: story.fn if isinstance(story, Flow) else story for name, story in stories.STORIES.items()}
        asked = {name: step.fn if isinstance(step, Task) else step for name, step in stories.ERRANDS.items()}
        stack.enter_context(patch.object(stories, "STORIES", plain))
        stack.enter_context(patch.object(stories, "ERRANDS", asked))
        stack.enter_context(patch.object(ringing, "ring", lambda: 0))
        yield


class Life:
    """An office in `folder`, lived through on the days it is told, with the replay's reporters and officers."""

    def __init__(self, folder: Path, seed: int = DEFAULT_SEED) -> None:
        replay = Replay(folder, seed)
        replay.install()
        self.office, self.clock, self.seed = replay.office, replay.clock, seed
        self.first_day, self.last_day = replay.first_day, replay.last_day
        self._desk = Desk(self.office, seed)
        self._newest_answer = self.office.now()

    def live(self, on: date) -> None:
        """A day on which the machine runs: the mail of all days up to it, the watch, the answers given by it."""
        self.clock.on = on
        self._deliver(on)
        self.watch()
        while answered := [gate for gate in waiting(self.office) if self._answers_by(gate, on)]:
            for gate in answered:
                self._answer(gate)

    def watch(self) -> int:
        """One run of the watch, today."""
        with plain_calls():
            return daily_watch.fn()

    def _deliver(self, on: date) -> None:
        """What came while the machine was off lies there now."""
        for days in range(LOOK_BACK, -1, -1):
            self._desk.deliver(on - timedelta(days=days))

    def _answers_by(self, gate: WaitingGate, on: date) -> bool:
        if self.office.now() < self._newest_answer:  # the clock was set back: no code counts before the last one used
            return False
        return answers_on(self.office, gate, self.seed) <= max(on, gate.opened_on)

    def _answer(self, gate: WaitingGate) -> None:
        """As the approval flow does: the form filled in, the answer taken, the story gone on with."""
        self.clock.tick()
        self._newest_answer = max(self._newest_answer, self.office.now())
        given = reply(self.office, gate, decided_lists(self.office))
        answer = read_answer(gate_form(gate, "").model_validate(given.form))
        refusal = take_answer(self.office, gate, answer)
        if refusal:
            raise RuntimeError(f"gate {gate.id} ({gate.subject}) refused the answer of {self.clock.on}: {refusal}")
        if answer.decision != "return":
            with plain_calls():
                stories.go_on(gate.subject)
                steps.send_mail()  # plain, while it lasts
