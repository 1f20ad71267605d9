"""A cycle moved on: its review, the evaluation of its areas, its start and its end."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from models import reading, store
from models.db import read, transaction
from rules.findings import points_to_reduction
from rules.periods import period
from rules.terms import term
from tasks.assessment import Judgement, Selection, judge_areas, relapse_signs, select
from tasks.office import SYSTEM, Office

NO_LONGER = "Số liệu mới của kỳ không còn đến ngưỡng cảnh báo."


def review_criteria(office: Office, year: int) -> Selection:
    """Opens cycle `year` if need be, scores every unit and records the proposal."""
    sitting = office.timetable.sitting_deciding(year)
    span = term(office.plan, year, sitting.on)
    with transaction(office.engine) as session:
        store.open_cycle(
            session,
            year=year,
            term_from=span.starts_on,
            term_to=span.ends_on,
            on=office.today,
            by=SYSTEM,
            at=office.now(),
        )
        selection = select(session, office, year, sitting.on)
        store.record_proposal(
            session, year=year, content=_content(selection), on=office.today, by=SYSTEM, at=office.now()
        )
        store.move_cycle(session, year=year, to="reviewing", by=SYSTEM, at=office.now())
    return selection


def evaluate(office: Office, year: int, kind: Literal["preliminary", "final"]) -> int:
    """Judges every area of cycle `year` by the year's figures. Returns how many areas it has."""
    with transaction(office.engine) as session:
        _read_together = reading.areas(session, year)  # the store then finds each without a query of its own
        judgements = judge_areas(session, office, year)
        for judgement in judgements:
            achievement = judgement.achievement
            store.record_evaluation(
                session,
                area_id=judgement.area_id,
                kind=kind,
                content=_judged(judgement),
                met=achievement.met,
                counted=achievement.counted,
                letters_met=achievement.letters_met,
                letters_counted=achievement.letters_counted,
                meets_threshold=judgement.meets_threshold,
                on=office.today,
                by=SYSTEM,
                at=office.now(),
            )
    return len(judgements)


def start(office: Office, year: int) -> None:
    """The decided cycle is being executed."""
    _move(office, year, "executing")


def close_term(office: Office, year: int) -> None:
    """The areas' year is over: the cycle is being evaluated."""
    _move(office, year, "evaluating")


def close(office: Office, year: int) -> None:
    """The session has recognised and delisted: the cycle is closed."""
    _move(office, year, "closed")


def watch_relapses(office: Office, period_id: str) -> int:
    """Records a warning for every delisted area whose figures reach the last list's threshold. Returns how many.

    One that other figures of the period gave, and on which nobody has ruled, is withdrawn when these no longer do.
    """
    of = period(office.plan, period_id)
    with transaction(office.engine) as session:
        signs = relapse_signs(session, office, of)
        known = {w.area_id: w for w in reading.relapse_warnings(session, unruled_only=True) if w.period == of.id}
        done: dict[str, Any] = {"on": office.today, "by": SYSTEM, "at": office.now()}
        for area_id, because in signs.items():
            if because is not None:
                store.record_relapse_warning(session, area_id=area_id, period=of.id, because=because, **done)
            elif area_id in known:
                store.withdraw_relapse_warning(session, relapse_id=known[area_id].id, reason=NO_LONGER, **done)
    return sum(because is not None for because in signs.values())


def has_areas(office: Office, year: int) -> bool:
    """Whether cycle `year` has been decided."""
    with read(office.engine) as session:
        return bool(reading.areas(session, year))


def stage(office: Office, year: int) -> str | None:
    """The stage of cycle `year`; None before it was opened."""
    with read(office.engine) as session:
        cycle = reading.cycle(session, year)
        return cycle.stage if cycle else None


def term_begun(office: Office, year: int, on: date) -> bool:
    """Whether the term of cycle `year` has begun by `on`."""
    with read(office.engine) as session:
        cycle = reading.cycle(session, year)
        return cycle is not None and on >= cycle.term_from


def term_ended(office: Office, year: int, on: date) -> bool:
    """Whether the term of cycle `year` lies wholly before `on`."""
    with read(office.engine) as session:
        cycle = reading.cycle(session, year)
        return cycle is not None and on > cycle.term_to


def is_sitting_prepared(office: Office, year: int) -> bool:
    """Whether today the session that judges by the annual figures of `year` is being prepared."""
    sitting = next((s for s in office.timetable.sittings if s.recognises == year), None)
    return sitting is not None and office.today >= sitting.prepared_from and not session_held(office, sitting.year)


def session_held(office: Office, year: int) -> bool:
    """Whether the session of `year` has been held."""
    with read(office.engine) as session:
        return reading.answer_in_force(session, "steering_decision", f"steering_decision:{year}") is not None


def all_found(office: Office, year: int) -> bool:
    """Whether every area of cycle `year` carries the Board's finding."""
    with read(office.engine) as session:
        evaluations = reading.evaluations(session, year, "final")
        return bool(evaluations) and all(evaluation.finding for evaluation in evaluations.values())


def _move(office: Office, year: int, to: str) -> None:
    with transaction(office.engine) as session:
        store.move_cycle(session, year=year, to=to, by=SYSTEM, at=office.now())


def _content(selection: Selection) -> dict[str, Any]:
    proposal = selection.proposal
    return {
        "period": selection.ranking.period.id,
        "units_in_force": selection.units_in_force,
        "cap": proposal.cap,
        "carried_over": proposal.carried_over,
        "proposed": proposal.proposed,
        "set_apart": proposal.set_apart,
        "tied_at_cut": proposal.tied_at_cut,
        "ineligible": selection.ineligible,
        "ranking": [
            {"code": s.code, "score": s.score, "groups": s.groups, "completeness": s.completeness, "missing": s.missing}
            for s in selection.ranking.scores
        ],
    }


def _judged(judgement: Judgement) -> dict[str, Any]:
    return {
        "unit": judgement.unit,
        "outcomes": judgement.achievement.outcomes,
        "evidence": judgement.evidence,
        "points_to_reduction": points_to_reduction(judgement.evidence),
    }
