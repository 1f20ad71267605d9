"""A row that says something else than the event about it is named, though its seal fits: a trigger came in between."""

from datetime import UTC, date, datetime

import pytest

from models import db, store

AT = datetime(2018, 11, 22, 2, 0, tzinfo=UTC)
ON = date(2018, 11, 22)
SIGNED = {"by": "GD01", "at": AT}


@pytest.fixture
def work(engine, edit, fault):
    """`work(trigger)`: the office works while a trigger is planted in its database, which is gone in the end."""

    def work(trigger, *steps):
        edit(f"CREATE TRIGGER evil {trigger}")
        for step in steps or (ask, record_paper, confirm_paper, answer, void, draft, review, file_sources, draft_anew):
            with db.transaction(engine) as session:
                step(session)
        edit("DROP TRIGGER evil")
        return fault()

    return work


def open_gate(s):
    store.open_gate(s, kind="k", subject="s", subject_sha256="a", payload={"x": 1}, asked_by="x", on=ON, **SIGNED)


def ask(s):
    open_gate(s)
    store.set_gate_run(s, gate_id=1, flow_run_id="run", **SIGNED)


def record_paper(s):
    store.record_paper(
        s, gate_id=1, subject_sha256="a", signed_by="GD01", decision="return", reason="Sai", answer={"y": [1]},
        number="12/CV", dated=ON, votes=(11, 0), scan="scans/a.pdf", scan_sha256="b", **SIGNED
    )  # fmt: skip


def confirm_paper(s):
    store.close_paper(s, paper_id=1, state="confirmed", by="PGD1", at=AT)


def answer(s):
    store.record_approval(
        s, gate_id=1, decision="return", officer_id="GD01", subject_sha256="a", reason="Sai", answer={"y": [1]},
        on=ON, via="paper", paper_id=1, **SIGNED
    )  # fmt: skip


def void(s):
    store.void_gate(s, gate_id=1, reason="đã đổi", **SIGNED)


def draft(s):
    store.record_document(
        s, stem="r", year=2018, path="r.docx", content_sha256="1", context_sha256="2", on=ON, **SIGNED
    )


def review(s):
    store.move_document(s, document_id=1, to="reviewed", on=ON, **SIGNED)


def draft_anew(s):
    store.record_signed_anew(
        s, document_id=1, path="r-v2.docx", content_sha256="3", context_sha256="4", on=ON, **SIGNED
    )
    store.move_document(s, document_id=2, to="released", on=ON, number="9/BC", **SIGNED)


def file_sources(s):
    store.record_sources(s, document_id=1, path="r.xlsx", content_sha256="5", **SIGNED)


def test_work_that_nobody_meddles_with_has_no_fault(work):
    assert work("AFTER INSERT ON approval BEGIN SELECT 1; END") is None


def test_a_return_made_an_approval_is_named_when_the_trigger_is_there(engine, edit, fault):
    edit(
        "CREATE TRIGGER evil AFTER INSERT ON approval WHEN new.decision = 'return' "
        "BEGIN UPDATE approval SET decision = 'approve', reason = '' WHERE id = new.id; END",
    )
    for step in (ask, answer_without_paper):
        with db.transaction(engine) as session:
            step(session)
    assert fault().where == "trigger/evil"


def answer_without_paper(s):
    store.record_approval(
        s, gate_id=1, decision="return", officer_id="GD01", subject_sha256="a", reason="Sai", on=ON, **SIGNED
    )


def test_and_when_it_is_gone_with_both_that_the_row_and_that_the_event_says(work):
    found = work(
        "AFTER INSERT ON approval WHEN new.decision = 'return' "
        "BEGIN UPDATE approval SET decision = 'approve' WHERE id = new.id; END"
    )
    assert (found.kind, found.where) == ("row", "approval/1")
    assert found.words == (
        "Dòng 1 của bảng câu trả lời phê duyệt (approval) khác với sự kiện số 10: "
        "cách trả lời (decision) là “approve”, sự kiện ghi “return”."
    )


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("approval", "officer_id = 'PGD1'"),
        ("approval", "reason = 'Đúng'"),
        ("approval", "subject_sha256 = 'b'"),
        ("approval", "answer = '{}'"),
        ("approval", "answer = 'x'"),
        ("approval", "via = 'prefect'"),
        ("approval", "capacity = 'KT.'"),
        ("approval", "on_behalf_of = 'PGD1'"),
        ("approval", "answered_on = '2018-01-01'"),
        ("approval", "answered_at = '2018-11-22 02:00:00.000001'"),
        ("gate", "subject_sha256 = 'b'"),
        ("gate", "asked_by = 'y'"),
        ("gate", "due_on = '2018-01-01'"),
        ("paper_answer", "decision = 'approve'"),
        ("paper_answer", "signed_by = 'PGD1'"),
        ("paper_answer", "votes_for = 12"),
        ("paper_answer", "scan_sha256 = 'c'"),
        ("document", "content_sha256 = '9'"),
        ("document", "context_sha256 = '9'"),
        ("document", "path = 'x.docx'"),
        ("document", "number = 'x'"),
        ("document", "sources_path = 'x.xlsx'"),
    ],
)
def test_whatever_a_trigger_makes_of_a_new_row_is_named(work, table, change):
    steps = {"approval": (ask, record_paper, confirm_paper, answer), "gate": (ask,)}
    steps |= {"paper_answer": (ask, record_paper), "document": (draft,)}
    found = work(f"AFTER INSERT ON {table} BEGIN UPDATE {table} SET {change} WHERE id = new.id; END", *steps[table])
    assert (found.kind, found.where) == ("row", f"{table}/1")
    assert f"({change.split(' ')[0]}) là" in found.words or f" {change.split(' ')[0]} là" in found.words


