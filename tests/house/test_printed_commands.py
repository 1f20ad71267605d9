"""Every command that the product prints, mails or explains can be typed as it stands: it exists, its options exist, and
none that it needs is left out.

In the documents a command's bare name (`chuyenhoa gate record`) is a name; where the product says it, somebody types
it.
"""

from __future__ import annotations

import ast
import re
import shlex

import pytest
import typer

from cli import app

ROOT = typer.main.get_command(app)
NOT_YET = {"start"}  # the documents say that it does not exist yet
# Before an administrator's device was ever confirmed nobody has a code to give.
WITHOUT_A_CODE = {"officer enrol QT01 --by QT01", "officer enrol X --by X"}
# What Typer lets pass and the command refuses: one of these has to be there.
ONE_OF = {
    "officer enrol": {"--by", "--confirm"},
    "officer correct": {"--name", "--title", "--agency", "--email"},
}
NAME = re.compile(r"(?<![\w-])chuyenhoa (?=[a-z…])")
END = re.compile(r"[;)`\n]|[.,](?=\s|$)")


def literals(tree):
    """Every text of a module, with X for what is put into it."""
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(str(p.value) if isinstance(p, ast.Constant) else "X" for p in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.value


def commands_in(text):
    """What follows "chuyenhoa" up to the end of its sentence; between backticks, what stands between them."""
    for found in NAME.finditer(text):
        rest = text[found.end() :]
        if text[: found.start()].endswith("`"):
            yield rest.partition("`")[0]
            continue
        quoted = [part.span() for part in re.finditer(r'"[^"\n]*"', rest)]
        ends = (m.start() for m in END.finditer(rest) if not any(a < m.start() < b for a, b in quoted))
        yield rest[: next(ends, len(rest))]


def commands_in_document(text):
    """Those between backticks, and those in blocks, whose lines may go on and have comments."""
    prose, *blocks = re.split(r"^```.*$", text, flags=re.M)
    for place, part in enumerate([prose, *blocks]):
        if place % 2 == 0:
            yield from (c for code in re.findall(r"`([^`]+)`", part) for c in commands_in(f"`{code}`".strip("`")))
            continue
        for line in part.replace("\\\n", " ").splitlines():
            for one in line.partition(" #")[0].split("&&"):
                yield from (one[found.end() :].strip() for found in NAME.finditer(one))


def wrong_with(typed, *, is_name_enough):
    """What hinders that the command is typed like this; "" if nothing does."""
    try:
        words = shlex.split(typed)
    except ValueError as error:
        return f"cannot be split: {error}"
    command, path = ROOT, []
    while hasattr(command, "commands") and words and words[0] in command.commands:
        path.append(words[0])
        command = command.commands[words.pop(0)]
    is_open = typed.endswith("…")
    if hasattr(command, "commands"):
        return "" if path and words == ["…"] else f"no such command: {' '.join([*path, *words[:1]])}"
    if not words and is_name_enough:
        return ""
    return _wrong_words(command, " ".join(path), typed, words, is_open)


def _wrong_words(command, name, typed, words, is_open):
    options = {opt: p for p in command.params if p.param_type_name == "option" for opt in p.opts}
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    given, placed = set(), 0
    while words:
        word = words.pop(0)
        if not word.startswith("--"):
            placed += 1
        elif word not in options:
            return f"no option {word}"
        else:
            given.add(word)
            if not options[word].is_flag and (not words or words.pop(0).startswith("--")):
                return f"{word} without its value"
    if placed > len(arguments) and not any(p.nargs == -1 for p in arguments):
        return f"{placed} arguments, not {len(arguments)}"
    if is_open:
        return ""
    missing = [opt for opt, p in options.items() if p.required and opt not in given]
    if "--code" in options and "--confirm" not in given and typed.strip() not in WITHOUT_A_CODE:
        missing += sorted({"--by", "--code"} - given - set(missing))
    if placed < sum(p.required for p in arguments):
        missing.append("an argument")
    if name in ONE_OF and not ONE_OF[name] & given:
        missing.append(" or ".join(sorted(ONE_OF[name])))
    return f"without {', '.join(missing)}" if missing else ""


def faults(found, *, is_name_enough):
    return [
        f"{place}: chuyenhoa {typed}: {wrong}"
        for place, typed in found
        if typed.split(" ")[0] not in NOT_YET and (wrong := wrong_with(typed, is_name_enough=is_name_enough))
    ]


def test_every_command_that_the_product_says_can_be_typed_as_it_stands(modules):
    found = [(name, one) for name, tree in modules.items() for text in literals(tree) for one in commands_in(text)]
    assert len(found) > 30
    assert not faults(found, is_name_enough=False)


def test_every_command_that_is_mailed_can_be_typed_as_it_stands(texts):
    mails = {name: text for name, text in texts.items() if name.startswith("templates/email/")}
    filled = {name: re.sub(r"\{\{.*?\}\}", "X", text) for name, text in mails.items()}
    found = [(name, one) for name, text in filled.items() for one in commands_in(text)]
    assert len(found) > 3
    assert not faults(found, is_name_enough=False)


def test_every_command_that_is_explained_exists_and_is_whole_where_it_is_written_out(texts):
    pages = {name: text for name, text in texts.items() if name.endswith(".md")}
    found = [(name, one) for name, text in pages.items() for one in commands_in_document(text)]
    assert len(found) > 40
    assert not faults(found, is_name_enough=True)


def test_what_is_said_not_to_exist_yet_does_not():
    assert not NOT_YET & set(ROOT.commands)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("officer enrol GD01", "without --by, --code"),
        ("officer enrol GD01 --by MÃ", "without --code"),
        ("officer enrol GD01 --by MÃ --code MÃ-XÁC-THỰC", ""),
        ("officer enrol GD01 --confirm MÃ", ""),
        ("officer confirm-reset GD01 --by MÃ", "without --code"),
        ("officer correct GD01 --by MÃ --code MÃ", "without --agency or"),
        ("officer dismiss GD01", "no such command: officer dismiss"),
        ("init --officer", "--officer without its value"),
        ("init --officer …", ""),
        ("demo vào một thư mục khác", "5 arguments, not 0"),
        ("audit verify --tail 1", "no option --tail"),
        ("officer …", ""),
        ("intake TỆP…", ""),
        ("intake", "without an argument"),
    ],
)
def test_what_is_wrong_with_a_command_is_seen(typed, wrong):
    found = wrong_with(typed, is_name_enough=False)
    assert found.startswith(wrong) if wrong else found == ""
