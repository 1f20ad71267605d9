"""Writes of a cycle: opened, proposed, decided; and of its areas as they move on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from models.audit import witness
from models.canonical import content_sha256, plain
from models.cycles import Area, Cycle, Proposal
from models.store.finding_rows import required
from models.units import Unit
from rules.errors import Refusal
from rules.quotas import check_within_cap
from rules.stages import STAGES, event_of

_DECIDED = "decided"


@dataclass(frozen=True)
class DecidedUnit:
    """A unit on the decided list, in its order. `score` is shown as text; added by hand: say why."""

    code: str
    valid_from: date
    score: str = ""
    carried_from_year: int | None = None
    added_reason: str = ""


def open_cycle(
    session: Session, *, year: int, term_from: date, term_to: date, on: date, by: str, at: datetime
) -> Cycle:
    """The cycle of reporting year `year`, at its first stage. `term_from`, `term_to`: its areas' term, inclusive."""
    known = session.get(Cycle, year)
    if known is not None:
        return known
    if term_to <= term_from:
        raise Refusal(f"Thời hạn của đợt {year} kết thúc trước khi bắt đầu; hãy kiểm tra lại kế hoạch.")
    cycle = Cycle(year=year, stage=STAGES["cycle"].first, term_from=term_from, term_to=term_to, opened_on=on)
    session.add(cycle)
    details = {"stage": cycle.stage, "term_from": term_from, "term_to": term_to}
    witness(session, "cycle_opened", f"cycle:{year}", details, by=by, at=at)
    return cycle


def move_cycle(session: Session, *, year: int, to: str, reason: str = "", by: str, at: datetime) -> Cycle:
    """The cycle at stage `to`; `Refusal` if it cannot go there from where it stands."""
    cycle = required(session, Cycle, year, "đợt chuyển hóa")
    if cycle.stage == to:
        return cycle
    if to == _DECIDED:
        raise Refusal(f"Đợt {year} chỉ được quyết định cùng với danh sách đơn vị; hãy ghi quyết định và danh sách.")
    action = event_of("cycle", cycle.stage, to)
    before, cycle.stage = cycle.stage, to
    witness(session, action, f"cycle:{year}", {"from": before, "to": to, "reason": reason}, by=by, at=at)
    return cycle


def record_proposal(session: Session, *, year: int, content: Any, on: date, by: str, at: datetime) -> Proposal:
    """The next version of the cycle's proposal, unless its newest says the same."""
    required(session, Cycle, year, "đợt chuyển hóa")
    newest = session.exec(
        select(Proposal).where(Proposal.cycle_year == year).order_by(col(Proposal.version).desc()).limit(1)
    ).first()
    sha256 = content_sha256(content)
    if newest is not None and newest.sha256 == sha256:
        return newest
    version = newest.version + 1 if newest else 1
    proposal = Proposal(cycle_year=year, version=version, content=plain(content), sha256=sha256, made_on=on)
    session.add(proposal)
    witness(session, "proposal_made", f"proposal:{year}#{version}", {"sha256": sha256}, by=by, at=at)
    return proposal


def decide_cycle(
    session: Session,
    *,
    year: int,
    units: Sequence[DecidedUnit],
    decided_on: date,
    decision_number: str,
    units_in_force: int,
    cap: int,
    term: tuple[date, date] | None = None,
    by: str,
    at: datetime,
) -> list[Area]:
    """The decided list becomes the cycle's areas, in its order, and the cycle is decided.

    `term` (first day, last day) takes the place of the one the cycle was opened with, where it runs from the decision.

    `Refusal` over the cap, for a unit twice or unknown, for a cycle that is not waiting for its decision.
    """
    cycle = required(session, Cycle, year, "đợt chuyển hóa")
    areas = list(session.exec(select(Area).where(Area.cycle_year == year).order_by(col(Area.position))))
    codes = [unit.code for unit in units]
    if areas and cycle.decision_number == decision_number and [area.unit_code for area in areas] == codes:
        return areas
    action = event_of("cycle", cycle.stage, _DECIDED)
    _check_list(session, year, units, cap)
    cycle.stage = _DECIDED
    cycle.decided_on, cycle.decision_number = decided_on, decision_number
    cycle.units_in_force, cycle.cap = units_in_force, cap
    cycle.term_from, cycle.term_to = term or (cycle.term_from, cycle.term_to)
    areas = [_area(year, position, unit) for position, unit in enumerate(units, start=1)]
    session.add_all(areas)
    details = {"number": decision_number, "decided_on": decided_on, "cap": cap, "units": codes}
    details |= {"term_from": cycle.term_from, "term_to": cycle.term_to}
    details |= {"units_in_force": units_in_force, "carried_over": [u.code for u in units if u.carried_from_year]}
    witness(session, action, f"cycle:{year}", details, by=by, at=at)
    return areas


def move_area(session: Session, *, area_id: int, to: str, on: date, reason: str = "", by: str, at: datetime) -> Area:
    """The area at stage `to`, with the reason for it. Delisting keeps its day `on`."""
    area = required(session, Area, area_id, "địa bàn")
    if area.stage == to:
        return area
    subject = f"area:{area.cycle_year}/{area.unit_code}"
    action = event_of("area", area.stage, to)
    before, area.stage = area.stage, to
    if reason:
        area.outcome_reason = reason
    if to == "delisted":
        area.delisted_on = on
    witness(session, action, subject, {"from": before, "to": to, "on": on, "reason": reason}, by=by, at=at)
    return area


def _check_list(session: Session, year: int, units: Sequence[DecidedUnit], cap: int) -> None:
    check_within_cap(year, len(units), cap)
    codes = [unit.code for unit in units]
    for unit in units:
        if codes.count(unit.code) > 1:
            raise Refusal(f"Đơn vị {unit.code} có hai lần trong danh sách năm {year}; hãy bỏ một dòng.")
        if session.get(Unit, (unit.code, unit.valid_from)) is None:
            raise Refusal(f"Không có đơn vị hành chính mang mã {unit.code}; hãy kiểm tra lại danh sách năm {year}.")


def _area(year: int, position: int, unit: DecidedUnit) -> Area:
    return Area(
        cycle_year=year,
        unit_code=unit.code,
        unit_valid_from=unit.valid_from,
        stage=STAGES["area"].first,
        position=position,
        carried_from_year=unit.carried_from_year,
        score=unit.score,
        added_reason=unit.added_reason,
    )
