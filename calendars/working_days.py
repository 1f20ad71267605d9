"""Working days in Vietnam: weekends, public holidays, days in lieu, and the Prime Minister's yearly swaps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

import holidays

from calendars.overlay import SATURDAY, Overlay, check_overlay, load_overlay

ONE_DAY = timedelta(days=1)


class Calendar:
    """The working days of Vietnam: the `holidays` package, corrected by a dated `overlay`."""

    def __init__(self, overlay: Overlay) -> None:
        """Raises `Refusal` if the overlay repeats or contradicts the package."""
        first, last = overlay.years[0] - 1, overlay.years[-1] + 1
        package = holidays.country_holidays("VN", years=range(first, last + 1), language="vi", expand=False)
        days_off = {day: str(name) for day, name in package.items()}
        worked = set(package.weekend_workdays)
        check_overlay(overlay, days_off, worked)
        self._overlay = overlay
        self._days_off = _corrected(days_off, overlay, range(first, last + 1))
        self._worked = frozenset(worked | {swap.worked for swap in overlay.swaps})

    @property
    def years(self) -> range:
        """The years that were reviewed."""
        return self._overlay.years

    def is_working_day(self, on: date) -> bool:
        """Whether offices work on the day `on`: a make-up Saturday counts, a day in lieu does not."""
        return on in self._worked or (on.weekday() < SATURDAY and on not in self._days_off)

    def last_working_day_before(self, on: date) -> date:
        """The last working day earlier than `on`."""
        return next(self._working_days_back_from(on - ONE_DAY))

    def last_working_day_up_to(self, on: date) -> date:
        """`on` itself if it is a working day, else the last one before it."""
        return next(self._working_days_back_from(on))

    def working_days_before(self, on: date, n: int) -> date:
        """The `n`-th working day earlier than `on` (`n` at least 1)."""
        if n < 1:
            raise ValueError("the n-th working day before a day begins with the first")
        earlier = self._working_days_back_from(on - ONE_DAY)
        return [next(earlier) for _ in range(n)][-1]

    def working_days_after(self, on: date, n: int) -> date:
        """The `n`-th working day later than `on` (`n` at least 1)."""
        if n < 1:
            raise ValueError("the n-th working day after a day begins with the first")
        found = on
        while n:
            found += ONE_DAY
            n -= self.is_working_day(found)
        return found

    def is_provisional(self, year: int) -> bool:
        """Whether the notices of `year` are not all known, so that its Tết and 2/9 arrangements are guesses."""
        return year > self._overlay.notices_through

    def days_off(self, year: int) -> dict[date, str]:
        """The public holidays, days in lieu and swapped days of `year` with their Vietnamese names, in order."""
        return {day: name for day, name in sorted(self._days_off.items()) if day.year == year}

    def make_up_days(self, year: int) -> tuple[date, ...]:
        """The weekend days of `year` on which offices work, in order."""
        return tuple(sorted(day for day in self._worked if day.year == year))

    def missing_notice(self, on: date) -> str | None:
        """A Vietnamese warning if on the day `on` the notice of that year is still missing; else None."""
        if not self.is_provisional(on.year):
            return None
        return (
            f"Chưa cập nhật thông báo nghỉ lễ, Tết năm {on.year}: lịch làm việc và các hạn báo cáo trong năm là tạm "
            "tính; đề nghị bổ sung vào tệp calendars/overlay.yaml."
        )

    def _working_days_back_from(self, on: date) -> Iterator[date]:
        while True:
            if self.is_working_day(on):
                yield on
            on -= ONE_DAY


@lru_cache(maxsize=1)
def vietnam() -> Calendar:
    """The calendar that comes with the product."""
    return Calendar(load_overlay())


def without(overlay: Overlay, yearly_id: str) -> Overlay:
    """`overlay` with the yearly day `yearly_id` switched off, as an administrator can."""
    return replace(overlay, yearly=tuple(replace(y, is_on=y.is_on and y.id != yearly_id) for y in overlay.yearly))


def _corrected(package: dict[date, str], overlay: Overlay, years: range) -> dict[date, str]:
    days_off = dict(package)
    for yearly in overlay.yearly:
        for year in years:
            for number, day in enumerate(yearly.days_off(year)):
                if not yearly.is_on:
                    days_off.pop(day, None)
                else:
                    days_off[day] = yearly.name if number == 0 else f"{yearly.name} (nghỉ bù)"
    days_off.update({s.off: f"Ngày nghỉ (thay cho ngày {s.worked:%d/%m/%Y})" for s in overlay.swaps})
    return days_off
