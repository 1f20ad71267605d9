"""`evaluate`: each area of a year against the targets of I.2, and both gates of II.4."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session

from commands.installation import open_installation
from commands.speech import number, print_json, say, table
from forms.words import period_title
from models import reading
from models.cycles import Evaluation
from models.db import read
from plans.schema import Plan
from rules.achievement import Outcome
from rules.errors import Refusal
from rules.findings import Movement, points_to_reduction
from rules.periods import check_closed, period
from rules.terms import check_cycle_year
from tasks.assessment import Judgement, judge_areas
from tasks.office import Office

# In the order in which they are told.
SHORT_OF_MET = {"not_met": "chưa đạt", "missing": "thiếu số liệu", "not_applicable": "không phát sinh"}
FINDINGS = {"reduced": "giảm cơ bản", "not_reduced": "chưa giảm cơ bản", None: "chưa kết luận"}
VERDICTS = {True: "chuyển hóa", False: "chưa chuyển hóa", None: "chưa kết luận"}


def show_evaluation(year: int, on: date | None, as_json: bool) -> None:
    """The areas of cycle `year` judged by the year's figures as they stand; nothing is recorded."""
    office = open_installation(on)
    check_cycle_year(office.plan, year)
    with read(office.engine) as session:
        _check_data(session, office, year)
        judged = judge_areas(session, office, year)
        final = reading.evaluations(session, year, "final")
    names = {unit.code: unit.name for unit in office.units_on(period(office.plan, f"{year}-annual").closes_on)}
    if as_json:
        print_json([_as_json(judgement, names, final.get(judgement.unit)) for judgement in judged])
    else:
        _tell(year, judged, names, final)
        _tell_targets(judged, names, office.plan)


def _check_data(session: Session, office: Office, year: int) -> None:
    of = period(office.plan, f"{year}-annual")
    check_closed(of, office.today)
    if not reading.areas(session, year):
        raise Refusal(f"Danh sách địa bàn năm {year} chưa được quyết định; hãy đánh giá sau khi có quyết định.")
    if not reading.submissions(session, of.id):
        raise Refusal(
            f"Chưa có số liệu nào của kỳ {of.id} ({period_title(of)}); hãy tiếp nhận số liệu trước khi đánh giá."
        )


def _as_json(judgement: Judgement, names: Mapping[str, str], final: Evaluation | None) -> dict[str, Any]:
    achievement, evidence = judgement.achievement, judgement.evidence
    return {
        "code": judgement.unit,
        "name": names.get(judgement.unit, ""),
        "carried_over": judgement.carried_over,
        "targets": [_target(outcome) for outcome in achievement.outcomes],
        "met": achievement.met,
        "counted": achievement.counted,
        "letters_met": achievement.letters_met,
        "letters_counted": achievement.letters_counted,
        "meets_target_threshold": judgement.meets_threshold,
        "evidence": {
            "offences": [_movement(movement) for movement in evidence.offences],
            "vice_spots": [_movement(movement) for movement in evidence.spots],
            "rank": evidence.rank,
            "units_ranked": evidence.units_ranked,
            "rose": list(evidence.rose),
            "points_to_reduction": points_to_reduction(evidence),
        },
        "finding": final.finding if final else None,
        "recorded": _recorded(final) if final else None,
        "is_converted": final.is_converted if final else None,
    }


def _movement(movement: Movement) -> dict[str, Any]:
    return {"criterion": movement.criterion, "now": number(movement.now), "before": number(movement.before)}


def _recorded(final: Evaluation) -> dict[str, Any]:
    """What the finding was made on: figures may have come in since, and change nothing in it."""
    return {
        "made_on": final.made_on,
        "met": final.met,
        "counted": final.counted,
        "meets_target_threshold": final.meets_threshold,
    }


def _target(outcome: Outcome) -> dict[str, Any]:
    return {
        "target": outcome.target,
        "numerator": number(outcome.numerator),
        "denominator": number(outcome.denominator),
        "outcome": outcome.state,
    }


def _tell(year: int, judged: tuple[Judgement, ...], names: Mapping[str, str], final: Mapping[str, Evaluation]) -> None:
    table(
        f"Đánh giá địa bàn năm {year}",
        ("Mã", "Tên", "Chỉ tiêu", "Theo điểm", "Đạt ngưỡng", "Kết luận tội phạm, tệ nạn", "Kết quả"),
        (
            (
                judgement.unit,
                names.get(judgement.unit, ""),
                _count(judgement, final.get(judgement.unit)),
                f"{judgement.achievement.letters_met}/{judgement.achievement.letters_counted}",
                judgement.meets_threshold,
                FINDINGS[found.finding if (found := final.get(judgement.unit)) else None],
                VERDICTS[found.is_converted if found else None],
            )
            for judgement in judged
        ),
    )
    converted = sum(bool(found.is_converted) for found in final.values())
    say(f"Chuyển hóa thành công: {converted}/{len(judged)} địa bàn." if final else "Ban Chủ nhiệm chưa kết luận.")


def _count(judgement: Judgement, final: Evaluation | None) -> str:
    met, counted = judgement.achievement.met, judgement.achievement.counted
    if final is None or (final.met, final.counted) == (met, counted):
        return f"{met}/{counted}"
    return f"{met}/{counted} (lúc kết luận {final.met}/{final.counted})"


def _tell_targets(judged: tuple[Judgement, ...], names: Mapping[str, str], plan: Plan) -> None:
    """Area by area the targets that were not met, or could not be counted, by their names."""
    titles = {target.id: target.short for target in plan.targets}
    lines = [f"- {names.get(j.unit, j.unit)}: {words}." for j in judged if (words := _short_of_met(j, titles))]
    say(
        "",
        "Chỉ tiêu chưa đạt, thiếu số liệu (coi là chưa đạt), không phát sinh (không tính):",
        *(lines or ["- không có."]),
    )


def _short_of_met(judgement: Judgement, titles: Mapping[str, str]) -> str:
    found = {
        words: [f"“{titles[o.target]}”" for o in judgement.achievement.outcomes if o.state == state]
        for state, words in SHORT_OF_MET.items()
    }
    return "; ".join(f"{words}: {', '.join(targets)}" for words, targets in found.items() if targets)
