"""A program that only tests need: on a user's machine its absence skips a test, in CI it fails it."""

from __future__ import annotations

import pytest


@pytest.fixture
def bare_machine(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    return tmp_path


def test_a_program_that_is_there_is_given_by_its_path(bare_machine, needs):
    program = bare_machine / "pdftoppm"
    program.touch(mode=0o755)
    assert needs("pdftoppm") == str(program)


def test_a_user_is_told_why_a_test_is_skipped(bare_machine, needs):
    with pytest.raises(pytest.skip.Exception, match="apt-get install poppler-utils"):
        needs("pdftoppm")


def test_ci_fails_without_it(bare_machine, needs, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="CI must have it"):
        needs("pdftoppm")


def test_ci_installs_every_package_that_a_test_can_need(texts, request):
    packages = request.config.pluginmanager.get_plugin(str(request.config.rootpath / "tests" / "conftest.py")).PACKAGES
    wanted = {package for packages in packages.values() for package in packages.split()}
    assert {package for package in wanted if f"need {package} " not in texts[".ci/run"]} == set()
