"""Made-up facts for every document: `rich` (the awkward cases in them) and `bare` (hardly anything reported)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from plans.loader import load_plan
from plans.units import load_units, units_in_force
from reports.catalogue import KINDS
from reports.facts import (
    AreaStanding,
    Budget,
    CycleResult,
    DecidedArea,
    DecisionFacts,
    DelistingFacts,
    Dropped,
    Filing,
    MeasureState,
    MinutesFacts,
    PeriodFacts,
    Relapse,
    RelapseWarning,
    Said,
    SelectionFacts,
    UnitName,
)
from reports.issuer import Issue, blank_reference, issuer
from reports.layouts import LAYOUTS
from reports.reporter_facts import ReporterFacts
from rules.achievement import judge, meets_target_threshold
from rules.findings import evidence, is_converted
from rules.objectives import Share
from rules.periods import period, same_window_last_year
from rules.quotas import cap
from rules.scoring import rank, score_units
from rules.selection import propose

PLAN = load_plan("qd-1426-2017")
IN_FORCE = units_in_force(load_units("qd-1426-2017"), date(2018, 11, 15))
UNITS = tuple(UnitName(u.code, u.name, u.district_name) for u in IN_FORCE)
REPORTERS = tuple(agency for agency in PLAN.agencies if agency.reporter_type)


def figures(seed: int, gaps: tuple[int, ...] = ()) -> dict:
    """Values of each criterion of each unit; the units at `gaps` lack group a, and c3 of the first is missing."""
    dice = random.Random(seed)
    table = {}
    for place, unit in enumerate(UNITS):
        size = dice.randint(1, 12)
        values = {
            c.id: Decimal(dice.randint(0, size * 3) if c.measure == "count" else min(3, dice.randint(0, size) // 3))
            for c in PLAN.criteria
        }
        if place in gaps:
            values = {id: None if id.startswith("a") else value for id, value in values.items()}
        table[unit.code] = values
    table[UNITS[0].code] = {**table[UNITS[0].code], "c3": None}
    return table


NOW, BEFORE = figures(7, gaps=(3, 40)), figures(8)
TWIN = {**NOW, UNITS[20].code: NOW[UNITS[21].code]}


def parts(clear=18, serious=(0, 0), answer=1, models=2, rules=1, told=2000) -> dict:
    """An area's figures of the eight targets."""
    return {
        "a1": {"count": Decimal(0)},
        "a2": {"numerator": Decimal(clear), "denominator": Decimal(20)},
        "a3": {"numerator": Decimal(serious[0]), "denominator": Decimal(serious[1])},
        "a4": {"numerator": Decimal(35), "denominator": Decimal(35)},
        "b": {"numerator": Decimal(1), "denominator": Decimal(12)},
        "c": {"answer": None if answer is None else Decimal(answer)},
        "d": {"count": Decimal(models), "rules": Decimal(rules)},
        "e": {"numerator": Decimal(told), "denominator": Decimal(2000)},
    }


CASES = (
    (parts(), "reduced"),
    (parts(clear=15), "reduced"),
    (parts(clear=15, told=1999), "reduced"),
    (parts(serious=(1, 1)), "not_reduced"),
    (parts(answer=None, models=0), None),
)


def standings(count: int = 15) -> tuple[AreaStanding, ...]:
    """Areas of all kinds, judged by the rules themselves."""
    areas = []
    for place in range(count):
        values, finding = CASES[place % len(CASES)]
        unit, achievement = UNITS[place * 6], judge(PLAN.targets, values)
        meets = meets_target_threshold(achievement, PLAN.parameters.achievement_percent.value, "indicator")
        seen = evidence(PLAN, NOW[unit.code], BEFORE[unit.code], place + 3, len(UNITS))
        result = "converted" if is_converted(meets, finding) else "not_converted" if finding else None
        reason = "số vụ trộm cắp tài sản còn cao" if finding == "not_reduced" else ""
        areas.append(AreaStanding(unit, place % 7 == 5, achievement, meets, seen, finding, result, reason))
    return tuple(areas)


def filings() -> tuple[Filing, ...]:
    rows = [Filing(agency.name, "on_time", date(2018, 11, 20)) for agency in REPORTERS]
    rows[2] = replace(rows[2], state="late", received_on=date(2018, 11, 26))
    rows[5] = replace(rows[5], state="missing", received_on=None)
    rows[7] = replace(rows[7], nil=True)
    return tuple(rows)


def measures(areas: tuple[AreaStanding, ...]) -> tuple[MeasureState, ...]:
    dice = random.Random(3)
    rows = []
    for measure in PLAN.measures:
        for area in areas[:4] if measure.scope == "area" else (None,):
            state = dice.choice((0, 1, 2, 2, 2, None))
            rows.append(MeasureState(measure.id, REPORTERS[12].name, area.unit if area else None, state))
    return tuple(rows)


