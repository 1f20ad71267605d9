"""The year-end session of Steering Committee 138: recognise, delist, carry over, decide the next list (II.2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models import db, reading
from reports.results import result_sentences
from rules.periods import period
from tasks import cycle as cycle_work
from tasks import decisions, gate_openings
from tasks.cycle_facts import decision_facts, delisting_facts, minutes_facts
from tasks.decisions import missing_targets
from tasks.gate_questions import NUMBER_OF, option
from tasks.naming import Names
from tasks.period_facts import Filed, period_facts

SESSION = "steering_decision"


@pytest.fixture
def room(room_at):
    """14/12/2018: cycle 2018 evaluated and found on, the list for 2019 proposed."""
    return room_at("second_session_prepared")


@pytest.fixture
def first(room_at):
    """15/11/2017: the first list proposed, nothing to recognise yet."""
    return room_at("first_session_prepared")


def hold(room, decision="approve", **fields):
    given = {"number": "18/QĐ-BCĐ"}
    if any(question.name == "missing_reason" for question in room.gate(SESSION).questions):
        given["missing_reason"] = "Huyện đã xác nhận bằng công văn."
    return room.answer(SESSION, decision, **(given | fields))


def refuse(room, *args, **fields) -> str:
    """The refusal; nothing may have changed."""
    before = room.work()
    refusal = hold(room, *args, **fields)
    assert refusal
    assert room.work() == before
    return refusal


def options(room, field):
    return next((q.options for q in room.gate(SESSION).questions if q.name == field), ())


def code(option):
    return option.split(" ", 1)[0]


def listed(room, year):
    return [area.unit_code for area in room.ask(reading.areas, year)]


def proposed(room, year):
    return room.ask(reading.newest_proposal, year).content["proposed"]


def verdicts(room):
    return {unit: row.is_converted for unit, row in room.ask(reading.evaluations, 2018, "final").items()}


def test_the_first_session_decides_the_list_as_proposed(first):
    wanted = proposed(first, 2018)
    assert hold(first) == ""
    cycle = first.ask(reading.cycle, 2018)
    assert (cycle.stage, cycle.decided_on, cycle.units_in_force, cycle.cap) == ("decided", date(2017, 11, 15), 101, 15)
    assert cycle.decision_number == "18/QĐ-BCĐ"
    assert listed(first, 2018) == wanted
    assert len(wanted) == 15


def test_the_successful_are_recognised_and_delisted_and_the_others_carried_over(room):
    converted = {unit for unit, is_converted in verdicts(room).items() if is_converted}
    failed = set(verdicts(room)) - converted
    assert converted
    assert failed
    assert hold(room) == ""
    assert {a.unit_code for a in room.ask(reading.areas, 2018) if a.stage == "delisted"} == converted
    assert {a.unit_code for a in room.ask(reading.areas, 2018) if a.stage == "carried_over"} == failed
    assert {a.delisted_on for a in room.ask(reading.delisted)} == {date(2018, 12, 14)}


def test_the_carried_over_stand_first_in_the_next_list_inside_the_cap(room):
    failed = {unit for unit, is_converted in verdicts(room).items() if not is_converted}
    assert hold(room) == ""
    areas = room.ask(reading.areas, 2019)
    assert len(areas) == room.ask(reading.cycle, 2019).cap == 15
    assert {a.unit_code for a in areas[: len(failed)]} == failed
    assert {a.carried_from_year for a in areas[: len(failed)]} == {2018}
    assert {a.carried_from_year for a in areas[len(failed) :]} == {None}


def test_whoever_is_recognised_in_a_sitting_is_not_listed_in_it(room):
    converted = {unit for unit, is_converted in verdicts(room).items() if is_converted}
    assert not converted & {code(option) for option in options(room, "added")}
    assert hold(room) == ""
    assert not converted & set(listed(room, 2019))


def test_a_recognised_unit_cannot_be_slipped_back_into_the_list(room):
    converted = next(unit for unit, is_converted in verdicts(room).items() if is_converted)
    left_out = options(room, "removed")[-1]
    refuse(room, "amend", reason="Đưa trở lại.", removed=[left_out], added=[f"{converted} Phường"])


def test_a_failed_area_may_be_dropped_with_a_reason(room):
    option = options(room, "not_carried_over")[0]
    assert hold(room, "amend", reason="Đã giải thể điểm phức tạp.", not_carried_over=[option]) == ""
    area = room.ask(reading.area, 2018, code(option))
    assert (area.stage, area.outcome_reason) == ("dropped", "Đã giải thể điểm phức tạp.")
    assert code(option) not in listed(room, 2019)
    assert len(listed(room, 2019)) == 14


def test_a_successful_area_cannot_be_dropped(room):
    converted = next(unit for unit, is_converted in verdicts(room).items() if is_converted)
    assert converted in refuse(room, "amend", reason="Nhầm.", not_carried_over=[f"{converted} Phường"])


def test_the_committee_may_leave_a_unit_out(first):
    option = options(first, "removed")[3]
    wanted = [unit for unit in proposed(first, 2018) if unit != code(option)]
    assert hold(first, "amend", reason="Để theo dõi thêm.", removed=[option]) == ""
    assert listed(first, 2018) == wanted


def test_the_committee_may_put_one_in_for_one_left_out_and_its_reason_stays_with_it(first):
    out, into = options(first, "removed")[3], options(first, "added")[0]
    why = f"{code(out)} Đã ổn định.\n{code(into)}: Địa bàn mới phức tạp."
    assert hold(first, "amend", reason="Thay một.", removed=[out], added=[into], unit_reasons=why) == ""
    assert len(listed(first, 2018)) == 15
    with db.read(first.office.engine) as session:
        assert [d.reason for d in decision_facts(session, first.office, 2018).dropped] == ["Đã ổn định."]
    area = first.ask(reading.area, 2018, code(into))
    assert (area.position, area.added_reason) == (15, "Địa bàn mới phức tạp.")


def each(chosen, reason):
    """The same reason on a line of its own for each."""
    return "\n".join(f"{code(option)} {reason}" for option in chosen)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("", "Chưa ghi lý do của địa bàn"),
        ("{out} Đã ổn định.", "Chưa ghi lý do của địa bàn {into}"),
        ("{out} Đã ổn định.\n{into} ", "Chưa ghi lý do của địa bàn {into}"),
        ("{out} Đã ổn định.\n{into} Mới.\n{into} Nữa.", "hai dòng"),
        ("Đã ổn định.\n{into} Mới.", "không bắt đầu bằng mã"),
    ],
)
def test_of_several_units_each_has_a_reason_of_its_own(first, why, said):
    out, into = options(first, "removed")[3], options(first, "added")[0]
    names = {"out": code(out), "into": code(into)}
    changes = {"removed": [out], "added": [into], "unit_reasons": why.format(**names)}
    assert said.format(**names) in refuse(first, "amend", reason="Thay một.", **changes)


def test_an_amendment_that_changes_nothing_is_no_amendment(first):
    assert "Chưa chọn địa bàn nào" in refuse(first, "amend", reason="Sửa.")


def test_one_more_than_the_cap_is_refused(first):
    refusal = refuse(first, "amend", reason="Thêm một.", added=[options(first, "added")[0]])
    assert "16 đơn vị, vượt mức tối đa 15; hãy bớt 1 đơn vị" in refusal


def test_a_list_may_be_shorter_than_the_cap_but_not_by_a_plain_approval(first):
    option = options(first, "removed")[0]
    assert "Đồng ý, có sửa đổi" in refuse(first, removed=[option])


@pytest.mark.parametrize("field", ["removed", "added"])
def test_changing_the_list_is_no_plain_approval(first, field):
    assert "ghi lý do" in refuse(first, **{field: [options(first, field)[0]]})


def test_the_same_unit_chosen_twice_is_chosen_once(first):
    out, into = options(first, "removed")[:2], options(first, "added")[0]
    changes = {"removed": [*out, out[0]], "added": [into, into]}
    unsaid = f"Chưa ghi lý do của địa bàn {code(out[0])}, {code(out[1])}, {code(into)}; "
    assert refuse(first, "amend", reason="Thêm.", **changes).startswith(unsaid)
    assert hold(first, "amend", reason="Thêm.", **changes, unit_reasons=each([*out, into], "Thêm.")) == ""
    assert listed(first, 2018).count(code(into)) == 1


def test_an_area_chosen_twice_to_be_dropped_needs_one_reason(room):
    unit = options(room, "not_carried_over")[0]
    assert hold(room, "amend", reason="Đã ổn định.", not_carried_over=[unit, unit]) == ""
    assert room.ask(reading.area, 2018, code(unit)).outcome_reason == "Đã ổn định."


def test_a_unit_already_proposed_cannot_be_put_in_again(first):
    out, known = options(first, "removed")[0], options(first, "removed")[1]
    assert "đề nghị chọn lại" in refuse(first, "amend", reason="Thêm.", removed=[out], added=[known])


@pytest.mark.parametrize("stranger", ["99999 Xã Lạ", "", "không có mã"])
def test_a_unit_that_does_not_exist_is_refused_in_words(first, stranger):
    out = options(first, "removed")[0]
    assert "đề nghị chọn lại" in refuse(first, "amend", reason="Thêm.", removed=[out], added=[stranger])


# The day and the number


@pytest.mark.parametrize("number", ["15/QĐ-BCĐ\n16/QĐ-BCĐ", "1" * 41])
@pytest.mark.parametrize("field", ["number", "delisting_number"])
def test_a_number_is_one_short_line(room, field, number):
    assert "trên một dòng" in refuse(room, **{field: number})


@pytest.mark.parametrize(("signed_on", "said"), [("13/12/2018", "trước ngày họp"), ("15/12/2018", "chưa đến")])
def test_the_decisions_are_signed_between_the_sitting_and_today(room, signed_on, said):
    assert said in refuse(room, signed_on=signed_on)
    assert hold(room, signed_on="14/12/2018") == ""


def test_each_decision_has_its_own_number(room):
    assert hold(room, delisting_number="16/QĐ-BCĐ") == ""
    with db.read(room.office.engine) as session:
        assert delisting_facts(session, room.office, 2018).number == "16/QĐ-BCĐ"
        assert decision_facts(session, room.office, 2019).number != "16/QĐ-BCĐ"


@pytest.mark.parametrize("held_on", ["16/11/2017", "01/01/2018"])
def test_a_session_of_a_day_to_come_is_refused(first, held_on):
    assert refuse(first, held_on=held_on) == f"Ngày {held_on} chưa đến; đề nghị ghi lại ngày."


@pytest.mark.parametrize("held_on", ["2017-11-15", "31/02/2017", "hôm qua", "15/11"])
def test_a_day_that_is_none_is_refused(first, held_on):
    assert "ngày/tháng/năm" in refuse(first, held_on=held_on)


def test_a_session_reported_some_days_after_counts_from_its_own_day(first):
    assert hold(first.on(2017, 11, 17), held_on="15/11/2017") == ""
    assert first.ask(reading.cycle, 2018).decided_on == date(2017, 11, 15)


@pytest.mark.parametrize("held_on", ["15/11/1917", "15/11/2016"])
def test_a_session_before_the_list_was_even_proposed_is_refused(first, held_on):
    refuse(first, held_on=held_on)


def test_without_a_day_the_session_was_today(first):
    assert hold(first, held_on="") == ""
    assert first.ask(reading.cycle, 2018).decided_on == date(2017, 11, 15)


def test_sent_back_the_list_is_reviewed_again_and_put_to_the_director_anew(room):
    assert hold(room, "return", reason="Rà soát lại địa bàn cuối danh sách.") == ""
    assert room.ask(reading.cycle, 2019).stage == "reviewing"
    assert room.ask(reading.newest_document, "selection_proposal", 2019).stage == "replaced"
    assert {area.stage for area in room.ask(reading.areas, 2018)} == {"executing"}
    room.put_list_to_the_director(2019)
    assert room.gate("selection_proposal").attempt == 2
    assert room.answer("selection_proposal") == ""
    assert room.ask(reading.cycle, 2019).stage == "proposed"


# Missing figures


def test_recognition_on_missing_figures_needs_a_written_reason(room):
    assert "còn thiếu số liệu của chỉ tiêu" in refuse(room, missing_reason="  ")
    assert hold(room, missing_reason="Huyện đã xác nhận bằng công văn.") == ""
    answer = room.ask(reading.approvals)[-1][1].answer
    assert answer["missing_reason"] == "Huyện đã xác nhận bằng công văn."


def lacking(room):
    """The areas that are to be recognised although figures are missing: code, targets."""
    found = room.ask(reading.evaluations, 2018, "final")
    return {unit: missing_targets(row) for unit, row in found.items() if row.is_converted and missing_targets(row)}


def test_who_gave_a_reason_for_the_amendment_is_told_which_other_field_is_meant_and_of_which_areas(room):
    out = options(room, "removed")[-1]
    refusal = refuse(room, "amend", reason="Thêm.", removed=[out], missing_reason="")
    names = Names(room.office, room.office.today)
    for unit, targets in lacking(room).items():
        assert f"{option(names, unit)} còn thiếu số liệu của chỉ tiêu {', '.join(targets)}" in refusal
    (title,) = [q.title for q in room.gate(SESSION).questions if q.name == "missing_reason"]
    assert f"ghi mục “{title}”" in refusal
    assert refusal.count("muốn công nhận") == 1


def test_every_area_whose_figures_are_missing_is_named_at_once(room, monkeypatch):
    monkeypatch.setattr(decisions, "missing_targets", lambda evaluation: ["c", "e"])
    refusal = refuse(room, missing_reason="")
    converted = [unit for unit, is_converted in verdicts(room).items() if is_converted]
    assert len(converted) > 1
    assert refusal.count("chỉ tiêu c, e") == len(converted)
    assert all(unit in refusal for unit in converted)


def test_a_list_past_the_cap_is_said_first_whatever_else_is_missing(room):
    refusal = refuse(room, "amend", reason="Thêm.", added=options(room, "added")[:3], missing_reason="")
    assert "18 đơn vị, vượt mức tối đa 15; hãy bớt 3 đơn vị" in refusal


# Relapse


@pytest.fixture
def warned(room):
    """The third session with a warning for a delisted area of 2018; gives the room and the unit."""
    from tasks import cycle, documents

    assert hold(room) == ""
    documents.draft_decision(room.office, 2019)
    cycle.close(room.office, 2018)
    cycle.start(room.office, 2019)
    room.on(2019, 11, 18).collect("2019-annual")
    room.on(2019, 11, 26).evaluate(2019)
    assert room.answer("evaluation_finding") == ""
    room.put_list_to_the_director(2020)
    assert room.answer("selection_proposal") == ""
    unit = room.warn(0, "2019-annual")
    gate_openings.open_session_gate(room.office, 2019)
    return room.on(2019, 12, 13), unit


def leaving_out_delisted(room, *, but=()):
    """The fields that take the delisted units off the proposed list, but those in `but`."""
    delisted = {area.unit_code for area in room.ask(reading.delisted)} - set(but)
    removed = [option for option in options(room, "removed") if code(option) in delisted]
    return {"removed": removed, "reason": "Tiếp tục theo dõi.", "unit_reasons": each(removed, "Tiếp tục theo dõi.")}


def test_a_delisted_unit_comes_back_on_the_list_only_as_relapsed(warned):
    room, unit = warned
    assert unit in proposed(room, 2020)
    refusal = refuse(room, "amend", **leaving_out_delisted(room, but=[unit]))
    assert unit in refusal and "tái phức tạp" in refusal
    ruled = {"relapsed": [room.option(SESSION, "relapsed", unit)], "relapsed_reason": "Ma túy trở lại."}
    assert hold(room, "amend", **leaving_out_delisted(room, but=[unit]), **ruled) == ""
    assert unit in listed(room, 2020)


def test_a_ruling_of_relapse_needs_its_reason(warned):
    room, unit = warned
    assert "ghi lý do" in refuse(room, relapsed=[room.option(SESSION, "relapsed", unit)])


def test_a_unit_ruled_relapsed_leaves_the_85_percent(warned):
    room, unit = warned
    chosen = [room.option(SESSION, "relapsed", unit)]
    ruled = {"relapsed": chosen, "relapsed_reason": "Ma túy trở lại."}
    assert hold(room, "amend", **leaving_out_delisted(room, but=[unit]), **ruled) == ""
    assert [area.unit_code for area in room.ask(reading.relapsed)] == [unit]
    assert unit in {area.unit_code for area in room.ask(reading.ever_converted)}
    (warning,) = [w for w in room.ask(reading.relapse_warnings) if w.ruling == "relapsed"]
    assert (warning.reason, warning.ruled_on) == ("Ma túy trở lại.", date(2019, 12, 13))


def test_a_warning_the_committee_does_not_follow_is_ruled_too(warned):
    room, _ = warned
    assert hold(room, "amend", **leaving_out_delisted(room)) == ""
    assert room.ask(reading.relapsed) == []
    assert room.ask(reading.relapse_warnings, unruled_only=True) == []


def test_a_unit_without_a_warning_cannot_be_ruled_relapsed(warned):
    room, unit = warned
    other = next(a.unit_code for a in room.ask(reading.delisted) if a.unit_code != unit)
    refuse(room, relapsed=[f"{other} Phường"], relapsed_reason="Nhầm.")


def test_the_sitting_sees_the_period_score_rank_and_threshold_of_each_warned_unit(warned):
    room, unit = warned
    (line,) = [line for line in room.gate(SESSION).summary if line.startswith(f"{unit} ") and "cảnh báo" in line]
    assert line.endswith(": số liệu năm 2019: 66,67 điểm, xếp thứ 7/101, ngưỡng cảnh báo 60,00 điểm.")


def test_the_annual_report_names_the_warning_on_which_nobody_has_ruled(warned):
    room, unit = warned
    told = facts_of(room, "2019-annual")
    assert [(w.unit.code, w.rank, w.ruling) for w in told.warnings] == [(unit, 7, None)]
    assert any("66,67 điểm" in line and "chờ Ban Chỉ đạo" in line for line in result_sentences(told, room.office.plan))


def test_the_minutes_hold_each_warning_with_its_ruling_and_what_changed_in_the_list_with_why(warned):
    room, unit = warned
    out = leaving_out_delisted(room)
    assert hold(room, "amend", **out, not_relapsed_reason="Do một ổ nhóm đã bị bắt.") == ""
    with db.read(room.office.engine) as session:
        minutes = minutes_facts(session, room.office, 2019)
    assert [(w.unit.code, w.ruling, w.reason) for w in minutes.warnings] == [
        (unit, "not_relapsed", "Do một ổ nhóm đã bị bắt.")
    ]
    assert {d.unit.code for d in minutes.removed} == {code(option) for option in out["removed"]}
    assert {d.reason for d in minutes.removed} == {"Tiếp tục theo dõi."}
    assert facts_of(room, "2019-annual").warnings == ()


def test_the_year_without_a_next_list_asks_about_none_and_names_the_failed(room):
    last = replace(room.office.timetable.sitting(2018), decides=None)
    with db.read(room.office.engine) as session:
        names = Names(room.office, room.clock.on)
        _, summary, questions = gate_openings._session_content(session, room.office, names, last)
    assert {q.name for q in questions} <= {"missing_reason"}
    (line,) = [line for line in summary if line.startswith("Chưa đạt")]
    assert all(unit in line for unit, is_converted in verdicts(room).items() if not is_converted)
    assert "danh sách" not in gate_openings._session_question(last)
    assert "danh sách" not in NUMBER_OF[False]


def test_each_decision_names_the_paper_it_rests_on_and_bears_the_number_given_for_it(room):
    assert hold(room) == ""
    with db.read(room.office.engine) as session:
        listed_by = decision_facts(session, room.office, 2019)
        delisted_by = delisting_facts(session, room.office, 2018)
    assert listed_by.number == "18/QĐ-BCĐ"
    assert delisted_by.number == ""  # a number of its own, which the clerk gives
    assert listed_by.proposal_ref.endswith("/TTr-CAT-PV01 ngày      tháng      năm 2018")
    assert delisted_by.proposal_ref == listed_by.proposal_ref


def test_a_half_year_report_looks_back_on_the_filings_of_the_year_before(room):
    assert facts_of(room, "2018-annual").previous.id == "2018-half_year"
    assert facts_of(room, "2018-half_year").previous.id == "2017-annual"
    assert len(facts_of(room, "2018-half_year").filings_previous) > 0
    assert facts_of(room, "2017-annual").previous is None


def facts_of(room, period_id):
    with db.read(room.office.engine) as session:
        return period_facts(Filed(session, room.office, period(room.office.plan, period_id)))


def test_a_late_annual_report_says_of_relapses_what_its_session_is_told(room):
    """From the day the session is prepared until it was held; before, the figures are still coming in."""
    first = room.office.timetable.sitting(2018).prepared_from
    days = [(first - timedelta(days=1), False), (first, True), (date(2018, 12, 14), True)]
    for day, prepared in days:
        assert cycle_work.is_sitting_prepared(room.on(day.year, day.month, day.day).office, 2018) is prepared
    assert hold(room) == ""
    assert not cycle_work.is_sitting_prepared(room.office, 2018)
    assert not cycle_work.is_sitting_prepared(room.office, 2016), "no session judges that year"
