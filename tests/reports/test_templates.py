"""The committed Word files are what the one look defines; every template has its module and its golden."""

from __future__ import annotations

import importlib
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from plans.loader import load_plan
from reports.catalogue import KINDS
from reports.layouts import LAYOUTS
from reports.look.order import misplaced
from reports.render import TEMPLATES
from reports.templates import build_template

PLAN = load_plan("qd-1426-2017")
GOLDEN = Path(__file__).parent / "golden"


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels"))}


@pytest.mark.parametrize("stem", LAYOUTS)
def test_the_committed_template_is_the_defined_one(stem):
    committed, defined = parts((TEMPLATES / f"{stem}.docx").read_bytes()), parts(build_template(stem, PLAN))
    assert committed.keys() == defined.keys()
    changed = [name for name in defined if committed[name] != defined[name]]
    assert not changed, f"{stem}.docx differs in {changed}: run `make templates` and commit it"


def test_every_template_has_a_module_a_layout_and_goldens():
    assert {path.stem for path in TEMPLATES.glob("*.docx")} == set(LAYOUTS) == set(KINDS)
    for stem in LAYOUTS:
        assert importlib.import_module(f"reports.{stem}").build is KINDS[stem].build
        assert (GOLDEN / f"{stem}.txt").is_file()
        assert (GOLDEN / f"{stem}.bare.txt").is_file()


def test_every_golden_has_a_template():
    assert {path.name.split(".")[0] for path in GOLDEN.glob("*.txt")} == set(LAYOUTS)


@pytest.mark.parametrize("stem", LAYOUTS)
def test_properties_stand_in_the_order_word_wants(stem):
    with zipfile.ZipFile(TEMPLATES / f"{stem}.docx") as archive:
        names = [name for name in archive.namelist() if name.startswith("word/") and name.endswith(".xml")]
        assert {name: found for name in names if (found := misplaced(parse_xml(archive.read(name))))} == {}


@pytest.mark.parametrize("stem", LAYOUTS)
def test_tables_repeat_their_head_and_never_split_a_row(stem):
    for table in docx.Document(str(TEMPLATES / f"{stem}.docx")).tables:
        bordered = table._tbl.tblPr.find(qn("w:tblBorders")) is not None
        for place, row in enumerate(table.rows):
            kinds = {child.tag for child in row._tr.trPr} if row._tr.trPr is not None else set()
            tagged = row.cells[0].text.startswith("{%tr")
            assert tagged or qn("w:cantSplit") in kinds
            assert (qn("w:tblHeader") in kinds) is (bordered and place == 0)
