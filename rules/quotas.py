"""The cap on a year's list (II.2.a): at most so many per cent of the province's units, rounded down."""

from __future__ import annotations

from rules.errors import Refusal


def cap(units_in_force: int, quota_percent: int) -> int:
    """The most areas a year's list may hold: `quota_percent` % of `units_in_force`, rounded down, in integers.

    Rounded up, the list would exceed the percentage the plan forbids to exceed (II.2.a "không vượt quá").
    """
    if units_in_force < 0 or quota_percent < 0:
        raise ValueError("a number of units and a percentage are never negative")
    return units_in_force * quota_percent // 100


def is_within_quota(areas: int, units_in_force: int, quota_percent: int) -> bool:
    """Whether a list of `areas` keeps to the cap (II.2.a), carry-overs counted."""
    return areas * 100 <= quota_percent * units_in_force


def check_within_cap(year: int, areas: int, cap: int) -> None:
    """Raises `Refusal` if the list of `year` with so many `areas`, carry-overs counted, is longer than `cap`."""
    if areas > cap:
        raise Refusal(f"Danh sách năm {year} có {areas} đơn vị, vượt mức tối đa {cap}; hãy bớt {areas - cap} đơn vị.")
