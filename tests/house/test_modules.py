"""Promises about every module: its length, its names, and that it asks nobody for the time."""

from __future__ import annotations

import ast
import re

LONGEST_MODULE = 300
# Data in the shape of Python: what a first migration or a page of layouts spells out is not made clearer by cutting.
MAY_BE_LONG = {"models/migrations/versions/0001_first_tables.py"}
SAYS_NOTHING = {"util", "utils", "helper", "helpers", "manager", "service", "process", "handle", "handler"}
# SQLAlchemy calls a column type's methods by these names.
GIVEN_NAMES = {"process_bind_param", "process_result_value"}
READS_THE_CLOCK = {("time", "time"), ("date", "today"), *(("datetime", name) for name in ("now", "today", "utcnow"))}
# The edge: the office's default clock, and the commands that open it.
# The flows' own look at Prefect's instants, which no replay moves.
PREFECTS = {"flows/given_answers.py", "flows/lost_runs.py", "flows/resident.py"}
EDGE = {"tasks/office.py", "settings.py", "cli.py", "samples/replay.py"} | PREFECTS
FUTURE = "from __future__ import annotations"


def words(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Za-z][a-z]*", name.replace("_", " "))}


def test_no_module_is_too_long_to_read(texts, modules):
    long = {n: lines for n in modules if n not in MAY_BE_LONG and (lines := texts[n].count("\n")) > LONGEST_MODULE}
    assert not long, f"part these by what they are about: {long}"


def test_names_say_what_a_thing_is(modules):
    vague = [name for name in modules if words(name.removesuffix(".py").replace("/", "_")) & SAYS_NOTHING]
    for name, tree in modules.items():
        named = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
        vague += [
            f"{name}:{n.lineno} {n.name}" for n in named if n.name not in GIVEN_NAMES and words(n.name) & SAYS_NOTHING
        ]
    assert not vague, f"name these by what they give or do: {vague}"


def test_only_the_edge_reads_the_clock(modules):
    found = [
        f"{name}:{node.lineno}"
        for name, tree in modules.items()
        if name not in EDGE
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name | ast.Attribute)
        and (node.value.id if isinstance(node.value, ast.Name) else node.value.attr, node.attr) in READS_THE_CLOCK
    ]
    assert not found, f"take the day or the instant as an argument: {found}"


def test_every_module_says_what_it_is_for(modules):
    silent = [n for n, tree in modules.items() if tree.body and not ast.get_docstring(tree)]
    assert not silent, f"add a first line that says what the module gives: {silent}"


def test_annotations_are_not_evaluated(texts, modules):
    """Everywhere but in models/, where SQLModel reads them when a table is made."""
    code = [n for n, tree in modules.items() if len(tree.body) > 1 and not n.startswith("models/")]
    missing = [n for n in code if FUTURE not in texts[n]]
    assert not missing, f"start with `{FUTURE}`: {missing}"
