"""Builds `templates/docx/*.docx` from the one look: `python -m reports.templates` (`make templates`).

`--check` writes nothing and fails if a committed template is not the defined one.
"""

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


def stale_templates(plan: Plan, folder: Path = TEMPLATES) -> list[Path]:
    """The templates in `folder` that are absent or are not what `build_template` gives."""
    paths = {stem: folder / f"{stem}.docx" for stem in LAYOUTS}
    return [p for stem, p in paths.items() if not p.is_file() or p.read_bytes() != build_template(stem, plan)]


def main(arguments: list[str]) -> int:
    """Writes the templates, or with `--check` compares them. Exit code 1 if one is stale."""
    plan = load_plan("qd-1426-2017")
    if "--check" not in arguments:
        for path in write_templates(plan):
            sys.stdout.write(f"{path}\n")
        return 0
    stale = stale_templates(plan)
    for path in stale:
        sys.stderr.write(f"{path} is out of date: run `make templates` and commit it\n")
    return 1 if stale else 0


def _with_fixed_times(document) -> bytes:
    built, fixed = BytesIO(), BytesIO()
    document.save(built)
    with zipfile.ZipFile(built) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            target.writestr(entry(name), source.read(name))
    return fixed.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
