"""A broken plan file is refused with the file, the key, what was found and what to write instead."""

from __future__ import annotations

import functools
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import plans
from plans import loader
from plans.errors import Refusal
from plans.loader import PlanError, load_plan, load_source

PLAN_ID = "qd-1426-2017"
Break = Callable[[str, str, str], str]


@pytest.fixture(scope="module", autouse=True)
def _each_text_parsed_once():
    """Reading YAML takes most of a load, and all but one file are the same in every case."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "_parsed", functools.cache(loader._parsed))
        yield


@pytest.fixture
def broken(tmp_path: Path) -> Break:
    """`broken(file, old, new)` writes `new` in place of the first `old` and returns what the loader then says."""
    folder = tmp_path / PLAN_ID
    shutil.copytree(Path(plans.__file__).parent / PLAN_ID, folder)

    def edit(file: str, old: str, new: str) -> str:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, f"{file} no longer holds {old!r}"
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(PlanError) as caught:
            load_plan(PLAN_ID, tmp_path)
        return str(caught.value)

    return edit


# (what is broken, file, words replaced, words put there, what the sentence must hold)
CASES = [
    ("an unknown key", "criteria.yaml", "    nature: flow", "    natures: flow\n    nature: flow",
     ["criteria.yaml", "criteria[a1].natures", "khóa lạ; hãy bỏ khóa này"]),
    ("an unknown key on top", "targets.yaml", "targets:", "notes: x\ntargets:",
     ["targets.yaml", "khóa notes", "hãy chỉ ghi các khóa: targets"]),
    ("an unknown parameter", "parameters.yaml", "quota_percent:", "quota:\n  value: 1\nquota_percent:",
     ["parameters.yaml", "khóa quota:", "khóa lạ"]),
    ("a duplicate key", "criteria.yaml", "    unit: \"vụ\"\n", "    unit: \"vụ\"\n    unit: \"lần\"\n",
     ["criteria.yaml", "dòng", "khóa unit", "khóa ghi hai lần; hãy chỉ giữ lại một dòng"]),
    ("a missing key", "criteria.yaml", "    nature: flow\n", "",
     ["criteria.yaml", "criteria[a1].nature", "thiếu khóa này; hãy thêm"]),
    ("a missing key on top", "criteria.yaml", "groups:", "criteria_groups:",
     ["criteria.yaml", "khóa criteria_groups", "hãy chỉ ghi các khóa: groups, criteria"]),
    ("a missing part of a file", "plan.yaml", "id: qd-1426-2017\n", "",
     ["plan.yaml", "khóa id", "thiếu khóa này"]),
    ("a missing parameter", "parameters.yaml", "quota_percent:\n  value: 15\n", "quota_percent:\n",
     ["parameters.yaml", "khóa quota_percent.value", "thiếu khóa này"]),
    ("a word for a number", "parameters.yaml", "value: 15", "value: mười lăm",
     ["parameters.yaml", "khóa quota_percent.value", "tìm thấy “mười lăm”; hãy ghi một số nguyên (ví dụ 15)"]),
    ("a yes for a number", "parameters.yaml", "value: 15", "value: true",
     ["parameters.yaml", "khóa quota_percent.value", "tìm thấy “true”; hãy ghi một số nguyên (ví dụ 15)"]),
    ("more than all", "parameters.yaml", "value: 15", "value: 150",
     ["parameters.yaml", "khóa quota_percent.value", "tìm thấy “150”; hãy ghi một số từ 100 trở xuống"]),
    ("a session in another order", "parameters.yaml",
     "[recognise, delist, carry_over, decide]", "[delist, recognise, carry_over, decide]",
     ["session_order.value[mục thứ 1]", "tìm thấy “delist”; hãy ghi giá trị duy nhất được nhận: recognise"]),
    ("a session of three steps", "parameters.yaml",
     "[recognise, delist, carry_over, decide]", "[recognise, delist, decide]",
     ["parameters.yaml", "session_order.value[mục thứ 3]", "hãy ghi giá trị duy nhất được nhận: carry_over"]),
    ("a session of five steps", "parameters.yaml",
     "[recognise, delist, carry_over, decide]", "[recognise, delist, carry_over, decide, decide]",
     ["parameters.yaml", "khóa session_order.value", "hãy ghi không quá 4 mục"]),
    ("the Minister's list outside the cap", "parameters.yaml",
     "minister_list_inside_cap:\n  value: true", "minister_list_inside_cap:\n  value: false",
     ["minister_list_inside_cap.value", "tìm thấy “false”; hãy ghi giá trị duy nhất được nhận: true"]),
    ("a list for a word", "agencies.yaml", "    name: \"Bộ Công an\"", "    name: [Bộ Công an]",
     ["agencies.yaml", "agencies[ministry].name", "hãy ghi một đoạn chữ"]),
    ("a word for a yes or no", "parameters.yaml", "value: true", "value: chắc là có",
     ["parameters.yaml", "khóa carry_over_counts.value", "hãy ghi true hoặc false"]),
    ("a word for a weight", "criteria.yaml", "    weight: 1", "    weight: nặng",
     ["criteria.yaml", "groups[a].weight", "hãy ghi một số (ví dụ 1 hoặc 0.5)"]),
    ("a date that is none", "plan.yaml", "value: 2017-08-11", "value: 11/8/2017",
     ["plan.yaml", "khóa valid_from.value", "tìm thấy “11/8/2017”; hãy ghi một ngày dạng 2017-08-11"]),
    ("a word for a list", "obligations.yaml", "owed_to: [provincial_committee]", "owed_to: provincial_committee",
     ["obligations.yaml", "obligations[half_year_report].owed_to", "hãy ghi một danh sách"]),
    ("a word for keys", "plan.yaml",
     "citation: {section: Điều 2, quote: \"Quyết định có hiệu lực thi hành kể từ ngày ký\"}",
     "citation: Điều 2", ["plan.yaml", "khóa valid_from.citation", "hãy ghi các khóa và giá trị"]),
    ("an empty value", "criteria.yaml", "title: \"Hình sự\"", "title:",
     ["criteria.yaml", "groups[a].title", "tìm thấy giá trị trống"]),
    ("a long wrong value", "criteria.yaml", "measure: count", "measure: " + "đếm " * 30,
     ["criteria[a1].measure", "…”", "hãy ghi một trong các giá trị: count, rate, grade, yes_no"]),
    ("an id of another shape", "criteria.yaml", "  - id: a1\n", "  - id: A1\n",
     ["criteria.yaml", "criteria[A1].id", "hãy ghi một mã theo mẫu"]),
    ("a month 13", "obligations.yaml", "{month: 5, day: 15}", "{month: 13, day: 15}",
     ["obligations[half_year_report].window_to.month", "hãy ghi một số từ 12 trở xuống"]),
    ("a month 0", "obligations.yaml", "{month: 5, day: 15}", "{month: 0, day: 15}",
     ["obligations[half_year_report].window_to.month", "hãy ghi một số từ 1 trở lên"]),
    ("a day that no month has", "obligations.yaml", "{month: 5, day: 15}", "{month: 2, day: 30}",
     ["obligations[half_year_report].window_to", "không phải năm nào cũng có ngày 30/2; hãy ghi ngày khác"]),
    ("a quote of two letters", "plan.yaml", "quote: \"Từ nay đến hết năm 2020\"", "quote: \"Từ\"",
     ["plan.yaml", "khóa valid_to.citation.quote", "hãy ghi ít nhất 3 ký tự"]),
    ("no citation", "plan.yaml", "  citation: {section: II.5.a, quote: \"Từ nay đến hết năm 2020\"}\n", "",
     ["plan.yaml", "khóa valid_to", "thiếu nguồn; hãy thêm citation"]),
    ("words that are not the plan's", "plan.yaml", "quote: \"Từ nay đến hết năm 2020\"", "quote: \"đến hết năm 2030\"",
     ["plan.yaml", "khóa valid_to.citation", "mục II.5.a không có câu “đến hết năm 2030”; hãy chép đúng nguyên văn"]),
    ("a section the plan has not", "plan.yaml", "section: II.5.a", "section: II.9",
     ["plan.yaml", "khóa valid_to.citation", "source.md không có mục “II.9”; hãy ghi một mục có trong source.md"]),
    ("an interpretation without its reading", "criteria.yaml",
     "    unit: \"vụ\"\n", "    unit: \"vụ\"\n    basis: interpretation\n",
     ["criteria.yaml", "criteria[a1]", "thiếu cách hiểu; hãy thêm reading"]),
    ("grades of a count", "criteria.yaml", "    measure: count\n", "    measure: count\n    grades: [a, b, c, d]\n",
     ["criteria[a1]", "grades không khớp measure; hãy ghi đủ bốn mức"]),
    ("an unknown owner", "criteria.yaml", "owner: district_police", "owner: police_of_mars",
     ["criteria.yaml", "criteria[a1].owner", "không có đơn vị báo cáo “police_of_mars”; hãy ghi một trong các mã:"]),
    ("an owner that does not report", "targets.yaml", "owner: district_police", "owner: ministry",
     ["targets.yaml", "targets[a1].owner", "không có đơn vị báo cáo “ministry”"]),
    ("an unknown lead", "measures.yaml", "lead: provincial_committee", "lead: nobody",
     ["measures.yaml", "measures[III.1.a].lead", "không có cơ quan “nobody”"]),
    ("an unknown group", "criteria.yaml", "    group: a\n", "    group: z\n",
     ["criteria[a1].group", "không có nhóm tiêu chí “z”; hãy ghi một trong các mã: a, b, c, d"]),
    ("a criterion in a group not its own", "criteria.yaml", "    group: a\n", "    group: b\n",
     ["criteria[a1].group", "nhóm không khớp mã a1; hãy ghi “a”"]),
    ("a target under a letter not its own", "targets.yaml", "    letter: a\n", "    letter: b\n",
     ["targets[a1].letter", "hãy ghi “a”"]),
    ("an id used twice", "criteria.yaml", "  - id: a2\n", "  - id: a1\n",
     ["criteria[a1].id", "mã “a1” dùng 2 lần"]),
    ("a weight of nothing", "criteria.yaml", "    weight: 1", "    weight: 0",
     ["groups[a].weight", "trọng số 0 không hợp lệ; hãy ghi một số lớn hơn 0"]),
    ("a tie broken by an unknown criterion", "parameters.yaml", "[a1, \"group:a\", code]", "[a9, \"group:a\", code]",
     ["parameters.yaml", "khóa tie_break.value[mục thứ 1]", "không có tiêu chí “a9”"]),
    ("a debtor nobody knows", "obligations.yaml", "owed_by: [standing_office]", "owed_by: [office]",
     ["obligations[consolidated_half_year_report].owed_by", "không có cơ quan “office”"]),
    ("an unknown kind of reporter", "agencies.yaml", "  - id: district_police\n", "  - id: police_division\n",
     ["agencies.yaml", "không có loại đơn vị báo cáo “district_police”"]),
    ("a district body without a district", "agencies.yaml", "    district_code: \"964\"\n", "",
     ["agencies[committee_964].district_code", "hãy ghi mã huyện"]),
    ("half a window", "obligations.yaml", "    window_to: {month: 5, day: 15}\n", "",
     ["obligations[half_year_report]", "hãy ghi cả window_from và window_to"]),
    ("no last day", "obligations.yaml", "    due_before: {month: 5, day: 25}\n", "",
     ["obligations[half_year_report]", "hãy ghi đúng một trong hai khóa due_before và by"]),
    ("a day due before the data closes", "obligations.yaml",
     "due_before: {month: 5, day: 25}", "due_before: {month: 5, day: 5}",
     ["obligations[half_year_report]", "các ngày không theo thứ tự"]),
    ("no year", "obligations.yaml", "years: [2018, 2019, 2020]", "years: []",
     ["obligations[half_year_report].years", "hãy ghi ít nhất một năm"]),
    ("another year's date", "obligations.yaml", "by_year: {2017: 2017-11-15}", "by_year: {2016: 2016-11-15}",
     ["obligations[steering_session].by_year", "năm 2016 không có trong years"]),
    ("an end before the beginning", "plan.yaml", "value: 2020-12-31", "value: 2016-12-31",
     ["plan.yaml", "khóa valid_to.value", "hãy ghi ngày sau valid_from"]),
    ("a file that is not YAML", "targets.yaml", "targets:", "targets: [",
     ["targets.yaml", "dòng", "cột", "sai cú pháp YAML; hãy kiểm tra dấu hai chấm"]),
    ("a control character", "targets.yaml", "targets:", "targets:\x07",
     ["targets.yaml", "hãy xóa ký tự điều khiển"]),
    ("another plan's id", "plan.yaml", "id: qd-1426-2017", "id: qd-1-2021",
     ["plan.yaml", "khóa id", "tìm thấy “qd-1-2021”; hãy ghi “qd-1426-2017”"]),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "said"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_broken_file_says_what_to_write_instead(broken: Break, file: str, old: str, new: str, said: list[str]):
    message = broken(file, old, new)
    for words in said:
        assert words in message
    assert all(line.startswith("Tệp ") and line.endswith(".") for line in message.splitlines())


def test_several_problems_are_said_at_once(broken: Break):
    old = "    nature: flow\n    higher_is_worse: true\n    weight: 1\n"
    message = broken("criteria.yaml", old, "    nature: sea\n    weight: x\n")
    assert len(message.splitlines()) == 2


def test_an_empty_file_is_refused(tmp_path: Path):
    folder = copied(tmp_path)
    (folder / "targets.yaml").write_text("", encoding="utf-8")
    with pytest.raises(PlanError, match=r"targets\.yaml: không có khóa nào"):
        load_plan(PLAN_ID, tmp_path)


def test_a_missing_file_is_refused(tmp_path: Path):
    folder = copied(tmp_path)
    (folder / "measures.yaml").unlink()
    with pytest.raises(PlanError, match=r"Thiếu tệp measures\.yaml"):
        load_plan(PLAN_ID, tmp_path)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path):
    folder = copied(tmp_path)
    (folder / "measures.yaml").write_bytes("nhiệm vụ".encode("utf-16"))
    with pytest.raises(PlanError, match="hãy lưu lại tệp với bảng mã UTF-8"):
        load_plan(PLAN_ID, tmp_path)


def test_an_unknown_plan_is_refused_with_the_plans_there_are(tmp_path: Path):
    with pytest.raises(PlanError, match=r"Không có kế hoạch “qd-0-2030”; .* qd-1426-2017\."):
        load_plan("qd-0-2030")
    with pytest.raises(PlanError, match="chưa có kế hoạch nào"):
        load_source(PLAN_ID, tmp_path)


def test_a_broken_plan_is_a_refusal():
    assert issubclass(PlanError, Refusal)


def test_the_built_in_plan_is_read_once():
    assert load_plan(PLAN_ID) is load_plan(PLAN_ID)


def test_a_copy_of_the_plan_elsewhere_is_the_same_plan(tmp_path: Path):
    copied(tmp_path)
    assert load_plan(PLAN_ID, tmp_path) == load_plan(PLAN_ID)


def test_a_new_plan_is_a_new_folder(tmp_path: Path):
    copied(tmp_path).rename(tmp_path / "qd-1-2021")
    first = tmp_path / "qd-1-2021" / "plan.yaml"
    first.write_text(first.read_text(encoding="utf-8").replace(PLAN_ID, "qd-1-2021"), encoding="utf-8")
    assert load_plan("qd-1-2021", tmp_path).id == "qd-1-2021"


def copied(root: Path) -> Path:
    shutil.copytree(Path(plans.__file__).parent / PLAN_ID, root / PLAN_ID)
    return root / PLAN_ID
