"""What documents say of a cycle: its areas' standing, the session, the proposal and the decision."""

from __future__ import annotations

from sqlmodel import Session

from models import reading
from models.cycles import Area, Evaluation
from reports.facts import (
    AreaStanding,
    CycleResult,
    DecidedArea,
    DecisionFacts,
    Delisted,
    DelistingFacts,
    Dropped,
    MinutesFacts,
    Result,
    SelectionFacts,
)
from reports.issuer import blank_reference
from rules.achievement import Achievement
from rules.findings import points_to_reduction
from rules.objectives import Share, held, success
from rules.periods import Period, period
from rules.terms import term
from tasks import recorded
from tasks.assessment import Judgement, Selection, achievements, judge_areas
from tasks.decided import decided_by, reasons_recorded
from tasks.naming import Names, filings
from tasks.office import Office
from tasks.relapse_facts import relapses, warnings_ruled_on


def standings(session: Session, office: Office, year: int, of: Period) -> tuple[AreaStanding, ...]:
    """The areas of cycle `year` by the figures of `of`, with the final evaluation's finding if there is one."""
    names = Names(office, of.closes_on)
    final = reading.evaluations(session, year, "final")
    answer = reading.answer_in_force(session, "steering_decision", f"steering_decision:{year}")
    reason = str(answer.answer.get("missing_reason") or "") if answer else ""
    return tuple(_standing(names, j, final.get(j.unit), reason) for j in judge_areas(session, office, year, of))


def standings_so_far(session: Session, office: Office, year: int, of: Period) -> tuple[AreaStanding, ...]:
    """The areas of cycle `year` in the course of their year: the targets so far, and nothing concluded."""
    names = Names(office, of.closes_on)
    areas = reading.areas(session, year)
    return tuple(
        standing_so_far(names, area, achievement)
        for area, achievement in zip(areas, achievements(session, office, areas, of), strict=True)
    )


def standing_so_far(names: Names, area: Area, achievement: Achievement) -> AreaStanding:
    """An area in the course of its year: what `achievement` says, and nothing concluded."""
    return AreaStanding(names.unit(area.unit_code), area.carried_from_year is not None, achievement)


def _standing(names: Names, judgement: Judgement, final: Evaluation | None, missing_reason: str) -> AreaStanding:
    """What the area's finding was made on, once it is made; until then what the newest figures say."""
    unit = names.unit(judgement.unit)
    if final is None or final.finding is None:
        result = _result(judgement, final)
        achievement, meets, seen = judgement.achievement, judgement.meets_threshold, judgement.evidence
        return AreaStanding(unit, judgement.carried_over, achievement, meets, seen, result=result)
    achievement = recorded.achievement(final)
    return AreaStanding(
        unit=unit,
        carried_over=judgement.carried_over,
        achievement=achievement,
        meets_threshold=final.meets_threshold,
        evidence=recorded.evidence(final),
        finding=final.finding,  # type: ignore[arg-type]
        result=_result(judgement, final),
        reason=final.finding_reason,
        missing_reason=missing_reason if achievement.missing else "",
    )


def _result(judgement: Judgement, final: Evaluation | None) -> Result:
    """The verdict; before the Board's finding the figures' own pointer, which the report calls preliminary."""
    if final is not None and final.is_converted is not None:
        converted = final.is_converted
    else:
        converted = judgement.meets_threshold and bool(points_to_reduction(judgement.evidence))
    return "converted" if converted else "not_converted"


def cycle_result(session: Session, office: Office, year: int) -> CycleResult | None:
    """How cycle `year` came out so far: preliminary until its session was held; None if nothing can be judged yet."""
    if not reading.areas(session, year):
        return None
    areas = standings(session, office, year, period(office.plan, f"{year}-annual"))
    answer = reading.answer_in_force(session, "steering_decision", f"steering_decision:{year}")
    return CycleResult(
        cycle_year=year,
        preliminary=answer is None,
        areas=areas,
        success=share_converted(areas),
        session_on=session_day(session, office, year) if answer else None,
    )


def share_converted(areas: tuple[AreaStanding, ...]) -> Share:
    """Converted / selected, carry-overs included (I.1.a)."""
    codes = [area.unit.code for area in areas]
    return success([area.unit.code for area in areas if area.result == "converted"], codes)


def share_held(session: Session) -> Share:
    """(Ever converted - relapsed) / ever converted, over all cycles (I.1.b): each unit once, as it stands now."""
    newest = {area.unit_code: area for area in reading.ever_converted(session)}  # by cycle: the last one counts
    return held(newest, [code for code, area in newest.items() if area.stage == "relapsed"])


def session_day(session: Session, office: Office, year: int):
    """The day the session of `year` sat: as its minutes say, else the day it had to sit by."""
    sitting = office.timetable.sitting(year)
    if sitting.decides is not None:
        cycle = reading.cycle(session, sitting.decides)
        if cycle is not None and cycle.decided_on is not None:
            return cycle.decided_on
    days = [a.delisted_on for a in reading.areas(session, sitting.recognises or 0) if a.delisted_on]
    return days[0] if days else sitting.on


