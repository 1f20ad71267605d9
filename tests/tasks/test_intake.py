"""A filled form is taken in whole, or refused whole: what a reporter's officer and the drop folder go through."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from models import reading
from tasks import gate_openings
from tasks.documents import draft_report
from tasks.intake import take_in, take_in_inbox

PERIOD = "2017-first_selection"
REPORTER = "police_964"


@pytest.fixture
def room(room_at):
    return room_at("first_figures_asked").on(2017, 10, 20)


def filed(room, period=PERIOD):
    return room.ask(reading.latest_submission, period, REPORTER)


def first_count(filled):
    return next(key for key, value in filled.values.items() if isinstance(value, Decimal))


def with_figure(filled, value):
    return replace(filled, values={**filled.values, first_count(filled): value})


def stored(room, key, period=PERIOD):
    unit, kind, item, part = key
    found = room.ask(reading.figures, period, with_supplements=True)
    return [
        f.value for f in found if (f.reporter_id, f.unit, f.kind, f.item, f.part) == (REPORTER, unit, kind, item, part)
    ]


def test_an_accepted_form_is_stored_figure_by_figure_and_put_away(room):
    filled = room.filled(REPORTER, PERIOD)
    path = room.drop(REPORTER, PERIOD, filled)
    (taken,) = take_in_inbox(room.office)
    assert (taken.is_accepted, taken.reporter, taken.period, taken.version) == (True, REPORTER, PERIOD, 1)
    submission = filed(room)
    assert (submission.received_on, submission.sha256, submission.is_late) == (date(2017, 10, 20), taken.sha256, False)
    key = first_count(filled)
    assert stored(room, key) == [filled.values[key]]
    assert not path.exists()
    (kept,) = (room.office.folder / "received" / PERIOD).iterdir()
    assert kept.name == f"{REPORTER}-{taken.sha256[:8]}.xlsx"


def test_of_a_refused_form_only_its_hash_and_the_reasons_stay(room):
    room.drop(REPORTER, PERIOD, with_figure(room.filled(REPORTER, PERIOD), "12 vụ"))
    before = room.rows()
    (taken,) = take_in_inbox(room.office)
    assert not taken.is_accepted
    assert filed(room) is None
    (refused,) = room.ask(reading.refused_files)
    assert refused.sha256 == taken.sha256
    assert "“12 vụ” không phải là số" in refused.reasons[0]
    changed = {table for table, rows in room.rows().items() if rows != before[table]}
    assert changed == {"refused_file", "outgoing_mail", "audit_event"}
    assert [path.parent.name for path in room.office.folder.rglob(f"*{taken.sha256[:8]}.xlsx")] == ["refused"]


def test_who_sent_a_refused_form_is_told_once_what_to_correct(room):
    bad = with_figure(room.filled(REPORTER, PERIOD), "12 vụ")
    for _ in range(2):
        room.drop(REPORTER, PERIOD, bad)
        (taken,) = take_in_inbox(room.office)
    (key,) = room.ask(reading.mail_keys, "refused:")
    assert key == f"refused:{taken.sha256}"
    mail = next(m for m in room.ask(reading.mails_unsent) if m.key == key)
    assert mail.recipient_name == room.office.plan.agency(REPORTER).name
    assert "12 vụ" in mail.body


def test_a_refused_form_can_be_corrected_and_sent_again(room):
    filled = room.filled(REPORTER, PERIOD)
    room.drop(REPORTER, PERIOD, with_figure(filled, "12 vụ"))
    take_in_inbox(room.office)
    room.drop(REPORTER, PERIOD, filled)
    (taken,) = take_in_inbox(room.office)
    assert taken.version == 1


def test_the_same_file_again_is_the_same_submission(room):
    path = room.drop(REPORTER, PERIOD)
    again = shutil.copy(path, path.with_name("gui lai.xlsx"))
    first, second = take_in_inbox(room.office)
    assert (first.version, second.version) == (1, 1)
    before = room.rows()
    shutil.copy(next((room.office.folder / "received" / PERIOD).iterdir()), again)
    take_in_inbox(room.office)
    assert room.rows() == before


def test_a_corrected_form_is_the_next_version_and_its_figures_count(room):
    filled = room.filled(REPORTER, PERIOD)
    key = first_count(filled)
    room.drop(REPORTER, PERIOD, filled)
    take_in_inbox(room.office)
    room.drop(REPORTER, PERIOD, with_figure(filled, filled.values[key] + 1))
    (taken,) = take_in_inbox(room.office)
    assert taken.version == 2
    assert stored(room, key) == [filled.values[key] + 1]
    assert len(room.ask(reading.submissions, PERIOD)) == 2


def test_two_versions_that_came_while_the_machine_was_off_are_taken_in_by_name(room):
    filled = room.filled(REPORTER, PERIOD)
    key = first_count(filled)
    room.drop(REPORTER, PERIOD, with_figure(filled, filled.values[key] + 1), name="b.xlsx")
    room.drop(REPORTER, PERIOD, filled, name="a.xlsx")
    assert [taken.file for taken in take_in_inbox(room.office)] == ["a.xlsx", "b.xlsx"]
    assert stored(room, key) == [filled.values[key] + 1]


@pytest.mark.parametrize(("day", "late"), [((2017, 10, 31), False), ((2017, 11, 1), True)])
def test_a_form_is_late_from_the_day_after_the_last(room, day, late):
    room.on(*day).drop(REPORTER, PERIOD)
    take_in_inbox(room.office)
    assert filed(room).is_late is late


def test_a_correction_of_what_came_in_time_is_not_a_late_filing(room):
    filled = room.filled(REPORTER, PERIOD)
    room.drop(REPORTER, PERIOD, filled)
    take_in_inbox(room.office)
    room.on(2017, 11, 3).drop(REPORTER, PERIOD, with_figure(filled, Decimal(99)))
    take_in_inbox(room.office)
    assert room.ask(reading.filings, PERIOD)[REPORTER].is_late is False


def test_a_nil_return_is_a_filing_without_figures(room):
    room.drop(REPORTER, PERIOD, replace(room.filled(REPORTER, PERIOD), is_nil=True, values={}, comments={}))
    (taken,) = take_in_inbox(room.office)
    assert taken.is_accepted
    assert room.ask(reading.filings, PERIOD)[REPORTER].is_nil


def test_a_form_of_a_period_whose_turn_has_not_come_is_refused(room):
    path = room.drop(REPORTER, "2018-annual")
    taken = take_in(room.office, path)
    assert not taken.is_accepted
    assert "chưa đến ngày thu số liệu (01/11/2018)" in str(taken.errors[0])


def test_a_form_of_another_period_than_the_one_expected_is_refused(room):
    taken = take_in(room.office, room.drop(REPORTER, PERIOD), expected_period="2017-half_year")
    assert not taken.is_accepted
    assert "biểu thuộc kỳ 2017-first_selection" in str(taken.errors[0])


# The drop folder


def test_an_empty_drop_folder_gives_nothing_and_one_that_is_missing_is_made(room):
    shutil.rmtree(room.office.inbox)
    assert take_in_inbox(room.office) == ()
    assert room.office.inbox.is_dir()


def test_what_is_no_form_is_refused_and_does_not_hold_up_the_forms(room):
    inbox = room.office.inbox
    (inbox / "anh.jpg").write_bytes(b"\xff\xd8\xff\xe0 no workbook")
    (inbox / "rong.xlsx").write_bytes(b"")
    (inbox / "a.txt").write_text("Kính gửi Phòng Tham mưu", encoding="utf-8")
    room.drop(REPORTER, PERIOD, name="z.xlsx")
    accepted = [taken.file for taken in take_in_inbox(room.office) if taken.is_accepted]
    assert accepted == ["z.xlsx"]
    assert len(room.ask(reading.refused_files)) == 3
    assert list(inbox.iterdir()) == []
    told = [m for m in room.ask(reading.mails_unsent) if m.key.startswith("refused:")]
    assert {mail.recipient_name for mail in told} == {room.office.plan.agency("standing_office").name}


def test_the_lock_file_of_a_workbook_someone_has_open_is_left_alone(room):
    for name in ("~$bieu.xlsx", ".~lock.bieu.xlsx#"):
        (room.office.inbox / name).write_bytes(b"CB")
    before = room.rows()
    assert take_in_inbox(room.office) == ()
    assert room.rows() == before


def test_a_folder_in_the_drop_folder_is_left_alone(room):
    (room.office.inbox / "bieu.xlsx").mkdir()
    assert take_in_inbox(room.office) == ()
    assert (room.office.inbox / "bieu.xlsx").is_dir()


def test_after_a_crash_between_the_record_and_the_move_nothing_is_filed_twice(room):
    path = room.drop(REPORTER, PERIOD)
    take_in(room.office, path)  # recorded; the machine stops before the file is put away
    before = room.rows()
    (taken,) = take_in_inbox(room.office)
    assert taken.version == 1
    assert room.rows() == before
    assert not path.exists()


def test_after_a_crash_after_a_refusal_it_is_refused_and_told_once(room):
    path = room.drop(REPORTER, PERIOD, with_figure(room.filled(REPORTER, PERIOD), "12 vụ"))
    take_in(room.office, path)
    before = room.rows()
    take_in_inbox(room.office)
    assert room.rows() == before
    assert not path.exists()


# Once the report was reviewed


@pytest.fixture
def reporting(room_at):
    """The annual report 2018 lies drafted before its reviewer; one reporter's form is yet to come."""
    room = room_at("first_cycle_executed").on(2018, 11, 16)
    room.collect("2018-annual", without=(REPORTER,))
    room.on(2018, 11, 21)
    gate_openings.open_report_gate(room.office, "report_review", draft_report(room.office, "annual_report", 2018))
    return room


def test_a_report_that_lacks_figures_is_reviewed_early_only_with_a_reason(reporting):
    refusal = reporting.on(2018, 11, 22).answer("report_review")
    assert "chưa gửi số liệu" in refusal and "23/11/2018" in refusal
    assert reporting.answer("report_review", reason="Cần trình ký sớm.") == ""


def test_on_the_last_safe_day_it_is_reviewed_with_what_is_there(reporting):
    assert reporting.on(2018, 11, 23).answer("report_review") == ""


def test_what_comes_in_after_the_review_is_a_supplement(reporting):
    assert reporting.on(2018, 11, 22).answer("report_review", reason="Cần trình ký sớm.") == ""
    reporting.drop(REPORTER, "2018-annual")
    (taken,) = take_in_inbox(reporting.office)
    assert taken.is_accepted
    assert filed(reporting, "2018-annual").supplement is True


def test_a_report_sent_back_is_not_yet_frozen(reporting):
    assert reporting.on(2018, 11, 22).answer("report_review", "return", reason="Thiếu phụ lục.") == ""
    reporting.drop(REPORTER, "2018-annual")
    take_in_inbox(reporting.office)
    assert filed(reporting, "2018-annual").supplement is False
