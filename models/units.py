"""Administrative units. A code can stand for different units in time, so a unit is (code, valid_from)."""

from datetime import date

from sqlmodel import Field

from models.columns import Table

# The start of what is older than our data. A real date, for a key must not be empty.
ALWAYS = date(1900, 1, 1)


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
