"""Administrative units. A code can stand for different units in time, so a unit is (code, valid_from)."""

from datetime import date

from sqlmodel import Field

from models.columns import Table
from plans.units import ALWAYS

__all__ = ["ALWAYS", "Unit"]


class Unit(Table, table=True):
    """A commune-level unit from `valid_from` to `valid_to` (inclusive; None: still in force)."""

    code: str = Field(primary_key=True)
    valid_from: date = Field(primary_key=True)
    name: str
    type: str
    district_code: str = ""
    district_name: str = ""
    valid_to: date | None = None
    note: str = ""
