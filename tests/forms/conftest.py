"""Forms of the real plan for every reporter, and workbooks bent out of shape."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from forms.layout import layout
from forms.reading import Form, read_form
from forms.spec import Filled, FormSpec, build_spec, measure_rows
from forms.writing import write_form
from plans.loader import load_plan
from plans.schema import Plan
from plans.units import load_units, units_in_force
from rules.figures import NARRATIVE_SECTIONS
from rules.periods import period

AREAS = ("32008", "32014", "32098", "32191")


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load_plan("qd-1426-2017")


@pytest.fixture(scope="session")
def spec_of(plan: Plan) -> Callable[..., FormSpec]:
    def build(reporter: str, period_id: str = "2018-annual", areas=AREAS, previous=None) -> FormSpec:
        at = period(plan, period_id)
        dates = {
            "closes_on": at.closes_on,
            "asked_by": at.closes_on + timedelta(days=5),
            "last_safe_day": at.closes_on + timedelta(days=8),
        }
        units = units_in_force(load_units(plan.id), at.closes_on)
        return build_spec(plan, at, plan.agency(reporter), units, areas, previous, **dates)

    return build


def plain_answers(spec: FormSpec) -> Filled:
    """Every cell answered: ones everywhere, a reason here and there, words in every section."""
    values = {slot.key: Decimal(1) for sheet in layout(spec) for slot in sheet.slots}
    for key in list(values)[::7]:
        values[key] = "being_verified"
    comments = {
        ("measure", area.code if area else "", measure.id): "Đã làm xong" for area, measure in measure_rows(spec)
    }
    return Filled(
        False, values, comments, {section: f"Câu về {words}." for section, words in NARRATIVE_SECTIONS.items()}
    )


@pytest.fixture
def filed(tmp_path: Path, plan: Plan) -> Callable[..., Form]:
    """Writes a form, lets `bend` spoil the file, and reads it again."""

    def file(spec: FormSpec, filled: Filled, bend: Callable[[Path], None] | None = None, **options) -> Form:
        path = tmp_path / "bieu.xlsx"
        write_form(spec, path, filled)
        if bend:
            bend(path)
        return read_form(path, plan, lambda _: spec, **options)

    return file


def rewrite(path: Path, part: str, change: Callable[[str], str]) -> None:
    """Changes the XML of one part of the workbook, as a careless hand or another programme would."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts[part].decode()
    parts[part] = change(before).encode()
    assert parts[part].decode() != before, "the test changed nothing"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def put(cell: str, inner: str, kind: str = "") -> Callable[[str], str]:
    """A change of a sheet's XML: the content of `cell` becomes `inner`."""

    def change(xml: str) -> str:
        typed = f' t="{kind}"' if kind else ""
        return re.sub(
            rf'<c r="{cell}"( s="\d+")?[^>]*?(/>|>.*?</c>)', rf'<c r="{cell}"\1{typed}>{inner}</c>', xml, count=1
        )

    return change


@pytest.fixture(name="plain_answers")
def _plain_answers() -> Callable[[FormSpec], Filled]:
    return plain_answers


@pytest.fixture(name="rewrite")
def _rewrite() -> Callable[..., None]:
    return rewrite


@pytest.fixture(name="put")
def _put() -> Callable[..., Callable[[str], str]]:
    return put
