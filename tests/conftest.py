"""What all tests share: how a test says that it needs a program of this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

# The program a test asks for, and the Debian package that brings it.
PACKAGES = {
    "soffice": "libreoffice-writer-nogui libreoffice-calc-nogui",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "chromium": "chromium",
    "initdb": "postgresql",
}
# Debian keeps PostgreSQL's own programs off the PATH.
ELSEWHERE = {"initdb": "/usr/lib/postgresql"}


@pytest.fixture(scope="session")
def needs() -> Callable[[str], str]:
    """`needs("soffice")` gives the program's path. Absent, it skips the test on a user's machine and fails it in CI."""
    return _needs


def _needs(program: str) -> str:
    path = _find(program)
    if path:
        return path
    reason = f"{program} is not on this machine (Debian: apt-get install {PACKAGES[program]})"
    if os.environ.get("CI"):
        pytest.fail(f"{reason}; CI must have it, see .ci/run", pytrace=False)
    pytest.skip(reason)


def _find(program: str) -> str | None:
    if program not in ELSEWHERE:
        return shutil.which(program)
    return max((str(found) for found in Path(ELSEWHERE[program]).glob(f"*/bin/{program}")), default=None)
