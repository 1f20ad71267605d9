"""Each year 2017-2030 is committed as it was reviewed; a difference is a change of fact somebody must have meant."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from calendars.working_days import vietnam
from plans.loader import load_plan

HERE = Path(__file__).parent
snapshot = runpy.run_path(str(HERE / "renew_snapshots.py"))["snapshot"]


@pytest.mark.parametrize("year", range(2017, 2031))
def test_the_year_is_as_it_was_reviewed(year):
    kept = (HERE / "snapshots" / f"{year}.yaml").read_text(encoding="utf-8")
    now = snapshot(load_plan("qd-1426-2017"), vietnam(), year)
    assert now.splitlines() == kept.splitlines(), (
        "the calendar has changed: if the change is right, renew with "
        "`.venv/bin/python tests/calendars/renew_snapshots.py` and commit the diff"
    )


def test_every_year_of_the_calendar_has_a_snapshot_and_no_other():
    kept = {int(path.stem) for path in (HERE / "snapshots").glob("*.yaml")}
    assert kept == set(vietnam().years)


def test_snapshots_can_be_read_as_yaml():
    read = YAML(typ="safe").load((HERE / "snapshots" / "2026.yaml").read_text(encoding="utf-8"))
    assert [d["last_safe_day"].isoformat() for d in read["deadlines"]] == ["2026-05-22", "2026-11-23"]
