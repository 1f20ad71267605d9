"""`forms` and `intake`: out to the reporters, and back."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from models import reading


def test_one_form_a_reporter(at):
    shell = at("first_list_proposed")
    found = shell.json("forms", "--period", "2017-first_selection", "--out", "bieu")
    assert len(found) == len({entry["reporter"] for entry in found}) > 10
    assert all((shell.folder.parent / entry["path"]).is_file() for entry in found)


def test_the_form_of_one_reporter(at):
    found = at("installed").json("forms", "--period", "2018-annual", "--out", "bieu", "--reporter", "police_964")
    assert [entry["reporter"] for entry in found] == ["police_964"]


def test_a_form_that_is_there_is_not_overwritten(at):
    shell = at("installed")
    words = ("forms", "--period", "2018-annual", "--out", "bieu", "--reporter", "police_964")
    assert "Đã ghi 1 biểu" in shell.type(*words).out
    assert "đã có tệp 2018-annual-police_964.xlsx" in shell.refusal(*words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--period", "2028-annual"), "Không có kỳ số liệu “2028-annual”"),
        (("--period", "2018-annual", "--reporter", "nobody"), "Không có đơn vị báo cáo “nobody”"),
    ],
)
def test_forms_nobody_owes_are_refused(at, words, said):
    assert said in at("installed").refusal("forms", "--out", "bieu", *words)


def test_a_folder_that_cannot_be_made_is_refused(at):
    words = ("forms", "--period", "2018-annual", "--reporter", "police_964", "--out")
    shell = at("installed")
    assert shell.refusal(*words, "/proc/forms").startswith("Không đọc hoặc ghi được /proc/forms: không có nơi này; ")
    assert "tên quá dài" in shell.refusal(*words, "f" * 300)


def test_a_form_that_cannot_be_written_is_refused(at):
    said = at("installed").refusal(
        "forms", "--period", "2018-annual", "--reporter", "police_964", "--out", "/proc/self"
    )
    assert said.startswith("Không đọc hoặc ghi được /proc/self/2018-annual-police_964.xlsx: ")


PERIOD = "2017-first_selection"


@pytest.fixture
def desk(station):
    """A shell on the day the first figures come in, its room, and the filled form of a reporter."""
    shell, room = station("first_figures_asked")
    return shell, room, room.drop("police_964", PERIOD)


def test_a_filled_form_is_accepted(desk):
    shell, room, path = desk
    (taken,) = shell.json("intake", path)
    assert (taken["accepted"], taken["reporter"], taken["period"], taken["version"]) == (True, "police_964", PERIOD, 1)
    assert taken["errors"] == []
    assert room.ask(reading.latest_submission, PERIOD, "police_964").sha256 == taken["sha256"]


def test_the_file_stays_where_it_is_and_a_copy_is_kept(desk):
    shell, _, path = desk
    said = " ".join(shell.type("intake", path).out.split())
    assert "đã nhận, kỳ 2017-first_selection (Số liệu lựa chọn địa bàn lần đầu (năm 2017)), " in said
    assert said.endswith("Công an thành phố Cà Mau (police_964), lần 1.")
    (kept,) = (shell.folder / "received" / PERIOD).iterdir()
    assert kept.read_bytes() == path.read_bytes()


def test_a_form_of_another_period_changes_nothing(desk):
    shell, room, path = desk
    assert shell.type("intake", path, "--period", "2018-annual").code == 2
    assert "biểu thuộc kỳ 2017-first_selection; đề nghị gửi biểu của kỳ 2018-annual" in shell.out
    assert room.ask(reading.submissions, PERIOD) == []


def test_each_error_has_sheet_cell_and_words(desk):
    shell, room, path = desk
    blank = room.drop("police_966", PERIOD, replace(room.filled("police_966", PERIOD), values={}))
    shell.type("intake", path, blank, "--json")
    good, bad = json.loads(shell.out)
    assert shell.code == 2
    assert good["accepted"]
    assert not bad["accepted"]
    assert all(error["sheet"] and error["cell"] and error["words"] for error in bad["errors"])


def test_people_are_not_shown_hundreds_of_errors(desk):
    shell, room, _ = desk
    blank = room.drop("police_966", PERIOD, replace(room.filled("police_966", PERIOD), values={}))
    shell.type("intake", blank)
    assert "lỗi nữa; xem đủ bằng --json" in shell.out
    assert shell.out.count("\n  - ") <= 20


def test_a_file_that_is_no_form_is_refused(desk):
    shell, _, path = desk
    path.write_text("không phải biểu")
    assert shell.type("intake", path).code == 2
    assert "chưa nhận, 1 lỗi" in shell.out


def test_a_path_that_leads_nowhere_stops_everything(desk):
    shell, room, path = desk
    assert "Không tìm thấy tệp" in shell.refusal("intake", path, "nowhere.xlsx")
    assert room.ask(reading.submissions, PERIOD) == []
