"""`select` and `evaluate`: what the figures say, with nothing recorded."""

from __future__ import annotations

import pytest

from models import reading


def proposed(found):
    return {row["code"] for row in found["ranking"] if row["proposed"]}


def test_the_list_that_the_figures_propose(station):
    shell, room = station("first_list_proposed")
    found = shell.json("select", "--year", "2018")
    assert list(found) == ["units_in_force", "cap", "carried_over", "ranking"]
    assert (found["units_in_force"], found["cap"], found["carried_over"]) == (101, 15, [])
    assert list(found["ranking"][0]) == ["code", "name", "score", "groups", "completeness", "proposed"]
    assert len(found["ranking"]) == 101
    assert proposed(found) == set(room.ask(reading.newest_proposal, 2018).content["proposed"])


def test_the_most_complex_come_first(at):
    scores = [row["score"] for row in at("first_list_proposed").json("select", "--year", "2018")["ranking"]]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score < 1 for score in scores)


def test_failed_areas_are_carried_over(station):
    shell, room = station("second_session_prepared")
    found = shell.json("select", "--year", "2019")
    final = room.ask(reading.evaluations, 2018, "final")
    assert set(found["carried_over"]) == {code for code, row in final.items() if not row.is_converted}
    assert set(found["carried_over"]) <= proposed(found)


def test_a_criterion_left_out_shows_how_firm_the_list_is(at):
    found = at("first_list_proposed").json("select", "--year", "2018", "--without", "a1")
    stability = found["stability"]
    assert stability["proposed"] == 15
    assert stability["kept"] + len(stability["entered"]) == 15
    assert len(stability["entered"]) == len(stability["left"])
    assert 0.5 < stability["rank_correlation"] < 1


def test_the_plan_s_own_weights_change_nothing(at, tmp_path):
    weights = tmp_path / "weights.yaml"
    weights.write_text("a1: 1\nb2: 1.0\n")
    found = at("first_list_proposed").json("select", "--year", "2018", "--weights", weights)
    assert found["stability"] == {"kept": 15, "proposed": 15, "entered": [], "left": [], "rank_correlation": 1}


def test_a_selection_is_not_recorded(station):
    shell, room = station("first_list_proposed")
    before = room.rows()
    shell.json("select", "--year", "2018", "--without", "a1")
    assert room.rows() == before


def test_the_list_for_people(at):
    page = at("first_list_proposed").type("select", "--year", "2018", "--without", "a1").out
    assert "101 đơn vị cấp xã, tối đa 15 địa bàn" in page
    assert "số liệu: Số liệu lựa chọn địa bàn lần đầu (năm 2017)" in page
    assert "đã được quyết định" not in page
    assert "tương quan thứ hạng 0," in page


def test_scores_are_those_of_the_documents_and_the_ranking_stands_around_the_cut(at):
    shell = at("first_list_proposed")
    ranking = shell.json("select", "--year", "2018")["ranking"]
    page = shell.type("select", "--year", "2018").out
    around = page.partition("Bảng xếp hạng quanh ngưỡng chọn (hạng 10 đến 21 trong 101 đơn vị")[2]
    for place, row in enumerate(ranking[9:21], start=10):
        score = f"{row['score'] * 100:.2f}".replace(".", ",")
        (line,) = [line for line in around.splitlines() if row["code"] in line]
        assert line.split()[0] == str(place)
        assert score in line
        assert ("có" in line.split(score)[1].split()) == row["proposed"]


