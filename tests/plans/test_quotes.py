"""Every value's words stand in the plan, and every paragraph with a rule in it is cited by some value."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

import pytest

import plans
from plans.citations import citations, cited_values, lost_quotes
from plans.cited import Citation
from plans.loader import load_plan, load_source
from plans.source import is_quoted_from, one_line, paragraphs, read_source

PLAN = load_plan("qd-1426-2017")
SOURCE = load_source("qd-1426-2017")
FOLDER = Path(plans.__file__).parent / "qd-1426-2017"
CITED = [citation for _, citation in citations(PLAN)]

# Paragraphs that hold no rule of their own, each with the reason.
RULE_FREE = {
    ("IV.1.c", "c) Nguồn kinh phí hợp pháp khác theo quy định của pháp luật."): "refers to the law, names no duty",
}


def is_heading(text: str) -> bool:
    """`II. PHẠM VI`, `3. Các nhóm tiêu chí …`, `c) Cơ quan phối hợp:`: no full sentence."""
    return not text.endswith((".", ";", "./.")) and len(text.split()) < 25


def needs_a_citation(section: str) -> bool:
    return section.split(".")[0] in {"I", "II", "III", "IV", "Căn cứ", "Điều 1", "Điều 2", "Điều 3"}


def uncited() -> list[tuple[str, str]]:
    found = []
    for section, text in SOURCE.items():
        if not needs_a_citation(section):
            continue
        for paragraph in paragraphs(text):
            if is_heading(paragraph) or (section, paragraph) in RULE_FREE:
                continue
            if not any(c.section == section and one_line(c.quote) in paragraph for c in CITED):
                found.append((section, paragraph))
    return found


def test_every_quote_stands_in_its_section():
    assert list(lost_quotes(PLAN, SOURCE)) == []


def test_every_paragraph_with_a_rule_is_cited():
    assert uncited() == [], "cite these paragraphs in the plan's files, or say in RULE_FREE why they hold no rule"


def test_what_is_called_rule_free_stands_in_the_plan_and_is_not_cited():
    for section, paragraph in RULE_FREE:
        assert paragraph in paragraphs(SOURCE[section])
        assert not any(c.section == section and one_line(c.quote) in paragraph for c in CITED)


def test_every_value_of_the_plan_has_a_citation_and_every_reading_words():
    values = [value for _, value in cited_values(PLAN)]
    assert len(values) > 150
    assert all(value.citation for value in values if value.basis == "plan")
    assert all(value.reading for value in values if value.basis == "interpretation")


def test_what_the_plan_leaves_undated_says_how_it_is_dated():
    for duty in PLAN.obligations:
        assert duty.time_basis == "plan" or duty.reading, duty.id


def test_the_source_has_the_words_of_the_plan_and_no_others():
    body = re.sub(r"(?m)^#.*$", "", (FOLDER / "source.md").read_text(encoding="utf-8"))
    words = re.findall(r"\w+", body)
    assert len(words) == 4956
    digest = hashlib.sha256(" ".join(words).encode()).hexdigest()
    assert digest == "8f4473d54ecae83374eb21f029934eb72dbbfce378d84ad78a947f6e4a7e2d0e", (
        "source.md is the plan's text, word for word: restore it; a change of reading belongs in the .yaml files"
    )


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.*")), ids=lambda path: path.name)
def test_the_files_are_nfc_without_tabs_or_trailing_space(path: Path):
    text = path.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\t" not in text
    assert not re.search(r"[ ]+$", text, re.MULTILINE)


def test_every_lettered_item_has_its_anchor():
    letters = {"III.1": "abcdđ", "III.2": "abc", "III.3": "abcdđ", "III.4": "abcdđ", "III.5": "abcd", "III.6": "abcd"}
    letters |= {"I.1": "abc", "I.2": "abcde", "II.2": "ab", "II.3": "abcd", "II.5": "ab"}
    letters |= {"IV.1": "abc", "IV.2": "abcdđegh", "IV.3": "abc"}
    wanted = {f"{section}.{letter}" for section, items in letters.items() for letter in items}
    assert {anchor for anchor in SOURCE if anchor.count(".") == 2} == wanted


def test_a_source_is_cut_at_its_anchors():
    assert read_source("# Tên\n\n## I.1\n\nmột\n\nhai\n\n## I.2\nba\n") == {"I.1": "một\n\nhai", "I.2": "ba"}


def test_a_quote_is_found_across_line_breaks_and_in_either_normal_form():
    source = {"I.1": "Tổng số\nđơn vị"}
    assert is_quoted_from(Citation(section="I.1", quote=unicodedata.normalize("NFD", "số đơn vị")), source)
    assert not is_quoted_from(Citation(section="I.1", quote="đơn vị khác"), source)
    assert not is_quoted_from(Citation(section="I.9", quote="đơn vị"), source)