@pytest.mark.parametrize(
    ("trigger", "where"),
    [
        ("UPDATE ON gate WHEN new.state = 'void' BEGIN UPDATE gate SET state = 'approved'", "gate/1"),
        ("UPDATE ON gate BEGIN UPDATE gate SET flow_run_id = 'x'", "gate/1"),
        ("UPDATE ON gate WHEN new.state = 'returned' BEGIN UPDATE gate SET payload = '{}'", "gate/1"),
        ("UPDATE ON paper_answer BEGIN UPDATE paper_answer SET confirmed_by = 'X'", "paper_answer/1"),
        ("UPDATE ON paper_answer BEGIN UPDATE paper_answer SET number = '1/X'", "paper_answer/1"),
        ("UPDATE ON document BEGIN UPDATE document SET stage = 'released'", "document/1"),
        ("UPDATE ON document BEGIN UPDATE document SET content_sha256 = '9'", "document/1"),
        ("UPDATE ON document BEGIN UPDATE document SET sources_sha256 = '9' WHERE sources_sha256 <> ''", "document/1"),
        ("UPDATE ON document BEGIN UPDATE document SET released_on = NULL", "document/2"),
        (
            "INSERT ON document WHEN new.version = 2 BEGIN UPDATE document SET stage = 'sent' WHERE version = 1",
            "document/1",
        ),
    ],
)
def test_whatever_it_makes_of_a_changed_row_is_named(work, trigger, where):
    assert work(f"AFTER {trigger}; END").where == where


def test_an_answer_that_a_trigger_takes_out_again_is_named(work):
    found = work("AFTER INSERT ON approval BEGIN DELETE FROM approval; END")
    assert (found.kind, found.where) == ("row", "approval/gate:k/s#1")
    assert "đã bị xóa" in found.words


def test_a_gate_that_a_trigger_calls_otherwise_is_known_to_no_event(work):
    found = work("AFTER INSERT ON gate BEGIN UPDATE gate SET subject = 't'; END", open_gate)
    assert found.where == "gate/1"
    assert "không có sự kiện nào" in found.words


def test_a_second_paper_at_a_gate_is_compared_with_its_own_event(work):
    def another(s):
        store.record_paper(
            s, gate_id=1, subject_sha256="a", signed_by="GD01", decision="approve", reason="", answer={},
            number="13/CV", dated=ON, votes=None, scan="scans/c.pdf", scan_sha256="c", **SIGNED
        )  # fmt: skip

    assert work("AFTER INSERT ON gate BEGIN SELECT 1; END", ask, record_paper, another) is None


# An office that waits for a second officer


def give(s):
    store.give_role(s, officer_id="PGD1", role="director", valid_from=ON, by="QT01", at=AT)


def add(s):
    span = [store.RoleSpan("secretary", ON)]
    store.add_officer(s, code="TK01", name="A", title="B", agency="board", roles=span, by="QT01", at=AT)


def lend(s):
    who = {"from_officer": "GD01", "to_officer": "PGD1", "role": "director", "capacity": "KT."}
    store.delegate(s, **who, valid_from=ON, valid_to=ON, by="QT01", at=AT)


def confirm(s):
    store.confirm_role(s, officer_id="PGD1", role="director", on=ON, by="TM01", at=AT)


@pytest.mark.parametrize("change", ["given_by = NULL", "confirmed_on = '2018-11-22'", "given_by = 'X'"])
@pytest.mark.parametrize(
    ("table", "step", "where"),
    [
        ("officer_role", give, "officer_role/PGD1/director/2018-11-22"),
        ("officer_role", add, "officer_role/TK01/secretary/2018-11-22"),
        ("delegation", lend, "delegation/1"),
    ],
)
def test_who_makes_it_count_by_a_trigger_is_named(work, table, step, where, change):
    found = work(f"AFTER INSERT ON {table} BEGIN UPDATE {table} SET {change} WHERE rowid = new.rowid; END", step)
    assert (found.kind, found.where) == ("row", where)
    assert change.split(" ")[0] in found.words


def test_and_who_makes_another_the_second_officer(work):
    found = work(
        "AFTER UPDATE ON officer_role BEGIN UPDATE officer_role SET confirmed_by = 'X' WHERE rowid = new.rowid; END",
        give,
        confirm,
    )
    assert "người xác nhận (confirmed_by) là “X”, sự kiện ghi “TM01”" in found.words


def test_what_was_given_confirmed_ended_and_given_again_is_no_fault(work):
    def end(s):
        store.end_role(s, officer_id="PGD1", role="director", on=ON, reason="Thôi", by="QT01", at=AT)

    assert work("AFTER INSERT ON gate BEGIN SELECT 1; END", give, add, lend, confirm, end, give, confirm) is None
