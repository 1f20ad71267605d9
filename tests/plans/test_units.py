from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from plans import units as module
from plans.errors import Refusal
from plans.units import ALWAYS, check_units, load_successions, load_units, successors, units_in_force

PLAN = "qd-1426-2017"
UNITS = load_units(PLAN)
SUCCESSIONS = load_successions(PLAN)


def unit(code, on):
    return next(u for u in units_in_force(UNITS, on) if u.code == code)


@pytest.mark.parametrize(
    ("on", "number"),
    [
        (date(2017, 8, 11), 101),
        (date(2017, 11, 15), 101),
        (date(2020, 12, 31), 101),
        (date(2024, 11, 30), 101),
        (date(2024, 12, 1), 100),
        (date(2025, 6, 30), 100),
        (date(2025, 7, 1), 64),
        (date(2030, 12, 31), 64),
    ],
)
def test_how_many_units_there_are_on_a_day(on, number):
    found = units_in_force(UNITS, on)
    assert len(found) == number
    assert [u.code for u in found] == sorted({u.code for u in found})


def test_one_code_has_stood_for_three_units():
    names = [(u.name, u.valid_from, u.valid_to) for u in UNITS if u.code == "32002"]
    assert names == [
        ("Phường 4", ALWAYS, date(2024, 11, 30)),
        ("Phường 2", date(2024, 12, 1), date(2025, 6, 30)),
        ("Phường An Xuyên", date(2025, 7, 1), None),
    ]


def test_a_unit_is_its_code_and_its_first_day_never_its_name():
    assert len({u.key for u in UNITS}) == len(UNITS)
    names = Counter(u.name for u in units_in_force(UNITS, date(2018, 1, 1)))
    kinds = Counter(u.name.split(" ", 1)[1] for u in units_in_force(UNITS, date(2018, 1, 1)))
    assert names["Xã Tân Thành"] == names["Phường Tân Thành"] == 1
    assert kinds["Tân Thành"] == 2


def test_nine_districts_until_the_district_level_ended():
    assert len({u.district_code for u in units_in_force(UNITS, date(2018, 1, 1))}) == 9
    assert {u.district_code for u in units_in_force(UNITS, date(2025, 7, 1))} == {""}
    assert {u.type for u in UNITS} == {"xã", "phường", "thị trấn"}


def test_where_the_communes_of_the_end_of_2024_went():
    old = unit("32002", date(2024, 11, 30))
    went = successors(SUCCESSIONS, old)
    assert [(s.new, s.relation, s.is_default) for s in went] == [
        (("32002", date(2024, 12, 1)), "part", True),
        (("32022", ALWAYS), "part", False),
    ]
    assert [s.new for s in successors(SUCCESSIONS, unit("32011", date(2024, 11, 30)))] == [("32002", date(2024, 12, 1))]


@pytest.mark.parametrize("on", [date(2024, 12, 1), date(2025, 7, 1)])
def test_every_unit_redrawn_has_one_default_successor(on):
    redrawn = {s.old for s in SUCCESSIONS if s.on == on and s.old}
    for key in redrawn:
        parts = [s for s in SUCCESSIONS if s.on == on and s.old == key]
        assert sum(s.is_default for s in parts) == 1, key
        assert (len(parts) == 1) == (parts[0].relation == "whole"), key


def test_every_unit_of_june_2025_went_somewhere_in_july():
    went = {s.old for s in SUCCESSIONS if s.on == date(2025, 7, 1)}
    assert {u.key for u in units_in_force(UNITS, date(2025, 6, 30))} == went - {None}
    came = {s.new for s in SUCCESSIONS if s.on == date(2025, 7, 1)}
    assert came == {u.key for u in units_in_force(UNITS, date(2025, 7, 1))}


def test_nineteen_units_were_split():
    split = {s.old for s in SUCCESSIONS if s.on == date(2025, 7, 1) and s.relation == "part"}
    assert len(split) == 19


def test_units_of_the_other_old_province_have_no_history_here():
    strangers = [s for s in SUCCESSIONS if s.old is None]
    assert len(strangers) == 64
    assert {s.old_province_code for s in strangers} == {"95"}


def test_two_units_under_one_code_on_one_day_are_refused():
    first = unit("32005", date(2018, 1, 1))
    check_units([first, replace(first, valid_from=date(2025, 7, 1), valid_to=None)])
    with pytest.raises(Refusal, match="32005"):
        check_units([first, replace(first, valid_from=date(2025, 6, 30))])
    with pytest.raises(Refusal, match="32005"):
        check_units([replace(first, valid_to=None), replace(first, valid_from=date(2025, 7, 1))])


@pytest.mark.parametrize("load", [load_units, load_successions])
def test_a_plan_without_units_is_refused(load):
    with pytest.raises(Refusal, match="qd-0"):
        load("qd-0")


def test_a_way_to_a_unit_that_does_not_exist_is_refused(tmp_path):
    table = "on,old_code,old_province_code,new_code,relation,default_successor\n2025-07-01,32005,96,99999,whole,\n"
    (tmp_path / "old_to_new_x.csv").write_text(table, encoding="utf-8")
    with pytest.raises(Refusal, match="99999"):
        module._load_successions(tmp_path)
