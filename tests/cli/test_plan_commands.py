"""`deadlines` and `units` answer from the plan alone."""

from __future__ import annotations

import shutil

import pytest

from plans import loader


def test_deadlines_of_a_year(empty):
    half, annual = empty.json("deadlines", "--year", "2018")
    assert half == {
        "report": "half_year_report",
        "data_from": "2017-11-16",
        "data_closes_on": "2018-05-15",
        "asked_by": "2018-05-21",
        "due_before": "2018-05-25",
        "last_safe_day": "2018-05-24",
        "provisional": False,
        "in_force": True,
    }
    assert annual["last_safe_day"] == "2018-11-23"


@pytest.mark.parametrize("year", range(2017, 2031))
def test_every_year_of_the_calendar_has_its_deadlines(empty, year):
    found = empty.json("deadlines", "--year", year)
    assert [entry["report"] for entry in found] == ["half_year_report", "annual_report"]
    assert found[1]["in_force"] == (2017 <= year <= 2020)


@pytest.mark.parametrize("year", [2016, 2031])
def test_other_years_are_refused(empty, year):
    assert empty.refusal("deadlines", "--year", year) == (
        f"Không có lịch làm việc của năm {year}; đề nghị chọn một năm từ 2017 đến 2030."
    )


def test_deadlines_for_people(empty):
    page = empty.type("deadlines", "--year", "2018").out
    assert "Báo cáo 6 tháng" in page
    assert "24/05/2018" in page


@pytest.mark.parametrize(
    ("day", "count"),
    [("11/8/2017", 101), ("2024-11-30", 101), ("1/12/2024", 100), ("30/6/2025", 100), ("2025-07-01", 64)],
)
def test_units_in_force_on_a_day(empty, day, count):
    assert len(empty.json("units", "--on", day)) == count


@pytest.mark.parametrize("day", ["2010-01-01", "15/11/2016"])
def test_units_of_days_of_which_the_list_says_nothing_are_refused(empty, day):
    assert "chỉ có từ ngày 16/11/2016" in empty.refusal("units", "--on", day)
    assert len(empty.json("units", "--on", "16/11/2016")) == 101


def test_units_for_people(empty):
    page = empty.type("units", "--on", "11/8/2017").out
    assert "101 đơn vị hành chính cấp xã có hiệu lực ngày 11/08/2017" in page
    assert "Phường 9" in page


def test_a_plan_that_is_not_there_is_refused(empty, monkeypatch):
    monkeypatch.setenv("CHUYENHOA_PLAN", "qd-0000-2099")
    assert empty.refusal("deadlines", "--year", "2018").startswith("Không có kế hoạch “qd-0000-2099”")


def test_a_broken_plan_file_is_named_with_key_and_mend(empty, tmp_path, monkeypatch):
    broken = tmp_path / "plans" / "qd-broken"
    shutil.copytree(loader.BUILT_IN / "qd-1426-2017", broken)
    for path in broken.glob("*.yaml"):
        text = path.read_text(encoding="utf-8").replace("id: qd-1426-2017", "id: qd-broken")
        path.write_text(text.replace("quota_percent:", "quota_per_cent:"), encoding="utf-8")
    monkeypatch.setattr(loader, "BUILT_IN", broken.parent)
    monkeypatch.setenv("CHUYENHOA_PLAN", "qd-broken")
    empty.type("deadlines", "--year", "2018")
    assert empty.code == 2
    assert "parameters.yaml" in empty.err
    assert "quota_percent" in empty.err