def test_a_list_that_is_decided_is_said_to_be(at):
    page = at("second_session_prepared").type("select", "--year", "2018").out
    assert page.startswith("Danh sách năm 2018 đã được quyết định ngày ")
    assert "địa bàn; bảng dưới tính lại theo số liệu hiện có." in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--year", "2017"), "Kế hoạch không có đợt chuyển hóa năm 2017"),
        (("--year", "2021"), "Kế hoạch không có đợt chuyển hóa năm 2021"),
        (("--year", "2018", "--on", "15/9/2017"), "Kỳ số liệu “2017-first_selection” (từ 16/09/2016) chưa kết thúc"),
        (("--year", "2019", "--on", "1/12/2018"), "Chưa có số liệu nào của kỳ 2018-annual (Báo cáo năm 2018)"),
        (("--year", "2018", "--without", "z9"), "Không có tiêu chí “z9”"),
        (("--year", "2018", "--weights", "nowhere.yaml"), "Không đọc được tệp trọng số"),
    ],
)
def test_lists_that_cannot_be_are_refused(at, words, said):
    assert said in at("first_list_proposed").refusal("select", *words)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("z9: 2", "Không có tiêu chí “z9”"),
        ("a1: nhiều", "Trọng số của tiêu chí “a1” là “nhiều”"),
        ("a1: -1", "hãy ghi một số từ 0 trở lên"),
        ("a1: yes", "Trọng số của tiêu chí “a1”"),
        ("a1: .nan", "Trọng số của tiêu chí “a1”"),
        ("a1: 1\na1: 2", "không đúng dạng YAML"),
        ("a1: [", "không đúng dạng YAML"),
        ("- a1", "chưa có trọng số nào"),
        ("", "chưa có trọng số nào"),
    ],
)
def test_weights_that_cannot_be_are_refused(at, tmp_path, content, said):
    weights = tmp_path / "weights.yaml"
    weights.write_text(content, encoding="utf-8")
    assert said in at("first_list_proposed").refusal("select", "--year", "2018", "--weights", weights)


def test_each_area_against_each_target(station):
    shell, room = station("second_session_prepared")
    found = shell.json("evaluate", "--year", "2018")
    assert [row["code"] for row in found] == [area.unit_code for area in room.ask(reading.areas, 2018)]
    final = room.ask(reading.evaluations, 2018, "final")
    for row in found:
        assert [t["target"] for t in row["targets"]] == ["a1", "a2", "a3", "a4", "b", "c", "d", "e"]
        met = sum(t["outcome"] == "met" for t in row["targets"])
        assert (met, met) == (row["met"], final[row["code"]].met)
        assert row["meets_target_threshold"] == final[row["code"]].meets_threshold
        assert row["is_converted"] == (row["meets_target_threshold"] and row["finding"] == "reduced")


def test_before_the_finding_nothing_is_concluded(at):
    assert {row["is_converted"] for row in at("first_cycle_evaluated").json("evaluate", "--year", "2018")} == {None}


def test_the_evaluation_for_people(at):
    page = at("second_session_prepared").type("evaluate", "--year", "2018").out
    assert "Chuyển hóa thành công: " in page


def test_targets_short_of_met_go_by_their_names(station):
    shell, room = station("second_session_prepared")
    found = shell.json("evaluate", "--year", "2018")
    page = " ".join(shell.type("evaluate", "--year", "2018").out.partition("Chỉ tiêu chưa đạt")[2].split())
    titles = {target.id: target.short for target in room.office.plan.targets}
    for row in found:
        for state, words in (("not_met", "chưa đạt"), ("not_applicable", "không phát sinh")):
            named = [f"“{titles[t['target']]}”" for t in row["targets"] if t["outcome"] == state]
            assert not named or f"{words}: {', '.join(named)}" in page, row["code"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--year", "2021"), "Kế hoạch không có đợt chuyển hóa năm 2021"),
        (("--year", "2018", "--on", "15/11/2018"), "Kỳ số liệu “2018-annual” (từ 16/11/2017) chưa kết thúc"),
        (("--year", "2019", "--on", "16/11/2019"), "Danh sách địa bàn năm 2019 chưa được quyết định"),
    ],
)
def test_evaluations_that_cannot_be_are_refused(at, words, said):
    assert said in at("second_session_prepared").refusal("evaluate", *words)
