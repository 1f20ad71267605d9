"""The objectives in words: just below, at and just above; and when there is nothing to divide by."""

from __future__ import annotations

from datetime import date

import pytest

from plans.loader import load_plan
from reports import evaluation_minutes
from reports.contributions import filing_sentences, measures_not_done, previous_sentences
from reports.facts import Filing, MeasureState, MinutesFacts, Said, UnitName
from reports.issuer import Issue, issuer
from reports.narratives import IN_BODY, chapters, narrative
from reports.ranking import missing_words, named_missing
from reports.results import held_words, success_words
from reports.wording import term
from rules.objectives import Share
from rules.periods import period

PLAN = load_plan("qd-1426-2017")


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Share(8, 15), "8/15 địa bàn (53,33%), không đạt mục tiêu ít nhất 60%"),
        (Share(9, 15), "9/15 địa bàn (60%), đạt mục tiêu ít nhất 60%"),
        (Share(10, 15), "10/15 địa bàn (66,67%), đạt mục tiêu ít nhất 60%"),
        (Share(0, 0), "không có địa bàn được lựa chọn nên không tính tỷ lệ"),
    ],
)
def test_success_in_words(share, words):
    assert success_words(share, 60) == words


@pytest.mark.parametrize(
    ("share", "start", "end"),
    [
        (Share(16, 19), "16/19", "không đạt mục tiêu ít nhất 85%"),
        (Share(17, 20), "17/20", "(85%), đạt mục tiêu ít nhất 85%"),
        (Share(18, 21), "18/21", "đạt mục tiêu ít nhất 85%"),
        (Share(0, 0), "chưa có địa bàn nào", "chưa tính tỷ lệ"),
        (None, "chưa có địa bàn nào", "chưa tính tỷ lệ"),
    ],
)
def test_held_in_words(share, start, end):
    words = held_words(share, 85)
    assert words.startswith(start) and words.endswith(end)


def test_who_reported_who_was_late_who_did_not():
    filings = (
        Filing("A", "on_time", date(2018, 11, 20)),
        Filing("B", "late", date(2018, 11, 25)),
        Filing("C", "missing"),
        Filing("D", "on_time", date(2018, 11, 21), nil=True),
    )
    assert filing_sentences(filings) == (
        "Số đơn vị phải báo cáo: 4; đã gửi: 3, trong đó đúng hạn 2, chậm 1; chưa gửi: 1.",
        "Đơn vị gửi chậm: B (ngày 25/11/2018).",
        "Đơn vị chưa gửi: C.",
        "Đơn vị báo cáo không phát sinh: D.",
    )


def test_the_period_before_names_those_whose_figures_came_after_its_report():
    half = period(PLAN, "2018-half_year")
    filings = (
        Filing("A", "on_time", date(2018, 5, 18)),
        Filing("B", "late", date(2018, 5, 25)),
        Filing("C", "missing"),
    )
    assert previous_sentences(half, filings) == (
        "Kỳ trước (6 tháng đầu năm 2018), đơn vị gửi chậm: B (ngày 25/5/2018); đơn vị không gửi: C.",
    )
    assert previous_sentences(None, filings) == previous_sentences(half, ()) == ()


def test_equal_sentences_are_said_once_with_all_who_said_them():
    lack = "Kinh phí bố trí cho công tác này còn thiếu."
    said = (
        Said("Ủy ban nhân dân huyện U Minh", "causes", f"{lack} Cán bộ kiêm nhiệm nhiều việc."),
        Said("Ủy ban nhân dân huyện Phú Tân", "causes", f" {lack} "),
        Said("Sở Tư pháp", "causes", f"Sở Tư pháp đã tham gia đủ các cuộc họp. {lack}"),
        Said("C", "causes", " "),
    )
    assert narrative(said, "causes") == (
        f"- Ủy ban nhân dân các huyện U Minh, Phú Tân và Sở Tư pháp nêu: {lack}",
        "- Ủy ban nhân dân huyện U Minh: Cán bộ kiêm nhiệm nhiều việc.",
        "- Sở Tư pháp: Đã tham gia đủ các cuộc họp.",
    )


