"""The whole plan replayed: every list, report and session in time and within the plan's limits."""

from __future__ import annotations

import email
import email.policy
from datetime import date

import pytest

from models import reading
from models.verification import first_fault
from rules.timetable import timetable

YEARS = (2018, 2019, 2020)
REPORTS = [
    ("annual_report", 2017),
    ("half_year_report", 2018),
    ("annual_report", 2018),
    ("half_year_report", 2019),
    ("annual_report", 2019),
    ("half_year_report", 2020),
    ("annual_report", 2020),
]


def codes(areas):
    return [area.unit_code for area in areas]


def gates_of(lived, kind):
    return {gate.subject: (gate, answer) for gate, answer in lived.ask(reading.approvals) if gate.kind == kind}


# Lists


@pytest.mark.parametrize(
    ("year", "by"), [(2018, date(2017, 11, 15)), (2019, date(2018, 12, 14)), (2020, date(2019, 12, 13))]
)
def test_each_list_is_decided_in_time(lived, year, by):
    assert lived.ask(reading.cycle, year).decided_on <= by


def test_there_is_no_cycle_whose_year_ends_after_the_plan(lived):
    assert [cycle.year for cycle in lived.ask(reading.cycles)] == list(YEARS)
    assert {cycle.stage for cycle in lived.ask(reading.cycles)} == {"closed"}


@pytest.mark.parametrize("year", YEARS)
def test_never_more_than_fifteen_percent_carry_overs_counted(lived, year):
    cycle, areas = lived.ask(reading.cycle, year), lived.ask(reading.areas, year)
    assert (cycle.units_in_force, cycle.cap) == (101, 15)
    assert 0 < len(areas) <= 15
    assert len(set(codes(areas))) == len(areas)


@pytest.mark.parametrize("year", [2019, 2020])
def test_whoever_failed_is_on_the_next_list_first(lived, year):
    failed = {a.unit_code for a in lived.ask(reading.areas, year - 1) if a.stage == "carried_over"}
    areas = lived.ask(reading.areas, year)
    assert failed
    assert set(codes(areas[: len(failed)])) == failed
    assert {a.unit_code for a in areas if a.carried_from_year == year - 1} == failed


@pytest.mark.parametrize("year", [2019, 2020])
def test_whoever_was_recognised_is_not_on_the_list_of_the_same_session(lived, year):
    converted = {a.unit_code for a in lived.ask(reading.areas, year - 1) if a.delisted_on}
    assert converted
    assert not converted & set(codes(lived.ask(reading.areas, year)))


# Reports


@pytest.mark.parametrize(("stem", "year"), REPORTS)
def test_each_report_is_released_by_its_last_safe_day_and_sent_to_those_it_is_owed_to(lived, stem, year):
    (released,) = [d for d in lived.ask(reading.documents, stem, year) if d.released_on]
    due = next(
        r for r in timetable(lived.office.plan, lived.office.calendar).reports if (r.report, r.year) == (stem, year)
    )
    assert due.draft_from <= released.released_on <= due.last_safe_day
    assert released.reviewed_on <= released.released_on
    owed_to = lived.office.plan.obligation(f"consolidated_{stem}").owed_to
    assert lived.ask(reading.mail_keys, f"released:{stem}:{year}/") == {f"released:{stem}:{year}/{b}" for b in owed_to}


def test_no_other_report_was_released(lived):
    documents = [d for stem in ("half_year_report", "annual_report") for d in lived.ask(reading.documents, stem)]
    assert {(d.stem, d.year) for d in documents if d.released_on} == set(REPORTS)


@pytest.mark.parametrize("year", YEARS)
def test_the_annual_report_evaluates_preliminarily_and_the_next_half_year_one_finally(lived, texts, year):
    (annual,) = [d for d in lived.ask(reading.documents, "annual_report", year) if d.released_on]
    assert "sơ bộ" in texts[annual.path]
    assert set(lived.ask(reading.evaluations, year, "preliminary")) == set(codes(lived.ask(reading.areas, year)))
    if year < 2020:
        (next_one,) = [d for d in lived.ask(reading.documents, "half_year_report", year + 1) if d.released_on]
        areas = lived.ask(reading.areas, year)
        converted = sum(area.delisted_on is not None for area in areas)
        assert f"{converted}/{len(areas)}" in texts[next_one.path]


def test_the_annual_report_2017_says_that_nothing_is_to_be_evaluated_yet(texts):
    assert "chưa đến kỳ đánh giá" in texts["documents/2017/annual_report-2017.docx"].lower()


# Sessions


