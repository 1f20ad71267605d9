"""A gate waits for one answer, to exactly what was asked."""

from datetime import UTC, date, datetime

import pytest

from models import db, reading, store
from rules.errors import Refusal

AT = datetime(2018, 11, 22, 2, 0, tzinfo=UTC)
ON = date(2018, 11, 22)
SIGNED = {"by": "TM01", "at": AT}
SUBJECT = "annual_report:2018"


def ask(engine, sha256="a"):
    with db.transaction(engine) as session:
        return store.open_gate(
            session,
            kind="report_release",
            subject=SUBJECT,
            subject_sha256=sha256,
            payload={"path": "a.docx"},
            asked_by="TM01",
            on=ON,
            **SIGNED,
        )


def answer(engine, gate, decision="approve", *, sha256=None, reason="", officer="GD01"):
    with db.transaction(engine) as session:
        return store.record_approval(
            session,
            gate_id=gate.id,
            decision=decision,
            officer_id=officer,
            subject_sha256=sha256 or gate.subject_sha256,
            reason=reason,
            on=ON,
            **SIGNED,
        )


def in_force(engine, sha256=None):
    with db.read(engine) as session:
        return reading.answer_in_force(session, "report_release", SUBJECT, sha256)


@pytest.mark.parametrize(
    ("decision", "state", "holds"),
    [
        ("approve", "approved", True),
        ("amend", "amended", True),
        ("drop", "dropped", True),
        ("return", "returned", False),
    ],
)
def test_the_gate_takes_its_state_from_the_answer(engine, decision, state, holds):
    gate = ask(engine)
    given = answer(engine, gate, decision, reason="Bổ sung số liệu")
    with db.read(engine) as session:
        assert reading.newest_gate(session, "report_release", SUBJECT).state == state
        assert reading.gates_open(session) == []
        assert reading.approval(session, gate.id) == given
        assert [a for _, a in reading.approvals(session)] == [given]
    assert (in_force(engine) == given) is holds


def test_an_answer_holds_only_for_what_was_asked(engine):
    answer(engine, ask(engine, "a"))
    assert in_force(engine, "a") is not None
    assert in_force(engine, "b") is None


def test_what_was_decided_is_not_asked_again(engine):
    gate = ask(engine)
    answer(engine, gate)
    assert ask(engine).id == gate.id


def test_after_a_return_the_next_attempt_is_opened(engine):
    gate = ask(engine)
    answer(engine, gate, "return", reason="Thiếu phụ lục")
    again = ask(engine)
    assert (again.attempt, again.state) == (2, "open")
    assert in_force(engine) is None


def test_a_changed_subject_voids_the_open_gate_and_asks_anew(engine):
    old = ask(engine, "a")
    new = ask(engine, "b")
    with db.read(engine) as session:
        assert [gate.id for gate in reading.gates_open(session)] == [new.id]
        trail = reading.audit_trail(session, f"gate:report_release/{SUBJECT}#1")
    assert [event.action for event in trail] == ["gate_opened", "gate_voided"]
    with pytest.raises(Refusal, match="không còn chờ"):
        answer(engine, old)


def test_a_changed_subject_after_approval_is_asked_anew_and_the_old_answer_holds_no_more(engine):
    answer(engine, ask(engine, "a"))
    assert ask(engine, "b").attempt == 2
    assert in_force(engine) is None


def test_a_voided_approval_holds_no_more_but_stays_on_record(engine):
    gate = ask(engine)
    given = answer(engine, gate)
    with db.transaction(engine) as session:
        store.void_gate(session, gate_id=gate.id, reason="Mở lại số liệu", **SIGNED)
    assert in_force(engine) is None
    with db.read(engine) as session:
        assert reading.approval(session, gate.id) == given
    assert ask(engine).attempt == 2


def test_an_answer_to_something_else_is_refused(engine):
    with pytest.raises(Refusal, match="đã thay đổi"):
        answer(engine, ask(engine), sha256="b")


@pytest.mark.parametrize("decision", ["return", "amend", "drop"])
def test_all_but_a_plain_approval_need_a_reason(engine, decision):
    with pytest.raises(Refusal, match="nêu lý do"):
        answer(engine, ask(engine), decision, reason="  ")


def test_an_unknown_officer_gate_or_decision_is_refused(engine):
    gate = ask(engine)
    with pytest.raises(Refusal, match="KHONG"):
        answer(engine, gate, officer="KHONG")
    with pytest.raises(Refusal, match="perhaps"):
        answer(engine, gate, "perhaps")
    gate.id = 77
    with pytest.raises(Refusal, match="77"):
        answer(engine, gate)


def test_a_second_answer_is_refused_and_the_first_stands(engine):
    gate = ask(engine)
    first = answer(engine, gate)
    with pytest.raises(Refusal, match="không còn chờ"):
        answer(engine, gate, "return", reason="Đổi ý")
    assert in_force(engine) == first


def test_voiding_needs_a_reason(engine):
    gate = ask(engine)
    with pytest.raises(Refusal, match="nêu lý do"), db.transaction(engine) as session:
        store.void_gate(session, gate_id=gate.id, reason="", **SIGNED)


def test_a_gate_rung_again_says_so_and_an_answered_one_is_not_rung(engine):
    gate = ask(engine)
    for run in ("run-1", "run-1", "run-2"):
        ring(engine, gate, run)
    with db.read(engine) as session:
        trail = reading.audit_trail(session, f"gate:report_release/{SUBJECT}#1")
    assert [event.details["again"] for event in trail if event.action == "gate_rung"] == [False, True]
    answer(engine, gate)
    with pytest.raises(Refusal):
        ring(engine, gate, "run-3")


def test_offices_are_held_from_day_to_day(engine):
    with db.read(engine) as session:
        assert [o.id for o in reading.officers_in_role(session, "director", date(2017, 1, 1))] == ["GD01"]
        assert reading.officers_in_role(session, "director", date(2021, 1, 1)) == []
        assert reading.roles(session, "GD01", ON) == ["director"]
        assert reading.roles(session, "GD01", date(2016, 12, 31)) == []


def test_a_code_stands_for_one_officer(engine):
    with pytest.raises(Refusal, match="GD01"), db.transaction(engine) as session:
        store.add_officer(session, code="GD01", name="Bà Khác", title="Giám đốc", agency="board", **SIGNED)
    with pytest.raises(Refusal, match="đủ ba mục"), db.transaction(engine) as session:
        store.add_officer(session, code="X", name=" ", title="Giám đốc", agency="board", **SIGNED)


def ring(engine, gate, run):
    with db.transaction(engine) as session:
        store.set_gate_run(session, gate_id=gate.id, flow_run_id=run, **SIGNED)
