"""A cycle from its opening to its areas' fate."""

from datetime import UTC, date, datetime

import pytest

from models import db, reading, store
from plans.units import ALWAYS
from rules.errors import Refusal

AT = datetime(2017, 11, 2, 2, 0, tzinfo=UTC)
ON = date(2017, 11, 2)
SIGNED = {"by": "GD01", "at": AT}
A, B = store.DecidedUnit("31999", ALWAYS), store.DecidedUnit("32002", ALWAYS, added_reason="Theo ý kiến Ban Chỉ đạo")


@pytest.fixture
def proposed(engine):
    with db.transaction(engine) as session:
        open_cycle(session, 2018)
    return engine


@pytest.fixture
def decided(proposed):
    decide(proposed, [A, B])
    return proposed


def open_cycle(session, year):
    span = {"term_from": date(year - 1, 11, 16), "term_to": date(year, 11, 15)}
    store.open_cycle(session, year=year, **span, on=ON, **SIGNED)
    for stage in ("reviewing", "proposed"):
        store.move_cycle(session, year=year, to=stage, **SIGNED)


def decide(engine, units, *, cap=2, number="10/QĐ-BCĐ"):
    with db.transaction(engine) as session:
        return store.decide_cycle(
            session, year=2018, units=units, decided_on=ON, decision_number=number, units_in_force=15, cap=cap, **SIGNED
        )


def move(engine, area_id, *stages, reason="Đạt 7/8 chỉ tiêu"):
    with db.transaction(engine) as session:
        for stage in stages:
            store.move_area(session, area_id=area_id, to=stage, on=ON, reason=reason, **SIGNED)


def test_the_decided_list_becomes_the_areas_in_its_order(decided):
    with db.read(decided) as session:
        cycle = reading.cycle(session, 2018)
        areas = reading.areas(session, 2018)
        assert reading.cycles(session) == [cycle]
        assert reading.area(session, 2018, "32002") == areas[1]
        assert reading.area(session, 2019, "32002") is None
    assert (cycle.stage, cycle.decided_on, cycle.cap, cycle.units_in_force) == ("decided", ON, 2, 15)
    assert [(area.unit_code, area.position, area.stage) for area in areas] == [
        ("31999", 1, "executing"),
        ("32002", 2, "executing"),
    ]
    assert areas[1].added_reason == "Theo ý kiến Ban Chỉ đạo"


@pytest.mark.parametrize(
    ("units", "cap", "words"),
    [
        ([A, B], 1, "vượt mức tối đa 1"),
        ([A, A], 2, "hai lần"),
        ([store.DecidedUnit("99999", ALWAYS)], 2, "99999"),
        ([store.DecidedUnit("32002", date(2025, 7, 1))], 2, "32002"),
    ],
)
def test_a_list_that_cannot_be_is_refused_whole(proposed, units, cap, words):
    with pytest.raises(Refusal, match=words):
        decide(proposed, units, cap=cap)
    with db.read(proposed) as session:
        assert reading.cycle(session, 2018).stage == "proposed"
        assert reading.areas(session, 2018) == []


def test_a_cycle_is_decided_once(decided):
    with pytest.raises(Refusal, match="không thể chuyển"):
        decide(decided, [A], number="11/QĐ-BCĐ")


def test_a_cycle_is_decided_only_with_its_list(proposed):
    with pytest.raises(Refusal, match="danh sách"), db.transaction(proposed) as session:
        store.move_cycle(session, year=2018, to="decided", **SIGNED)


def test_a_cycle_that_is_not_there_and_a_step_that_is_none_are_refused(proposed):
    with pytest.raises(Refusal, match="2031"), db.transaction(proposed) as session:
        store.move_cycle(session, year=2031, to="reviewing", **SIGNED)
    with pytest.raises(Refusal, match="không thể chuyển"), db.transaction(proposed) as session:
        store.move_cycle(session, year=2018, to="closed", **SIGNED)


def test_a_term_that_ends_before_it_begins_is_refused(engine):
    with pytest.raises(Refusal, match="2019"), db.transaction(engine) as session:
        store.open_cycle(session, year=2019, term_from=ON, term_to=ON, on=ON, **SIGNED)


