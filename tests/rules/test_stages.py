from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from rules.errors import Refusal
from rules.stages import ACTORS, AREA, CYCLE, DOCUMENT, STAGES, can_transition, check_transition, diagram, event_of

ROOT = Path(__file__).parents[2]
EVERY_KIND = pytest.mark.parametrize("stages", STAGES.values(), ids=STAGES)


def test_check_transition(case):
    move = (case["kind"], case["from"], case["to"], case["actor"])
    assert can_transition(*move) is case["allowed"]
    if not case["allowed"]:
        with pytest.raises(Refusal):
            check_transition(*move)


def test_a_cycle_s_straight_way():
    way = ["collecting", "reviewing", "proposed", "decided", "executing", "evaluating", "closed"]
    assert all(can_transition("cycle", start, to) for start, to in pairwise(way))
    assert tuple(CYCLE.labels) == tuple(way)


def test_a_cycle_goes_back_one_step_only():
    way = list(CYCLE.labels)
    back = [(start, to) for start, to in CYCLE.owners if way.index(to) < way.index(start)]
    assert all(way.index(start) - way.index(to) == 1 for start, to in back)
    assert {CYCLE.events[move] for move in back} == {"cycle_returned"}


def test_an_area_ends_well_or_is_carried_on_or_dropped():
    ends = {stage for stage, following in AREA.transitions.items() if not following}
    assert ends == {"relapsed", "carried_over", "dropped"}
    assert set(DOCUMENT.transitions["released"]) == {"sent", "replaced"}


@EVERY_KIND
def test_every_stage_is_reached_from_the_first(stages):
    reached, waiting = set(), [stages.first]
    while waiting:
        stage = waiting.pop()
        reached.add(stage)
        waiting += [to for to in stages.transitions[stage] if to not in reached]
    assert reached == set(stages.labels)


@EVERY_KIND
def test_every_move_has_owners_an_event_and_known_ends(stages):
    assert stages.owners.keys() == stages.events.keys()
    for (start, to), owners in stages.owners.items():
        assert {start, to} <= set(stages.labels)
        assert owners and set(owners) <= set(ACTORS)
        assert event_of(stages.kind, start, to).startswith(f"{stages.kind}_")


def test_no_machine_decides_what_the_plan_leaves_to_people():
    deciding = [CYCLE.owners["proposed", "decided"], *AREA.owners.values()]
    assert all(owners == ("steering_committee",) for owners in deciding)


def test_a_refusal_says_what_may_come_next_and_whom_to_ask():
    with pytest.raises(Refusal, match=r"Đã trình danh sách.*Đã quyết định danh sách.*Rà soát tiêu chí"):
        check_transition("cycle", "proposed", "closed")
    with pytest.raises(Refusal, match="Ban Chỉ đạo 138 tỉnh"):
        check_transition("cycle", "proposed", "decided", "clerk")
    with pytest.raises(Refusal, match="không còn bước nào"):
        check_transition("document", "sent", "drafted")
    with pytest.raises(Refusal):
        event_of("cycle", "closed", "collecting")


@EVERY_KIND
def test_the_diagram_shows_every_stage_and_move(stages):
    drawn = diagram(stages)
    assert drawn.startswith(f"stateDiagram-v2\n    [*] --> {stages.first}\n")
    assert all(f"    {stage}: {label}\n" in drawn for stage, label in stages.labels.items())
    assert all(f"    {start} --> {to}: {event}\n" in drawn for (start, to), event in stages.events.items())


def test_the_printed_diagrams_are_up_to_date():
    script = ROOT / "docs" / "generate_stages.py"
    run = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
