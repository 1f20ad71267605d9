"""The printed pages, through LibreOffice: what a clerk would send back."""

from __future__ import annotations

import re
import subprocess

import pypdfium2
import pytest

from reports.layouts import LAYOUTS
from reports.render import render

HEADING = re.compile(r"^([IVX]+\. [A-ZĐ]|\d+\. [A-ZĐ]|Phụ lục|Điều \d+\.$)")


@pytest.fixture(scope="module")
def printed(needs, tmp_path_factory, rich_contexts):
    """The lines of each page of each document, converted in one go."""
    soffice, folder = needs("soffice"), tmp_path_factory.mktemp("pages")
    for stem, context in rich_contexts.items():
        (folder / f"{stem}.docx").write_bytes(render(stem, context))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    files = [str(folder / f"{stem}.docx") for stem in rich_contexts]
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return {stem: _lines(folder / f"{stem}.pdf") for stem in rich_contexts}


def _lines(path) -> list[list[str]]:
    document = pypdfium2.PdfDocument(path)
    texts = (page.get_textpage().get_text_range() for page in document)
    return [[line.strip() for line in text.splitlines() if line.strip()] for text in texts]


@pytest.mark.parametrize("stem", LAYOUTS)
def test_the_first_page_has_the_motto_on_one_line_and_no_number(stem, printed):
    first = printed[stem][0]
    text = "\n".join(first)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert not first[0].isdigit()


@pytest.mark.parametrize("stem", LAYOUTS)
def test_pages_are_numbered_and_each_appendix_from_its_own_first(stem, printed):
    expected = 1
    for place, lines in enumerate(printed[stem]):
        expected = 1 if place == 0 or any(line.startswith("Phụ lục") for line in lines[:3]) else expected + 1
        assert (lines[0] == str(expected)) is (expected > 1), lines[:3]


@pytest.mark.parametrize("stem", LAYOUTS)
def test_no_page_is_blank_and_no_heading_ends_one(stem, printed):
    for lines in printed[stem]:
        words = [line for line in lines if line != "SỐ LIỆU MINH HỌA" and not line.isdigit()]
        assert words
        assert not HEADING.match(words[-1]), words[-1]


@pytest.mark.parametrize("stem", LAYOUTS)
def test_the_signature_stands_whole_below_the_last_words(stem, printed):
    marks = ("THƯ KÝ", "CHỦ TỌA") if stem == "evaluation_minutes" else ("Nơi nhận:", "- Lưu:")
    (page,) = [lines for lines in printed[stem] if any("./." in line for line in lines)]
    for mark in marks:
        assert any(mark in line for line in page), f"{mark} is not on the page of the last words"
