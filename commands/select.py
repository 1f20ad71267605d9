"""`select`: the list that the figures propose for a year, and how firmly it stands when the weights are changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import Session

from commands.installation import open_installation
from commands.selection_tables import Decided, tell
from commands.speech import number, print_json
from commands.stability import Stability, stability
from commands.weights import read_weights, reweighed
from forms.words import period_title
from models import reading
from models.db import read
from rules.errors import Refusal
from rules.periods import check_closed, selection_period
from rules.terms import check_cycle_year
from tasks.assessment import Selection, select
from tasks.office import Office


def show_selection(year: int, weights: Path | None, without: Sequence[str], on: date | None, as_json: bool) -> None:
    """The proposal for cycle `year` from the figures as they stand; nothing is recorded."""
    office = open_installation(on)
    check_cycle_year(office.plan, year)
    other = reweighed(office.plan, read_weights(weights) if weights else {}, without)
    sitting = office.timetable.sitting_deciding(year)
    with read(office.engine) as session:
        _check_data(session, office, year)
        chosen = select(session, office, year, sitting.on)
        stands = None
        if weights or without:
            before, chosen = chosen, select(session, replace(office, plan=other), year, sitting.on)
            stands = _stability(chosen, before)
        decided = _decided(session, year)
    units = {unit.code: unit for unit in office.units_on(sitting.on)}
    if as_json:
        print_json(_as_json(chosen, {code: unit.name for code, unit in units.items()}, stands))
    else:
        tell(chosen, units, stands, decided)


def _check_data(session: Session, office: Office, year: int) -> None:
    of = selection_period(office.plan, year)
    check_closed(of, office.today)
    if not reading.submissions(session, of.id):
        raise Refusal(
            f"Chưa có số liệu nào của kỳ {of.id} ({period_title(of)}); "
            f"hãy tiếp nhận số liệu trước khi lập danh sách năm {year}."
        )


def _decided(session: Session, year: int) -> Decided | None:
    cycle = reading.cycle(session, year)
    if cycle is None or cycle.decided_on is None:
        return None
    return Decided(cycle.decided_on, tuple(area.unit_code for area in reading.areas(session, year)))


def _stability(chosen: Selection, before: Selection) -> Stability:
    return stability(_codes(chosen), chosen.proposal.proposed, _codes(before), before.proposal.proposed)


def _codes(selection: Selection) -> list[str]:
    return [score.code for score in selection.ranking.scores]


def _as_json(selection: Selection, names: dict[str, str], stands: Stability | None) -> dict[str, Any]:
    proposal = selection.proposal
    found: dict[str, Any] = {
        "units_in_force": selection.units_in_force,
        "cap": proposal.cap,
        "carried_over": list(proposal.carried_over),
        "ranking": [
            {
                "code": score.code,
                "name": names.get(score.code, ""),
                "score": number(score.score),
                "groups": {group: number(value) for group, value in score.groups.items()},
                "completeness": number(score.completeness),
                "proposed": score.code in proposal.proposed,
            }
            for score in selection.ranking.scores
        ],
    }
    return found if stands is None else found | {"stability": asdict(stands)}