SAID = (
    Said("Ủy ban nhân dân huyện U Minh", "situation", "Tình hình cơ bản ổn định; tội phạm về ma túy giảm."),
    Said("Công an huyện Năm Căn", "situation", "Trộm cắp tài sản & đánh bạc < cùng kỳ.\nĐã triệt xóa 02 tụ điểm."),
    Said("Ủy ban nhân dân huyện U Minh", "shortcomings", "Kinh phí còn hạn chế."),
    Said("Ủy ban nhân dân huyện Cái Nước", "shortcomings", "Kinh phí còn hạn chế."),
    Said("Sở Tư pháp", "causes", "Cán bộ kiêm nhiệm nhiều việc."),
    Said("Tòa án nhân dân tỉnh", "proposals", "Tăng cường xét xử lưu động tại các địa bàn trọng điểm."),
    *(
        Said(agency.name, "proposals", f"Bố trí {place} lớp tập huấn.\n- Cấp tài liệu. Nhân rộng các mô hình tốt.")
        for place, agency in enumerate(REPORTERS[:7], start=2)
    ),
)
BUDGETS = tuple(
    Budget(agency.name, Decimal(120 + 5 * place), Decimal("98.5") if place % 4 else None)
    for place, agency in enumerate(REPORTERS[:9])
)


def period_facts(id: str, rich: bool = True) -> PeriodFacts:
    window = period(PLAN, id)
    earlier = same_window_last_year(PLAN, window)
    if not rich:
        return PeriodFacts(
            period=window, period_before=None, units=UNITS, filings=(), now={}, before=None, cycle_year=None,
            areas=(), result=None, held=None, carried_over=(), relapsed=(), measures=(), budgets=(), narratives=(),
        )  # fmt: skip
    areas, preliminary = standings(), window.kind == "annual"
    converted = sum(area.result == "converted" for area in areas)
    result = CycleResult(
        window.year if preliminary else window.year - 1, preliminary, areas, Share(converted, len(areas)),
        None if preliminary else date(window.year - 1, 12, 14),
    )  # fmt: skip
    at_work = areas if preliminary else tuple(replace(area, result=None, finding=None) for area in areas)
    return PeriodFacts(
        period=window, period_before=earlier, units=UNITS, filings=filings(), now=NOW, before=BEFORE,
        cycle_year=window.year, areas=at_work, result=result, held=Share(12, 13),
        carried_over=tuple(area.unit for area in areas if area.result == "not_converted"),
        relapsed=(Relapse(UNITS[50], date(2018, 12, 14), date(2019, 4, 2), "số vụ trộm cắp tăng gấp đôi"),),
        measures=measures(areas), budgets=BUDGETS, narratives=SAID,
        next_steps=("Chuẩn bị phiên họp cuối năm của Ban Chỉ đạo 138 tỉnh.",),
        previous=period(PLAN, "2018-half_year" if preliminary else "2018-annual"), filings_previous=filings()[::-1],
        warnings=(warning(52, "2018-annual"), warning(52, "2018-half_year"), warning(60, "2018-half_year")),
    )  # fmt: skip


def warning(place: int, of: str, ruling=None, reason: str = "") -> RelapseWarning:
    score = Fraction(7100 + place, 10000)
    return RelapseWarning(
        UNITS[place], date(2018, 12, 14), period(PLAN, of), score, Fraction(65, 100), place - 40, 101, ruling, reason
    )


def selection_facts(rich: bool = True) -> SelectionFacts:
    values = TWIN if rich else {unit.code: {} for unit in UNITS}
    parameters = PLAN.parameters
    ranking = rank(score_units(values, PLAN.criteria, PLAN.groups), values, parameters.tie_break.value)
    if rich:
        ranking = tuple(replace(score, missing=(*score.missing, "d7")) for score in ranking)
    limit = cap(len(UNITS), parameters.quota_percent.value)
    carried = (UNITS[6].code, UNITS[12].code) if rich else ()
    proposal = propose(ranking, limit, carried, (UNITS[30].code,), parameters.minimum_completeness_percent.value)
    if rich:
        proposal = replace(proposal, tied_at_cut=(proposal.proposed[-1], ranking[20].code))
    return SelectionFacts(
        cycle_year=2019, period=period(PLAN, "2018-annual"), term_from=date(2018, 11, 16), term_to=date(2019, 11, 15),
        session_on=date(2018, 12, 14), units=UNITS, ranking=ranking, proposal=proposal, values=values,
        filings=filings() if rich else (), ineligible=(UNITS[30],) if rich else (),
        dropped=(Dropped(UNITS[60], "đã ổn định từ quý III"),) if rich else (),
        on_ministers_list=frozenset(proposal.proposed[3:4]),
    )  # fmt: skip


