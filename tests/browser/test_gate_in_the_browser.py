"""A gate as an officer meets it: the run's page, Resume, a form in Vietnamese, Submit."""

from __future__ import annotations

from datetime import timedelta

import pytest

from models import reading
from samples.officers import code_of

PROPOSAL = "selection_proposal"


@pytest.fixture
def clerk(clerk_at):
    """1/11/2017: the first list lies before the director."""
    clerk = clerk_at("first_list_proposed")
    clerk.ring()
    return clerk


def test_the_form_is_in_vietnamese_with_titles_and_help(clerk):
    page = clerk.open_run(PROPOSAL)
    form = clerk.open_form(page)
    for words in (
        "Đồng ý trình Ban Chỉ đạo 138 tỉnh danh sách địa bàn đề nghị chuyển hóa?",
        "15/11/2017",
        "Ý kiến",
        "Mã cán bộ",
        "Mã được cấp cho người trả lời, ví dụ GD01",
        "Mã xác thực",
        "6 chữ số đang hiện trên thiết bị; ghi sau cùng, mã đổi sau 30 giây",
        "Lý do",
        "Phải ghi khi chọn “Trả lại”",
    ):
        form.get_by_text(words).first.wait_for()


def test_an_answer_given_in_the_browser_is_an_approval(clerk):
    gate = clerk.room.gate(PROPOSAL)
    clerk.answer(clerk.open_run(PROPOSAL), Ý_kiến="Đồng ý", Mã_cán_bộ="GD01")
    (approval,) = clerk.wait_for(clerk.approvals)
    assert (approval.gate_id, approval.decision, approval.officer_id) == (gate.id, "approve", "GD01")
    assert approval.subject_sha256 == gate.subject_sha256


def test_a_draft_sent_back_comes_again_with_what_changed_and_is_approved(clerk):
    reason = "Nêu rõ hơn căn cứ lựa chọn."
    clerk.answer(clerk.open_run(PROPOSAL), Ý_kiến="Trả lại", Mã_cán_bộ="GD01", Lý_do=reason)
    clerk.wait_for(lambda: len(clerk.approvals()) == 1 and clerk.is_quiet())
    if not any(gate.kind == PROPOSAL for gate in clerk.room.waiting()):
        clerk.room.on(2017, 11, 2)
        clerk.watch()
    assert clerk.room.gate(PROPOSAL).attempt == 2
    page = clerk.artifact(PROPOSAL, "noi-dung")
    page.get_by_text("Thay đổi so với bản bị trả lại").wait_for()
    assert f"Lý do: {reason}" in page.inner_text("main, body")
    clerk.picture(page, "thay-doi-sau-khi-tra-lai")
    clerk.answer(clerk.open_run(PROPOSAL), Ý_kiến="Đồng ý", Mã_cán_bộ="GD01")
    clerk.wait_for(lambda: len(clerk.approvals()) == 2)
    assert [approval.decision for approval in clerk.approvals()] == ["return", "approve"]


def test_an_answer_that_was_not_taken_says_why_on_the_next_form(clerk):
    clerk.answer(clerk.open_run(PROPOSAL), Ý_kiến="Đồng ý", Mã_cán_bộ="CB99")
    clerk.wait_for(clerk.is_quiet)
    page = clerk.open_run(PROPOSAL)
    form = clerk.open_form(page)
    assert "Chưa ghi nhận" in form.inner_text()
    assert "CB99" in form.inner_text()
    clerk.picture(page, "chua-ghi-nhan")
    assert clerk.approvals() == []


def test_a_run_cancelled_in_the_browser_is_rung_again_by_the_watch(clerk):
    before = clerk.room.gate(PROPOSAL).flow_run_id
    page = clerk.open_run(PROPOSAL)
    page.get_by_role("button", name="Cancel", exact=True).first.click()
    page.get_by_role("dialog").get_by_role("button", name="Confirm").click()
    clerk.wait_for(lambda: clerk.state(before) in ("CANCELLED", "CANCELLING"))
    clerk.room.on(2017, 11, 2)
    clerk.watch()
    assert clerk.room.gate(PROPOSAL).flow_run_id != before
    clerk.answer(clerk.open_run(PROPOSAL), Ý_kiến="Đồng ý", Mã_cán_bộ="GD01")
    (approval,) = clerk.wait_for(clerk.approvals)
    assert approval.decision == "approve"


def test_of_two_tabs_that_submit_at_once_one_counts(clerk):
    gate = clerk.room.gate(PROPOSAL)
    tabs = [clerk.open_run(PROPOSAL), clerk.open_run(PROPOSAL)]
    forms = [clerk.open_form(tab) for tab in tabs]
    now = clerk.room.code("GD01")
    before = code_of("GD01", clerk.room.office.now() - timedelta(seconds=30))
    assert before != now, "each is valid, so that not only the rule that a code counts once lets one of them fail"
    clerk.fill(forms[0], Ý_kiến="Đồng ý", Mã_cán_bộ="GD01", Mã_xác_thực=before)
    clerk.fill(forms[1], Ý_kiến="Trả lại", Mã_cán_bộ="GD01", Mã_xác_thực=now, Lý_do="Xem lại.")
    for form in forms:
        clerk.press_submit(form)
    clerk.wait_for(clerk.approvals)
    clerk.wait_for(clerk.is_quiet)
    assert [approval.gate_id for approval in clerk.approvals()] == [gate.id]
    assert clerk.room.ask(reading.device, "GD01").failures == 0, "no code was found wrong or used"


