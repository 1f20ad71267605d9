"""The repository as its own tests see it: its files, and the syntax of its modules."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "plans",
    "calendars",
    "rules",
    "reports",
    "forms",
    "models",
    "tasks",
    "flows",
    "samples",
    "commands",
    "campaigns",
)
# What a command makes, and what is no part of the project.
NOT_OURS = {".git", ".venv", "build", "data", "demo-out", "__pycache__", "node_modules"}
TEXT = {".py", ".md", ".yaml", ".yml", ".toml", ".csv", ".txt", ".lock", ".mako", ".ini", ".cfg", ".sh", ".json", ""}


def _files(folder: Path) -> list[Path]:
    found = []
    for path in sorted(folder.iterdir()):
        if path.name in NOT_OURS or path.name.endswith(("_cache", ".egg-info")) or path.name == ".hypothesis":
            continue
        found += _files(path) if path.is_dir() else [path]
    return found


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def texts() -> Mapping[str, str]:
    """Every text file of the project: its path from the root, and what it says."""
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in _files(ROOT)
        if path.suffix in TEXT and path.name not in (".coverage", ".env")
    }


@pytest.fixture(scope="session")
def modules(texts: Mapping[str, str]) -> Mapping[str, ast.Module]:
    """The syntax of every module of the product: "rules/quotas.py", "cli.py"; not of its tests."""
    return {
        name: ast.parse(text)
        for name, text in texts.items()
        if name.endswith(".py") and (name in ("cli.py", "settings.py") or name.split("/")[0] in PACKAGES)
    }
