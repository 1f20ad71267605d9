"""Builds `templates/docx/*.docx` from the one look: `python -m reports.templates` (`make templates`)."""

from __future__ import annotations

import sys
import zipfile
from io import BytesIO
from pathlib import Path

from plans.loader import load_plan
from plans.schema import Plan
from reports.layouts import LAYOUTS
from reports.look.page import new_document
from reports.render import TEMPLATES, entry


def build_template(stem: str, plan: Plan) -> bytes:
    """The template of document `stem` as .docx; the same definition gives the same bytes."""
    document = new_document()
    LAYOUTS[stem](document, plan)
    return _with_fixed_times(document)


def write_templates(plan: Plan, folder: Path = TEMPLATES) -> list[Path]:
    """Writes every template into `folder`; returns the paths written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for stem in LAYOUTS:
        path = folder / f"{stem}.docx"
        path.write_bytes(build_template(stem, plan))
        written.append(path)
    return written


def _with_fixed_times(document) -> bytes:
    built, fixed = BytesIO(), BytesIO()
    document.save(built)
    with zipfile.ZipFile(built) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            target.writestr(entry(name), source.read(name))
    return fixed.getvalue()


if __name__ == "__main__":
    for path in write_templates(load_plan("qd-1426-2017")):
        sys.stdout.write(f"{path}\n")
