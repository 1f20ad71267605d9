"""What each document says, word for word.

After a wanted change run `RENEW_GOLDENS=1 pytest tests/reports` and review the diff.
`<stem>.txt` is the document from rich facts, `<stem>.bare.txt` from nearly none.
"""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path

import pytest

from reports.layouts import LAYOUTS
from reports.render import document_text, render

GOLDEN = Path(__file__).parent / "golden"
CASES = [(stem, rich) for stem in LAYOUTS for rich in (True, False)]
FORBIDDEN = re.compile(r"\bNone\b|\bnan\b|\{\{|\{%|Fraction\(|Decimal\(|\bTrue\b|\bFalse\b|\bsuu\b")


@pytest.fixture(params=CASES, ids=lambda case: f"{case[0]}-{'rich' if case[1] else 'bare'}")
def case(request, build_context):
    stem, rich = request.param
    return GOLDEN / f"{stem}{'' if rich else '.bare'}.txt", document_text(render(stem, build_context(stem, rich)))


def test_the_document_says_what_it_said(case):
    path, text = case
    if os.environ.get("RENEW_GOLDENS"):
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{path.name} is missing: run RENEW_GOLDENS=1 pytest tests/reports and review it"
    assert text == path.read_text(encoding="utf-8")


def test_nothing_of_the_machine_shows(case):
    _, text = case
    assert not FORBIDDEN.search(text), FORBIDDEN.search(text)


def test_no_heading_stands_empty(case):
    _, text = case
    lines = text.splitlines()
    heads = [number for number, line in enumerate(lines) if re.match(r"[IVX]+\. [A-ZĐ]", line)]
    for head, after in pairwise([*heads, len(lines)]):
        assert after - head > 1, f"nothing under {lines[head]!r}"


def test_no_sentence_is_left_with_a_gap(case):
    _, text = case
    assert not re.search(r"\(\)|\.\.(?!\.)| ,| ;|: \.|  [a-zđ]+:|;\.", text.replace("...", "…"))


def test_the_body_ends_as_the_decree_wants(case):
    _, text = case
    assert text.count("./.") == 1