@pytest.mark.parametrize("seconds", [0, 30], ids=["the code of now", "the code before"])
def test_each_of_the_two_codes_would_have_counted_alone(clerk, seconds):
    clerk.room.code("GD01")
    code = code_of("GD01", clerk.room.office.now() - timedelta(seconds=seconds))
    clerk.answer(clerk.open_run(PROPOSAL), Ý_kiến="Đồng ý", Mã_cán_bộ="GD01", Mã_xác_thực=code)
    assert len(clerk.wait_for(clerk.approvals)) == 1


# What lies beside the form


FORMS = [
    ("first_list_proposed", PROPOSAL, "danh-sach"),
    ("first_cycle_evaluated", "evaluation_finding", "ket-luan"),
    ("second_session_prepared", "steering_decision", "phien-hop"),
]


@pytest.mark.parametrize(("station", "kind", "name"), FORMS, ids=[name for _, _, name in FORMS])
def test_each_gate_shows_its_form_its_table_and_its_chart(clerk_at, station, kind, name):
    clerk = clerk_at(station, gate_charts=True)
    clerk.ring()
    page = clerk.open_run(kind)
    clerk.open_form(page)
    clerk.picture(page, f"{name}-bieu-mau", 1000 if kind == PROPOSAL else 1860)
    page = clerk.artifact(kind, "noi-dung")
    page.locator("table").first.wait_for()
    clerk.picture(page, f"{name}-noi-dung", 1600)
    page = clerk.artifact(kind, "bieu-do")
    page.locator("img[src^='data:image/png']").wait_for()
    clerk.picture(page, f"{name}-bieu-do")


def test_the_committee_rules_on_relapses_by_the_units_that_warn(clerk_at):
    clerk = clerk_at("relapses_warned")
    clerk.ring()
    clerk.open_form(page := clerk.open_run("relapse_ruling"))
    clerk.picture(page, "tai-phuc-tap-bieu-mau", 1200)
    page = clerk.artifact("relapse_ruling", "noi-dung")
    page.locator("table").first.wait_for()
    assert page.locator("tbody tr").count() == 2
    clerk.picture(page, "tai-phuc-tap-noi-dung", 1000)
    answered = {"Mã_cán_bộ": "BCD1", "Lý_do": "Chờ số liệu cả năm."}
    clerk.answer(clerk.open_run("relapse_ruling"), Ý_kiến="Không thực hiện", **answered)
    clerk.wait_for(clerk.is_quiet)
    assert clerk.approvals()[-1].decision == "drop"


def test_a_report_is_reviewed_and_then_released_each_at_a_gate_of_its_own(clerk_at):
    clerk = clerk_at("first_cycle_executed", 2017, 11, 22)
    clerk.watch()
    for kind, name in (("report_review", "bao-cao-duyet"), ("report_release", "bao-cao-ky")):
        clerk.wait_for(lambda kind=kind: any(gate.kind == kind for gate in clerk.room.waiting()) and clerk.is_quiet())
        page = clerk.open_run(kind)
        clerk.open_form(page)
        clerk.picture(page, f"{name}-bieu-mau", 1000)
        page = clerk.artifact(kind, "noi-dung")
        page.locator("h1, h2").first.wait_for()
        clerk.picture(page, f"{name}-noi-dung", 1900)
        if kind == "report_review":
            officer = {"Mã_cán_bộ": "TM01", "Lý_do": "Đến hạn trình ký."}
            clerk.answer(clerk.open_run(kind), Ý_kiến="Đồng ý", **officer)


def test_the_pages_of_the_draft_are_shown(clerk_at, needs):
    needs("soffice"), needs("pdftoppm")
    clerk = clerk_at("first_list_proposed", page_pictures=True)
    clerk.ring()
    page = clerk.artifact(PROPOSAL, "du-thao")
    page.locator("img[src^='data:image/png']").wait_for()
    clerk.picture(page, "du-thao", 1100)


def test_the_list_of_what_waits_leads_to_each_form(clerk):
    page = clerk.artifact(PROPOSAL, "noi-dung")
    link = page.get_by_role("link", name="Các việc khác đang chờ phê duyệt")
    page = clerk.open(link.get_attribute("href"))
    row = page.locator("tr", has_text="Danh sách địa bàn 2018")
    row.wait_for()
    assert "Giám đốc Công an tỉnh" in row.inner_text()
    clerk.picture(page, "cho-phe-duyet", 600)
    page = clerk.open(row.get_by_role("link", name="Danh sách địa bàn 2018").get_attribute("href"))
    page.get_by_role("button", name="Resume", exact=True).first.wait_for()
