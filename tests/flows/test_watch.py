"""The daily watch may come any number of times; what it missed it catches up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from email import message_from_bytes

import pytest

from flows import cycle, reports
from models import audit, reading, store
from models.db import transaction
from models.verification import first_fault
from tasks import cycle as cycle_work
from tasks import documents, steps


def snapshot(desk):
    return desk.room.rows(), desk.room.files()


def twice(desk, again, monkeypatch):
    """Runs `again` and asserts that it changed nothing and rendered nothing."""
    before = snapshot(desk)
    with monkeypatch.context() as patch:
        patch.setattr(documents, "render", lambda *args: pytest.fail("rendered twice"))
        again()
        desk.executor.run_what_is_due()
    assert snapshot(desk) == before


STATIONS = {
    "installed": (2017, 8, 31),
    "first_figures_filed": (2017, 11, 1),
    "first_session_prepared": (2017, 11, 15),
    "first_cycle_executed": (2017, 11, 22),
    "first_cycle_evaluated": (2018, 11, 26),
    "second_session_prepared": (2018, 12, 14),
}


@pytest.mark.parametrize(("station", "day"), STATIONS.items())
def test_the_second_watch_of_a_day_changes_nothing(desk_at, station, day, monkeypatch):
    desk = desk_at(station, *day)
    desk.watch()
    twice(desk, desk.watch, monkeypatch)


def test_the_first_day_has_nothing_to_do(desk_at):
    desk = desk_at("installed", 2017, 8, 11)
    before = snapshot(desk)
    assert desk.watch() == 0
    assert snapshot(desk) == before


def test_a_year_whose_days_off_are_not_known_is_told_once(desk_at, monkeypatch):
    desk = desk_at("installed", 2017, 8, 11)
    monkeypatch.setattr(type(desk.room.office.calendar), "is_provisional", lambda self, year: year == 2017)
    desk.watch()
    desk.room.on(2017, 8, 12)
    desk.watch()  # mails the head of the trail
    twice(desk, desk.watch, monkeypatch)
    (mail,) = desk.room.ask(reading.mail_keys, "calendar_missing:")
    assert mail == "calendar_missing:2017"


def test_figures_that_come_while_the_board_is_asked_are_judged_anew(desk_at):
    desk = desk_at("first_cycle_evaluated", 2018, 11, 26)
    asked = desk.room.gate("evaluation_finding")
    filled = desk.room.filled("committee_964", "2018-annual")
    key = next(key for key in filled.values if key[1] == "target" and key[3] == "denominator")
    value = Decimal(filled.values[key])
    desk.room.drop("committee_964", "2018-annual", replace(filled, values={**filled.values, key: value + 1}))
    desk.watch()
    again = desk.room.gate("evaluation_finding")
    assert (again.attempt, again.subject_sha256 != asked.subject_sha256) == (2, True)
    before = snapshot(desk)
    desk.watch()
    assert snapshot(desk) == before


# The head of the audit trail


def heads(desk):
    """The keys of the mails that carried a head, without whom they went to."""
    return {key.split("/")[0] for key in desk.room.ask(reading.mail_keys, "audit_head:")}


def test_the_head_of_the_trail_is_mailed_the_day_after_and_holds(desk_at):
    desk = desk_at("installed", 2017, 8, 11)
    number, hash = desk.room.ask(audit.head)
    desk.watch()
    assert heads(desk) == set(), "the day is not over"
    desk.room.on(2017, 8, 12)
    desk.watch()
    assert desk.room.ask(reading.mail_keys, "audit_head:") == {f"audit_head:{number}/QT01"}, "to the administrator"
    (path,) = desk.room.office.settings.mail_folder.rglob("*audit_head*.eml")
    mail = message_from_bytes(path.read_bytes())
    body = mail.get_payload(0).get_payload(decode=True).decode()
    assert "Đến hết ngày 11/8/2017" in body
    assert f"chuyenhoa audit verify --head {number}:{hash}" in body
    assert desk.room.ask(first_fault, (number, hash)) is None


def test_where_nothing_was_written_no_head_is_mailed(desk_at, monkeypatch):
    """The mail's own events are nothing to mail: otherwise there would be one every day for ever."""
    desk = desk_at("installed", 2017, 8, 12)
    desk.watch()
    assert len(heads(desk)) == 1
    for day in (13, 14, 20):
        desk.room.on(2017, 8, day)
        with monkeypatch.context() as patch:
            patch.setattr(steps, "mail_audit_head", lambda: pytest.fail("a task was started for nothing"))
            twice(desk, desk.watch, patch)
    assert len(heads(desk)) == 1