def minutes_facts(rich: bool = True) -> MinutesFacts:
    areas = standings(5) if rich else ()
    converted = sum(area.result == "converted" for area in areas)
    named = {
        "place": "Phòng họp Công an tỉnh", "opened_at": "08 giờ 00", "closed_at": "11 giờ 15",
        "chair": "Nguyễn Văn A", "secretary": "Trần Thị B", "present": ("Giám đốc Công an tỉnh", "đại diện Sở Tư pháp"),
    }  # fmt: skip
    return MinutesFacts(
        cycle_year=2018, held_by="steering_committee", held_on=date(2018, 12, 14),
        period=period(PLAN, "2018-annual"), areas=areas,
        success=Share(converted, len(areas)), held=Share(2, 2) if rich else None,
        carried_over=tuple(a.unit for a in areas if a.result == "not_converted")[:1],
        dropped=tuple(Dropped(a.unit, "đã giao huyện theo dõi") for a in areas if a.result == "not_converted")[1:],
        next_year=2019 if rich else None, next_list=UNITS[6:20:6] if rich else (),
        removed=DROPPED if rich else (), added=(DecidedArea(UNITS[18], False, False, MOVED),) if rich else (),
        warnings=(
            warning(52, "2018-annual", "relapsed", "Ma túy trở lại."),
            warning(60, "2018-half_year", "not_relapsed", "số vụ tăng do một ổ nhóm đã bị bắt"),
            warning(61, "2018-half_year", "not_relapsed"),
        ) if rich else (),
        **(named if rich else {}),
    )  # fmt: skip


def reporter_facts(rich: bool = True) -> ReporterFacts:
    window, district = period(PLAN, "2018-annual"), "Huyện U Minh"
    units = tuple(unit for unit in UNITS if unit.district == district)
    areas = tuple(replace(area, unit=unit) for area, unit in zip(standings(2), units, strict=False))
    return ReporterFacts(
        reporter="Công an huyện U Minh", period=window, period_before=same_window_last_year(PLAN, window),
        units=units, criteria=tuple(c.id for c in PLAN.criteria if c.owner == "district_police") if rich else (),
        targets=tuple(t.id for t in PLAN.targets if t.owner == "district_police") if rich else (),
        now=NOW, before=BEFORE if rich else None, areas=areas if rich else (),
        measures=measures(areas)[:6] if rich else (),
        budget=Budget("", Decimal(350), Decimal("300.25")) if rich else None,
        narratives=SAID[:3] if rich else (), nil=not rich,
    )  # fmt: skip


MOVED = "Đề nghị của Ủy ban nhân dân huyện."
DROPPED = (
    Dropped(UNITS[60], "đã ổn định từ quý III"), Dropped(UNITS[61], "đã ổn định từ quý III."), Dropped(UNITS[75], MOVED)
)  # fmt: skip


def decision_facts(rich: bool = True) -> DecisionFacts:
    units = UNITS[:60:4] if rich else UNITS[:1]
    return DecisionFacts(
        cycle_year=2018, session_on=date(2017, 11, 15), term_from=date(2017, 11, 16), term_to=date(2018, 11, 15),
        units_in_force=len(UNITS), cap=15,
        areas=tuple(DecidedArea(u, rich and i < 2, i == 3, MOVED if i == 14 else "") for i, u in enumerate(units)),
        dropped=DROPPED if rich else (),
        proposal_ref=blank_reference("provincial_police", "TTr", date(2017, 11, 3)) if rich else "",
        number="15/QĐ-BCĐ" if rich else "",
    )  # fmt: skip


def delisting_facts(rich: bool = True) -> DelistingFacts:
    converted = tuple(area for area in standings() if area.result == "converted")
    return DelistingFacts(2018, date(2018, 12, 14), converted if rich else converted[:1], 15)


def context(stem: str, rich: bool = True, illustrative: bool = True, acting=None):
    """The context of document `stem`, built from made-up facts."""
    facts = {
        "selection_proposal": selection_facts,
        "selection_decision": decision_facts,
        "half_year_report": lambda rich: period_facts("2019-half_year", rich),
        "annual_report": lambda rich: period_facts("2018-annual", rich),
        "evaluation_minutes": minutes_facts,
        "delisting_decision": delisting_facts,
        "reporter_report": reporter_facts,
    }
    kind, on = KINDS[stem], date(2018, 11, 22)
    body = kind.issuer or "police_966"
    issue = Issue(
        issuer(body, on, next((a for a in PLAN.agencies if a.id == body), None)), on, illustrative, acting=acting
    )
    return kind.build(facts[stem](rich), PLAN, issue)


@pytest.fixture
def build_context():
    return context


@pytest.fixture(scope="session")
def rich_contexts():
    """The context of every document, by stem."""
    return {stem: context(stem) for stem in LAYOUTS}
