"""An officer without Excel: the form opened and saved by LibreOffice is still taken in, whole."""

from __future__ import annotations

import subprocess

import pytest

from forms.reading import read_form
from forms.writing import write_form


@pytest.mark.parametrize("reporter", ["police_964", "committee_968"])
def test_a_form_saved_by_libreoffice_is_taken_in(reporter, needs, plan, spec_of, plain_answers, tmp_path):
    soffice = needs("soffice")
    spec = spec_of(reporter)
    filled = plain_answers(spec)
    write_form(spec, tmp_path / "bieu.xlsx", filled)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    target = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "saved")]
    command = [soffice, profile, "--headless", *target, str(tmp_path / "bieu.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    form = read_form(tmp_path / "saved" / "bieu.xlsx", plan, lambda _: spec)
    assert {(f.unit, f.kind, f.item, f.part): f.reason or f.value for f in form.figures} == filled.values
    assert [narrative.text for narrative in form.narratives] == list(filled.narratives.values())
