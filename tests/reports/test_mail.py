"""The mails: how a period and an attachment are called."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

import pytest

from plans.loader import load_plan
from reports.mail import attachment_name, document_released, form_cover, paper_waiting, period_name, reporter_draft
from rules.periods import period

PLAN = load_plan("qd-1426-2017")


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("2018-annual", "năm 2018"),
        ("2018-half_year", "6 tháng đầu năm 2018"),
        ("2016-annual", "năm 2016"),
        ("2017-first_selection", "12 tháng phục vụ lựa chọn địa bàn năm 2018"),
    ],
)
def test_a_period_is_called_as_officers_call_it(id, name):
    assert period_name(period(PLAN, id)) == name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("forms/2018-annual/2018-annual-committee_966.xlsx", "Biểu số liệu năm 2018 - Sở Tư pháp.xlsx"),
        ("a/reporter_report-2018-half_year-court-v2.docx", "Báo cáo (dự thảo) 6 tháng đầu năm 2018 - Sở Tư pháp.docx"),
        ("documents/2018/annual_report-2018-v2.docx", "Báo cáo năm 2018.docx"),
        ("documents/2018/half_year_report-2018.docx", "Báo cáo 6 tháng năm 2018.docx"),
        ("documents/2019/selection_proposal-2019-v2.docx", "Tờ trình lựa chọn địa bàn năm 2019.docx"),
        ("documents/2018/annual_report-2018-v2-nguon-so-lieu.xlsx", "Nguồn số liệu - Báo cáo năm 2018.xlsx"),
        ("any/other.pdf", "other.pdf"),
    ],
)
def test_an_attachment_says_what_it_is(path, name):
    assert attachment_name(PurePath(path), "Sở Tư pháp") == name


def test_the_cover_names_the_window_once():
    text = form_cover(period(PLAN, "2018-annual"), date(2018, 11, 20), date(2018, 11, 23))
    assert "năm 2018 (tính từ ngày 16/11/2017 đến ngày 15/11/2018)" in text.body


@pytest.mark.parametrize("late", [True, False])
def test_a_draft_says_when_it_goes_into_the_supplement(late):
    assert ("báo cáo bổ sung" in reporter_draft(period(PLAN, "2018-annual"), late).body) is late


def test_a_report_approved_but_not_yet_signed_is_not_called_signed():
    body = document_released("Báo cáo năm 2018").body
    assert "đã được phê duyệt" in body
    assert "văn thư lấy số" in body
    assert "đã được ký" not in body


def test_a_paper_that_waits_is_told_with_the_command_that_names_it():
    text = paper_waiting(7, "Trình danh sách", "45/TTr-CAT#2", "văn bản giấy số 45/TTr-CAT", "TK01", "scans/a.pdf")
    assert text.subject == "Chờ xác nhận văn bản giấy số 45/TTr-CAT#2: Trình danh sách"
    assert "TK01 đã ghi nhận văn bản giấy số 45/TTr-CAT." in text.body
    for deed in ('gate confirm 7 --paper "45/TTr-CAT#2"', 'gate reject 7 --paper "45/TTr-CAT#2"'):
        assert deed in text.body
