"""`intake`: filled forms taken in, each whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from commands.acting import open_to_act
from commands.speech import print_json, say
from forms.words import period_title
from plans.schema import Plan
from rules.errors import Refusal
from rules.periods import period
from tasks.intake import Taken, put_away, take_in

ERRORS_SHOWN = 20


def take_in_files(paths: Sequence[Path], expected_period: str | None, as_json: bool) -> bool:
    """Takes in each of `paths` and says what became of it. Returns whether all were accepted.

    A path that is no file refuses the whole command before anything is taken in.
    """
    for path in paths:
        if not path.is_file():
            raise Refusal(f"Không tìm thấy tệp {path}; hãy kiểm tra lại đường dẫn, chưa tệp nào được nhận.")
    office = open_to_act()
    if expected_period is not None:
        period(office.plan, expected_period)
    taken = []
    for path in paths:
        taken.append(take_in(office, path, expected_period))
        if taken[-1].is_accepted:
            put_away(office, path, taken[-1], leave=True)
    if as_json:
        print_json([_as_json(one) for one in taken])
    else:
        for one in taken:
            say(*_lines(one, office.plan))
    return all(one.is_accepted for one in taken)


def _as_json(taken: Taken) -> dict[str, Any]:
    return {
        "file": taken.file,
        "accepted": taken.is_accepted,
        "reporter": taken.reporter,
        "period": taken.period,
        "version": taken.version,
        "sha256": taken.sha256,
        "errors": [asdict(error) | {"words": str(error)} for error in taken.errors],
    }


def _lines(taken: Taken, plan: Plan) -> list[str]:
    if taken.is_accepted:
        title = period_title(period(plan, taken.period or ""))
        reporter = f"{plan.agency(taken.reporter or '').name} ({taken.reporter})"
        return [f"{taken.file}: đã nhận, kỳ {taken.period} ({title}), {reporter}, lần {taken.version}."]
    lines = [f"{taken.file}: chưa nhận, {len(taken.errors)} lỗi:", *(f"  - {e}" for e in taken.errors[:ERRORS_SHOWN])]
    if (left := len(taken.errors) - ERRORS_SHOWN) > 0:
        lines.append(f"  … và {left} lỗi nữa; xem đủ bằng --json.")
    return lines
