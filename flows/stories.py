"""Which story goes on after a gate, and what the agenda's actions start."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flows import cycle, reports
from tasks import steps

STORIES: Mapping[str, Callable[[int], None]] = {
    "half_year_report": reports.half_year_report,
    "annual_report": reports.annual_report,
    "criteria_review": cycle.criteria_review,
    "evaluation": cycle.evaluation,
    "steering_decision": cycle.steering_decision,
    "delisting": cycle.delisting,
    "execution_year": cycle.execution_year,
    "relapse_watch": cycle.relapse_watch,
}
ERRANDS: Mapping[str, Callable[[str], int]] = {
    "send_forms": steps.send_forms,
    "remind": steps.remind,
    "chase": steps.chase,
    "remind_holder": steps.remind_holder,
    "tell_next_in_line": steps.tell_next_in_line,
}


def go_on(subject: str) -> None:
    """Lets the story of `subject` ("annual_report:2018") do what can be done now."""
    name, year = subject.split(":")
    STORIES[name](int(year))


def start(action: str, subject: str) -> None:
    """Starts what the agenda named."""
    if action in ERRANDS:
        ERRANDS[action](subject)
    else:
        STORIES[action](int(subject))


def title_of(action: str, subject: str) -> str:
    """What the agenda named, as an officer calls it: "Báo cáo năm · 2018"."""
    started: Any = ERRANDS.get(action) or STORIES[action]
    return f"{started.name} · {subject}"
