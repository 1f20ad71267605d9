"""Promises between folders: whatever one of them names, the other one has.

That every template has its module and its golden texts is held in tests/reports, that every audit action has its
label in tests/models.
"""

from __future__ import annotations

import ast
import re
import unicodedata

import pytest
from ruamel.yaml import YAML

from plans.loader import load_plan
from rules.agenda import ACTIONS
from rules.gates import GATES, ROLE_LABELS
from tasks.decisions import _CARRY_OUT

PLAN = load_plan("qd-1426-2017")


def cases(root, name: str) -> dict:
    return YAML(typ="safe").load((root / "tests" / "rules" / "cases" / f"{name}.yaml").read_text(encoding="utf-8"))


def keys(tree: ast.Module, variable: str) -> set[str]:
    """The keys of the dict that a module gives the name `variable`."""
    for node in tree.body:
        targets = [node.target] if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [])
        if any(isinstance(t, ast.Name) and t.id == variable for t in targets) and isinstance(node.value, ast.Dict):
            return {key.value for key in node.value.keys if isinstance(key, ast.Constant)}
    raise AssertionError(f"no dict {variable}")


def test_every_mail_has_its_template(root, modules):
    written = {
        node.args[0].value
        for node in ast.walk(modules["reports/mail.py"])
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "_write"
        and isinstance(node.args[0], ast.Constant)
    }
    assert written == {path.stem for path in (root / "templates" / "email").glob("*.txt")}


@pytest.mark.parametrize("criterion", [c.id for c in PLAN.criteria])
def test_every_criterion_has_a_case(criterion, root):
    assert criterion in {case["criterion"] for case in cases(root, "criteria")["share"]}


@pytest.mark.parametrize("target", [t.id for t in PLAN.targets])
def test_every_target_has_a_case_met_and_one_not_met(target, root):
    states = {case["state"] for case in cases(root, "achievement")["target"] if case["target"] == target}
    assert {"met", "not_met", "missing"} <= states


@pytest.mark.parametrize("report", [o.id for o in PLAN.obligations if o.kind == "report"])
def test_every_report_has_cases_of_its_deadline(report, root):
    assert len([case for case in cases(root, "deadlines")["deadlines"] if case["report"] == report]) >= 3


@pytest.mark.parametrize("kind", GATES)
def test_every_gate_can_be_carried_out(kind):
    assert kind in _CARRY_OUT, "say in tasks/decisions.py what an answer does"
    assert set(GATES[kind].roles) <= set(ROLE_LABELS)


def test_nothing_is_carried_out_that_is_no_gate():
    assert set(_CARRY_OUT) == set(GATES)


def test_every_action_of_the_agenda_starts_something(modules):
    stories = modules["flows/stories.py"]
    after_their_gate = {"relapse_watch"}  # begun by the half-year report once it is released
    assert keys(stories, "STORIES") | keys(stories, "ERRANDS") == set(ACTIONS) | after_their_gate


def test_runs_are_named_in_vietnamese(modules):
    """An officer who opens the Prefect UI reads what is going on."""
    found = list(_named(modules))
    assert len(found) >= 10
    for place, name in found:
        assert name is not None, f"{place}: give it a name, name=…"
        assert unicodedata.is_normalized("NFC", name), f"{place}: {name}"
        assert not name.isascii(), f"{place}: {name!r} is not Vietnamese"


def test_every_flow_says_what_each_run_is_about(modules):
    runs = [(place, node) for place, node, kind in _decorated(modules) if kind == "flow"]
    assert runs
    assert all(any(k.arg == "flow_run_name" for k in node.keywords) for _, node in runs), [place for place, _ in runs]


def test_help_lists_every_command(texts):
    makefile = texts["Makefile"]
    rules = set(re.findall(r"^([a-z]+):", makefile, re.M))
    helped = set(re.findall(r"^([a-z]+):.*##", makefile, re.M))
    promised = set(re.search(r"^\.PHONY: (.*)$", makefile, re.M)[1].split())
    assert rules == helped, "a command without a line of help cannot be found"
    assert promised == rules, "what .PHONY names must be a command, or `make` says that all is done"


def _decorated(modules):
    for name, tree in modules.items():
        if name.split("/")[0] not in ("flows", "tasks"):
            continue
        for node in ast.walk(tree):
            for call in getattr(node, "decorator_list", []):
                kind = getattr(call.func, "id", "") if isinstance(call, ast.Call) else getattr(call, "id", "")
                if kind in ("flow", "task", "step"):
                    assert isinstance(call, ast.Call), f"{name}:{node.lineno} needs a name"
                    yield f"{name}:{node.lineno}", call, kind


def _named(modules):
    for place, call, _ in _decorated(modules):
        yield place, next((k.value.value for k in call.keywords if k.arg == "name"), None)
