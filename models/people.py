"""Officers, the offices they hold or exercise for another, and what makes their one-time codes."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlmodel import Field

from models.columns import TOLD_BY_HASH, Instant, Table, UnreadableContentError
from models.units import ALWAYS
from rules.codes import Tries


class Officer(Table, table=True):
    """A person who may answer gates. `id` is the officer's code; `title` is as printed under a signature."""

    id: str = Field(primary_key=True)
    name: str
    title: str
    agency: str
    email: str = ""
    valid_from: date = ALWAYS
    valid_to: date | None = None


class Confirmed(Table):
    """What counts only once a second officer has confirmed it.

    `given_by` is who gave it, where that is so, and None where nobody has to; it counts from `confirmed_on` on, never
    for a day before.
    """

    given_by: str | None = None
    confirmed_by: str | None = None
    confirmed_on: date | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether it counts for nothing yet."""
        return self.given_by is not None and self.confirmed_on is None


class OfficerRole(Confirmed, table=True):
    """An office held from `valid_from` to `valid_to` (inclusive): "director", "standing_office_head"…"""

    officer_id: str = Field(foreign_key="officer.id", primary_key=True)
    role: str = Field(primary_key=True)
    valid_from: date = Field(default=ALWAYS, primary_key=True)
    valid_to: date | None = None


class Delegation(Confirmed, table=True):
    """An office that `from_officer` lets `to_officer` exercise, from one day to another (inclusive).

    `capacity` stands before the signature: "KT." (for the head, by a deputy) or "TUQ." (by authorisation).
    """

    id: int = Field(default=None, primary_key=True)
    from_officer: str = Field(foreign_key="officer.id")
    to_officer: str = Field(foreign_key="officer.id")
    role: str
    capacity: str
    paper: str = ""  # number of the authorisation
    valid_from: date
    valid_to: date


class Device(Table, table=True):
    """What makes an officer's one-time codes. The secret is encrypted; its key lies outside the database.

    "offered" until the first code confirms it, then "active"; before that "waiting" for a second officer where its
    owner holds what another has confirmed already. "reset" when an administrator withdrew a lost one, and "cleared"
    once a second officer has confirmed that: only then can another be offered.
    """

    officer_id: str = Field(foreign_key="officer.id", primary_key=True)
    state: str
    secret: str = Field(default="", sa_type=Text, sa_column_kwargs={"info": TOLD_BY_HASH})
    changed_by: str
    last_step: int = 0  # up to it all codes count as used; of the later ones those of `used_steps`, "51418200 51418203"
    failures: int = 0
    locked_until: datetime | None = Field(default=None, sa_type=Instant)
    used_steps: str | None = Field(default=None, sa_type=Text)

    @property
    def tries(self) -> Tries:
        """What is remembered of its codes."""
        try:
            used = tuple(int(step) for step in (self.used_steps or "").split())
        except ValueError as error:
            raise UnreadableContentError("used steps are no numbers: they were changed around the program") from error
        return Tries(self.last_step, used, self.failures, self.locked_until)

    def remember(self, tries: Tries) -> None:
        """Sets what is remembered of its codes."""
        self.last_step, self.failures, self.locked_until = tries.floor, tries.failures, tries.locked_until
        self.used_steps = " ".join(map(str, tries.used)) or None
