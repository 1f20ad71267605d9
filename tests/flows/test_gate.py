"""A gate as an officer meets it: a form in the Prefect UI, whose answer counts once it has been checked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from prefect.states import Cancelled

from models import reading
from tasks.codes import Actor
from tasks.intake import take_in_inbox
from tasks.officers import act_as_officer

PROPOSAL = "selection_proposal"


def approvals(desk):
    return desk.room.ask(reading.approvals)


# The form


def test_the_gate_waits_with_a_form_in_vietnamese(desk):
    run = desk.run(PROPOSAL)
    assert run.state.type.value == "PAUSED"
    assert run.name == "Chờ phê duyệt · Trình danh sách địa bàn chuyển hóa · Danh sách địa bàn 2018"
    schema, words = desk.form(PROPOSAL)
    assert {name: field["title"] for name, field in schema["properties"].items()} == {
        "decision": "Ý kiến",
        "officer": "Mã cán bộ",
        "code": "Mã xác thực",
        "reason": "Lý do",
    }
    assert "Đồng ý trình Ban Chỉ đạo 138 tỉnh danh sách địa bàn đề nghị chuyển hóa?" in words
    assert "15/11/2017" in words
    assert "Chưa ghi nhận" not in words


def test_the_form_offers_only_the_decisions_of_its_gate(desk):
    schema, _ = desk.form(PROPOSAL)
    (choices,) = [part["enum"] for part in schema["definitions"].values() if "enum" in part]
    assert choices == ["Đồng ý", "Trả lại"]


def test_decision_officer_and_code_have_no_default(desk):
    schema, _ = desk.form(PROPOSAL)
    assert set(schema["required"]) == {"decision", "officer", "code"}
    assert not any("default" in schema["properties"][name] for name in schema["required"])


GOOD = {"decision": "Đồng ý", "officer": "GD01", "code": "123456"}
BENT = [
    {},
    {"decision": "Đồng ý"},
    {"officer": "GD01"},
    {"decision": "Đồng ý", "officer": "GD01"},
    GOOD | {"officer": ""},
    GOOD | {"code": ""},
    GOOD | {"code": "12345"},
    GOOD | {"code": "abcdef"},
    GOOD | {"decision": "approve"},
    GOOD | {"decision": "Đồng ý, có sửa đổi"},
    GOOD | {"reason": None},
    GOOD | {"officer": ["GD01"]},
    GOOD | {"gate_id": 1},
]


def test_an_empty_or_bent_form_is_rejected_by_the_server_and_the_gate_waits_on(desk):
    before = desk.room.rows()
    for fields in BENT:
        assert desk.submit(PROPOSAL, **fields).startswith("REJECT"), fields
        desk.executor.run_what_is_due()
        assert desk.run(PROPOSAL).state.type.value == "PAUSED"
    assert desk.room.rows() == before


# The answer


def test_the_answer_becomes_an_approval_of_exactly_what_was_shown_and_the_work_goes_on(desk):
    gate, run = desk.room.gate(PROPOSAL), desk.run(PROPOSAL)
    desk.answer(PROPOSAL, "GD01")
    ((answered, approval),) = approvals(desk)
    assert (answered.id, approval.decision, approval.officer_id) == (gate.id, "approve", "GD01")
    assert approval.subject_sha256 == gate.subject_sha256
    assert approval.via == "prefect"
    (event,) = [event for event in desk.room.ask(reading.audit_trail) if event.action == "gate_answered"]
    assert (event.details["via"], event.details["flow_run_id"]) == ("prefect", str(run.id))
    assert desk.client.read_flow_run(run.id).state.type.value == "COMPLETED"
    desk.watch()
    assert desk.run("steering_decision").state.type.value == "PAUSED"


def test_an_answer_by_the_wrong_officer_changes_nothing_and_is_asked_again_with_the_reason_on_top(desk):
    work = desk.room.work()
    for officer, why in (
        ("CB99", "Không có cán bộ mang mã “CB99”"),
        ("TM01", "do Giám đốc Công an tỉnh quyết định"),
        ("GD01' OR '1'='1", "Không có cán bộ"),
    ):
        desk.answer(PROPOSAL, officer)
        assert desk.room.work() == work
        assert desk.run(PROPOSAL).state.type.value == "PAUSED"
        _, words = desk.form(PROPOSAL)
        assert words.startswith("**Chưa ghi nhận:** ")
        assert why in words.splitlines()[0]
    desk.answer(PROPOSAL, "GD01")
    assert [approval.officer_id for _, approval in approvals(desk)] == ["GD01"]


def test_a_return_without_reason_is_asked_again_and_with_one_is_taken(desk):
    desk.answer(PROPOSAL, "GD01", "Trả lại")
    assert approvals(desk) == []
    assert "phải nêu lý do" in desk.form(PROPOSAL)[1]
    desk.answer(PROPOSAL, "GD01", "Trả lại", reason="Nêu rõ căn cứ.")
    ((_, approval),) = approvals(desk)
    assert (approval.decision, approval.reason) == ("return", "Nêu rõ căn cứ.")
    desk.room.on(2017, 11, 2)
    desk.watch()
    assert desk.room.gate(PROPOSAL).attempt == 2
    desk.answer(PROPOSAL, "GD01")
    assert [approval.decision for _, approval in approvals(desk)] == ["return", "approve"]


def test_a_form_cannot_be_submitted_twice(desk):
    run = desk.run(PROPOSAL)
    good = GOOD | {"code": desk.room.code("GD01")}
    assert desk.submit(PROPOSAL, **good) == "ACCEPT"
    again = desk.client.resume_flow_run(run.id, run_input=good | {"decision": "Trả lại", "reason": "Xem lại."})
    assert again.status.value != "ACCEPT"
    desk.executor.run_what_is_due()
    assert [approval.decision for _, approval in approvals(desk)] == ["approve"]
    late = desk.client.resume_flow_run(run.id, run_input=GOOD)
    assert late.status.value != "ACCEPT"


def test_an_answer_given_elsewhere_meanwhile_stands_and_the_run_just_ends(desk):
    run = desk.run(PROPOSAL)
    assert desk.room.answer(PROPOSAL) == ""  # on paper, say
    assert desk.client.resume_flow_run(run.id, run_input=GOOD | {"officer": "TM01"})
    desk.executor.run_what_is_due()
    assert [approval.officer_id for _, approval in approvals(desk)] == ["GD01"]
    assert desk.client.read_flow_run(run.id).state.type.value == "COMPLETED"


def test_a_refused_answer_is_never_taken_later_instead_of_the_new_one(desk):
    """A session announced for tomorrow is refused today; tomorrow another answer comes, and that one counts."""
    desk.answer(PROPOSAL, "GD01")
    desk.watch()
    desk.room.on(2017, 11, 14)
    desk.answer("steering_decision", "BCD1", number="01/QĐ-BCĐ", held_on="15/11/2017")
    assert "chưa đến" in desk.form("steering_decision")[1]
    desk.room.on(2017, 11, 15)
    desk.answer("steering_decision", "BCD1", number="02/QĐ-BCĐ", held_on="15/11/2017")
    assert desk.room.ask(reading.cycle, 2018).decision_number == "02/QĐ-BCĐ"


def test_an_officer_appointed_meanwhile_is_not_held_to_what_he_said_before(desk):
    """The same with a person: an answer refused for want of the office is not taken once he holds it."""
    from models import db, store
    from samples.officers import give_device

    def appoint(code, role):
        with db.transaction(desk.room.office.engine) as session:
            store.add_officer(
                session,
                code=code,
                name="Cán bộ mới",
                title="Giám đốc",
                agency="provincial_police",
                email="",
                roles=[store.RoleSpan(role)],
                by="QT01",
                at=desk.room.office.now(),
            )
            give_device(session, desk.room.office, code)
            confirmed = {"officer_id": code, "role": role, "on": desk.room.clock.on}
            store.confirm_role(session, **confirmed, by="TM01", at=desk.room.office.now())

    desk.answer(PROPOSAL, "GD02", "Trả lại", reason="Chưa rõ.")
    appoint("GD02", "director")
    desk.answer(PROPOSAL, "GD02")  # two hold the office by now: the draft is put to both
    desk.answer(PROPOSAL, "GD02")
    assert [approval.decision for _, approval in approvals(desk)] == ["approve"]


# The code


def test_a_wrong_code_is_asked_again_and_one_used_before_too(desk):
    desk.answer(PROPOSAL, "GD01", code="000000")
    assert "Mã xác thực không đúng" in desk.form(PROPOSAL)[1]
    code = desk.room.code("GD01")
    desk.answer(PROPOSAL, "GD01", "Trả lại", code=code)
    desk.answer(PROPOSAL, "GD01", "Trả lại", reason="Xem lại.", code=code)
    assert "đã dùng" in desk.form(PROPOSAL)[1]
    assert approvals(desk) == []


def test_who_is_locked_out_is_mailed_before_the_form_is_shown_again(desk):
    for _ in range(4):
        desk.answer(PROPOSAL, "GD01", code="000000")
    assert desk.room.ask(reading.mails_unsent), "what else waits is for the watch"
    desk.answer(PROPOSAL, "GD01", code="000000")
    assert "tạm khóa" in desk.form(PROPOSAL)[1]
    assert len(desk.room.ask(reading.mail_keys, "locked:GD01:")) == 2, "the officer and the administrator"
    assert desk.room.ask(reading.mails_unsent) == []


def test_a_mail_server_s_trouble_keeps_no_form_from_being_shown_again(desk, monkeypatch):
    def trouble(office):
        raise OSError("không kết nối được")

    monkeypatch.setattr("tasks.mail.send_waiting_mail", trouble)
    for _ in range(5):
        desk.answer(PROPOSAL, "GD01", code="000000")
    assert "tạm khóa" in desk.form(PROPOSAL)[1]
    assert desk.room.ask(reading.mails_unsent)


def test_a_code_is_wiped_from_prefect_s_records_once_it_was_weighed(desk):
    run, code = desk.run(PROPOSAL), desk.room.code("GD01")
    for decision in ("Trả lại", "Đồng ý"):  # refused for want of a reason, then taken
        desk.answer(PROPOSAL, "GD01", decision, code=code)
        code = desk.room.code("GD01")
        kept = desk.client.filter_flow_run_input(run.id, key_prefix="suspended-", limit=200, exclude_keys=set())
        assert not [given.key for given in kept if given.key.endswith("-response")]
    assert [approval.decision for _, approval in approvals(desk)] == ["approve"]


def test_an_answer_stands_though_the_machine_slept_after_it_was_given(desk, monkeypatch):
    """The code was good when the button was pressed; the work began much later."""
    from flows import given_answers

    late = timedelta(minutes=20)
    code = desk.room.code("GD01")
    desk.room.clock.tick(minutes=20)
    monkeypatch.setattr(given_answers, "age", lambda run_id, form: late)
    desk.answer(PROPOSAL, "GD01", code=code)
    assert [approval.decision for _, approval in approvals(desk)] == ["approve"]


def test_it_stands_too_when_its_officer_used_a_newer_code_meanwhile(desk, monkeypatch):
    from flows import given_answers

    code, given_at = desk.room.code("GD01"), desk.room.office.now()
    desk.room.clock.tick(minutes=9)
    act_as_officer(desk.room.office, Actor("GD01", desk.room.code("GD01")), lambda session, at: None)
    late = desk.room.office.now() - given_at
    monkeypatch.setattr(given_answers, "age", lambda run_id, form: late)
    desk.answer(PROPOSAL, "GD01", code=code)
    assert [approval.decision for _, approval in approvals(desk)] == ["approve"]


def test_a_figure_that_came_after_the_form_was_shown_voids_it_and_it_is_asked_anew(desk):
    shown = desk.room.gate(PROPOSAL)
    period_id = "2017-first_selection"
    filled = desk.room.filled("police_964", period_id)
    key = next(key for key, old in filled.values.items() if key[2] == "a1" and isinstance(old, Decimal))
    desk.room.drop("police_964", period_id, replace(filled, values={**filled.values, key: Decimal(99)}))
    (taken,) = take_in_inbox(desk.room.office)
    assert taken.is_accepted
    desk.answer(PROPOSAL, "GD01")
    assert approvals(desk) == []
    again = desk.room.gate(PROPOSAL)
    assert (again.attempt, again.subject_sha256 != shown.subject_sha256) == (2, True)
    desk.answer(PROPOSAL, "GD01")
    assert [approval.decision for _, approval in approvals(desk)] == ["approve"]


# Hostile answers


@pytest.mark.parametrize(
    "reason",
    [
        {"__prefect_kind": "jinja", "template": "{{ 7 * 6 }}"},
        {"__prefect_kind": "json", "value": '"ba dòng"'},
        {"__prefect_kind": "json", "value": '{"a": 1}'},
        {"__prefect_kind": "workspace_variable", "variable_name": "khong_co"},
        {"__prefect_kind": "khong_co", "value": "x"},
    ],
)
def test_an_answer_that_prefect_rewrites_is_text_or_nothing(desk, reason):
    said = desk.submit(PROPOSAL, officer="GD01", code=desk.room.code("GD01"), decision="Trả lại", reason=reason)
    desk.executor.run_what_is_due()
    found = [approval.reason for _, approval in approvals(desk)]
    assert all(isinstance(text, str) for text in found)
    assert len(found) == (1 if said == "ACCEPT" else 0)
    if not found:
        assert desk.run(PROPOSAL).state.type.value == "PAUSED"


@pytest.mark.parametrize(
    "text", ["{{ 7*7 }}", "<script>alert(1)</script>", "'; DROP TABLE gate; --", "a\x00b", "x" * 20000]
)
def test_hostile_text_stays_text(desk, text):
    desk.answer(PROPOSAL, "GD01", "Trả lại", reason=text)
    ((_, approval),) = approvals(desk)
    assert approval.reason == text
    desk.room.on(2017, 11, 2)
    desk.watch()
    assert desk.room.gate(PROPOSAL).attempt == 2


# Lost runs


@pytest.mark.parametrize("loss", ["cancelled", "deleted"])
def test_a_lost_run_is_rung_again_by_the_watch_and_can_be_answered(desk, loss):
    run = desk.run(PROPOSAL)
    if loss == "cancelled":
        desk.client.set_flow_run_state(run.id, Cancelled(), force=True)
    else:
        desk.client.delete_flow_run(run.id)
    desk.room.on(2017, 11, 2)
    desk.watch()
    again = desk.run(PROPOSAL)
    assert again.id != run.id
    assert again.state.type.value == "PAUSED"
    desk.answer(PROPOSAL, "GD01")
    assert [approval.decision for _, approval in approvals(desk)] == ["approve"]


def test_a_run_forced_to_completed_means_nothing_and_is_rung_again(desk):
    from prefect.states import Completed

    desk.client.set_flow_run_state(desk.run(PROPOSAL).id, Completed(), force=True)
    assert approvals(desk) == []
    desk.room.on(2017, 11, 2)
    desk.watch()
    assert desk.run(PROPOSAL).state.type.value == "PAUSED"


def test_one_gate_has_one_run_however_often_the_watch_comes(desk):
    first = desk.run(PROPOSAL).id
    for day in (1, 2, 3):
        desk.room.on(2017, 11, day)
        desk.watch()
    assert desk.run(PROPOSAL).id == first


# Every gate's form


@pytest.mark.parametrize(
    "station",
    [
        "first_list_proposed",
        "first_session_prepared",
        "first_cycle_evaluated",
        "second_session_prepared",
        "relapses_warned",
    ],
)
def test_field_names_are_no_words_of_json_schema(room_at, station):
    from flows.gate_form import gate_form
    from tasks.approvals import waiting

    for gate in waiting(room_at(station).office):
        schema = gate_form(gate).model_json_schema()
        assert not {"type", "required", "items", "enum", "properties", "title"} & schema["properties"].keys()
        assert all(field.get("title") for field in schema["properties"].values())
        assert set(schema["required"]) == {"decision", "officer", "code"}
