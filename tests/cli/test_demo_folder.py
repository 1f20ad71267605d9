"""What `demo` may write over, and which years it replays. The replay itself has tests of its own."""

from __future__ import annotations

from datetime import date

import pytest

from commands.demo import clear
from commands.demo_report import tell
from commands.installation import DemoMark, read_demo_mark
from commands.stability import stability
from samples.summary import summarise


@pytest.mark.parametrize("years", [("2016", "2018"), ("2017", "2021"), ("2019", "2018")])
def test_years_outside_the_plan_are_refused(empty, years):
    words = ("demo", "--out", "here", "--from", years[0], "--to", years[1])
    assert "từ năm 2017 đến năm 2020" in empty.refusal(*words)
    assert not (empty.folder.parent / "here").exists()


def test_made_up_figures_and_mail_never_reach_the_machine_s_own_installation(tmp_path, monkeypatch):
    from samples.replay import Replay

    monkeypatch.setenv("CHUYENHOA_DATABASE_URL", f"sqlite:///{tmp_path / 'real.db'}")
    monkeypatch.setenv("CHUYENHOA_MAIL_HOST", "mail.example.vn")
    monkeypatch.setenv("CHUYENHOA_MAIL_DIR", str(tmp_path / "real-mail"))
    settings = Replay(tmp_path / "demo").office.settings
    assert settings.database == f"sqlite:///{tmp_path / 'demo' / 'chuyenhoa.db'}"
    assert settings.mail_folder == tmp_path / "demo" / "mail"
    assert not settings.mail_host


def test_a_folder_with_something_else_in_it_is_left_alone(empty, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("quan trọng")
    assert "đã có dữ liệu khác" in empty.refusal("demo", "--out", "mine")
    assert (tmp_path / "mine" / "letter.txt").read_text() == "quan trọng"


def test_a_file_is_no_folder(empty, tmp_path):
    (tmp_path / "mine").write_text("quan trọng")
    assert "không phải là thư mục" in empty.refusal("demo", "--out", "mine")


def test_an_earlier_demonstration_is_cleared_and_what_links_lead_to_is_not(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("")
    folder = tmp_path / "demo"
    (folder / "documents").mkdir(parents=True)
    (folder / "link").symlink_to(outside)
    clear(folder)
    assert list(folder.iterdir()) == []
    assert (outside / "kept").exists()


def test_the_mark_keeps_the_last_day(tmp_path):
    assert read_demo_mark(tmp_path) is None
    DemoMark(date(2018, 12, 31)).write(tmp_path)
    assert read_demo_mark(tmp_path) == DemoMark(date(2018, 12, 31))


def test_the_summary_has_what_is_promised(room_at, capsys):
    room = room_at("second_session_prepared")
    found = summarise(room.office, date(2017, 8, 11), date(2018, 12, 14))
    assert {"plan", "from", "to", "illustrative", "cycles", "relapsed", "held", "documents"} <= found.keys()
    assert {"approvals", "returned", "mails", "audit_events", "audit_ok"} <= found.keys()
    assert found["audit_ok"]
    first = found["cycles"][0]
    assert set(first["proposed"]) == set(first["decided"])
    assert set(first["converted"]).isdisjoint(first["not_converted"])
    assert (first["decided_on"], first["units_in_force"], first["cap"]) == ("2017-11-15", 101, 15)
    tell(found | {"seconds": 90.0, "own_seconds": 18.5, "simulation_seconds": 1.5}, room.office.folder)
    page = capsys.readouterr().out
    assert "Thời gian: 90,0 giây (chương trình 18,5, mô phỏng 1,5, Prefect 70,0)." in page


def test_from_a_later_year_only_that_is_listed(room_at):
    room = room_at("second_session_prepared")
    found = summarise(room.office, date(2019, 1, 1), date(2019, 12, 31))
    assert [cycle["year"] for cycle in found["cycles"]] == [2019]
    assert {document["year"] for document in found["documents"]} <= {2019}
    assert found["approvals"] > 0


def test_the_same_order_correlates_fully_and_the_reverse_not_at_all():
    order = ["1", "2", "3"]
    assert stability(order, ["1"], order, ["1"]).rank_correlation == 1
    turned = stability(order[::-1], ["3"], order, ["1"])
    assert (turned.rank_correlation, turned.kept, turned.entered, turned.left) == (-1, 0, ("3",), ("1",))
