"""Who is told that a gate has no answer: those who should give it, then the next in line, each once."""

from __future__ import annotations

import pytest

from models import db, reading
from tasks.gate_notices import PASSED_ON, REMINDED, remind_holder, tell_next_in_line
from tasks.state import load_state

PROPOSAL = "selection_proposal"


@pytest.fixture
def room(room_at):
    """The first list lies before the director."""
    return room_at("first_list_proposed")


def told(room, prefix) -> list[str]:
    return sorted(key.rpartition("/")[2] for key in room.ask(reading.mail_keys, prefix))


def test_the_director_is_reminded_once(room):
    gate = room.gate(PROPOSAL)
    assert remind_holder(room.office, gate.id) == 1
    remind_holder(room.office, gate.id)
    assert told(room, REMINDED) == ["GD01"]


def test_the_head_of_the_committee_and_the_standing_office_hear_of_it_next(room):
    gate = room.gate(PROPOSAL)
    assert tell_next_in_line(room.office, gate.id) == 2
    assert told(room, PASSED_ON) == ["BCD1", "standing_office"]
    (mail,) = [m for m in room.ask(reading.mails_unsent) if m.key.endswith("BCD1") and m.key.startswith(PASSED_ON)]
    assert "Giám đốc Công an tỉnh" in mail.body
    assert "không tự phê duyệt" in mail.body


def test_who_exercises_the_office_is_reminded_too(room):
    room.deputise("PGD1", "Phó Giám đốc Công an tỉnh", room.clock.on)
    remind_holder(room.office, room.gate(PROPOSAL).id)
    assert told(room, REMINDED) == ["GD01", "PGD1"]


def test_an_answered_gate_is_not_spoken_of(room):
    gate = room.gate(PROPOSAL)
    assert room.answer(PROPOSAL) == ""
    assert remind_holder(room.office, gate.id) == tell_next_in_line(room.office, gate.id) == 0
    assert told(room, REMINDED) == told(room, PASSED_ON) == []


def test_the_watch_knows_what_was_told(room):
    def hold():
        with db.read(room.office.engine) as session:
            (found,) = load_state(session, room.office).holds
        return found.reminded, found.passed_on

    gate = room.gate(PROPOSAL)
    assert hold() == (False, False)
    remind_holder(room.office, gate.id)
    assert hold() == (True, False)
    tell_next_in_line(room.office, gate.id)
    assert hold() == (True, True)
