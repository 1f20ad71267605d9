"""What rules ask of a calendar of working days; `calendars.working_days.Calendar` answers."""

from __future__ import annotations

from datetime import date
from typing import Protocol


class WorkingDays(Protocol):
    """A calendar of working days. Rules take it as an argument and never look for one."""

    @property
    def years(self) -> range:
        """The years the calendar has been reviewed for."""
        ...

    def is_provisional(self, year: int) -> bool:
        """Whether the year's arrangement of days off is still a guess."""
        ...

    def last_working_day_before(self, on: date) -> date:
        """The last working day earlier than `on`."""
        ...

    def last_working_day_up_to(self, on: date) -> date:
        """`on` itself if it is a working day, else the last one before it."""
        ...

    def working_days_before(self, on: date, n: int) -> date:
        """The `n`-th working day earlier than `on`."""
        ...

    def working_days_after(self, on: date, n: int) -> date:
        """The `n`-th working day later than `on`."""
        ...
