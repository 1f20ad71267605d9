"""Cases an official can read: `test_cap(case)` in `test_quotas.py` runs each entry of `cap` in `cases/quotas.yaml`."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings
from ruamel.yaml import YAML

from calendars.working_days import Calendar, vietnam
from plans.loader import load_plan
from plans.schema import Plan

# The same examples every time, however busy the machine: a red test is a fault, never bad luck.
settings.register_profile("suite", deadline=None, derandomize=True, database=None)
settings.load_profile("suite")

CASES = Path(__file__).parent / "cases"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        file = CASES / f"{metafunc.module.__name__.rpartition('.')[2].removeprefix('test_')}.yaml"
        cases = YAML(typ="safe").load(file.read_text(encoding="utf-8"))
        chosen = cases[metafunc.function.__name__.removeprefix("test_")]
        metafunc.parametrize("case", chosen, ids=[case["description"] for case in chosen])


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load_plan("qd-1426-2017")


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    return vietnam()
