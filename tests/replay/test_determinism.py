"""The same seed gives the same database and the same documents; another seed gives others."""

from __future__ import annotations

from datetime import date

import pytest

from models import reading
from samples import DEFAULT_SEED

UNTIL = date(2018, 5, 31)


@pytest.fixture(scope="module")
def first(live):
    return live(UNTIL)


def test_the_same_seed_gives_the_same_rows_and_the_same_documents(live, first):
    second = live(UNTIL)
    ours, theirs = first.ask(reading.dump_rows), second.ask(reading.dump_rows)
    assert [table for table in ours if ours[table] != theirs[table]] == []
    assert first.documents() == second.documents()


def test_another_seed_gives_other_figures(live, first):
    other = live(date(2017, 11, 30), DEFAULT_SEED + 1)
    assert first.ask(reading.figures, "2017-first_selection") != other.ask(reading.figures, "2017-first_selection")
