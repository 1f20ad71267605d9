"""Each awkward case of the samples, seen in what the replay made of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models import reading
from samples.punctuality import FAULTY, LATE, MISSING, NIL, REFILED

YEARS = (2018, 2019, 2020)


def outcomes(row):
    return {outcome["target"]: outcome for outcome in row.content["outcomes"]}


def finals(lived):
    return {(year, code): row for year in YEARS for code, row in lived.ask(reading.evaluations, year, "final").items()}


def released(lived, period):
    """The text's path of the consolidated report of a period."""
    report = next(r for r in lived.office.timetable.reports if r.period == period)
    (document,) = [d for d in lived.ask(reading.documents, report.report, report.year) if d.released_on]
    return document.path


@pytest.mark.parametrize(("period", "reporter"), LATE.items())
def test_who_is_late_is_known_told_and_goes_into_a_supplement(lived, period, reporter):
    filing = lived.ask(reading.filings, period)[reporter]
    assert filing.is_late
    assert lived.ask(reading.latest_submission, period, reporter).supplement
    last_day = lived.office.timetable.collection(period).last_day
    came_the_next_morning = filing.first_on == last_day + timedelta(days=1)
    assert came_the_next_morning or f"overdue:{period}/{reporter}" in lived.ask(reading.mail_keys)


@pytest.mark.parametrize(("reporter", "period"), sorted(MISSING))
def test_who_never_files_is_reminded_told_and_named_in_the_report(lived, texts, reporter, period):
    assert reporter not in lived.ask(reading.filings, period)
    keys = lived.ask(reading.mail_keys)
    assert {f"reminder:{period}/{reporter}", f"overdue:{period}/{reporter}"} <= keys
    assert lived.office.plan.agency(reporter).name in texts[released(lived, period)]


@pytest.mark.parametrize("reporter", sorted(NIL))
@pytest.mark.parametrize("year", YEARS)
def test_a_nil_return_is_a_filing(lived, reporter, year):
    filing = lived.ask(reading.filings, f"{year}-half_year")[reporter]
    assert filing.is_nil
    assert not filing.is_late


@pytest.mark.parametrize(("period", "reporter"), FAULTY.items())
def test_a_refused_form_is_corrected_and_taken(lived, period, reporter):
    refused = [file for file in lived.ask(reading.refused_files) if file.file_name.startswith(f"{period}-{reporter}")]
    assert len(refused) == 1
    assert "không phải là số" in refused[0].reasons[0]
    filing = lived.ask(reading.filings, period)[reporter]
    assert filing.first_on > refused[0].received_on
    assert f"refused:{refused[0].sha256}" in lived.ask(reading.mail_keys)


@pytest.mark.parametrize(("period", "reporter"), REFILED.items())
def test_a_form_filed_again_is_the_second_version_and_not_late(lived, period, reporter):
    filing = lived.ask(reading.filings, period)[reporter]
    assert (filing.version, filing.is_late) == (2, False)
    assert filing.newest_on > filing.first_on


def test_a_tie_at_the_cut_is_shown(lived, texts):
    tied = lived.ask(reading.newest_proposal, 2018).content["tied_at_cut"]
    assert len(tied) == 2
    document = lived.ask(reading.newest_document, "selection_proposal", 2018)
    names = {unit.code: unit.name for unit in lived.office.units_on(date(2017, 11, 15))}
    assert all(names[code] in texts[document.path] for code in tied)


def test_the_commune_on_the_ministers_list_is_flagged_and_inside_the_cap(lived, texts):
    (code,) = lived.office.ministers_list
    assert lived.ask(reading.area, 2018, code) is not None
    document = lived.ask(reading.newest_document, "selection_proposal", 2018)
    assert "15/2010/TT-BCA" in texts[document.path]


@pytest.mark.parametrize("target", ["a3", "b"])
def test_what_did_not_arise_leaves_the_count(lived, target):
    """No serious case (a3), no released prisoner (b): neither 0 % nor 100 %."""
    found = [row for row in finals(lived).values() if outcomes(row)[target]["state"] == "not_applicable"]
    assert found
    for row in found:
        not_arisen = sum(outcome["state"] == "not_applicable" for outcome in outcomes(row).values())
        assert row.counted == 8 - not_arisen


def test_some_area_misses_by_one_target(lived):
    """One target more, and it would have passed."""
    near = [r for r in finals(lived).values() if not r.meets_threshold and (r.met + 1) * 100 >= 80 * r.counted]
    assert near
    assert not any(row.is_converted for row in near)


def test_some_area_meets_the_targets_but_its_crime_rose_and_is_not_converted(lived):
    rose = [row for row in finals(lived).values() if row.meets_threshold and row.finding == "not_reduced"]
    assert rose
    for row in rose:
        assert row.is_converted is False
        assert row.finding_reason
    assert any((row.met, row.counted) in {(7, 8), (8, 8), (7, 7), (6, 7)} for row in rose)


def test_a_missing_target_counts_as_not_met_and_is_named(lived, texts):
    found = {
        key: row for key, row in finals(lived).items() if "missing" in {o["state"] for o in outcomes(row).values()}
    }
    assert found
    for (year, _), row in found.items():
        assert row.met <= row.counted - sum(o["state"] == "missing" for o in outcomes(row).values())
        minutes = lived.ask(reading.newest_document, "evaluation_minutes", year)
        assert "thiếu số liệu" in texts[minutes.path].lower() or "chưa có số liệu" in texts[minutes.path].lower()


def test_whoever_is_recognised_on_missing_figures_was_so_with_a_written_reason(lived):
    answers = {gate.subject: a for gate, a in lived.ask(reading.approvals) if gate.kind == "steering_decision"}
    on_missing = {
        year
        for (year, _), row in finals(lived).items()
        if row.is_converted and "missing" in {o["state"] for o in outcomes(row).values()}
    }
    assert on_missing
    for year in on_missing:
        assert answers[f"steering_decision:{year}"].answer["missing_reason"].strip()


def test_one_area_relapses_is_ruled_on_with_a_reason_and_leaves_the_85_percent(lived):
    (area,) = lived.ask(reading.relapsed)
    assert area.cycle_year == 2018
    assert area.delisted_on
    rulings = [w for w in lived.ask(reading.relapse_warnings) if w.area_id == area.id and w.ruling == "relapsed"]
    assert rulings
    assert all(warning.reason for warning in rulings)
    assert lived.ask(reading.relapse_warnings, unruled_only=True) == []


def test_criteria_that_are_zero_nearly_everywhere_score_zero_there(lived):
    """A zero is a value: it is neither missing nor does it make a commune complex."""
    values = lived.ask(reading.criterion_values, "2018-annual", with_supplements=True)
    zeros = {c.id: sum(row.get(c.id) == 0 for row in values.values()) for c in lived.office.plan.criteria}
    assert max(zeros.values()) > 80