def test_a_short_piece_or_a_line_break_parts_nothing_from_its_reporter():
    said = (Said("A", "causes", "Đạt.\n- Một.\n- Hai."), Said("B", "causes", "Đạt."))
    assert narrative(said, "causes") == ("- A: Đạt.", "- Một.", "- Hai.", "- B: Đạt.")


def test_a_measure_not_begun_names_who_and_where():
    unit = UnitName("1", "Xã Tân Thành", "Thành phố Cà Mau")
    measure = PLAN.measures[0]
    states = [MeasureState(measure.id, "A", unit, 0), MeasureState(measure.id, "B", None, 0),
              MeasureState(measure.id, "C", None, None)]  # fmt: skip
    (sentence,) = measures_not_done(PLAN, states)
    assert sentence.endswith(": A (xã Tân Thành) và B.")


def test_what_is_missing_is_named_by_group_where_a_whole_group_is():
    every = tuple(c.id for c in PLAN.criteria)
    assert missing_words(PLAN, ()) == "không"
    assert missing_words(PLAN, every) == "tất cả"
    lost = (*(id for id in every if id.startswith("a")), "c3")
    assert missing_words(PLAN, lost) == "nhóm a, 16"
    assert named_missing(PLAN, lost).startswith("nhóm a; tiêu chí số 16 (")
    assert named_missing(PLAN, every) == "tất cả"


def test_the_body_holds_a_handful_of_each_section_and_the_appendix_every_other_word():
    shared = "Kinh phí bố trí cho công tác này còn thiếu."
    said = tuple(Said(f"Cơ quan {n}", "causes", f"Nguyên nhân {n}.\nDòng hai. {shared}") for n in range(IN_BODY + 1))
    body, (chapter,) = narrative(said, "causes"), chapters(said)
    assert body[0].endswith(f"nêu: {shared}")
    assert sum(line.startswith("- ") for line in body) == IN_BODY
    assert chapter.title == "Nguyên nhân"
    assert chapter.lines == tuple(
        line for n in (IN_BODY - 1, IN_BODY) for line in (f"- Cơ quan {n}: Nguyên nhân {n}.", "Dòng hai.")
    )


@pytest.mark.parametrize(("body", "verb"), [("board", "đề nghị"), ("steering_committee", "thống nhất")])
def test_the_board_proposes_and_the_committee_decides(body, verb):
    day, of = date(2018, 12, 14), period(PLAN, "2018-annual")
    facts = MinutesFacts(2018, body, day, of, (), Share(0, 0), None)
    issue = Issue(issuer(body, day), day)
    assert f"{verb} đưa ra khỏi diện" in evaluation_minutes.build(facts, PLAN, issue).decisions[0]


def test_a_term_that_began_before_the_sitting_says_so():
    start, end = date(2018, 11, 16), date(2019, 11, 15)
    plain = "từ ngày 16/11/2018 đến ngày 15/11/2019"
    assert term(start, end, date(2018, 11, 15)) == term(start, end, start) == term(start, end, None) == plain
    assert term(start, end, date(2018, 11, 17)) == plain + (
        " (tính theo năm báo cáo; đến ngày phiên họp 17/11/2018, thời gian chuyển hóa đã bắt đầu được 01 ngày)"
    )


def test_a_reporter_s_own_name_goes_where_the_line_bears_it():
    said = (Said("Ủy ban nhân dân huyện U Minh", "causes", "Đã họp dân. Ủy ban nhân dân huyện U Minh đã sơ kết."),)
    assert narrative(said, "causes") == ("- Ủy ban nhân dân huyện U Minh: Đã họp dân. Đã sơ kết.",)
