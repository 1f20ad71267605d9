"""Renews the calendar snapshots: `.venv/bin/python tests/calendars/renew_snapshots.py`, then review the diff.

A snapshot is one year as the product sees it: days off, make-up days, deadlines. A change of fact (a new notice in
`calendars/overlay.yaml`, a newer `holidays` package) shows as a diff of these files before it shows in anybody's work.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
SNAPSHOTS = Path(__file__).parent / "snapshots"
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
sys.path.insert(0, str(ROOT))

from calendars.working_days import Calendar, vietnam  # noqa: E402
from plans.loader import load_plan  # noqa: E402
from plans.schema import Plan  # noqa: E402
from rules.deadlines import Deadline, deadlines, forms_out_on, reminder_on  # noqa: E402


def snapshot(plan: Plan, calendar: Calendar, year: int) -> str:
    """The year `year` as YAML text."""
    lines = [f"year: {year}", f"provisional: {_yaml(calendar.is_provisional(year))}", "days_off:"]
    lines += [f"  {day}: {name} # {WEEKDAYS[day.weekday()]}" for day, name in calendar.days_off(year).items()]
    lines += ["make_up_days:" if calendar.make_up_days(year) else "make_up_days: []"]
    lines += [f"  - {day} # {WEEKDAYS[day.weekday()]}" for day in calendar.make_up_days(year)]
    lines += ["deadlines:"]
    for deadline in deadlines(plan, calendar, year):
        lines += _deadline(plan, calendar, deadline)
    return "\n".join(lines) + "\n"


def _deadline(plan: Plan, calendar: Calendar, deadline: Deadline) -> list[str]:
    dates = {
        **asdict(deadline),
        "forms_out_on": forms_out_on(plan, calendar, deadline),
        "reminder_on": reminder_on(plan, calendar, deadline),
    }
    first, *others = (f"{key}: {_yaml(value)}" for key, value in dates.items())
    return [f"  - {first}", *(f"    {line}" for line in others)]


def _yaml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


if __name__ == "__main__":
    SNAPSHOTS.mkdir(exist_ok=True)
    for year in vietnam().years:
        text = snapshot(load_plan("qd-1426-2017"), vietnam(), year)
        (SNAPSHOTS / f"{year}.yaml").write_text(text, encoding="utf-8")
