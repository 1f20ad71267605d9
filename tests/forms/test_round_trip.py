"""What is written into a form is what is read out of it."""

from __future__ import annotations

import hashlib
import time
from decimal import Decimal

import pytest

from forms.spec import Filled, is_empty, measure_rows
from forms.writing import write_form
from plans.loader import load_plan

PLAN = load_plan("qd-1426-2017")
REPORTERS = [agency.id for agency in PLAN.agencies if agency.reporter_type]
PERIODS = ("2016-annual", "2017-half_year", "2017-first_selection", "2017-annual", "2018-half_year", "2018-annual")


@pytest.mark.parametrize("period_id", PERIODS)
@pytest.mark.parametrize("reporter", REPORTERS)
def test_every_figure_comes_back_with_its_cell(reporter, period_id, spec_of, filed, plain_answers):
    spec = spec_of(reporter, period_id, () if period_id < "2018" else ("32008", "32098"))
    filled = plain_answers(spec)
    form = filed(spec, filled)
    read = {(f.unit, f.kind, f.item, f.part): f.reason or f.value for f in form.figures}
    assert read == filled.values
    assert len({figure.cell for figure in form.figures}) == len(form.figures)
    assert [n.text for n in form.narratives] == list(filled.narratives.values())
    assert form.identity.reporter_id == reporter
    assert form.identity.period_id == period_id


def test_the_hash_is_that_of_the_file(spec_of, filed, tmp_path, plain_answers):
    spec = spec_of("dept_culture")
    form = filed(spec, plain_answers(spec))
    assert form.sha256 == hashlib.sha256((tmp_path / "bieu.xlsx").read_bytes()).hexdigest()


def test_a_nil_return_is_one_step(spec_of, filed):
    form = filed(spec_of("court"), Filled(is_nil=True))
    assert form.is_nil
    assert form.figures == ()


def test_the_row_s_explanation_comes_with_its_figures(spec_of, filed, plain_answers):
    spec = spec_of("police_968")
    answers = plain_answers(spec)
    filled = Filled(False, answers.values, {("criterion", "32098", ""): "Tăng do mùa cá"}, answers.narratives)
    explained = {f.unit for f in filed(spec, filled).figures if f.comment == "Tăng do mùa cá"}
    assert explained == {"32098"}


def test_a_reason_may_be_written_out(spec_of, filed, plain_answers):
    spec = spec_of("division_fire")
    answers = plain_answers(spec)
    filled = Filled(False, answers.values | {("32098", "criterion", "d7", "value"): " Chưa có số  liệu "})
    figure = next(f for f in filed(spec, filled).figures if f.unit == "32098")
    assert (figure.value, figure.reason) == (None, "no_data")


def test_the_same_form_gives_the_same_bytes(spec_of, tmp_path, plain_answers):
    spec = spec_of("police_964")
    for name in ("a.xlsx", "b.xlsx"):
        write_form(spec, tmp_path / name, plain_answers(spec))
        time.sleep(0.01)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_reporter_is_asked_what_it_owns_and_no_more(spec_of):
    police, committee, division, body = map(spec_of, ("police_964", "committee_964", "division_fire", "dept_culture"))
    assert {unit.district_code for unit in police.units} == {"964"}
    assert [area.code for area in police.areas] == ["32008", "32014"]
    assert {t.id for t in police.targets} | {t.id for t in committee.targets} == {t.id for t in PLAN.targets}
    assert len(division.units) == 101
    assert [criterion.id for criterion in division.criteria] == ["d7"]
    assert (body.units, body.criteria, body.areas) == ((), (), ())
    assert [measure.id for measure in body.measures] == ["III.4.a"]
    assert (body.has_budget, police.has_budget) == (True, False)


def test_every_criterion_target_and_measure_is_asked_of_somebody(spec_of):
    specs = [spec_of(reporter) for reporter in REPORTERS]
    assert {c.id for s in specs for c in s.criteria} == {c.id for c in PLAN.criteria}
    assert {t.id for s in specs for t in s.targets} == {t.id for t in PLAN.targets}
    assert {m.id for s in specs for _, m in measure_rows(s)} == {m.id for m in PLAN.measures}


def test_the_first_collection_asks_criteria_only(spec_of):
    spec = spec_of("police_964", "2017-first_selection")
    assert spec.criteria
    assert not (spec.areas or spec.targets or spec.measures or spec.has_budget)
    assert is_empty(spec_of("court", "2017-first_selection"))


def test_last_period_s_figures_do_not_read_as_this_one_s(spec_of, filed, plain_answers):
    previous = {("32098", "criterion", "d7", "value"): Decimal(41)}
    spec = spec_of("division_fire", previous=previous)
    form = filed(spec, plain_answers(spec))
    assert Decimal(41) not in {figure.value for figure in form.figures}
