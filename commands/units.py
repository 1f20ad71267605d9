"""`units`: the communes in force on a day."""

from __future__ import annotations

from datetime import date

from commands.speech import print_json, table
from plans.units import ALWAYS, load_units, units_in_force


def show_units(plan_id: str, on: date, as_json: bool) -> None:
    """The communes in force on day `on`, by code."""
    found = units_in_force(load_units(plan_id), on)
    if as_json:
        names = ("code", "name", "type", "district_code", "district_name", "valid_from", "valid_to")
        print_json([{n: None if (v := getattr(u, n)) == ALWAYS else v for n in names} for u in found])
        return
    table(
        f"{len(found)} đơn vị hành chính cấp xã có hiệu lực ngày {on:%d/%m/%Y}",
        ("Mã", "Tên", "Cấp huyện"),
        ((u.code, u.name, u.district_name) for u in found),
    )
