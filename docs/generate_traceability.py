"""Writes `docs/generated/traceability.md` and `docs/generated/plan.md` from the plan's files and the program text.

`python docs/generate_traceability.py` writes them; with `--check` it writes nothing and exits 1 if they are not clean.
"""

from __future__ import annotations

import sys
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from plan_in_vietnamese import plan_page  # noqa: E402
from plan_uses import Program, Uses, read_program  # noqa: E402

from plans.citations import cited_values  # noqa: E402
from plans.cited import Citation, Cited  # noqa: E402
from plans.loader import load_plan, load_source  # noqa: E402
from plans.schema import Plan  # noqa: E402

PLAN_ID = "qd-1426-2017"
GENERATED = ROOT / "docs" / "generated"
Row = tuple[str, Cited, Citation | None, Uses]

# The names under which the program speaks of each list of the plan.
LIST_NAMES = {
    "criteria": ("criteria",),
    "groups": ("groups",),
    "targets": ("targets",),
    "measures": ("measures",),
    "objectives": ("objectives", "at_least_percent"),
    "reporter_types": ("reporter_types",),
    "agencies": ("agencies",),
    "legal_bases": ("legal_bases",),
    "board": ("board",),
    "articles": ("articles",),
    "decision": ("signed_on",),
}
# A reading with only one choice is applied by a rule that never names it.
APPLIED_BY = {
    "quota_rounding": ("rules.quotas.cap",),
    "quota_base": ("rules.quotas.cap",),
    "minister_list_inside_cap": ("rules.selection.propose",),
    "session_order": ("rules.sessions.sit",),
    "achievement_percent": ("rules.achievement.meets_target_threshold",),
    "not_applicable": ("rules.achievement.judge",),
    "missing": ("rules.achievement.judge",),
    "score_method": ("rules.scoring.score_units",),
    "relapse_signal": ("rules.relapse.warns_of_relapse",),
    "comparison": ("rules.periods.same_window_last_year",),
    "success_base": ("rules.objectives.success",),
    "held_base": ("rules.objectives.held",),
    "objectives": ("rules.objectives.success", "rules.objectives.held"),
    "consolidated_held_to": ("rules.deadlines.deadline",),
    "consolidated_half_year_report": ("rules.timetable.timetable",),
    "consolidated_annual_report": ("rules.timetable.timetable",),
    "list_decided_by": ("rules.gates.check_may_answer",),
    "recognised_by": ("rules.gates.check_may_answer",),
}
HEAD = """# Traceability

Each section of the plan, the values that cite it, the rule that uses each value, and its tests.
*Interpretation* marks what the plan has no words for, or words that had to be read: the reading follows.
Written by `docs/generate_traceability.py`; do not edit.
"""
TABLE = "| value | basis | words of the plan | rule | also in | tests |\n|---|---|---|---|---|---|\n"


def main() -> int:
    plan, source = load_plan(PLAN_ID), load_source(PLAN_ID)
    pages = {"traceability.md": traceability_page(plan, source, read_program(ROOT)), "plan.md": plan_page(plan)}
    stale = [name for name, text in pages.items() if not _is_written(GENERATED / name, text)]
    if "--check" in sys.argv[1:]:
        for name in stale:
            print(f"docs/generated/{name} is out of date: run `make docs` and commit it", file=sys.stderr)
        return 1 if stale else 0
    GENERATED.mkdir(exist_ok=True)
    for name in stale:
        (GENERATED / name).write_text(pages[name], encoding="utf-8")
    return 0


def traceability_page(plan: Plan, source: dict[str, str], program: Program) -> str:
    """The whole table, section after section in the plan's order, then the readings that rest on no words."""
    rows = list(_rows(plan, program))
    parts = [HEAD]
    for section, text in source.items():
        here = [row for row in rows if row[2] and row[2].section == section]
        title = text.split("\n")[0]
        parts.append(f"## {section}\n\n> {title if len(title) < 160 else title[:157] + '…'}\n")
        parts.append(_table(here) if here else "Nothing cites this section: it holds no rule of its own.\n")
    parts.append("## Readings that rest on no words of the plan\n")
    parts.append(_table([row for row in rows if row[2] is None]))
    return "\n".join(parts)


def _rows(plan: Plan, program: Program):
    for path, value in cited_values(plan):
        name, uses = _name(path, value), _uses(path, value, program)
        for citation in (value.citation, *value.also) if value.citation or value.also else (None,):
            yield name, value, citation, uses


def _name(path: tuple[str | int, ...], value: Any) -> str:
    if path[0] == "parameters":
        return str(path[1])
    key = next((getattr(value, key) for key in ("id", "seat", "number") if len(path) > 1 and hasattr(value, key)), None)
    return f"{path[0]} {key}" if key is not None else str(path[0])


def _uses(path: tuple[str | int, ...], value: Any, program: Program) -> Uses:
    family = str(path[1] if path[0] == "parameters" else path[0])
    if family == "obligations":
        return program.uses([value.id], value.kind, _modules(value.id))
    return program.uses(LIST_NAMES.get(family, (family,)), modules=_modules(family))


def _modules(value: str) -> tuple[str, ...]:
    """The modules of the rules that apply `value` without naming it; fails if such a rule is gone."""
    found = []
    for rule in APPLIED_BY.get(value, ()):
        module, name = rule.rsplit(".", 1)
        if not hasattr(import_module(module), name):
            raise SystemExit(f"there is no {rule} any more: in APPLIED_BY name the rule that applies {value}")
        found.append(module)
    return tuple(found)


def _table(rows: list[Row]) -> str:
    """Rows that share everything but the name (nine districts) become one."""

    def rest(row: Row) -> tuple[str, ...]:
        _, value, citation, uses = row
        words = f"“{citation.quote}”" if citation else "—"
        if value.reading:
            words += f"<br>*{value.reading}*"
        also = ", ".join(uses.elsewhere) or "—"
        return _basis(value), words, _files(uses.rules), also, _files(uses.tests)

    lines = []
    for cells, group in groupby(rows, key=rest):
        names = [row[0] for row in group]
        family = names[0].split(" ")[0]
        label = ", ".join([names[0], *(name.removeprefix(family).strip() for name in names[1:])])
        lines.append(" | ".join((f"| {label}", *cells)) + " |\n")
    return TABLE + "".join(lines)


def _basis(value: Cited) -> str:
    """`plan`, or what of the value is our reading: all of it, or its date, weight, lead, owner …"""
    if value.basis == "interpretation":
        return "*interpretation*"
    parts = [name for name in type(value).model_fields if name.endswith("_basis")]
    read = [name.removesuffix("_basis") for name in parts if getattr(value, name) == "interpretation"]
    return f"plan; *interpretation*: {', '.join(read)}" if read else "plan"


def _files(paths: tuple[str, ...]) -> str:
    return "<br>".join(f"`{path}`" for path in paths) or "—"


def _is_written(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    sys.exit(main())
