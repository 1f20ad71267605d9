"""Officers and the offices they hold."""

from datetime import date

from sqlmodel import Field

from models.columns import Table
from models.units import ALWAYS


class Officer(Table, table=True):
    """A person who may answer gates. `id` is the officer's code; `title` is as printed under a signature."""

    id: str = Field(primary_key=True)
    name: str
    title: str
    agency: str
    email: str = ""
    valid_from: date = ALWAYS
    valid_to: date | None = None


class OfficerRole(Table, table=True):
    """An office held from `valid_from` to `valid_to` (inclusive): "director", "standing_office_head"…"""

    officer_id: str = Field(foreign_key="officer.id", primary_key=True)
    role: str = Field(primary_key=True)
    valid_from: date = Field(default=ALWAYS, primary_key=True)
    valid_to: date | None = None
