"""`units`: the communes in force on a day."""

from __future__ import annotations

from datetime import date

from commands.speech import print_json, table
from plans.loader import load_plan
from plans.schema import Plan
from plans.units import ALWAYS, load_units, units_in_force
from rules.errors import Refusal
from rules.periods import period_of


def show_units(plan_id: str, on: date, as_json: bool) -> None:
    """The communes in force on day `on`, by code. Raises `Refusal` for a day before what the list is known for."""
    known_from = _known_from(load_plan(plan_id))
    if on < known_from:
        raise Refusal(
            f"Danh mục đơn vị hành chính chỉ có từ ngày {known_from:%d/%m/%Y}; hãy chọn ngày đó hoặc một ngày sau đó."
        )
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


def _known_from(plan: Plan) -> date:
    """The first day of the reporting year in which the plan begins; of earlier days the list says only "before"."""
    return period_of(plan, "annual", plan.valid_from.value.year).opens_on