@pytest.mark.parametrize(
    ("year", "held_on"), [(2018, date(2018, 12, 14)), (2019, date(2019, 12, 13)), (2020, date(2020, 12, 15))]
)
def test_each_cycle_is_recognised_in_the_session_of_its_december(lived, year, held_on):
    areas = lived.ask(reading.areas, year)
    assert {area.delisted_on for area in areas} == {None, held_on}
    assert "executing" not in {area.stage for area in areas}
    evaluations = lived.ask(reading.evaluations, year, "final")
    converted = {code for code, row in evaluations.items() if row.is_converted}
    assert {area.unit_code for area in areas if area.delisted_on} == converted


@pytest.mark.parametrize("year", YEARS)
def test_an_area_is_converted_only_through_both_gates(lived, year):
    for row in lived.ask(reading.evaluations, year, "final").values():
        assert row.is_converted is (row.meets_threshold and row.finding == "reduced")
        assert row.meets_threshold is (row.counted > 0 and row.met * 100 >= 80 * row.counted)


@pytest.mark.parametrize("year", YEARS)
def test_minutes_and_decisions_lie_drafted_after_each_session(lived, year):
    for stem in ("selection_decision", "evaluation_minutes", "delisting_decision"):
        newest = lived.ask(reading.newest_document, stem, year)
        assert newest is not None, stem
        assert (lived.office.folder / newest.path).is_file()


# People


def test_people_decided_and_sometimes_sent_back(lived):
    decisions = [answer.decision for _, answer in lived.ask(reading.approvals)]
    assert decisions.count("return") >= 3
    assert "amend" in decisions
    for _, answer in lived.ask(reading.approvals):
        assert answer.decision == "approve" or answer.reason


def test_every_answer_is_bound_to_its_gate_and_came_in_time(lived):
    for gate, answer in lived.ask(reading.approvals):
        assert answer.subject_sha256 == gate.subject_sha256
        assert gate.opened_on <= answer.answered_on <= gate.due_on
    assert lived.ask(reading.gates_open) == []


def test_a_unit_left_out_by_the_committee_is_not_on_the_list(lived):
    _, answer = gates_of(lived, "steering_decision")["steering_decision:2018"]
    (left_out,) = answer.answer["removed"]
    assert answer.reason
    assert left_out.split(" ", 1)[0] not in codes(lived.ask(reading.areas, 2019))


# The record


def test_the_audit_trail_holds(lived):
    assert lived.ask(first_fault) is None
    trail = lived.ask(reading.audit_trail)
    assert [event.id for event in trail] == list(range(1, len(trail) + 1))
    assert [event.on for event in trail] == sorted(event.on for event in trail)


def test_every_submission_and_every_refusal_is_in_the_audit_trail(lived):
    actions = [event.action for event in lived.ask(reading.audit_trail)]
    periods = {c.period for c in lived.office.timetable.collections}
    filed = sum(len(lived.ask(reading.submissions, period)) for period in periods)
    assert actions.count("submission_recorded") == filed
    assert actions.count("file_refused") == len(lived.ask(reading.refused_files))
    assert actions.count("gate_answered") == len(lived.ask(reading.approvals))


def test_nothing_is_left_lying(lived):
    assert list(lived.office.inbox.iterdir()) == []
    assert lived.ask(reading.mails_unsent) == []
    assert list(lived.office.folder.rglob("*.tmp")) == []


# Documents and mail


def test_every_document_opens_says_that_it_is_made_up_and_has_no_hole(texts):
    assert len(texts) > 200
    for path, text in texts.items():
        assert "SỐ LIỆU MINH HỌA" in text, path
        words = set(text.replace("|", " ").split())
        assert not words & {"None", "nan", "NaN", "inf", "True", "False", "Decimal", "Fraction"}, path
        assert not [mark for mark in ("{{", "{%", "}}", "Decimal(", "Fraction(", "datetime.") if mark in text], path


def test_every_file_is_the_one_its_row_knows(lived, texts):
    assert {document.path for document in lived.ask(reading.documents)} == set(texts)


def test_every_mail_opens_and_carries_what_it_speaks_of(lived):
    sent = {mail.path: mail for mail in _mails(lived)}
    folder = lived.office.settings.mail_folder
    assert {str(path.relative_to(folder)) for path in folder.rglob("*.eml")} == set(sent)
    for name, mail in sent.items():
        letter = email.message_from_bytes((folder / name).read_bytes(), policy=email.policy.default)
        assert letter["Subject"].strip() == mail.subject
        assert not letter.defects
        assert letter.get_body().get_content().strip()
        assert len(list(letter.iter_attachments())) == len(mail.attachments)


def _mails(lived):
    from sqlmodel import select

    from models.documents import OutgoingMail

    return lived.ask(lambda session: list(session.exec(select(OutgoingMail))))
