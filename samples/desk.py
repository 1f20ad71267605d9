"""The reporters of the replay: filled workbooks into the drop folder, on the days they would come."""

from __future__ import annotations

from datetime import date

from forms.writing import write_form
from models import reading
from models.db import read
from rules.periods import period
from samples.filling import Attempt, fill
from samples.punctuality import arrivals
from tasks.collection import ILLUSTRATIVE, asked_reporters, spec_of
from tasks.office import Office
from tasks.stopwatch import simulated

Cycles = dict[int, tuple[str, ...]]


class Desk:
    """What comes in on which day. A period's arrivals are drawn once its forms are out."""

    def __init__(self, office: Office, seed: int) -> None:
        self._office, self._seed = office, seed
        self._due: dict[date, list[tuple[str, str, Attempt]]] = {}
        self._drawn: set[str] = set()

    @simulated
    def deliver(self, on: date) -> int:
        """Puts the day's workbooks into the drop folder. Returns how many."""
        self._draw(on)
        coming = self._due.pop(on, [])
        if not coming:
            return 0
        self._office.inbox.mkdir(parents=True, exist_ok=True)
        with read(self._office.engine) as session:
            cycles = decided_lists(self._office)
            for period_id, reporter_id, attempt in coming:
                spec = spec_of(
                    session, self._office, period(self._office.plan, period_id), self._office.plan.agency(reporter_id)
                )
                filled = fill(spec, self._seed, cycles, attempt)
                if filled is not None:
                    path = self._office.inbox / f"{period_id}-{reporter_id}-{attempt}.xlsx"
                    write_form(spec, path, filled, mark=ILLUSTRATIVE)
        return len(coming)

    def _draw(self, on: date) -> None:
        for collection in self._office.timetable.collections:
            if collection.period in self._drawn or on < collection.forms_out_on:
                continue
            of = period(self._office.plan, collection.period)
            with read(self._office.engine) as session:
                asked = asked_reporters(session, self._office, of.id)
            if not asked:
                continue  # the watch sends the forms later today
            self._drawn.add(collection.period)
            closes_on = max(collection.closes_on, collection.forms_out_on)
            for arrival in arrivals(
                self._office.plan,
                of,
                asked,
                self._seed,
                closes_on=closes_on,
                asked_by=collection.asked_by,
                last_safe_day=collection.last_day,
            ):
                coming = (collection.period, arrival.reporter_id, arrival.attempt)
                self._due.setdefault(arrival.day, []).append(coming)


def decided_lists(office: Office) -> Cycles:
    """The decided lists so far: year -> codes in the order of the list."""
    with read(office.engine) as session:
        return {
            cycle.year: tuple(area.unit_code for area in reading.areas(session, cycle.year))
            for cycle in reading.cycles(session)
            if cycle.decided_on
        }
