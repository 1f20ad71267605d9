"""An act that was done already, typed again: nothing is claimed that did not happen, and nothing is written."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from models import reading
from samples.officers import code_of

RESET = ("officer", "reset", "TK01", "--by", "QT01", "--reason")
CONFIRM = ("officer", "confirm-reset", "TK01", "--by")


@pytest.fixture
def typed(station):
    """`typed(seconds, *words)`: types them with the code that the officer of `--by` has then; what was said."""
    shell, room = station("first_list_proposed")

    def type(*words, seconds=0):
        noon = datetime.combine(room.clock.on, time(12), tzinfo=room.office.settings.zone)
        by = words[words.index("--by") + 1]
        assert shell.type(*words, "--code", code_of(by, noon + timedelta(seconds=seconds))).code == 0, shell.err
        return " ".join(shell.out.split())

    type.room, type.shell = room, shell
    return type


def deeds(typed):
    """What the trail knows besides who proved to be there."""
    events = typed.room.ask(reading.audit_trail)
    return [event.action for event in events if event.action not in ("code_taken", "mail_queued", "mail_sent")]


def test_a_device_that_was_withdrawn_is_not_withdrawn_again(typed):
    assert "Đã hủy thiết bị của cán bộ TK01" in typed(*RESET, "Mất")
    before = deeds(typed)
    said = typed(*RESET, "Mất ở bến xe", seconds=30)
    assert "Thiết bị của cán bộ TK01 đã hủy từ trước (ngày 01/11/2017, QT01 hủy)" in said
    assert "chuyenhoa officer confirm-reset TK01" in said
    assert "Đã hủy thiết bị" not in said
    assert deeds(typed) == before


def test_a_withdrawal_that_was_confirmed_is_not_confirmed_again(typed):
    typed(*RESET, "Mất")
    assert "Đã xác nhận" in typed(*CONFIRM, "TM01")
    before = deeds(typed)
    for said in (typed(*CONFIRM, "GD01"), typed(*RESET, "Mất", seconds=30)):
        assert "Việc hủy thiết bị của cán bộ TK01 đã được TM01 xác nhận từ ngày 01/11/2017" in said
        assert "chuyenhoa officer enrol TK01" in said
        assert not said.startswith("Đã ")
    assert deeds(typed) == before


def test_a_device_that_works_is_not_confirmed_again(typed):
    before = deeds(typed)
    said = typed("officer", "confirm-device", "TK01", "--by", "TM01")
    assert "Thiết bị của cán bộ TK01 đã được TK01 xác nhận từ ngày" in said
    assert deeds(typed) == before


def test_what_was_written_so_already_is_not_corrected(typed):
    correct = ("officer", "correct", "TK01", "--title", "Văn thư", "--by", "QT01")
    assert "Đã sửa thông tin cán bộ TK01" in typed(*correct)
    before = deeds(typed)
    assert "đã ghi như vậy từ trước; không có gì thay đổi" in typed(*correct, seconds=30)
    assert deeds(typed) == before


def test_who_left_already_does_not_leave_again_later(typed):
    leave = ("officer", "disable", "TK01", "--by", "QT01", "--reason", "Nghỉ", "--from")
    assert "thôi trả lời các bước phê duyệt từ ngày 05/11/2017" in typed(*leave, "5/11/2017")
    before = deeds(typed)
    said = typed(*leave, "9/11/2017", seconds=30)
    assert "TK01 chỉ làm đến hết ngày 04/11/2017, đã ghi từ trước; không có gì thay đổi." in said
    assert deeds(typed) == before


def test_a_paper_that_waits_is_not_recorded_again(typed):
    scan = typed.room.office.folder / "to-trinh.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    number = typed.shell.json("gate", "list")[0]["id"]
    paper = ("--signed-by", "GD01", "--number", "45/TTr-CAT", "--date", "1/11/2017", "--scan", scan)
    record = ("gate", "record", number, "--decision", "approve", *paper, "--by", "TK01")
    assert typed(*record).startswith("Đã ghi văn bản giấy số 45/TTr-CAT")
    before = deeds(typed)
    assert typed(*record, seconds=30).startswith("TK01 đã ghi từ trước văn bản giấy số 45/TTr-CAT")
    assert deeds(typed) == before
