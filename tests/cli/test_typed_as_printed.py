"""What a command tells to type next is typed here as it was printed: only who does it and the code are filled in."""

from __future__ import annotations

import re
import shlex
from datetime import datetime, time, timedelta

import pytest
from pyotp import TOTP

from samples.officers import code_of

REASON = ("--reason", "Mất điện thoại")


@pytest.fixture
def desk(station):
    """An office whose officers have devices, and `prove(officer, seconds)`: the options that prove who types."""
    shell, room = station("installed")
    noon = datetime.combine(room.clock.on, time(12), tzinfo=room.office.settings.zone)

    def prove(officer, seconds=0):
        return ("--by", officer, "--code", code_of(officer, noon + timedelta(seconds=seconds)))

    def first_code(page):
        """What the new device shows, whose secret the page shows."""
        (secret,) = re.findall(r"nếu không quét được: ([A-Z2-7 ]+)", page)
        return TOTP(secret.replace(" ", "")).at(noon)

    return shell, prove, first_code


def printed(page, name):
    """The one command of this name in the output, whole, as words."""
    lines = [line for line in page.splitlines() if f"chuyenhoa {name} " in line]
    assert len(lines) == 1, page
    return shlex.split(lines[0].partition("chuyenhoa ")[2].rstrip("."))


def filled(words, proof):
    """The command with the proof in the place of the words that stand for it."""
    assert words[-4:] == ["--by", "MÃ", "--code", "MÃ-XÁC-THỰC"]
    return (*words[:-4], *proof)


def confirm_first(shell, page, code):
    words = printed(page, "officer enrol")
    assert words[-2:] == ["--confirm", "MÃ-ĐANG-HIỆN"]
    return shell.type(*words[:-1], code).out


def done(shell, *words):
    assert shell.type(*words).code == 0, shell.err
    return shell.out


def test_a_new_officer_gets_a_device_and_an_office(desk):
    shell, prove, first_code = desk
    who = ("PGD1", "--name", "Trần Văn B", "--title", "Phó Giám đốc", "--agency", "provincial_police")
    added = done(shell, "officer", "add", *who, "--role", "director", *prove("QT01"))
    page = done(shell, *filled(printed(added, "officer enrol"), prove("QT01", 30)))
    assert "dùng được ngay" in confirm_first(shell, page, first_code(page))
    confirmed = done(shell, *filled(printed(added, "officer confirm-role"), prove("TM01")))
    assert "PGD1 giữ vai trò Giám đốc Công an tỉnh" in confirmed


def test_a_lost_device_is_withdrawn_and_replaced(desk):
    shell, prove, first_code = desk
    withdrawn = done(shell, "officer", "reset", "GD01", *REASON, *prove("QT01"))
    cleared = done(shell, *filled(printed(withdrawn, "officer confirm-reset"), prove("TM01")))
    page = done(shell, *filled(printed(cleared, "officer enrol"), prove("QT01", 30)))
    waits = confirm_first(shell, page, first_code(page))
    assert "dùng được ngay" in done(shell, *filled(printed(waits, "officer confirm-device"), prove("TM01", 30)))


def test_while_nobody_has_a_code_none_is_asked_for(empty):
    first = "QT01,Nguyễn Văn A,Cán bộ Phòng Tham mưu,standing_office,administrator"
    done(empty, "init", "--officer", first)
    who = ("GD01", "--name", "Lê Văn C", "--title", "Giám đốc", "--agency", "provincial_police")
    added = done(empty, "officer", "add", *who, "--by", "QT01")
    words = printed(added, "officer enrol")
    assert words == ["officer", "enrol", "GD01", "--by", "QT01"]
    assert "Khóa để nhập tay" in done(empty, *words)


def test_of_an_empty_office_the_list_says_how_the_first_officer_is_appointed(empty):
    done(empty, "init")
    words = printed(empty.type("officer", "list").out, "init")
    assert words == ["init", "--officer", "MÃ,HỌ TÊN,CHỨC VỤ,CƠ QUAN,VAI TRÒ"]
