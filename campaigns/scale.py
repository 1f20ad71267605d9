"""A province of a thousand and of ten thousand communes: scored, ranked, selected, and its tờ trình rendered.

`python -m campaigns.scale [--seed N] [--units N ...]`: time and memory as ratios against the province as it is; the
cap and the completeness hold at every size; no commune at all, or one, gives an empty list or a clear refusal.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from campaigns.findings import Findings
from models.db import read
from plans.schema import Plan
from plans.units import Unit, load_units, units_in_force
from reports import selection_proposal
from reports.issuer import Issue, issuer
from reports.render import render
from rules.errors import Refusal
from rules.periods import selection_period
from rules.quotas import cap, is_within_quota
from rules.scoring import rank, score_units
from rules.selection import propose
from samples import DEFAULT_SEED
from samples.figures import MIDDLING, MIDDLING_OTHER
from settings import Settings
from tasks.assessment import Ranking, Selection
from tasks.cycle_facts import selection_facts
from tasks.office import Office
from tasks.opening import install, open_office

YEAR, ON = 2018, date(2017, 11, 1)
AS_IT_IS = 101
SIZES = (1_000, 10_000)
SMALLEST = (0, 1, 2, 6, 7)  # 7 communes are the first that have room for an area
MISSING_SHARE = 0.006
SILENT_SHARE = 0.02  # communes of which next to nothing was filed
SLACK = 4  # times the growth of the province: more is no longer in proportion

Values = dict[str, dict[str, Decimal | None]]


@dataclass(frozen=True)
class Trial:
    """A province tried: the seconds of the rules and of the rendering, the growth of memory in MiB, the file's KiB."""

    units: int
    rules_seconds: float
    render_seconds: float
    memory_mib: float
    file_kib: float
    refusal: str = ""


def province(units: int) -> tuple[Unit, ...]:
    """So many communes: the real ones, and copies of them under codes that nobody has."""
    real = units_in_force(load_units("qd-1426-2017"), ON)
    copies = (
        replace(real[n % len(real)], code=f"X{n:05d}", name=f"{real[n % len(real)].name} {n}") for n in range(units)
    )
    return tuple(real[n] if n < len(real) else copy for n, copy in enumerate(copies))


def figures(plan: Plan, units: tuple[Unit, ...], seed: int) -> Values:
    """Made-up values of every criterion, some missing."""
    chance = Random(seed)

    def value(criterion: str, share: float) -> Decimal | None:
        if chance.random() < share:
            return None
        return Decimal(math.floor(MIDDLING.get(criterion, MIDDLING_OTHER) * chance.lognormvariate(0, 0.6)))

    shares = ((unit, 0.8 if chance.random() < SILENT_SHARE else MISSING_SHARE) for unit in units)
    return {unit.code: {c.id: value(c.id, share) for c in plan.criteria} for unit, share in shares}


def select(office: Office, values: Values, carried_over: int = 0) -> Selection:
    """As `tasks.assessment.select` does, from `values` instead of submissions."""
    plan, parameters = office.plan, office.plan.parameters
    ranked = rank(score_units(values, plan.criteria, plan.groups), values, parameters.tie_break.value)
    room = cap(len(values), parameters.quota_percent.value)
    carried = [score.code for score in ranked[: min(carried_over, room)]]
    proposal = propose(ranked, room, carried, (), parameters.minimum_completeness_percent.value)
    return Selection(YEAR, Ranking(selection_period(plan, YEAR), values, ranked), len(values), proposal, ())


def broken(office: Office, selection: Selection) -> Iterator[str]:
    """What does not hold in a selection, whatever its size."""
    parameters, proposal, units = office.plan.parameters, selection.proposal, selection.units_in_force
    scores, values = selection.ranking.scores, selection.ranking.values
    if not is_within_quota(len(proposal.proposed), units, parameters.quota_percent.value):
        yield f"{units} units: {len(proposal.proposed)} proposed, over the cap"
    if len(scores) != units or {score.code for score in scores} != set(values):
        yield f"{units} units: {len(scores)} ranked"
    if any(before.score < after.score for before, after in pairwise(scores)):
        yield f"{units} units: the ranking is not in order"
    whole = sum(Fraction(c.weight) for c in office.plan.criteria)
    for score in scores:
        there = sum(Fraction(c.weight) for c in office.plan.criteria if values[score.code][c.id] is not None)
        if score.completeness != there / whole or not 0 <= score.score < 1:
            yield f"{units} units: {score.code} has score {score.score}, completeness {score.completeness}"
    least = parameters.minimum_completeness_percent.value
    apart = {score.code for score in scores if score.completeness * 100 < least} - set(proposal.carried_over)
    if set(proposal.set_apart) != apart or apart & set(proposal.proposed):
        yield f"{units} units: other units set apart than those that are incomplete"
    if len(proposal.proposed) < min(proposal.cap, units - len(apart)):
        yield f"{units} units: room is left though units are waiting"


