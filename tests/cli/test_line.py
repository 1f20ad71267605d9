"""The line itself: help in Vietnamese, one sentence for what was typed wrongly, tracebacks for bugs."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

import commands.units

ROOT = Path(__file__).parents[2]
GROUPS = ("gate", "officer", "audit")
COMMANDS = ("demo", "init", "status", "deadlines", "units", "forms", "intake", "select", "evaluate", "render", "audit")


def test_help_names_every_command_in_vietnamese(empty):
    page = empty.type("--help").out
    assert empty.code == 0
    assert all(f"\n  {command} " in page for command in COMMANDS)
    assert "Cách dùng: chuyenhoa [TÙY CHỌN] LỆNH" in page


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_has_no_english_around_it(empty, command):
    page = empty.type(command, "--help").out
    assert empty.code == 0
    assert not any(word in page for word in ("Usage", "Options", "Show this", "required", "default", "Arguments"))


@pytest.mark.parametrize("group", GROUPS)
def test_no_command_s_help_shows_the_library_s_marks_nor_is_cut(empty, group):
    page = empty.type(group, "--help").out
    listed = re.findall(r"^  (\S+) ", page.partition("Lệnh:")[2], re.MULTILINE)
    pages = [page, *(empty.type(group, command, "--help").out for command in listed)]
    assert len(pages) > 1
    after_the_first_line = "".join(found.partition("\n")[2] for found in pages)
    assert not re.search(r"\{|\}|<|\.\.\.$|…", after_the_first_line, re.MULTILINE)
    assert "{" not in "".join(pages)


@pytest.mark.parametrize("words", [(), *((group,) for group in GROUPS)])
def test_a_group_without_a_command_shows_its_help(empty, words):
    assert empty.type(*words).code == 2  # nothing was done
    assert empty.out == empty.type(*words, "--help").out
    assert not empty.err


@pytest.mark.parametrize("command", ["add", "remove-role", "delegate", "revoke"])
def test_the_roles_that_can_be_chosen_are_in_the_help(empty, command):
    page = empty.type("officer", command, "--help").out
    assert "director (Giám đốc Công an tỉnh)" in page
    assert ("secretary (" in page) is (command in ("add", "remove-role"))  # what answers no gate is not delegated


def test_the_help_says_where_the_agencies_are_listed_and_who_stands_in(empty):
    assert "agencies.yaml" in empty.type("officer", "add", "--help").out
    assert "Lãnh đạo cơ" in empty.type("officer", "--help").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nonsense",), "Câu lệnh chưa đúng hoặc không có lệnh này"),
        (("select",), "Thiếu “--year”"),
        (("intake",), "Thiếu “TỆP...”"),
        (("select", "--year"), "Tùy chọn “--year” chưa có giá trị"),
        (("select", "--year", "năm nay"), "Giá trị của “--year” không hợp lệ"),
        (("select", "--yeer", "2018"), "Không có tùy chọn “--yeer”"),
        (("units", "--on", "31/2/2018"), "Ngày “31/2/2018” không hợp lệ"),
        (("units", "--on", "hôm qua"), "Ngày “hôm qua” không hợp lệ"),
    ],
)
def test_what_was_typed_wrongly_gets_one_sentence(empty, words, said):
    assert empty.refusal(*words).startswith(said)


def test_a_bug_keeps_its_traceback(empty, monkeypatch):
    monkeypatch.setattr(commands.units, "load_units", lambda plan: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        empty.type("units")


@pytest.mark.parametrize("words", [("demo", "--out", "/proc/demo"), ("intake", "f" * 300 + ".xlsx")])
def test_a_path_that_cannot_be_used_gets_one_sentence(empty, words):
    assert empty.refusal(*words).startswith("Không đọc hoặc ghi được ")


def test_a_network_that_fails_is_no_path_of_anybody_s(empty, monkeypatch):
    def fails(plan):
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(commands.units, "load_units", fails)
    with pytest.raises(ConnectionRefusedError):
        empty.type("units")


def test_a_wrong_setting_is_named(empty, monkeypatch):
    monkeypatch.setenv("CHUYENHOA_TIME_ZONE", "Mars")
    assert "time_zone" in empty.refusal("units")


def test_deadlines_need_neither_prefect_nor_the_database(tmp_path):
    asks = (
        "import sys, cli\n"
        "try: cli.app(['deadlines', '--year', '2018', '--json'], prog_name='chuyenhoa')\n"
        "except SystemExit: pass\n"
        "print([name for name in ('prefect', 'sqlalchemy', 'docx', 'rich') if name in sys.modules], file=sys.stderr)"
    )
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", asks], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True
    )
    assert done.stderr.decode().strip() == "[]"
    assert time.monotonic() - started < 5  # well under a second on an idle machine