def test_each_day_on_which_something_was_written_has_its_head(desk_at):
    desk = desk_at("installed", 2017, 8, 31)
    desk.watch()  # the head of 11/8; the forms go out
    desk.room.on(2017, 9, 1)
    desk.watch()
    assert len(heads(desk)) == 2


def test_without_an_administrator_the_standing_office_gets_the_head(desk_at, monkeypatch):
    desk = desk_at("installed", 2017, 8, 12)
    monkeypatch.setattr(reading, "officers_in_role", lambda *_: [])
    desk.watch()
    (key,) = desk.room.ask(reading.mail_keys, "audit_head:")
    assert key.endswith("/standing_office")


# Each flow, twice on the same day


def test_criteria_review_twice(desk_at, monkeypatch):
    desk = desk_at("first_figures_filed", 2017, 11, 1)
    cycle.criteria_review(2018)
    twice(desk, lambda: cycle.criteria_review(2018), monkeypatch)


def test_steering_decision_delisting_and_execution_year_twice(desk_at, monkeypatch):
    desk = desk_at("second_session_prepared")
    cycle.steering_decision(2018)
    twice(desk, lambda: cycle.steering_decision(2018), monkeypatch)
    assert desk.room.answer("steering_decision", number="18/QĐ-BCĐ", missing_reason="Huyện đã xác nhận.") == ""
    cycle.steering_decision(2018)
    assert desk.room.ask(reading.cycle, 2018).stage == "closed"
    assert desk.room.ask(reading.cycle, 2019).stage == "executing"
    twice(desk, lambda: cycle.steering_decision(2018), monkeypatch)
    twice(desk, lambda: cycle.delisting(2018), monkeypatch)
    twice(desk, lambda: cycle.execution_year(2019), monkeypatch)


def test_evaluation_twice(desk_at, monkeypatch):
    desk = desk_at("first_cycle_evaluated")
    cycle.evaluation(2018)
    twice(desk, lambda: cycle.evaluation(2018), monkeypatch)


def test_annual_report_twice_at_each_of_its_stages(desk_at, monkeypatch):
    desk = desk_at("first_cycle_executed", 2017, 11, 22)
    for gate in ("report_review", "report_release"):
        reports.annual_report(2017)
        twice(desk, lambda: reports.annual_report(2017), monkeypatch)
        assert desk.room.answer(gate) == ""
    reports.annual_report(2017)
    twice(desk, lambda: reports.annual_report(2017), monkeypatch)


def test_half_year_report_twice(desk_at, monkeypatch):
    desk = desk_at("first_cycle_executed", 2018, 5, 22)
    desk.room.collect("2018-half_year")
    reports.half_year_report(2018)
    twice(desk, lambda: reports.half_year_report(2018), monkeypatch)


def test_relapse_watch_twice(desk_at, monkeypatch):
    desk = desk_at("relapses_warned")
    twice(desk, lambda: cycle.relapse_watch(2019), monkeypatch)
    assert desk.room.answer("relapse_ruling", "drop", reason="Chờ số liệu cả năm.") == ""
    twice(desk, lambda: cycle.relapse_watch(2019), monkeypatch)


def test_the_committee_is_asked_about_relapses_once_the_half_year_report_is_released(desk_at):
    desk = desk_at("relapses_warned", 2019, 5, 29)
    with transaction(desk.room.office.engine) as session:
        waiting = reading.newest_gate(session, "relapse_ruling", "relapse_watch:2019")
        store.void_gate(session, gate_id=waiting.id, reason="Thử lại.", by="test", at=desk.room.office.now())
    desk.room.collect("2019-half_year")
    for gate in ("report_review", "report_release"):
        reports.half_year_report(2019)
        assert "relapse_ruling" not in {one.kind for one in desk.room.waiting()}
        assert desk.room.answer(gate) == ""
    reports.half_year_report(2019)
    assert desk.room.gate("relapse_ruling").attempt == 2


# Missed days, lost moments


def test_a_watch_after_days_off_catches_up(desk_at):
    """Nobody was there from 31/8 to 20/11/2017: the forms go out at once, the list is late but not forgotten."""
    desk = desk_at("installed", 2017, 11, 20)
    assert desk.watch() > 0
    mailed = desk.room.ask(reading.mail_keys)
    for period in ("2016-annual", "2017-first_selection", "2017-half_year", "2017-annual"):
        assert any(key.startswith(f"forms:{period}/") for key in mailed)
    assert desk.room.ask(reading.mails_unsent) == []


