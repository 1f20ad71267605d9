"""What a command queued, done or refused, goes at once: nobody hears of a lock or a lost device tomorrow."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from models import reading
from samples.officers import code_of

WAITS = "Thư báo về việc này chưa gửi được, còn chờ và sẽ được gửi trong lần chạy hằng ngày tới."


def code(room, officer):
    """The code of the command line's clock, noon of the demonstration's day."""
    return code_of(officer, datetime.combine(room.clock.on, time(12), tzinfo=room.office.settings.zone))


def guess(shell, times):
    number = shell.json("gate", "list")[0]["id"]
    answer = ("gate", "answer", number, "--decision", "approve", "--by", "GD01", "--code", "000000")
    return [shell.refusal(*answer) for _ in range(times)][-1]


def record(room, shell, decision="approve"):
    scan = room.office.folder / "to-trinh.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    paper = ("--signed-by", "GD01", "--number", "45/TTr-CAT", "--date", "1/11/2017", "--scan", scan)
    number = shell.json("gate", "list")[0]["id"]
    by = ("--by", "TK01", "--code", code(room, "TK01"))
    return ("gate", "record", number, "--decision", decision, *paper, *by)


RESET = ("officer", "reset", "TK01", "--reason", "Mất", "--by", "QT01", "--code")


def queued(room, about):
    return room.ask(reading.mail_keys, about)


def unsent(room):
    return room.ask(reading.mails_unsent)


def test_who_is_locked_out_hears_of_it_at_once_and_so_does_the_administrator(station):
    shell, room = station("first_list_proposed")
    guess(shell, 4)
    assert unsent(room), "what the watch is to send is left to it"
    assert "tạm khóa" in guess(shell, 1)
    assert {key.rpartition("/")[2] for key in queued(room, "locked:")} == {"GD01", "QT01"}
    assert unsent(room) == []


def test_the_second_officers_hear_of_a_paper_at_once(station):
    shell, room = station("first_list_proposed")
    assert shell.type(*record(room, shell)).code == 0
    assert queued(room, "paper:")
    assert unsent(room) == []


def test_who_lost_a_device_or_was_corrected_hears_of_it_at_once(station):
    shell, room = station("first_list_proposed")
    assert shell.type(*RESET, code(room, "QT01")).code == 0
    assert len(queued(room, "officer_changed:TK01:")) == 2
    assert unsent(room) == []


def test_who_filed_a_form_that_was_refused_hears_of_it_at_once(station):
    shell, room = station("first_figures_asked")
    path = room.office.inbox / "police_964.xlsx"
    path.write_text("không phải biểu", encoding="utf-8")
    assert shell.type("intake", path).code == 2
    assert queued(room, "refused:")
    assert unsent(room) == []


def test_looking_sends_nothing(station):
    shell, room = station("first_list_proposed")
    before = unsent(room)
    shell.type("gate", "list")
    shell.type("officer", "list")
    assert unsent(room) == before != []


@pytest.mark.parametrize("trouble", [OSError("không kết nối được"), KeyboardInterrupt()])
def test_a_mail_server_s_trouble_makes_no_failure_of_what_was_done(station, monkeypatch, trouble):
    def fails(office):
        raise trouble

    shell, room = station("first_list_proposed")
    monkeypatch.setattr("tasks.mail.send_waiting_mail", fails)
    assert shell.type(*record(room, shell)).code == 0
    assert "Đã ghi văn bản giấy" in shell.out
    assert shell.err == f"{WAITS}\n"
    assert unsent(room)


def test_it_makes_nothing_of_a_refusal_either(station, monkeypatch):
    shell, room = station("first_list_proposed")
    guess(shell, 4)
    monkeypatch.setattr("tasks.mail._write", no_room)
    number = shell.json("gate", "list")[0]["id"]
    shell.type("gate", "answer", number, "--decision", "approve", "--by", "GD01", "--code", "000000")
    assert shell.code == 2
    assert "tạm khóa" in shell.err.splitlines()[0]
    assert shell.err.splitlines()[1:] == [WAITS]
    assert queued(room, "locked:")


def no_room(*_):
    raise OSError("đĩa đã đầy")
