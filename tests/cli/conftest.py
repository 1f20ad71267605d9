"""An installation to type commands at: the standing office as it stood at a station of its work."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import app
from commands.installation import DemoMark


@dataclass
class Shell:
    """What was typed last, in `folder`, and what came of it."""

    folder: Path
    code: int = 0
    out: str = ""
    err: str = ""

    def type(self, *words: str) -> Shell:
        """Types a command line."""
        result = CliRunner().invoke(app, [str(word) for word in words], prog_name="chuyenhoa")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        self.code, self.out, self.err = result.exit_code, result.stdout, result.stderr
        return self

    def json(self, *words: str) -> Any:
        """The one JSON value that a command prints."""
        assert self.type(*words, "--json").code == 0, self.err
        assert not self.err
        return json.loads(self.out)

    def refusal(self, *words: str) -> str:
        """The sentence with which a command refuses; nothing else was printed."""
        assert self.type(*words).code == 2
        assert not self.out
        assert self.err.count("\n") == 1
        return self.err.strip()


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A machine on which nothing was set up."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHUYENHOA_DATA_DIR", str(tmp_path / "data"))
    return Shell(tmp_path / "data")


@pytest.fixture
def station(
    empty: Shell, room_at: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], tuple[Shell, Any]]:
    """A shell at the office as it stood at a station, with the room; the clock stands still on that day."""

    def arrive(name: str) -> tuple[Shell, Any]:
        room = room_at(name)
        empty.folder = room.office.folder
        monkeypatch.setenv("CHUYENHOA_DATA_DIR", str(empty.folder))
        DemoMark(room.office.today).write(empty.folder)
        return empty, room

    return arrive


@pytest.fixture
def at(station: Callable[[str], tuple[Shell, Any]]) -> Callable[[str], Shell]:
    """Only the shell."""
    return lambda name: station(name)[0]
