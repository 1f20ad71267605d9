"""Each bad form gets clear Vietnamese words, all of them at once, and nothing of it is taken."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal

import pytest

from forms.identity import Identity, sign
from forms.reading import read_form
from forms.refusals import FormRefused
from forms.spec import Filled
from forms.writing import write_form
from rules.errors import Refusal

FIRE, SHEET2 = "division_fire", "xl/worksheets/sheet2.xml"
SONG_DOC = ("32098", "criterion", "d7", "value")


@pytest.fixture
def refused(spec_of, filed, plain_answers):
    """Files a form of `reporter`, answered plainly but for `values`, bent by `bend`; gives the refusal."""

    def refuse(reporter=FIRE, values=None, bend=None, period_id="2018-annual", **options) -> FormRefused:
        spec = spec_of(reporter, period_id)
        answers = plain_answers(spec)
        filled = Filled(False, answers.values | (values or {}), {}, answers.narratives)
        with pytest.raises(FormRefused) as caught:
            filed(spec, filled, bend, **options)
        words = str(caught.value)
        assert isinstance(caught.value, Refusal)
        assert words.endswith(".")
        assert "\n" not in words
        return caught.value

    return refuse


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("12 vụ", "“12 vụ” không phải là số"),
        ("12,5", "“12,5” không phải là số"),
        ("1.234", "“1.234” không phải là số"),
        ("１２", "“１２” không phải là số"),
        ("   ", "ô để trống"),
        (Decimal(-1), "số âm (-1)"),
        (Decimal("1.5"), "1,5 không phải là số nguyên"),
        (Decimal("1e300"), "số quá lớn"),
    ],
)
def test_a_count_is_a_whole_number(raw, words, refused):
    refusal = refused(values={SONG_DOC: raw})
    (error,) = refusal.errors
    assert words in error.found
    assert (error.sheet, error.cell[0]) == ("Tiêu chí", "C")
    assert error.todo.startswith("đề nghị")
    assert refusal.sha256
    assert refusal.identity.reporter_id == FIRE


def test_an_empty_cell_needs_a_reason(refused):
    (error,) = refused(values={SONG_DOC: None}).errors
    assert error.found == "ô để trống"
    assert "C = chưa có số liệu" in error.todo


@pytest.mark.parametrize("raw", [Decimal(4), Decimal("0.5")])
def test_a_grade_is_0_to_3(raw, refused):
    (error,) = refused("division_traffic", {("32098", "criterion", "d4", "value"): raw}).errors
    assert "0, 1, 2 hoặc 3" in error.todo or "số nguyên" in error.todo


def test_a_part_is_not_above_its_whole(refused):
    values = {("32008", "target", "a2", "numerator"): Decimal(9), ("32008", "target", "a2", "denominator"): Decimal(8)}
    (error,) = refused("police_964", values).errors
    assert "9 lớn hơn tổng số 8" in error.found


def test_a_measure_s_state_is_one_of_the_list(refused):
    (error,) = refused("dept_culture", {("", "measure", "III.4.a", "state"): "gần xong"}).errors
    assert "không có trong danh sách" in error.found
    assert "hoàn thành" in error.todo


def test_all_errors_are_told_at_once(refused):
    values = {
        SONG_DOC: "mười",
        ("32008", "criterion", "d7", "value"): Decimal(-2),
        ("32191", "criterion", "d7", "value"): None,
    }
    refusal = refused(values=values)
    assert len(refusal.errors) == 3
    assert "có 3 lỗi" in str(refusal)


@pytest.mark.parametrize(
    ("inner", "kind", "words"),
    [
        ("<f>1+1</f><v>2</v>", "", "công thức"),
        ('<f t="shared" ref="C6:C9" si="0">1+1</f><v>2</v>', "", "công thức"),
        ("<v>NaN</v>", "", "không"),
        ("<v>1e308</v>", "", "số quá lớn"),
        ("<v>1</v>", "b", "không phải là số"),
        ("<v>#DIV/0!</v>", "e", ""),
    ],
)
def test_what_is_not_a_typed_number_is_refused(inner, kind, words, refused, rewrite, put):
    refusal = refused(bend=lambda path: rewrite(path, SHEET2, put("C7", inner, kind)))
    assert any(words in error.found and error.cell in ("C7", "") for error in refusal.errors)


def test_a_formula_is_refused_by_its_cell_even_where_it_stands_beside_the_form(refused, rewrite, put):
    (error,) = refused(bend=lambda path: rewrite(path, SHEET2, put("C8", "<f>C7</f><v>1</v>"))).errors
    assert (error.sheet, error.cell, error.todo) == ("Tiêu chí", "C8", "đề nghị nhập thẳng con số")


def test_another_period_is_refused(refused):
    (error,) = refused(period_id="2018-half_year", expected_period="2018-annual").errors
    assert "kỳ 2018-half_year" in error.found
    assert "kỳ 2018-annual" in error.todo


def test_a_renamed_sheet_is_named(refused, rewrite):
    def rename(xml: str) -> str:
        return xml.replace('name="Tiêu chí"', 'name="Trang 2"')

    (error,) = refused(bend=lambda path: rewrite(path, "xl/workbook.xml", rename)).errors
    assert (error.sheet, error.found) == ("Tiêu chí", "không có trang này hoặc đã bị đổi tên")


def shift_rows(xml: str) -> str:
    """An empty row inserted above the ninth."""
    data, rest = xml.split("</sheetData>")
    for row in range(150, 8, -1):
        data = data.replace(f'<row r="{row}"', f'<row r="{row + 1}"')
        data = re.sub(rf'<c r="([A-Z]+){row}"', rf'<c r="\g<1>{row + 1}"', data)
    return f"{data}</sheetData>{rest}"


def shift_columns(xml: str) -> str:
    data, rest = xml.split("</sheetData>")
    for letter in "FEDC":
        data = re.sub(rf'<c r="{letter}(\d+)"', rf'<c r="{chr(ord(letter) + 1)}\g<1>"', data)
    return f"{data}</sheetData>{rest}"


@pytest.mark.parametrize(("bend", "cell"), [(shift_rows, "A9"), (shift_columns, "C4")])
def test_inserted_rows_and_columns_are_noticed(bend, cell, refused, rewrite):
    (error,) = refused(bend=lambda path: rewrite(path, SHEET2, bend)).errors
    assert error.cell == cell
    assert "đã thêm, xóa hoặc sửa hàng, cột" in error.found


def test_what_stands_below_the_form_is_not_lost_silently(refused, rewrite):
    row = '<row r="120"><c r="C120"><v>7</v></c></row></sheetData>'
    (error,) = refused(bend=lambda path: rewrite(path, SHEET2, lambda xml: xml.replace("</sheetData>", row))).errors
    assert (error.cell, error.found) == ("C120", "có nội dung nằm ngoài biểu")


def test_figures_and_a_nil_return_contradict_each_other(spec_of, filed, plain_answers):
    spec = spec_of("dept_culture")
    with pytest.raises(FormRefused) as caught:
        filed(spec, Filled(True, plain_answers(spec).values))
    assert "dù đã báo không có nội dung" in caught.value.errors[0].found


def test_a_changed_identity_is_not_believed(refused, rewrite):
    def another_year(xml: str) -> str:
        return xml.replace("2018-annual</t>", "2019-annual</t>")

    refusal = refused(bend=lambda path: rewrite(path, "xl/sharedStrings.xml", another_year))
    assert "mã nhận dạng" in refusal.errors[0].found


def test_another_installation_s_form_is_not_believed(refused):
    assert "không do hệ thống này phát hành" in refused(key=b"another key").errors[0].found


def test_another_plan_is_named(tmp_path, plan, spec_of, plain_answers):
    spec = spec_of(FIRE)
    other = plan.model_copy(update={"id": "qd-9-2021"})
    write_form(spec, tmp_path / "a.xlsx", plain_answers(spec))
    with pytest.raises(FormRefused, match="kế hoạch khác"):
        read_form(tmp_path / "a.xlsx", other, lambda _: spec)


def test_a_reporter_nobody_knows_is_refused_in_its_own_words(tmp_path, plan, spec_of, plain_answers):
    spec = spec_of(FIRE)
    write_form(spec, tmp_path / "a.xlsx", plain_answers(spec))

    def nobody(_):
        raise Refusal("Không có đơn vị báo cáo “x”; đề nghị kiểm tra.")

    with pytest.raises(FormRefused, match="Không có đơn vị báo cáo"):
        read_form(tmp_path / "a.xlsx", plan, nobody)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "không phải là .xlsx"),
        (b"Phuong 5;12;3", "không phải là .xlsx"),
        (b"PK\x03\x04 broken", "không phải là .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "mật khẩu"),
        (bytes(5 * 1024 * 1024 + 1), "lớn hơn 5 MB"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(content, words, refused):
    assert words in refused(bend=lambda path: path.write_bytes(content)).errors[0].found


def add_part(path, name, content):
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("xl/vbaProject.bin", b"macro", "macro"),
        ("xl/externalLinks/externalLink1.xml", b"<x/>", "liên kết"),
        ("xl/media/bomb.bin", bytes(51 * 1024 * 1024), "giải nén ra quá lớn"),
    ],
)
def test_more_than_cells_is_refused(name, content, words, refused):
    assert words in refused(bend=lambda path: add_part(path, name, content)).errors[0].found


def test_a_cell_at_the_end_of_the_world_does_not_fill_the_memory(refused, rewrite):
    row = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    (error,) = refused(bend=lambda path: rewrite(path, SHEET2, lambda xml: xml.replace("</sheetData>", row))).errors
    assert "XFD1048576 nằm ngoài biểu" in error.found


def test_an_entity_is_not_expanded(refused, rewrite):
    def declare(xml: str) -> str:
        return xml.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet', 1)

    refusal = refused(bend=lambda path: rewrite(path, SHEET2, declare))
    assert "khai báo lạ" in refusal.errors[0].found


def test_the_signature_covers_every_word_of_the_identity():
    one = Identity("p", "r", "2018-annual", 1)
    others = [
        Identity("q", "r", "2018-annual", 1),
        Identity("p", "s", "2018-annual", 1),
        Identity("p", "r", "2018-annual", 2),
    ]
    assert len({sign(identity) for identity in (one, *others)}) == 4


# The list of areas


@pytest.fixture
def read_for(tmp_path, plan, spec_of, plain_answers):
    """Writes a form for one list of areas and reads it where another one was decided; gives the refusal's errors."""

    def read(written, decided, reporter="police_964"):
        spec = spec_of(reporter, areas=written)
        write_form(spec, tmp_path / "f.xlsx", plain_answers(spec))
        with pytest.raises(FormRefused) as caught:
            read_form(tmp_path / "f.xlsx", plan, lambda _: spec_of(reporter, areas=decided))
        return caught.value.errors

    return read


def test_another_list_of_areas_is_named_as_what_is_wrong(read_for):
    first = read_for(("32008", "32014"), ("32008", "31999"))[0]
    assert "danh sách địa bàn của biểu khác danh sách đã quyết định" in first.found
    assert "biểu thừa: 32014 Phường 8" in first.found
    assert "biểu thiếu: 31999 Phường 9" in first.found
    assert "kiểm tra danh sách trong hệ thống" in first.todo


def test_a_form_with_areas_where_no_list_is_decided_is_refused_for_that(read_for):
    assert "danh sách của năm chưa có trong hệ thống" in read_for(("32008",), ())[0].found


def test_a_form_made_before_the_list_is_refused_for_that(read_for):
    found = [error.found for error in read_for((), ("32008",))]
    assert any("biểu phát hành khi chưa có danh sách địa bàn" in words for words in found)


def test_a_committee_s_list_of_areas_is_compared_too(read_for):
    first = read_for(("32008",), ("32014",), "committee_964")[0]
    assert "danh sách địa bàn của biểu khác danh sách đã quyết định" in first.found
