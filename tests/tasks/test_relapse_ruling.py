"""Between two sessions Steering Committee 138 rules on the warnings of the half-year (I.1.b)."""

from __future__ import annotations

from datetime import date

import pytest

from models import reading
from tasks import cycle, gate_openings
from tasks.gate_papers import lay_out

RULING, SESSION = "relapse_ruling", "steering_decision"


@pytest.fixture
def asked(room_at):
    """28/5/2019: two units taken off the list warn, and the Committee is asked. Gives the room and the units."""
    room = room_at("relapses_warned")
    return room, tuple(area.unit_code for area in room.ask(reading.delisted)[:2])


def refuse(room, *args, **fields) -> str:
    before = room.work()
    refusal = room.answer(RULING, *args, **fields)
    assert refusal
    assert room.work() == before
    return refusal


def rulings(room):
    return {(w.ruling, w.reason, w.ruled_on) for w in room.ask(reading.relapse_warnings)}


def test_the_committee_sees_each_unit_that_warns_and_has_until_its_session(asked):
    room, units = asked
    gate = room.gate(RULING)
    assert gate.due_on == room.office.timetable.sitting(2019).on
    assert all(any(line.startswith(f"{unit} ") for line in gate.summary) for unit in units)
    (table,) = lay_out(room.office, gate).tables
    assert len(table.rows) == 2


def test_without_a_warning_nobody_is_asked(room_at):
    room = room_at("second_session_prepared")
    gate_openings.open_ruling_gate(room.office, 2019)
    assert RULING not in {gate.kind for gate in room.waiting()}


def test_a_unit_ruled_relapsed_leaves_the_kept_and_the_other_stays(asked):
    room, (fallen, kept) = asked
    chosen = {"relapsed": [room.option(RULING, "relapsed", fallen)], "relapsed_reason": "Ma túy trở lại."}
    assert room.answer(RULING, **chosen, not_relapsed_reason="Do bắt giữ nhiều hơn.") == ""
    assert [area.unit_code for area in room.ask(reading.relapsed)] == [fallen]
    assert kept in {area.unit_code for area in room.ask(reading.delisted)}
    day = date(2019, 5, 28)
    assert rulings(room) == {
        ("relapsed", "Ma túy trở lại.", day),
        ("not_relapsed", "Do bắt giữ nhiều hơn.", day),
    }


def test_each_ruling_needs_its_reason(asked):
    room, (fallen, _) = asked
    chosen = [room.option(RULING, "relapsed", fallen)]
    assert "ghi lý do" in refuse(room, relapsed=chosen, not_relapsed_reason="Ổn định.")
    assert "ghi lý do chưa kết luận" in refuse(room, relapsed=chosen, relapsed_reason="Ma túy trở lại.")
    assert "ghi lý do chưa kết luận" in refuse(room)


def test_what_is_left_to_the_session_is_not_asked_again_unless_another_unit_warns(asked):
    room, _ = asked
    assert "nêu lý do" in refuse(room, "drop")
    assert room.answer(RULING, "drop", reason="Chờ số liệu cả năm.") == ""
    assert rulings(room) == {(None, "", None)}
    gate_openings.open_ruling_gate(room.office, 2019)
    assert RULING not in {gate.kind for gate in room.waiting()}
    room.warn(2, "2019-half_year")
    gate_openings.open_ruling_gate(room.office, 2019)
    assert room.gate(RULING).attempt == 2


def test_returned_it_is_asked_again(asked):
    room, _ = asked
    assert room.answer(RULING, "return", reason="Kiểm tra lại số liệu.") == ""
    gate_openings.open_ruling_gate(room.office, 2019)
    assert room.gate(RULING).attempt == 2


@pytest.mark.parametrize("officer", ["GD01", "TM01"])
def test_only_the_committee_rules(asked, officer):
    room, _ = asked
    assert "Trưởng Ban Chỉ đạo 138" in refuse(room, officer=officer, not_relapsed_reason="Ổn định.")


def test_the_session_takes_over_what_still_waits(asked):
    room, units = asked
    room.on(2019, 11, 18).collect("2019-annual")
    room.on(2019, 11, 26).evaluate(2019)
    assert room.answer("evaluation_finding") == ""
    room.put_list_to_the_director(2020)
    assert room.answer("selection_proposal") == ""
    gate_openings.open_session_gate(room.office, 2019)
    assert RULING not in {gate.kind for gate in room.waiting()}
    assert any(question.name == "relapsed" for question in room.gate(SESSION).questions)
    voided = room.ask(reading.newest_gate, RULING, "relapse_watch:2019")
    assert voided.state == "void"
    assert all(any(line.startswith(f"{unit} ") for line in room.gate(SESSION).summary) for unit in units)


# Warnings of figures that have changed since

HALF = "2019-half_year"


def test_a_warning_that_newer_figures_no_longer_give_is_withdrawn_and_nobody_is_asked(asked, monkeypatch):
    room, (first, second) = asked
    areas = {area.unit_code: area.id for area in room.ask(reading.delisted)}
    why = {"score": "0.7", "lowest_decided_score": "0.6", "rank": 6, "units_ranked": 101}
    monkeypatch.setattr(cycle, "relapse_signs", lambda *_: {areas[first]: None, areas[second]: why})
    assert cycle.watch_relapses(room.office, HALF) == 1
    gate_openings.open_ruling_gate(room.office, 2019)
    assert {w.area_id: w.ruling for w in room.ask(reading.relapse_warnings)} == {
        areas[first]: "withdrawn",
        areas[second]: None,
    }
    assert [w.because["rank"] for w in room.ask(reading.relapse_warnings, unruled_only=True)] == [6]
    (line,) = [line for line in room.gate(RULING).summary if line.startswith(second)]
    assert "xếp thứ 6/101" in line
    monkeypatch.setattr(cycle, "relapse_signs", lambda *_: {areas[first]: None, areas[second]: None})
    cycle.watch_relapses(room.office, HALF)
    gate_openings.open_ruling_gate(room.office, 2019)
    assert RULING not in {gate.kind for gate in room.waiting()}


def test_what_was_withdrawn_and_warns_again_is_asked_again(asked, monkeypatch):
    room, (first, _) = asked
    areas = {area.unit_code: area.id for area in room.ask(reading.delisted)}
    for because in (None, {"score": "0.7", "lowest_decided_score": "0.6", "rank": 6, "units_ranked": 101}):
        monkeypatch.setattr(cycle, "relapse_signs", lambda *_, because=because: {areas[first]: because})
        cycle.watch_relapses(room.office, HALF)
    assert {w.area_id: w.ruling for w in room.ask(reading.relapse_warnings)}[areas[first]] is None


def test_what_the_committee_has_ruled_on_is_never_withdrawn_nor_asked_again(asked, monkeypatch):
    room, (first, second) = asked
    assert room.answer(RULING, not_relapsed_reason="Do bắt giữ nhiều hơn.") == ""
    before = rulings(room)
    areas = {area.unit_code: area.id for area in room.ask(reading.delisted)}
    why = {"score": "0.9", "lowest_decided_score": "0.6", "rank": 1, "units_ranked": 101}
    monkeypatch.setattr(cycle, "relapse_signs", lambda *_: {areas[first]: None, areas[second]: why})
    cycle.watch_relapses(room.office, HALF)
    assert rulings(room) == before


def test_an_area_without_figures_warns_of_nothing_and_withdraws_nothing(asked):
    room, _ = asked
    cycle.watch_relapses(room.office, HALF)
    assert len(room.ask(reading.relapse_warnings, unruled_only=True)) == 2
