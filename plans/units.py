"""The commune-level units of the province, dated, and what became of each when they were redrawn.

A unit is (code, valid_from): one code has stood for three different units, and names repeat. Never join by name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from plans.errors import Refusal

# The start of what is older than the data. A real date, because a unit's key must not be empty.
ALWAYS = date(1900, 1, 1)

SUCCESSION_TABLES = "old_to_new_*.csv"


@dataclass(frozen=True)
class Unit:
    """A unit from `valid_from` to `valid_to` (inclusive; None: until further notice).

    `district_code` and `district_name` are empty since 01/7/2025, when the district level ended.
    """

    code: str
    name: str
    type: str
    district_code: str
    district_name: str
    valid_from: date
    valid_to: date | None
    note: str = ""

    @property
    def key(self) -> tuple[str, date]:
        """What tells this unit from any other: its code and its first day."""
        return (self.code, self.valid_from)

    def is_in_force(self, on: date) -> bool:
        """Whether the unit exists on the day `on`."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class Succession:
    """On the day `on`, all ("whole") or some ("part") of the unit `old` went into the unit `new`; both are unit keys.

    `old` is None for units of the former province 95, whose history the product does not hold (`old_code` names it).
    `is_default`: of several parts, the one proposed to the person who rules where the history goes.
    """

    on: date
    old_code: str
    old_province_code: str
    old: tuple[str, date] | None
    new: tuple[str, date]
    relation: Literal["whole", "part"]
    is_default: bool


def load_units(plan_id: str) -> tuple[Unit, ...]:
    """All units of the plan's province that ever were, in order of code and first day. Raises `Refusal`."""
    return _load_units(_folder(plan_id))


def load_successions(plan_id: str) -> tuple[Succession, ...]:
    """What became of each unit when units were redrawn, in order of day. Raises `Refusal`."""
    return _load_successions(_folder(plan_id))


def units_in_force(units: Iterable[Unit], on: date) -> tuple[Unit, ...]:
    """The units that exist on the day `on`, in order of code."""
    return tuple(sorted((u for u in units if u.is_in_force(on)), key=lambda u: u.code))


def successors(successions: Iterable[Succession], unit: Unit) -> tuple[Succession, ...]:
    """Where `unit` went, the default first; several only if it was split, and then a person rules."""
    return tuple(sorted((s for s in successions if s.old == unit.key), key=lambda s: (not s.is_default, s.new)))


@cache
def _load_units(folder: Path) -> tuple[Unit, ...]:
    tables = sorted(set(folder.glob("*.csv")) - set(folder.glob(SUCCESSION_TABLES)))
    found = [unit for path in tables for unit in _read_units(path)]
    check_units(found)
    return tuple(sorted(found, key=lambda u: u.key))


@cache
def _load_successions(folder: Path) -> tuple[Succession, ...]:
    units = _load_units(folder)
    return tuple(s for path in sorted(folder.glob(SUCCESSION_TABLES)) for s in _read_successions(path, units))


def check_units(units: Iterable[Unit]) -> None:
    """Raises `Refusal` if one code stands for two units on the same day."""
    last: dict[str, Unit] = {}
    for unit in sorted(units, key=lambda u: u.key):
        earlier = last.get(unit.code)
        if earlier and (earlier.valid_to is None or earlier.valid_to >= unit.valid_from):
            raise Refusal(
                f"Mã đơn vị {unit.code} được dùng cho hai đơn vị cùng lúc ({earlier.name}, {unit.name}); "
                "đề nghị sửa ngày hiệu lực trong tệp đơn vị hành chính."
            )
        last[unit.code] = unit


def _folder(plan_id: str) -> Path:
    folder = Path(__file__).parent / plan_id / "units"
    if not folder.is_dir():
        raise Refusal(f"Không có danh mục đơn vị hành chính của kế hoạch “{plan_id}”; đề nghị kiểm tra mã kế hoạch.")
    return folder


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _read_units(path: Path) -> Iterator[Unit]:
    for row in _rows(path):
        yield Unit(
            code=row["code"],
            name=row["name"],
            type=row["type"],
            district_code=row.get("district_code", ""),
            district_name=row.get("district_name", ""),
            valid_from=_date(row.get("valid_from")) or ALWAYS,
            valid_to=_date(row.get("valid_to")),
            note=row.get("note", ""),
        )


def _read_successions(path: Path, units: tuple[Unit, ...]) -> Iterator[Succession]:
    for row in _rows(path):
        on = date.fromisoformat(row["on"])
        old = _unit_on(units, row["old_code"], on - timedelta(days=1))
        new = _unit_on(units, row["new_code"], on)
        if old is None and any(u.code == row["old_code"] and u.valid_from < on for u in units):
            continue  # it had ended before: its way leads through the earlier redrawing
        if new is None:
            raise Refusal(f"{path.name}: mã {row['new_code']} không có hiệu lực ngày {on:%d/%m/%Y}; đề nghị sửa lại.")
        yield Succession(
            on=on,
            old_code=row["old_code"],
            old_province_code=row["old_province_code"],
            old=old.key if old else None,
            new=new.key,
            relation="part" if row["relation"] == "part" else "whole",
            is_default=row["relation"] == "whole" or row["default_successor"] == "default",
        )


def _unit_on(units: Iterable[Unit], code: str, on: date) -> Unit | None:
    return next((u for u in units if u.code == code and u.is_in_force(on)), None)


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
