"""`demo`: the whole period replayed on a private database and a private Prefect server, in a folder of its own."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.demo_report import tell
from commands.installation import DEMO_MARK, DemoMark
from commands.speech import console, print_json
from rules.errors import Refusal

if TYPE_CHECKING:
    from samples.replay import Replay

# Read by Prefect when it is imported: nothing leaves this machine, and only warnings are said.
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
}
SUMMARY = "summary.json"


@dataclass(frozen=True)
class Span:
    """The calendar years asked for, both included."""

    first: int
    last: int


def run_demo(folder: Path, years: Span, seed: int | None, as_json: bool) -> None:
    """Replays `years` into `folder`. The replay begins with the plan: earlier years are lived through, not listed.

    Raises `Refusal` for years outside the plan, and for a folder with something else in it.
    """
    folder = folder.resolve()
    check_free(folder)
    os.environ.update(QUIET)
    from samples import DEFAULT_SEED
    from samples.replay import Replay
    from samples.summary import summarise

    first, last = _days(years)
    clear(folder)
    DemoMark(last).write(folder)
    replay = Replay(folder, DEFAULT_SEED if seed is None else seed)
    before = _spent()
    replay.install()
    with _progress(replay, last) as on_day:
        seconds = replay.run(last, on_day)
    summary = summarise(replay.office, first, last) | _seconds(seconds, before)
    (folder / SUMMARY).write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    replay.office.engine.dispose()
    if as_json:
        print_json(summary)
    else:
        tell(summary, folder)


def check_free(folder: Path) -> None:
    """Raises `Refusal` unless `folder` is absent, empty, or an earlier demonstration."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise Refusal(f"{folder} không phải là thư mục; hãy chọn thư mục khác bằng --out.")
    if any(folder.iterdir()) and not (folder / DEMO_MARK).is_file():
        raise Refusal(f"Thư mục {folder} đã có dữ liệu khác; hãy chọn một thư mục trống bằng --out.")


def clear(folder: Path) -> None:
    """An empty `folder`: what an earlier demonstration left in it is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _days(years: Span) -> tuple[date, date]:
    """The first and the last day to list: the years' own, within the plan's. Raises `Refusal`."""
    from commands.installation import read_settings
    from plans.loader import load_plan

    plan = load_plan(read_settings().plan)
    begins, ends = plan.valid_from.value, plan.valid_to.value
    if not begins.year <= years.first <= years.last <= ends.year:
        raise Refusal(
            f"Chỉ có thể diễn tập trong thời hạn của Kế hoạch, từ năm {begins.year} đến năm {ends.year}; "
            f"hãy chọn lại --from và --to (đang là {years.first} và {years.last})."
        )
    return max(begins, date(years.first, 1, 1)), min(ends, date(years.last, 12, 31))


def _spent() -> dict[str, float]:
    from tasks.stopwatch import spent

    return dict(spent)


def _seconds(whole: float, before: Mapping[str, float]) -> dict[str, Any]:
    """All seconds, the product's own, and those of the made-up reporters and officers (the rest is Prefect's)."""
    from tasks.stopwatch import SIMULATION, own_seconds, spent

    return {
        "seconds": round(whole, 2),
        "own_seconds": round(own_seconds(before), 2),
        "simulation_seconds": round(spent[SIMULATION] - before.get(SIMULATION, 0.0), 2),
    }


def _newest_action(replay: Replay) -> str | None:
    from sqlmodel import col, select

    from models.audit import AuditEvent
    from models.db import read

    with read(replay.office.engine) as session:
        return session.exec(select(AuditEvent.action).order_by(col(AuditEvent.id).desc()).limit(1)).first()


@contextmanager
def _progress(replay: Replay, last: date) -> Iterator[Callable[[date], None]]:
    """A bar on stderr that moves day by day and says what was done last."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from models.audit import AUDIT_LABELS

    columns = (TextColumn("{task.fields[day]}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    shown = (*columns, TimeElapsedColumn(), TextColumn("{task.fields[doing]}"))
    began = replay.first_day
    with Progress(*shown, console=console(stderr=True), refresh_per_second=2) as bar:
        task = bar.add_task("", total=(last - began).days + 1, day=f"{began:%d/%m/%Y}", doing="Mở máy chủ Prefect")

        def on_day(day: date) -> None:
            doing = AUDIT_LABELS.get(_newest_action(replay) or "", "")
            bar.update(task, completed=(day - began).days, day=f"{day:%d/%m/%Y}", doing=doing)

        yield on_day
        bar.update(task, completed=(last - began).days + 1, day=f"{last:%d/%m/%Y}", doing="Xong")
