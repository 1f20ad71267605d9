"""The committed Word files are what the one look defines; every template has its module and its golden."""

from __future__ import annotations

import importlib
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from plans.loader import load_plan
from reports.layouts import LAYOUTS
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
    assert {path.stem for path in TEMPLATES.glob("*.docx")} == set(LAYOUTS)
    for stem in LAYOUTS:
        assert callable(importlib.import_module(f"reports.{stem}").build)
        assert (GOLDEN / f"{stem}.txt").is_file()
        assert (GOLDEN / f"{stem}.bare.txt").is_file()


def test_every_golden_has_a_template():
    assert {path.name.split(".")[0] for path in GOLDEN.glob("*.txt")} == set(LAYOUTS)