def test_figures_that_came_while_the_draft_waited_are_in_what_is_approved(desk_at):
    desk = desk_at("first_cycle_executed", 2018, 11, 16)
    desk.room.collect("2018-annual", without=("police_964",))
    desk.room.on(2018, 11, 21)
    desk.watch()
    drafted = desk.room.ask(reading.newest_document, "annual_report", 2018)
    desk.room.on(2018, 11, 22).drop("police_964", "2018-annual")
    desk.watch()
    newest = desk.room.ask(reading.newest_document, "annual_report", 2018)
    assert newest.version == drafted.version + 1
    (gate,) = [gate for gate in desk.gates() if gate.subject == "annual_report:2018"]
    assert gate.attempt == 2
    assert newest.path in " ".join(gate.summary)


def waiting_for_release(desk):
    """22/11/2017: the annual report lies before the director; a deputy signs on the 23rd."""
    desk.watch()
    assert desk.room.answer("report_review") == ""
    desk.watch()
    desk.room.deputise("PGD1", "Phó Giám đốc Công an tỉnh", date(2017, 11, 23))
    return desk.room.gate("report_release")


def test_the_watch_puts_a_report_that_another_signs_today_to_them(desk_at):
    desk = desk_at("first_cycle_executed", 2017, 11, 22)
    asked = waiting_for_release(desk)
    desk.watch()
    assert desk.room.gate("report_release") == asked  # it begins tomorrow
    for day, signer in ((23, "Cán bộ PGD1"), (24, "")):
        desk.room.on(2017, 11, day)
        desk.watch()
        gate = desk.room.gate("report_release")
        assert (gate.attempt, gate.signing.block.name) == (day - 21, signer)
        assert desk.room.ask(reading.newest_document, "annual_report", 2017).stage == "reviewed"
    desk.answer("report_release", "GD01")
    assert desk.room.ask(reading.mail_keys, "released:annual_report:2017/")


def test_an_answer_to_a_form_that_shows_yesterday_s_signer_is_asked_for_anew(desk_at):
    desk = desk_at("first_cycle_executed", 2017, 11, 22)
    asked = waiting_for_release(desk)
    desk.room.on(2017, 11, 23)
    desk.answer("report_release", "GD01")
    gate = desk.room.gate("report_release")
    assert (gate.attempt, gate.signing.block.name) == (asked.attempt + 1, "Cán bộ PGD1")
    desk.answer("report_release", "GD01")
    assert "GD01 không ký được" in desk.form("report_release")[1]
    desk.answer("report_release", "PGD1")
    released = desk.room.ask(reading.newest_document, "annual_report", 2017)
    assert (released.stage, released.path) == ("released", "documents/2017/annual_report-2017-v2.docx")


def test_the_watch_drafts_a_decision_anew_that_another_signs_today(desk_at):
    desk = desk_at("first_session_prepared")  # 15/11/2017
    assert desk.room.answer("steering_decision") == ""
    desk.watch()
    desk.room.deputise("PTB1", "Phó Trưởng ban", date(2017, 11, 17), of="BCD1", role="committee_chair")
    for day, versions in ((16, 1), (17, 2), (17, 2), (18, 3)):
        desk.room.on(2017, 11, day)
        desk.watch()
        assert desk.room.ask(reading.newest_document, "selection_decision", 2018).version == versions
    assert len(desk.room.ask(reading.mail_keys, "drafted:selection_decision:2018#")) == 3


def test_a_report_released_just_before_the_machine_stopped_is_still_sent(desk_at):
    """The answer was recorded, and then the run died: the next watch does what was left."""
    desk = desk_at("first_cycle_executed", 2017, 11, 22)
    desk.watch()
    assert desk.room.answer("report_review") == ""
    desk.watch()
    assert desk.room.answer("report_release") == ""
    desk.room.on(2017, 11, 23)
    desk.watch()
    assert desk.room.ask(reading.mail_keys, "released:annual_report:2017/")


def test_a_session_recorded_just_before_the_machine_stopped_gets_its_documents(desk_at):
    desk = desk_at("first_session_prepared")
    assert desk.room.answer("steering_decision", number="17/QĐ-BCĐ") == ""
    desk.room.on(2017, 11, 16)
    desk.watch()
    assert cycle_work.stage(desk.room.office, 2018) == "executing"
    assert desk.room.ask(reading.newest_document, "selection_decision", 2018) is not None


def test_after_the_plan_has_ended_the_watch_starts_nothing_new(desk_at):
    desk = desk_at("first_cycle_executed", 2021, 6, 1)
    desk.watch()
    assert [c.year for c in desk.room.ask(reading.cycles) if c.year > 2020] == []
    assert not any(key.startswith("forms:2021") for key in desk.room.ask(reading.mail_keys))
    assert desk.room.ask(reading.cycle, 2018).decided_on == date(2017, 11, 15)