def test_a_changed_proposal_is_a_new_version(proposed):
    with db.transaction(proposed) as session:
        first = store.record_proposal(session, year=2018, content={"proposed": ["31999"]}, on=ON, **SIGNED)
        second = store.record_proposal(session, year=2018, content={"proposed": ["32002"]}, on=ON, **SIGNED)
        assert (first.version, second.version) == (1, 2)
        assert reading.newest_proposal(session, 2018) == second
        assert reading.newest_proposal(session, 2019) is None


def test_a_delisted_area_keeps_its_day_and_reason_and_stays_converted_for_ever(decided):
    move(decided, 1, "converted", "delisted")
    with db.read(decided) as session:
        [area] = reading.delisted(session)
        assert (area.delisted_on, area.outcome_reason) == (ON, "Đạt 7/8 chỉ tiêu")
        assert reading.ever_converted(session) == [area]
        assert reading.relapsed(session) == []


def test_a_failed_area_is_carried_over_or_dropped_never_delisted(decided):
    move(decided, 1, "not_converted", "carried_over")
    move(decided, 2, "not_converted", "dropped", reason="Sáp nhập")
    with pytest.raises(Refusal):
        move(decided, 1, "delisted")


def test_the_verdict_needs_both_gates(decided):
    verdicts = {}
    for meets in (True, False):
        for finding in ("reduced", "not_reduced"):
            with db.transaction(decided) as session:
                made = evaluate(session, meets)
                store.record_finding(session, evaluation_id=made.id, finding=finding, reason="x", on=ON, **SIGNED)
                verdicts[meets, finding] = made.is_converted
    assert verdicts == {
        (True, "reduced"): True,
        (True, "not_reduced"): False,
        (False, "reduced"): False,
        (False, "not_reduced"): False,
    }


def test_a_new_evaluation_awaits_its_own_finding(decided):
    with db.transaction(decided) as session:
        first = evaluate(session, True)
        store.record_finding(session, evaluation_id=first.id, finding="reduced", reason="x", on=ON, **SIGNED)
        second = evaluate(session, False)
        assert (second.version, second.finding, second.is_converted) == (2, None, None)
        assert reading.evaluations(session, 2018, "final") == {"31999": second}
        assert reading.newest_evaluation(session, 1, "final") == second
        assert reading.newest_evaluation(session, 1, "preliminary") is None


def test_a_finding_that_is_none_is_refused(decided):
    with pytest.raises(Refusal, match="giảm cơ bản"), db.transaction(decided) as session:
        made = evaluate(session, True)
        store.record_finding(session, evaluation_id=made.id, finding="perhaps", reason="x", on=ON, **SIGNED)


def test_a_relapse_is_warned_of_then_ruled_upon_once(decided):
    with pytest.raises(Refusal, match="chưa được đưa ra khỏi diện"):
        warn(decided)
    move(decided, 1, "converted", "delisted")
    warning = warn(decided)
    with pytest.raises(Refusal, match="nêu lý do"):
        rule(decided, warning, "relapsed", reason=" ")
    rule(decided, warning, "relapsed")
    with pytest.raises(Refusal, match="đã có kết luận"):
        rule(decided, warning, "not_relapsed")
    with db.read(decided) as session:
        assert [area.unit_code for area in reading.relapsed(session)] == ["31999"]
        assert len(reading.ever_converted(session)) == 1
        assert reading.relapse_warnings(session, unruled_only=True) == []
        assert [row.ruling for row in reading.relapse_warnings(session)] == ["relapsed"]


def test_an_area_cleared_of_a_warning_stays_delisted(decided):
    move(decided, 1, "converted", "delisted")
    rule(decided, warn(decided), "not_relapsed")
    with db.read(decided) as session:
        assert [area.unit_code for area in reading.delisted(session)] == ["31999"]


def evaluate(session, meets):
    figures = {"met": 7 if meets else 6, "counted": 8, "letters_met": 4, "letters_counted": 5}
    content = {"meets": meets, "before": [row.id for row in reading.evaluations(session, 2018, "final").values()]}
    return store.record_evaluation(
        session, area_id=1, kind="final", content=content, **figures, meets_threshold=meets, on=ON, **SIGNED
    )


def warn(engine):
    with db.transaction(engine) as session:
        return store.record_relapse_warning(
            session, area_id=1, period="2019-annual", because={"score": "3/4"}, on=ON, **SIGNED
        )


def rule(engine, warning, ruling, reason="Số vụ tăng"):
    with db.transaction(engine) as session:
        store.rule_on_relapse(session, relapse_id=warning.id, ruling=ruling, reason=reason, on=ON, **SIGNED)
