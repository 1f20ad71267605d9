"""A short version of each campaign: what `make campaign` tries for long is tried briefly each time."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from campaigns import days_off, fired, fuzz_forms, killed_executor, scale, tamper
from campaigns.deaths import AFTER_A_REFUSAL, AFTER_AN_ANSWER
from campaigns.hostile import CELLS
from campaigns.mutations import MUTATIONS
from campaigns.replay_twice import contents, differences
from campaigns.without_prefect import Life
from models import reading
from models.db import read
from models.seals import sealed_tables
from samples import DEFAULT_SEED


def test_hostile_forms_are_taken_in_as_written_or_refused_and_never_break_anything(tmp_path):
    found, counts = fuzz_forms.fuzz(tmp_path, DEFAULT_SEED, files=60)
    assert found.violations == []
    assert min(counts["accepted"], counts["refused"]) > 5


@pytest.mark.parametrize("mutation", sorted(set(MUTATIONS), key=lambda m: m.__name__), ids=lambda m: m.__name__)
def test_each_mutation_tries_something(desk, mutation):
    book, other = desk.books[0], desk.books[-1]
    mutants = [mutation(book, other, Random(n)) for n in range(3)]
    assert all(mutant.content for mutant in mutants)


def test_hostile_cells_are_many_and_most_may_not_be_read():
    assert len({cell.name for cell in CELLS}) > 60
    assert sum(not cell.may_mean for cell in CELLS) > 35


def test_a_machine_that_was_off_for_weeks_does_late_what_it_missed(tmp_path):
    life, lived, violations = days_off.live_through(tmp_path, DEFAULT_SEED, date(2018, 2, 28))
    assert violations == []
    assert len(set(lived)) < (date(2018, 2, 28) - life.first_day).days * 0.8


def test_days_on_have_gaps_and_now_and_then_go_back():
    first, last = date(2017, 8, 11), date(2020, 12, 31)
    lives = [list(days_off.days_on(first, last, seed)) for seed in range(5)]
    gaps = {(b - a).days for days in lives for a, b in pairwise(days)}
    assert max(gaps) > 60
    assert min(gaps) < 0
    assert all(days[-1] == last for days in lives)


@pytest.mark.parametrize("units", [0, 1, 7, 101, 400])
def test_a_province_of_any_size_keeps_to_the_cap(tmp_path, units):
    trial, violations = scale.try_province(tmp_path, units, DEFAULT_SEED)
    assert violations == []
    assert trial.file_kib or trial.refusal


def test_only_what_grows_out_of_proportion_is_a_violation():
    small = scale.Trial(100, 1.0, 1.0, 10, 10)
    assert scale.in_proportion(small, scale.Trial(1000, 39, 12, 10, 10)) == []
    assert len(scale.in_proportion(small, scale.Trial(1000, 100, 100, 10, 10))) == 2


def test_the_first_weeks_lived_twice_agree_and_with_another_seed_they_do_not(tmp_path):
    one, two, other = (_first_weeks(tmp_path / name, seed) for name, seed in (("1", 1), ("2", 1), ("3", 2)))
    assert differences(one, two) == []
    assert len(differences(one, other)) == 2  # rows and forms; there are no documents yet


def _first_weeks(folder, seed):
    life = Life(folder, seed)
    for number in range(0, 36, 5):
        life.live(life.first_day + timedelta(days=number))
    found = contents(life.office)
    life.office.engine.dispose()
    return found


def test_two_replays_are_compared_row_by_row():
    one = {"documents": {"a": "1"}, "forms": {"f": "1"}, "sources": {}, "rows": {"area": ["1", "2"]}}
    assert differences(one, one) == []
    assert differences(one, {**one, "rows": {"area": ["1", "3"]}}) == ["1 of 1 rows differ, the first: area"]
    assert len(differences(one, {**one, "documents": {}})) == 1


def test_a_trigger_may_fire_at_a_write_to_any_table():
    assert fired.WRITES.keys() == {table.name for table in sealed_tables()}


@pytest.mark.parametrize("deed", tamper.ALL)
def test_whatever_is_done_to_the_database_is_named(room_at, tmp_path, deed):
    database = room_at("first_list_proposed").office.settings.data_dir / "chuyenhoa.db"
    found, took = tamper.tamper(database, tmp_path, DEFAULT_SEED, tamperings=3, deeds={deed: tamper.ALL[deed]})
    assert found.violations == []
    assert {kind: len(times) for kind, times in took.items()} == {deed: 3}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return fuzz_forms.Desk(tmp_path_factory.mktemp("desk"), DEFAULT_SEED)


def test_forms_that_go_out_after_their_day_are_waited_for_before_a_list_is_made_of_nothing(tmp_path):
    life = Life(tmp_path)
    for number in range(3):
        life.live(date(2017, 12, 10) + timedelta(days=number))
    with read(life.office.engine) as session:
        assert 0 < len(reading.areas(session, 2018)) <= 15
        assert not reading.mail_keys(session, "overdue:")
    life.office.engine.dispose()


def test_an_executor_is_killed_at_every_named_point_and_at_other_moments():
    every = killed_executor.deaths(DEFAULT_SEED, killed_executor.KILLS)
    assert len(every) == killed_executor.KILLS
    counts = Counter(death.point for death in every)
    assert {*AFTER_AN_ANSWER, *AFTER_A_REFUSAL, killed_executor.ANY_MOMENT} == set(counts)
    assert min(counts.values()) >= 3


def test_an_executor_killed_around_an_answer_neither_loses_nor_doubles_it(tmp_path):
    found, counts = killed_executor.kill(tmp_path, DEFAULT_SEED, kills=2)
    assert found.violations == []
    assert counts["before"] + counts["after"] == 2
