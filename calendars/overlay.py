"""The dated facts about days off that the `holidays` package lacks, read from `overlay.yaml`."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML, YAMLError

from rules.errors import Refusal

BUILT_IN = Path(__file__).with_name("overlay.yaml")
SATURDAY = 5


@dataclass(frozen=True)
class Swap:
    """A working day taken `off` for a weekend day `worked`, as the `notice` ordered."""

    off: date
    worked: date
    notice: str


@dataclass(frozen=True)
class YearlyDay:
    """A day off every year from year `since` on, if `is_on`; on a weekend, the next working day is off instead."""

    id: str
    name: str
    month: int
    day: int
    since: int
    is_on: bool
    notice: str

    def on(self, year: int) -> date:
        """The day itself in `year`."""
        return date(year, self.month, self.day)

    def days_off(self, year: int) -> tuple[date, ...]:
        """The day and, if it falls on a weekend, the Monday in lieu; empty before `since`."""
        if year < self.since:
            return ()
        day = self.on(year)
        days_to_monday = 7 - day.weekday()
        return (day,) if day.weekday() < SATURDAY else (day, day + timedelta(days=days_to_monday))


@dataclass(frozen=True)
class Overlay:
    """What the project knows beside the package. `years` were reviewed; up to `notices_through` nothing is guessed."""

    years: range
    notices_through: int
    swaps: tuple[Swap, ...] = ()
    yearly: tuple[YearlyDay, ...] = field(default=())


def load_overlay(path: Path = BUILT_IN) -> Overlay:
    """The overlay in the YAML file `path`. Raises `Refusal` naming what is wrong in it."""
    try:
        found = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        return _overlay(found)
    except (KeyError, TypeError, ValueError, YAMLError) as error:
        raise Refusal(
            f"Tệp lịch nghỉ {path.name} thiếu hoặc sai mục {error}; đề nghị sửa theo mẫu ở đầu tệp."
        ) from error


def check_overlay(overlay: Overlay, days_off: Container[date], worked: Container[date]) -> None:
    """Raises `Refusal` if a swap repeats or contradicts the package, whose `days_off` and `worked` days are given."""
    for swap in overlay.swaps:
        line = f"dòng hoán đổi {swap.off:%d/%m/%Y} – {swap.worked:%d/%m/%Y} ({swap.notice})"
        if swap.off in days_off and swap.worked in worked:
            raise Refusal(f"Lịch nghỉ: {line} đã có trong gói holidays; đề nghị xóa dòng này khỏi overlay.yaml.")
        if swap.off in days_off or swap.off.weekday() >= SATURDAY:
            raise Refusal(f"Lịch nghỉ: {line} cho nghỉ một ngày vốn đã nghỉ; đề nghị đối chiếu văn bản và sửa lại.")
        if swap.worked in worked or swap.worked.weekday() < SATURDAY:
            raise Refusal(f"Lịch nghỉ: {line} làm bù vào ngày vốn đã làm việc; đề nghị đối chiếu văn bản và sửa lại.")
        if swap.worked in days_off:
            raise Refusal(f"Lịch nghỉ: {line} làm bù vào ngày lễ; đề nghị đối chiếu văn bản và sửa lại.")


def _overlay(found: dict[str, Any]) -> Overlay:
    return Overlay(
        years=range(found["years"]["first"], found["years"]["last"] + 1),
        notices_through=found["notices_through"],
        swaps=tuple(Swap(**line) for line in found["swaps"]),
        yearly=tuple(_yearly(line) for line in found["yearly"]),
    )


def _yearly(line: dict[str, Any]) -> YearlyDay:
    if line["status"] not in ("on", "off"):
        raise ValueError("status (on, off)")
    return YearlyDay(
        id=line["id"],
        name=line["name"],
        month=line["month"],
        day=line["day"],
        since=line["from"],
        is_on=line["status"] == "on",
        notice=line["notice"],
    )
