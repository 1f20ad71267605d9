"""Rendering: strict, sandboxed, the same bytes for the same input, no text swallowed."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, replace
from io import BytesIO

import docx
import pytest

from reports.layouts import LAYOUTS
from reports.render import TemplateRefusal, document_text, render


@dataclass(frozen=True)
class One:
    word: str


def write_template(folder, words: str) -> None:
    document = docx.Document()
    document.add_paragraph(words)
    document.save(str(folder / "one.docx"))


def filled(folder, tags: str, word: str = "x") -> str:
    write_template(folder, tags)
    return document_text(render("one", One(word), folder))


def test_a_field_the_context_lacks_is_refused_by_the_templates_name(tmp_path):
    with pytest.raises(TemplateRefusal, match=r"one\.docx"):
        filled(tmp_path, "{{ wrod }}")


def test_an_attribute_the_field_lacks_is_refused(tmp_path):
    with pytest.raises(TemplateRefusal):
        filled(tmp_path, "{{ word.lenght }}")


def test_a_missing_template_is_refused(tmp_path):
    with pytest.raises(TemplateRefusal, match="make templates"):
        render("one", One("x"), tmp_path)


def test_a_broken_tag_is_refused(tmp_path):
    with pytest.raises(TemplateRefusal):
        filled(tmp_path, "{% if word %}no end")


@pytest.mark.parametrize(
    "attack",
    [
        "{{ word.__class__.__mro__ }}",
        "{{ word.__class__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ self.__init__.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ range(3) }}",
        "{{ '{0.__class__}'.format(word) }}",
    ],
)
def test_a_template_cannot_reach_python(tmp_path, attack):
    with pytest.raises(TemplateRefusal):
        filled(tmp_path, attack)


@pytest.mark.parametrize(
    "word",
    ["Trộm & cướp < cùng kỳ > 5 \"ngoặc\" 'đơn'", "{{ 7 * 7 }}", "{% for %}", "</w:t></w:r>", "&amp;", "{_{ x }_}"],
)
def test_text_survives_as_it_is(tmp_path, word):
    assert filled(tmp_path, "{{ word }}", word) == word + "\n"


def test_line_breaks_are_kept_and_control_characters_dropped(tmp_path):
    assert filled(tmp_path, "{{ word }}", "một\r\nhai\x00\x0b\nba") == "một\nhai\nba\n"


def test_text_is_composed(tmp_path):
    assert filled(tmp_path, "{{ word }}", "U\u0309y ban") == "Ủy ban\n"


def test_none_is_never_printed(tmp_path):
    with pytest.raises(TemplateRefusal):
        filled(tmp_path, "{{ word }}", None)  # type: ignore[arg-type]


def test_an_edited_template_is_read_anew(tmp_path):
    assert filled(tmp_path, "{{ word }}") == "x\n"
    assert filled(tmp_path, "mới: {{ word }}") == "mới: x\n"


@pytest.mark.parametrize("stem", LAYOUTS)
def test_equal_input_gives_equal_bytes(stem, build_context):
    assert render(stem, build_context(stem)) == render(stem, build_context(stem))


@pytest.mark.parametrize("stem", LAYOUTS)
def test_every_part_is_well_formed_and_word_can_open_it(stem, build_context):
    content = render(stem, build_context(stem))
    assert zipfile.ZipFile(BytesIO(content)).testzip() is None
    document = docx.Document(BytesIO(content))
    for table in document.tables:
        assert all(len(row.cells) == len(table.columns) for row in table.rows)


@pytest.mark.parametrize("stem", LAYOUTS)
def test_made_up_figures_are_announced_on_every_page_and_only_they(stem, build_context):
    for illustrative in (True, False):
        document = docx.Document(BytesIO(render(stem, build_context(stem, illustrative=illustrative))))
        for section in document.sections:
            for header in (section.first_page_header, section.header):
                assert ("SỐ LIỆU MINH HỌA" in "".join(p.text for p in header.paragraphs)) is illustrative
        titled = any("SỐ LIỆU MINH HỌA" in p.text for p in document.paragraphs)
        assert titled is illustrative


def test_a_degree_of_secrecy_is_shown(build_context):
    context = build_context("annual_report")
    assert "MẬT" not in document_text(render("annual_report", context))
    marked = replace(context, frame=replace(context.frame, secrecy="MẬT"))
    assert "/BC-CAT-PV01 / MẬT |" in document_text(render("annual_report", marked))


def test_an_attack_in_a_narrative_is_inert_words(build_context):
    attack = "- A: {{ frame.__class__ }} {% raw %} </w:t> & <script> \"'"
    context = replace(build_context("annual_report"), situation=(attack,))
    assert attack in document_text(render("annual_report", context))


def test_long_tables_and_long_names_are_rendered_whole(build_context):
    context = build_context("selection_decision")
    rows = tuple((str(n), "Xã " + "Dài " * 40, "Huyện", str(n), "") for n in range(300))
    text = document_text(render("selection_decision", replace(context, areas=replace(context.areas, rows=rows))))
    assert text.count("Dài Dài") == 300 * 20
    assert "299 | Xã" in text
