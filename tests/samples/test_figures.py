"""The samples are the same for the same seed, whatever the order of questions, and agree with themselves."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from forms.reading import FormRefused, read_form
from forms.spec import build_spec
from forms.writing import write_form
from plans.units import load_units, units_in_force
from rules.periods import period, periods
from samples import DEFAULT_SEED
from samples.filling import fill
from samples.punctuality import FAULTY, LATE, MISSING, NIL, REFILED, arrivals

HALF, WHOLE = "2018-half_year", "2018-annual"


@pytest.fixture(scope="session")
def reporters(plan):
    return [agency for agency in plan.agencies if agency.reporter_type]


@pytest.fixture(scope="session")
def spec_of(plan, paper):
    def build(reporter: str, period_id: str):
        at = period(plan, period_id)
        units = units_in_force(load_units(plan.id), at.closes_on)
        day = {"closes_on": at.closes_on, "asked_by": at.closes_on, "last_safe_day": at.closes_on}
        return build_spec(plan, at, plan.agency(reporter), units, paper.cycles.get(at.year, ()), **day)

    return build


def test_the_same_seed_gives_the_same_answers_in_any_order(spec_of, reporters, paper):
    first = {r.id: fill(spec_of(r.id, WHOLE), DEFAULT_SEED, paper.cycles) for r in reporters}
    again = {r.id: fill(spec_of(r.id, WHOLE), DEFAULT_SEED, paper.cycles) for r in reversed(reporters)}
    assert first == again


def test_another_seed_gives_other_answers(spec_of, paper):
    spec = spec_of("police_964", WHOLE)
    assert fill(spec, 1, paper.cycles) != fill(spec, 2, paper.cycles)


def test_every_filled_form_is_taken_in(plan, spec_of, reporters, paper, tmp_path):
    for at in periods(plan):
        for reporter in reporters:
            spec = spec_of(reporter.id, at.id)
            filled = fill(spec, DEFAULT_SEED, paper.cycles)
            if filled is None:
                continue
            write_form(spec, tmp_path / "f.xlsx", filled)
            form = read_form(tmp_path / "f.xlsx", plan, lambda _, spec=spec: spec)
            assert len(form.figures) == len(filled.values), (at.id, reporter.id)


@pytest.mark.parametrize("year", [2018, 2019, 2020])
def test_the_half_year_s_flow_is_within_the_year_s(year, plan, paper):
    half, whole = (paper.figures(period(plan, f"{year}-{kind}")) for kind in ("half_year", "annual"))
    flows = [criterion.id for criterion in plan.criteria if criterion.nature == "flow"]
    for code in whole:
        for item in flows:
            assert (half[code][item] or 0) <= (whole[code][item] or 0), (code, item)


@pytest.mark.parametrize("year", [2018, 2019, 2020])
def test_by_mid_year_about_half_of_the_year_s_count_is_there(year, plan, paper):
    half, whole = (paper.figures(period(plan, f"{year}-{kind}")) for kind in ("half_year", "annual"))
    for criterion in (c for c in plan.criteria if c.nature == "flow" and c.measure == "count"):
        by_mid_year, all_year = (sum(row[criterion.id] or 0 for row in rows.values()) for rows in (half, whole))
        assert 0.38 * float(all_year) <= by_mid_year <= 0.57 * float(all_year), (criterion.id, by_mid_year, all_year)


@pytest.mark.parametrize("year", [2018, 2019, 2020])
def test_a_stock_moves_a_little_within_the_year(year, plan, paper):
    half, whole = (paper.figures(period(plan, f"{year}-{kind}")) for kind in ("half_year", "annual"))
    for criterion in (c for c in plan.criteria if c.nature == "stock"):
        pairs = [(half[code][criterion.id], whole[code][criterion.id]) for code in whole]
        apart = [abs(one - other) for one, other in pairs if one is not None and other is not None]
        assert sum(apart) <= sum(other or 0 for _, other in pairs) / 5, criterion.id
    assert any(half[code]["a4"] != whole[code]["a4"] for code in whole)


def test_towns_and_ports_are_more_complex_than_the_countryside(plan, paper):
    figures = paper.figures(period(plan, "2017-annual"))
    offences = {code: values["a1"] for code, values in figures.items()}
    assert sum(offences[code] for code in ("32098", "32008", "32191")) > 3 * sum(offences.values()) / len(offences)


def test_measures_move_on_within_the_year(spec_of, paper):
    for reporter in ("committee_964", "police_968", "dept_culture"):
        half, whole = (fill(spec_of(reporter, p), DEFAULT_SEED, paper.cycles) for p in (HALF, WHOLE))
        for key, state in half.values.items():
            assert key[1] != "measure" or whole.values[key] >= state


def test_narratives_differ_and_have_no_gap(spec_of, reporters, paper):
    texts = []
    for reporter in reporters:
        filled = fill(spec_of(reporter.id, WHOLE), DEFAULT_SEED, paper.cycles)
        texts.extend(filled.narratives.values() if filled else ())
    assert len(set(texts)) > 0.8 * len(texts)
    assert not any("{" in text or "  " in text or not text.endswith(".") for text in texts)


def test_no_district_speaks_of_more_communes_than_it_has(plan, spec_of, reporters, paper):
    in_force = units_in_force(load_units(plan.id), period(plan, WHOLE).closes_on)
    counted = re.compile(r" ở (\d+) (?:xã|đơn vị)")
    told = 0
    for seed in range(6):
        for reporter in (r for r in reporters if r.district_code):
            units = [unit for unit in in_force if unit.district_code == reporter.district_code]
            filled = fill(spec_of(reporter.id, WHOLE), seed, paper.cycles)
            counts = [int(n) for text in (filled.narratives.values() if filled else ()) for n in counted.findall(text)]
            assert all(1 < count <= len(units) for count in counts), (reporter.id, counts)
            told += len(counts)
    assert told


def test_a_faulty_attempt_is_refused_and_its_correction_taken(plan, spec_of, paper, tmp_path):
    for period_id, reporter in FAULTY.items():
        spec = spec_of(reporter, period_id)
        write_form(spec, tmp_path / "f.xlsx", fill(spec, DEFAULT_SEED, paper.cycles, "faulty"))
        with pytest.raises(FormRefused, match="12 vụ"):
            read_form(tmp_path / "f.xlsx", plan, lambda _, spec=spec: spec)


def test_a_refiling_changes_one_figure(spec_of, paper):
    for period_id, reporter in REFILED.items():
        spec = spec_of(reporter, period_id)
        before, after = (fill(spec, DEFAULT_SEED, paper.cycles, attempt) for attempt in ("complete", "refiled"))
        changed = [key for key in before.values if before.values[key] != after.values[key]]
        assert len(changed) == 1
        assert after.values[changed[0]] == Decimal(before.values[changed[0]]) + 1


def test_the_provincial_bodies_file_nil_returns(spec_of, paper):
    for reporter in NIL:
        assert fill(spec_of(reporter, HALF), DEFAULT_SEED, paper.cycles).is_nil


@pytest.fixture
def arrived(plan, reporters):
    def arrive(period_id: str, asked_by: date, last_safe_day: date):
        at = period(plan, period_id)
        dates = {"closes_on": at.closes_on, "asked_by": asked_by, "last_safe_day": last_safe_day}
        return arrivals(plan, at, reporters, DEFAULT_SEED, **dates)

    return arrive


def test_most_file_when_asked_some_at_the_last_and_one_late(arrived, reporters):
    found = arrived(HALF, date(2018, 5, 21), date(2018, 5, 24))
    late = [a for a in found if a.day > date(2018, 5, 24)]
    assert [a.reporter_id for a in late] == [LATE[HALF]]
    assert 1 <= (late[0].day - date(2018, 5, 24)).days <= 6
    assert sum(a.day <= date(2018, 5, 21) for a in found) > 0.6 * len(reporters)
    assert any(date(2018, 5, 21) < a.day <= date(2018, 5, 24) for a in found)
    assert all(a.day > date(2018, 5, 15) and a.day.weekday() < 5 for a in found)


def test_one_never_files(arrived, reporters):
    found = {a.reporter_id for a in arrived(HALF, date(2018, 5, 21), date(2018, 5, 24))}
    assert {r.id for r in reporters} - found == {reporter for reporter, at in MISSING if at == HALF}


def test_one_sends_errors_first_and_one_files_twice(arrived):
    half = [a for a in arrived(HALF, date(2018, 5, 21), date(2018, 5, 24)) if a.reporter_id == FAULTY[HALF]]
    whole = [a for a in arrived(WHOLE, date(2018, 11, 20), date(2018, 11, 23)) if a.reporter_id == REFILED[WHOLE]]
    assert [a.attempt for a in half] == ["faulty", "complete"]
    assert [a.attempt for a in whole] == ["complete", "refiled"]