def try_province(folder: Path, units: int, seed: int) -> tuple[Trial, list[str]]:
    """One size tried, in this process, and what did not hold."""
    settings = Settings(data_dir=folder, database_url="", mail_dir=None, mail_host="")
    office = open_office(settings, durable=False, illustrative=True)
    install(office)
    office = replace(office, units=province(units))
    values = figures(office.plan, office.units, seed)
    memory, started = _peak(), time.perf_counter()
    selection = select(office, values, carried_over=3)
    ranked_at = time.perf_counter()
    violations, content, refusal = list(broken(office, selection)), b"", ""
    drawn_at = time.perf_counter()
    try:
        with read(office.engine) as session:
            facts = selection_facts(session, office, selection)
        issue = Issue(issuer("provincial_police", ON), ON, True)
        content = render("selection_proposal", selection_proposal.build(facts, office.plan, issue))
    except Refusal as refused:
        refusal = str(refused)
    seconds = time.perf_counter() - drawn_at
    office.engine.dispose()
    grown = _peak() - memory
    return Trial(units, ranked_at - started, seconds, grown, len(content) / 1024, refusal), violations


def _peak() -> float:
    """The most memory this process ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def try_apart(folder: Path, units: int, seed: int) -> tuple[Trial, list[str]]:
    """`try_province` in a process of its own, so that its memory can be told."""
    command = [sys.executable, "-m", "campaigns.scale", "--seed", str(seed), "--one", str(units), str(folder)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    trial, violations = json.loads(said.splitlines()[-1])
    return Trial(**trial), violations


def in_proportion(small: Trial, large: Trial) -> list[str]:
    """Whether time grows with the province and not with its square."""
    growth = large.units / small.units
    return [
        f"{what} takes {now / before:.0f} times as long for {growth:.0f} times the units"
        for what, before, now in (
            ("selecting", small.rules_seconds, large.rules_seconds),
            ("rendering", small.render_seconds, large.render_seconds),
        )
        if now > before * growth * SLACK
    ]


def compare(folder: Path, seed: int, sizes: tuple[int, ...]) -> Findings:
    """Every size, told one by one."""
    found, first = Findings(), None
    for units in (*SMALLEST, AS_IT_IS, *sizes):
        trial, violations = try_apart(folder / str(units), units, seed)
        first = trial if units == AS_IT_IS else first
        found.add(violations)
        print(_line(trial, first))
        if first and units > AS_IT_IS:
            found.add(in_proportion(first, trial))
    return found


def _line(trial: Trial, first: Trial | None) -> str:
    words = (
        f"{trial.units:>6} units: rules {trial.rules_seconds:.3f} s, rendering {trial.render_seconds:.2f} s, "
        f"memory +{trial.memory_mib:.0f} MiB, {trial.file_kib:.0f} KiB"
    )
    if first and trial.units > first.units:
        rules, drawn = trial.rules_seconds / first.rules_seconds, trial.render_seconds / first.render_seconds
        memory = trial.memory_mib / max(first.memory_mib, 1)
        words += f"; units x{trial.units / first.units:.1f}: "
        words += f"rules x{rules:.1f}, rendering x{drawn:.1f}, memory x{memory:.1f}"
    return f"{words}; refused: {trial.refusal}" if trial.refusal else words


def main(arguments: list[str] | None = None) -> int:
    """The campaign. Returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--units", type=int, nargs="+", default=SIZES)
    parser.add_argument("--one", nargs=2, default=None, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.one:
        said: tuple[Any, list[str]] = try_province(Path(chosen.one[1]), int(chosen.one[0]), chosen.seed)
        print(json.dumps([vars(said[0]), said[1]]))
        return 0
    with tempfile.TemporaryDirectory(prefix="scale-") as folder:
        return compare(Path(folder), chosen.seed, tuple(chosen.units)).exit_code()


if __name__ == "__main__":
    sys.exit(main())
