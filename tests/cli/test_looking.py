"""`status` and `render`: how things stand, on the screen and on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from commands.installation import DEMO_MARK
from models import reading
from reports.render import document_text


def test_the_status_of_a_session_being_prepared(at):
    found = at("second_session_prepared").json("status")
    assert list(found) == ["on", "state_on", "cycles", "areas", "reports", "gates", "due", "next", "late", "warnings"]
    assert found["on"] == "2018-12-14"
    assert [(cycle["year"], cycle["stage"]) for cycle in found["cycles"]] == [(2018, "evaluating"), (2019, "proposed")]
    assert [gate["kind"] for gate in found["gates"]] == ["steering_decision"]
    assert not found["gates"][0]["is_late"]


def test_the_same_a_day_later_is_late(at):
    (gate,) = at("second_session_prepared").json("status", "--on", "15/12/2018")["gates"]
    assert gate["is_late"]


def test_what_is_due_and_what_comes_next(at):
    found = at("installed").json("status", "--on", "31/8/2017")
    assert {due["action"] for due in found["due"]} == {"send_forms"}
    days = [row["on"] for row in found["next"]]
    assert days == sorted(days)
    assert days[0] > "2017-08-31"


@pytest.mark.parametrize("day", ["13/12/2018", "2017-08-11"])
def test_a_day_gone_by_is_not_shown_with_today_s_state(at, day):
    said = at("second_session_prepared").refusal("status", "--on", day)
    assert said.startswith("Chỉ xem được tình hình của hôm nay (14/12/2018) hoặc của một ngày sắp tới")


def test_a_day_to_come_has_today_s_state_and_says_so(at):
    shell = at("second_session_prepared")
    today, later = shell.json("status"), shell.json("status", "--on", "2/5/2019")
    assert (later["on"], later["state_on"]) == ("2019-05-02", "2018-12-14")
    assert all(today[key] == later[key] for key in ("cycles", "areas"))
    assert today["next"] != later["next"]
    assert "Các bước là của hôm nay; " in shell.type("status", "--on", "2/5/2019").out
    assert "Các bước là của hôm nay; " not in shell.type("status").out


def test_a_year_whose_days_off_are_not_known_yet_is_said(at):
    shell = at("installed")
    assert shell.json("status")["warnings"] == []
    (warning,) = shell.json("status", "--on", "1/1/2027")["warnings"]
    assert warning.startswith("Chưa cập nhật thông báo nghỉ lễ, Tết năm 2027")
    assert f"CHÚ Ý: {warning}" in " ".join(shell.type("status", "--on", "1/1/2027").out.split())


def test_who_is_late(station):
    shell, room = station("first_figures_asked")
    room.on(2017, 10, 20).file_all("2017-first_selection", without=("police_964",))
    late = shell.json("status", "--on", "15/11/2017")["late"]
    assert [row["reporter"] for row in late if row["period"] == "2017-first_selection"] == ["police_964"]
    assert shell.json("status", "--on", "20/10/2017")["late"] == []


def test_people_read_the_period_s_name(station):
    shell, _ = station("first_figures_asked")
    page = shell.type("status", "--on", "15/11/2017").out
    assert "Báo cáo 6 tháng đầu năm 2017" in page
    assert "2017-half_year" not in page
    assert "first_selection" not in page


def test_the_status_for_people(at):
    page = at("second_session_prepared").type("status").out
    assert page.startswith("Tình hình đến ngày 14/12/2018 (SỐ LIỆU MINH HỌA)")
    assert all(title in page for title in ("Đợt chuyển hóa", "Báo cáo tổng hợp", "Đang chờ phê duyệt", "Sắp tới"))


@pytest.mark.parametrize(
    ("document", "year", "words"),
    [
        ("selection_proposal", 2019, "15%"),
        ("selection_decision", 2018, "QUYẾT ĐỊNH"),
        ("annual_report", 2018, "BÁO CÁO"),
    ],
)
def test_a_document_now(at, document, year, words):
    shell = at("second_session_prepared")
    found = shell.json("render", document, "--year", year, "--out", "here.docx")
    assert (found["document"], found["year"], found["path"]) == (document, year, "here.docx")
    text = document_text(Path("here.docx").read_bytes())
    assert "SỐ LIỆU MINH HỌA" in text
    assert words in text


def test_a_reporter_s_own_report(at):
    shell = at("second_session_prepared")
    shell.type("render", "reporter_report", "--year", "2018", "--reporter", "police_964")
    assert (
        "Thành phố Cà Mau".lower() in document_text(Path("reporter_report-2018-police_964.docx").read_bytes()).lower()
    )


def test_a_preview_is_not_recorded(station):
    shell, room = station("second_session_prepared")
    before = room.rows()
    shell.type("render", "annual_report", "--year", "2018")
    assert shell.code == 0
    assert room.rows() == before


def test_no_file_is_overwritten(at):
    shell = at("second_session_prepared")
    Path("mine.docx").write_text("của tôi")
    assert "Đã có tệp mine.docx" in shell.refusal("render", "annual_report", "--year", "2018", "--out", "mine.docx")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("poem", "--year", "2018"), "Không có loại văn bản “poem”"),
        (
            ("annual_report", "--year", "2019"),
            "Chưa có số liệu để lập annual_report (Báo cáo năm) năm 2019; có thể lập: ",
        ),
        (
            ("evaluation_minutes", "--year", "2018"),
            "Chưa có số liệu để lập evaluation_minutes (Biên bản đánh giá địa bàn) năm 2018",
        ),
        (("reporter_report", "--year", "2018"), "--reporter"),
        (("reporter_report", "--year", "2019", "--reporter", "police_964"), "các kỳ đã gửi: "),
        (("reporter_report", "--year", "2019", "--reporter", "police_964"), "(Báo cáo năm 2019)"),
        (("annual_report", "--year", "2018", "--on", "15/11/2018"), "Kỳ số liệu “2018-annual” (từ 16/11/2017)"),
        (("selection_proposal", "--year", "2019", "--on", "2018-10-01"), "Kỳ số liệu “2018-annual” (từ 16/11/2017)"),
        (("selection_decision", "--year", "2018", "--on", "1/9/2017"), "“2017-first_selection” (từ 16/09/2016)"),
        (("annual_report", "--year", "2018", "--out", "nowhere/here.docx"), "Không có thư mục nowhere"),
    ],
)
def test_documents_that_cannot_be_are_refused(at, words, said):
    assert said in at("second_session_prepared").refusal("render", *words)


def test_today_is_the_office_s_own_without_a_mark(station):
    shell, room = station("installed")
    (shell.folder / ".chuyenhoa-demo").unlink()
    assert date.fromisoformat(shell.json("status")["on"]) > room.office.plan.valid_to.value


def test_what_is_on_file_is_given_as_it_was_filed(station):
    shell, room = station("second_session_prepared")
    kept = room.ask(reading.newest_document, "selection_decision", 2018)
    found = shell.json("render", "selection_decision", "--year", "2018", "--out", "kept.docx")
    assert found["filed_as"] == kept.path
    assert Path("kept.docx").read_bytes() == (room.office.folder / kept.path).read_bytes()
    assert "bản lưu trong hồ sơ" in shell.type("render", "selection_decision", "--year", "2018", "--out", "b.docx").out
    anew = shell.type("render", "selection_decision", "--year", "2018", "--anew", "--out", "c.docx").out
    assert "lập từ số liệu có đến ngày 14/12/2018" in anew


def test_a_file_that_was_changed_is_not_given_as_the_one_on_file(station):
    shell, room = station("second_session_prepared")
    path = room.office.folder / room.ask(reading.newest_document, "selection_decision", 2018).path
    content = path.read_bytes()
    path.unlink()  # the test's offices share their files
    path.write_bytes(content + b"?")
    assert "đã bị sửa" in shell.refusal("render", "selection_decision", "--year", "2018")


def test_a_demonstration_copied_without_its_mark_still_says_that_its_figures_are_made_up(station):
    shell, _ = station("second_session_prepared")
    (shell.folder / DEMO_MARK).unlink()
    assert "(SỐ LIỆU MINH HỌA)" in shell.type("status").out.splitlines()[0]
