"""The command line in Vietnamese: its help, its refusals, its exit codes."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from commands.damage import told_of_damage
from rules.errors import Refusal
from rules.file_errors import why_unreachable

REFUSED = 2
STOPPED = 130  # as shells say when a person pressed Ctrl+C
HELP = "Hiện hướng dẫn này rồi thôi."
# What Typer prints in English around our own words.
HEADINGS = {
    "Usage:": "Cách dùng:",
    "Options:": "Tùy chọn:",
    "Arguments:": "Tham số:",
    "Commands:": "Lệnh:",
    "[OPTIONS]": "[TÙY CHỌN]",
    "COMMAND [ARGS]...": "LỆNH [THAM SỐ]...",
    "required]": "bắt buộc]",
    "[default: ": "[mặc định: ",
    "; default: ": "; mặc định: ",
}
# Typer's marks on an argument: "{MÃ}" in the first line, "MÃ <str>" in the list.
MARKS = ((re.compile(r"\{([^{}\n]+?)(\.\.\.)?\}(\.\.\.)?"), r"\1\2"), (re.compile(r" <(?:list\[)?\w+\]?>"), ""))
_AFTERWARDS: list[Callable[[], object]] = []


class _Vietnamese:
    """A command whose help is Vietnamese."""

    def get_help_option(self, ctx: Any) -> Any:
        """The `--help` option, in Vietnamese."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = HELP
        return option

    def get_help(self, ctx: Any) -> str:
        """The help page."""
        text = super().get_help(ctx)  # type: ignore[misc]
        for english, vietnamese in HEADINGS.items():
            text = text.replace(english, vietnamese)
        for mark, plain in MARKS:
            text = mark.sub(plain, text)
        return text

    def get_short_help_str(self, limit: int = 0) -> str:
        """The first paragraph of the help, whole, for the list of commands; `limit` would cut it."""
        return " ".join((self.help or "").partition("\n\n")[0].split())  # type: ignore[attr-defined]


class Command(_Vietnamese, TyperCommand):
    """One command."""


class Group(_Vietnamese, TyperGroup):
    """Commands under one word."""

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order in which they are declared."""
        return list(self.commands)


class Line(_Vietnamese, TyperGroup):
    """The whole line. A refusal is one sentence on stderr and exit code 2; a bug keeps its traceback."""

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order in which they are declared."""
        return list(self.commands)

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Runs the line and ends the process with its exit code."""
        try:
            self._run(args, *rest, **options)
        finally:
            while _AFTERWARDS:
                _AFTERWARDS.pop()()

    def _run(self, args: Sequence[str] | None, *rest: Any, **options: Any) -> None:
        try:
            ended = super().main(args, *rest, **options | {"standalone_mode": False})
        except Refusal as refusal:
            _refuse(str(refusal))
        except typer.TyperException as wrong:
            if type(wrong).__name__ == "NoArgsIsHelpError":  # a group without a command: its help, and nothing was done
                print(wrong.format_message())
                sys.exit(REFUSED)
            _refuse(_sentence(wrong))
        except OSError as error:
            if error.filename is None:
                raise  # no path of anybody's: a bug
            _refuse(unreachable(error))
        except Exception as error:
            sentence = told_of_damage(error)
            if sentence is None:
                raise  # a bug keeps its traceback
            _refuse(sentence)
        except (KeyboardInterrupt, typer.Abort):
            print("Đã dừng theo yêu cầu.", file=sys.stderr)
            sys.exit(STOPPED)
        else:
            sys.exit(ended if isinstance(ended, int) else 0)


def afterwards(work: Callable[[], object]) -> None:
    """Has `work` done when the line that is run has ended and said what came of it, refused or not."""
    _AFTERWARDS.append(work)


def unreachable(error: OSError) -> str:
    """Which file or folder could not be read or written, and why."""
    why = why_unreachable(error)
    return f"Không đọc hoặc ghi được {os.fsdecode(error.filename)}: {why}; hãy chọn nơi khác hoặc kiểm tra quyền."


def _refuse(sentence: str) -> None:
    print(sentence, file=sys.stderr)
    sys.exit(REFUSED)


def _sentence(wrong: typer.TyperException) -> str:
    """What is wrong with the line that was typed. The kinds of error have no public names: they are told by theirs."""
    context = getattr(wrong, "ctx", None)
    path = context.command_path if context is not None else "chuyenhoa"
    return f"{_what(wrong)}; hãy chạy `{path} --help` để xem cách dùng."


def _what(wrong: typer.TyperException) -> str:
    option = getattr(wrong, "option_name", None)
    parameter = getattr(wrong, "param", None)
    named = parameter.opts[0] if parameter is not None and parameter.opts else ""
    if parameter is not None and parameter.param_type_name == "argument":
        named = parameter.metavar or named
    match type(wrong).__name__:
        case "NoSuchOption":
            return f"Không có tùy chọn “{option}”"
        case "BadOptionUsage":
            return f"Tùy chọn “{option}” chưa có giá trị hoặc dùng chưa đúng"
        case "MissingParameter":
            return f"Thiếu “{named}”"
        case "BadParameter":
            return f"Giá trị của “{named}” không hợp lệ"
        case _:
            return "Câu lệnh chưa đúng hoặc không có lệnh này"
