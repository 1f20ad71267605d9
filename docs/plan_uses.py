"""Where the product uses a value of the plan: found by reading the program text, not by asking its authors."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

RULES = ("rules", "calendars")
ELSEWHERE = ("forms", "reports", "models", "tasks", "flows", "samples", "cli.py")


@dataclass(frozen=True)
class Text:
    """One file: the names it uses, the strings it holds, the modules it imports."""

    path: str
    names: frozenset[str]
    strings: frozenset[str]
    imports: frozenset[str]

    @property
    def module(self) -> str:
        """The module's dotted name."""
        return self.path.removesuffix(".py").replace("/", ".")


@dataclass(frozen=True)
class Uses:
    """The files in which a value is used: `rules`, the packages `elsewhere`, and `tests`."""

    rules: tuple[str, ...]
    elsewhere: tuple[str, ...]
    tests: tuple[str, ...]


@dataclass(frozen=True)
class Program:
    """The program text and its tests, read once."""

    rules: tuple[Text, ...]
    elsewhere: tuple[Text, ...]
    tests: tuple[Text, ...]

    def uses(self, names: Collection[str], kind: str = "", modules: Collection[str] = ()) -> Uses:
        """The files that speak of one of `names`, as a name or a string, or look for obligations of `kind`.

        `modules` ("rules.quotas") are known to apply the value and are added; tests are those that speak of it
        too, or import a rule that does.
        """

        def speaks(text: Text) -> bool:
            of_kind = bool(kind) and kind in text.strings and "obligations" in text.names
            return not text.names.isdisjoint(names) or not text.strings.isdisjoint(names) or of_kind

        rules = [text for text in self.rules if speaks(text) or text.module in modules]
        imported = {text.module for text in rules}
        tests = {text.path for text in self.tests if speaks(text) or not text.imports.isdisjoint(imported)}
        elsewhere = {text.path.split("/")[0] for text in self.elsewhere if speaks(text)}
        return Uses(tuple(text.path for text in rules), tuple(sorted(elsewhere)), tuple(sorted(tests)))


def read_program(root: Path) -> Program:
    """Every module and test under `root`."""
    return Program(_texts(root, RULES), _texts(root, ELSEWHERE), (*_tests(root), *_cases(root)))


def _texts(root: Path, parts: Iterable[str]) -> tuple[Text, ...]:
    files = [
        file for part in parts for file in ([root / part] if part.endswith(".py") else (root / part).rglob("*.py"))
    ]
    return tuple(_text(root, file) for file in sorted(files) if file.is_file())


def _tests(root: Path) -> tuple[Text, ...]:
    return tuple(text for text in _texts(root, ("tests",)) if "/test_" in text.path)


def _text(root: Path, file: Path) -> Text:
    names, strings, imports = set(), set(), set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
                names.add(name)
            case ast.Constant(value=str(value)):
                strings.add(value)
            case ast.ImportFrom(module=str(module)):
                imports |= {module, *(f"{module}.{alias.name}" for alias in node.names)}
    return Text(file.relative_to(root).as_posix(), frozenset(names), frozenset(strings), frozenset(imports))


def _cases(root: Path) -> tuple[Text, ...]:
    """The YAML cases: their keys count as names, their words as strings."""
    found = []
    for file in sorted((root / "tests").rglob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        keys, words = re.findall(r"(\w+):", text), re.findall(r"[\w:]+", text)
        found.append(Text(file.relative_to(root).as_posix(), frozenset(keys), frozenset(words), frozenset()))
    return tuple(found)