def selection_facts(session: Session, office: Office, selection: Selection) -> SelectionFacts:
    """What the tờ trình says."""
    of = selection.ranking.period
    sitting = office.timetable.sitting_deciding(selection.year)
    names = Names(office, sitting.on)
    span = term(office.plan, selection.year, sitting.on)
    return SelectionFacts(
        cycle_year=selection.year,
        period=of,
        term_from=span.starts_on,
        term_to=span.ends_on,
        session_on=sitting.on,
        units=names.units,
        ranking=selection.ranking.scores,
        proposal=selection.proposal,
        values=selection.ranking.values,
        filings=filings(session, office, of),
        ineligible=tuple(names.unit(code) for code in selection.ineligible),
        on_ministers_list=office.ministers_list,
        delisted_before=tuple(
            Delisted(names.unit(area.unit_code), area.delisted_on)
            for area in reading.ever_converted(session)
            if area.delisted_on and area.cycle_year < selection.year - 1
        ),
    )


def decision_facts(session: Session, office: Office, year: int) -> DecisionFacts:
    """What the decision on the list of cycle `year` says."""
    cycle = reading.cycle(session, year)
    assert cycle and cycle.decided_on and cycle.units_in_force and cycle.cap is not None
    names = Names(office, cycle.decided_on)
    areas = reading.areas(session, year)
    proposal = reading.newest_proposal(session, year)
    answer = reading.answer_in_force(session, "steering_decision", f"steering_decision:{year - 1}")
    reasons = reasons_recorded(answer)
    chosen = {area.unit_code for area in areas}
    dropped = [code for code in (proposal.content["proposed"] if proposal else []) if code not in chosen]
    return DecisionFacts(
        cycle_year=year,
        session_on=cycle.decided_on,
        term_from=cycle.term_from,
        term_to=cycle.term_to,
        units_in_force=cycle.units_in_force,
        cap=cycle.cap,
        areas=tuple(
            DecidedArea(
                names.unit(a.unit_code),
                a.carried_from_year is not None,
                a.unit_code in office.ministers_list,
                a.added_reason,
            )
            for a in areas
        ),
        dropped=tuple(Dropped(names.unit(code), reasons.get(code, "")) for code in dropped),
        proposal_ref=_proposal_reference(session, year),
        number=cycle.decision_number or "",
    )


def _proposal_reference(session: Session, year: int) -> str:
    """The tờ trình for the list of cycle `year`, its number and day still blank; "" if there was none."""
    paper = reading.newest_document(session, "selection_proposal", year)
    return blank_reference("provincial_police", "TTr", paper.rendered_on) if paper else ""


def minutes_facts(session: Session, office: Office, year: int) -> MinutesFacts:
    """What the minutes of the session that judged cycle `year` say."""
    held_on = session_day(session, office, year)
    names = Names(office, held_on)
    of = period(office.plan, f"{year}-annual")
    areas = standings(session, office, year, of)
    rows = reading.areas(session, year)
    following = reading.areas(session, year + 1)
    decision = decision_facts(session, office, year + 1) if following else None
    not_carried_on = {a.unit_code for a in rows if a.stage == "dropped"}
    return MinutesFacts(
        cycle_year=year,
        held_by="steering_committee",
        held_on=held_on,
        period=of,
        areas=areas,
        success=share_converted(areas),
        held=share_held(session),
        carried_over=names.areas(a for a in rows if a.stage == "carried_over"),
        dropped=tuple(Dropped(names.unit(a.unit_code), a.outcome_reason) for a in rows if a.stage == "dropped"),
        relapsed=tuple(r for r in relapses(session, office) if r.ruled_on == held_on),
        next_year=year + 1 if following else None,
        next_list=names.areas(following),
        removed=tuple(d for d in decision.dropped if d.unit.code not in not_carried_on) if decision else (),
        added=tuple(area for area in decision.areas if area.added_reason) if decision else (),
        warnings=warnings_ruled_on(session, office, held_on),
    )


def delisting_facts(session: Session, office: Office, year: int) -> DelistingFacts:
    """What the decision that takes the converted areas of cycle `year` off the list says."""
    areas = standings(session, office, year, period(office.plan, f"{year}-annual"))
    return DelistingFacts(
        cycle_year=year,
        session_on=session_day(session, office, year),
        areas=tuple(area for area in areas if area.result == "converted"),
        selected=len(areas),
        proposal_ref=_proposal_reference(session, year + 1),
        number=_own_number(session, office, year),
    )


def _own_number(session: Session, office: Office, year: int) -> str:
    """The number of the decision that recognises and delists, as the sitting of `year` gave it."""
    field = "number" if office.timetable.sitting(year).decides is None else "delisting_number"
    answer = reading.answer_in_force(session, "steering_decision", f"steering_decision:{year}")
    return decided_by(answer).text(field) if answer else ""
