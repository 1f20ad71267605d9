"""The pages printed from the plan: complete, in Vietnamese for officers, by section for those who check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plans.loader import load_plan, load_source

ROOT = Path(__file__).resolve().parents[2]
PLAN = load_plan("qd-1426-2017")
SOURCE = load_source("qd-1426-2017")


@pytest.fixture(scope="module")
def pages():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "docs"))
        import generate_traceability
        import plan_in_vietnamese
        import plan_uses

        program = plan_uses.read_program(ROOT)
        yield generate_traceability.traceability_page(PLAN, SOURCE, program), plan_in_vietnamese.plan_page(PLAN)


def test_each_section_of_the_plan_has_its_place(pages):
    headings = re.findall(r"(?m)^## (.+)$", pages[0])
    assert headings[:-1] == list(SOURCE)


def test_each_parameter_is_traced(pages):
    for name in type(PLAN.parameters).model_fields:
        assert f"| {name} |" in pages[0], name


def test_the_cap_is_traced_to_its_rule_and_its_test(pages):
    row = next(line for line in pages[0].splitlines() if line.startswith("| quota_percent |"))
    assert "`rules/quotas.py`" in row
    assert "`tests/rules/test_quotas.py`" in row


def test_every_parameter_is_applied_by_a_rule(pages):
    rows = [line.split(" | ") for line in pages[0].splitlines() if line.startswith("| ")]
    named = {cells[0].removeprefix("| "): cells[3] for cells in rows if len(cells) == 6}
    unused = [name for name in type(PLAN.parameters).model_fields if named[name] == "—"]
    assert unused == [], "no rule applies these: name it in APPLIED_BY of docs/generate_traceability.py, or write it"


def test_an_interpretation_is_printed_as_one(pages):
    row = next(line for line in pages[0].splitlines() if line.startswith("| carry_over_ranked_first |"))
    assert "*interpretation*" in row and "Kế hoạch không nêu" in row
    assert "cách hiểu: Kế hoạch không nêu. Địa bàn chưa đạt" in pages[1]


def test_officers_read_no_english_identifier(pages):
    body = pages[1].replace(f"plans/{PLAN.id}", "")
    assert not re.search(r"\b[a-z]+_[a-z_]+\b", body)
    assert not re.search(r"\b(True|False|None|count|grade)\b", body)
