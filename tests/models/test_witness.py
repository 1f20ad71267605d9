"""Every write leaves its audit event, once; the same write again leaves nothing at all."""

import inspect
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from models import db, reading, store
from models.audit import AUDIT_LABELS, AuditEvent
from models.documents import Letter
from models.people import Officer, OfficerRole
from models.verification import first_fault
from plans.units import ALWAYS, Unit
from rules.codes import Tries
from rules.figures import Figure, Narrative
from rules.stages import STAGES

AT = datetime(2017, 11, 2, 2, 0, tzinfo=UTC)
ON = date(2017, 11, 2)
SIGNED = {"by": "GD01", "at": AT}
BY = {
    "admit_device": "TM01",
    "clear_device": "TM01",
    "confirm_role": "TM01",
}  # never the officer it is about, nor who gave it
FILED = {
    "period": "2018-annual",
    "reporter_id": "police_964",
    "received_on": ON,
    "file_name": "f.xlsx",
    "sha256": "f" * 64,
}
JUDGED = {"met": 7, "counted": 8, "letters_met": 4, "letters_counted": 5, "meets_threshold": True}
FUNCTIONS = {
    name: function for name, function in vars(store).items() if name in store.__all__ and inspect.isfunction(function)
}


def open_cycle(s):
    return store.open_cycle(s, year=2018, term_from=date(2017, 11, 16), term_to=date(2018, 11, 15), on=ON, **SIGNED)


def decided(s):
    open_cycle(s)
    for stage in ("reviewing", "proposed"):
        store.move_cycle(s, year=2018, to=stage, **SIGNED)
    return decide(s)


def decide(s):
    chosen = [store.DecidedUnit("32002", ALWAYS, score="0.75")]
    return store.decide_cycle(
        s, year=2018, units=chosen, decided_on=ON, decision_number="1/QĐ", units_in_force=101, cap=15, **SIGNED
    )


def proposed(s):
    open_cycle(s)
    for stage in ("reviewing", "proposed"):
        store.move_cycle(s, year=2018, to=stage, **SIGNED)


def evaluate(s):
    content = {"a1": "met"}
    return store.record_evaluation(s, area_id=1, kind="final", content=content, on=ON, **JUDGED, **SIGNED)


def evaluated(s):
    decided(s)
    evaluate(s)


def delisted(s):
    decided(s)
    for stage in ("converted", "delisted"):
        store.move_area(s, area_id=1, to=stage, on=ON, reason="Đạt", **SIGNED)


def warn(s):
    return store.record_relapse_warning(s, area_id=1, period="2019-annual", because={"rank": 2}, on=ON, **SIGNED)


def warned(s):
    delisted(s)
    warn(s)


def open_gate(s):
    return store.open_gate(
        s, kind="report_review", subject="annual_report:2017", subject_sha256="a" * 64, payload={}, asked_by="TM01",
        on=ON, **SIGNED
    )  # fmt: skip


def draft(s):
    return store.record_document(
        s, stem="annual_report", year=2017, path="a.docx", content_sha256="1", context_sha256="2", on=ON, **SIGNED
    )


def queue(s):
    return store.queue_mails(s, letters=[Letter("k", "A", "B", "C")], on=ON, **SIGNED)


def delegated(s):
    return store.delegate(
        s, from_officer="GD01", to_officer="PGD1", role="director", capacity="KT.", valid_from=ON, valid_to=ON, **SIGNED
    )


def given(s):
    return store.give_role(s, officer_id="PGD1", role="director", valid_from=ON, **SIGNED)


def lent(s):
    who = {"from_officer": "GD01", "to_officer": "PGD1", "role": "director", "capacity": "KT."}
    return store.delegate(s, **who, valid_from=ON, valid_to=ON, by="QT01", at=AT)


def misspelt(s):
    s.add(Officer(id="gd02", name="A", title="B", agency="board"))
    s.flush()
    s.add(OfficerRole(officer_id="gd02", role="director", valid_from=ON))
    store.offer_device(s, officer_id="gd02", secret="x", by="gd02", at=AT)


def offer(s):
    return store.offer_device(s, officer_id="GD01", secret="x", **SIGNED)


def confirmed(s):
    offer(s)
    store.confirm_device(s, officer_id="GD01", step=7, **SIGNED)


def reset(s):
    confirmed(s)
    store.reset_device(s, officer_id="GD01", reason="Mất máy", by="PGD1", at=AT)


def record_paper(s):
    return store.record_paper(
        s, gate_id=1, subject_sha256="a" * 64, signed_by="GD01", decision="approve", reason="", answer={},
        number="12/CV", dated=ON, votes=(11, 0), scan="scans/a.pdf", scan_sha256="b" * 64, **SIGNED
    )  # fmt: skip


def record_another(s):
    return store.record_paper(
        s, gate_id=1, subject_sha256="a" * 64, signed_by="GD01", decision="return", reason="Sai", answer={},
        number="13/CV", dated=ON, votes=None, scan="scans/c.pdf", scan_sha256="c" * 64, **SIGNED
    )  # fmt: skip


def recorded(s):
    open_gate(s)
    record_paper(s)


def nothing(s):
    return None


# Of each write: what must be there before it, the write itself, and how many events it leaves.
WRITES = {
    "install_units": (
        nothing,
        lambda s: store.install_units(s, units=[Unit("32003", "C", "xã", "964", "CM", ALWAYS, None)], **SIGNED),
        1,
    ),
    "install_reporters": (
        nothing,
        lambda s: store.install_reporters(
            s,
            reporters=reading.reporters_in_force(s, ON),
            addresses={"police_964": "a@b"},
            **SIGNED,
        ),
        1,
    ),
    "add_officer": (
        nothing,
        lambda s: store.add_officer(s, code="X", name="Y", title="Z", agency="board", **SIGNED),
        1,
    ),
    "give_role": (
        nothing,
        lambda s: store.give_role(s, officer_id="GD01", role="board_chair", valid_from=ON, **SIGNED),
        1,
    ),
    "confirm_role": (
        given,
        lambda s: store.confirm_role(s, officer_id="PGD1", role="director", on=ON, by="TM01", at=AT),
        1,
    ),
    "confirm_delegation": (
        lent,
        lambda s: store.confirm_delegation(s, from_officer="GD01", to_officer="PGD1", role="director", on=ON, **SIGNED),
        1,
    ),
    "respell_officers": (misspelt, lambda s: store.respell_officers(s, **SIGNED), 1),
    "correct_officer": (
        nothing,
        lambda s: store.correct_officer(s, officer_id="GD01", title="Quyền Giám đốc", email="", **SIGNED),
        1,
    ),
    "end_role": (
        nothing,
        lambda s: store.end_role(s, officer_id="GD01", role="director", on=ON, reason="Nghỉ hưu", **SIGNED),
        1,
    ),
    "disable_officer": (
        nothing,
        lambda s: store.disable_officer(s, officer_id="PGD1", on=ON, reason="Nghỉ hưu", **SIGNED),
        1,
    ),
    "delegate": (
        nothing,
        delegated,
        1,
    ),
    "end_delegation": (
        delegated,
        lambda s: store.end_delegation(
            s, from_officer="GD01", to_officer="PGD1", role="director", on=ON, reason="Đã về", **SIGNED
        ),
        1,
    ),
    "offer_device": (nothing, offer, 1),
    "confirm_device": (offer, lambda s: store.confirm_device(s, officer_id="GD01", step=7, **SIGNED), 1),
    "admit_device": (confirmed, lambda s: store.admit_device(s, officer_id="GD01", by="TM01", at=AT), 1),
    "reset_device": (confirmed, lambda s: store.reset_device(s, officer_id="GD01", reason="Mất", **SIGNED), 1),
    "clear_device": (reset, lambda s: store.clear_device(s, officer_id="GD01", by="TM01", at=AT), 1),
    "note_code": (
        confirmed,
        lambda s: store.note_code(s, officer_id="GD01", step=8, tries=Tries(7, (8,)), **SIGNED),
        1,
    ),
    "refuse_code": (
        confirmed,
        lambda s: store.refuse_code(
            s, officer_id="GD01", tries=Tries(7, (), 0, AT + timedelta(minutes=15)), because="Sai.", **SIGNED
        ),
        2,  # the refusal, and the lock
    ),
    "record_refused_act": (
        nothing,
        lambda s: store.record_refused_act(s, officer_id="GD01", because="Không phải quản trị.", **SIGNED),
        1,
    ),
    "record_paper": (recorded, record_another, 2),  # the one that waited is replaced
    "close_paper": (recorded, lambda s: store.close_paper(s, paper_id=1, state="confirmed", **SIGNED), 1),
    "record_submission": (
        nothing,
        lambda s: store.record_submission(
            s,
            **FILED,
            figures=[Figure("32002", "criterion", "a1", "value", Decimal("3"))],
            narratives=[Narrative("situation", "Ổn định")],
            **SIGNED,
        ),
        1,
    ),
    "record_refused_file": (
        nothing,
        lambda s: store.record_refused_file(
            s, sha256="e" * 64, file_name="x", received_on=ON, reasons=["sai"], **SIGNED
        ),
        1,
    ),
    "open_cycle": (nothing, open_cycle, 1),
    "move_cycle": (open_cycle, lambda s: store.move_cycle(s, year=2018, to="reviewing", **SIGNED), 1),
    "record_proposal": (
        open_cycle,
        lambda s: store.record_proposal(s, year=2018, content={"proposed": ["32002"]}, on=ON, **SIGNED),
        1,
    ),
    "decide_cycle": (proposed, decide, 1),
    "move_area": (decided, lambda s: store.move_area(s, area_id=1, to="converted", on=ON, **SIGNED), 1),
    "record_evaluation": (decided, evaluate, 1),
    "record_finding": (
        evaluated,
        lambda s: store.record_finding(s, evaluation_id=1, finding="reduced", reason="Giảm", on=ON, **SIGNED),
        1,
    ),
    "record_relapse_warning": (delisted, warn, 1),
    "withdraw_relapse_warning": (
        warned,
        lambda s: store.withdraw_relapse_warning(s, relapse_id=1, reason="Số liệu mới", on=ON, **SIGNED),
        1,
    ),
    "rule_on_relapse": (
        warned,
        lambda s: store.rule_on_relapse(s, relapse_id=1, ruling="relapsed", reason="Tăng", on=ON, **SIGNED),
        2,  # the ruling, and the area's move
    ),
    "open_gate": (nothing, open_gate, 1),
    "set_gate_run": (open_gate, lambda s: store.set_gate_run(s, gate_id=1, flow_run_id="run", **SIGNED), 1),
    "record_approval": (
        open_gate,
        lambda s: store.record_approval(
            s, gate_id=1, decision="approve", officer_id="GD01", subject_sha256="a" * 64, on=ON, **SIGNED
        ),
        1,
    ),
    "record_refused_answer": (
        open_gate,
        lambda s: store.record_refused_answer(
            s, gate_id=1, flow_run_id="run", asked=0, officer_id="GD01", because="Chưa ghi lý do.", **SIGNED
        ),
        1,
    ),
    "void_gate": (open_gate, lambda s: store.void_gate(s, gate_id=1, reason="Số liệu đã đổi", **SIGNED), 1),
    "record_document": (nothing, draft, 1),
    "move_document": (draft, lambda s: store.move_document(s, document_id=1, to="reviewed", on=ON, **SIGNED), 1),
    "record_signed_anew": (
        draft,
        lambda s: store.record_signed_anew(
            s, document_id=1, path="b.docx", content_sha256="3", context_sha256="4", on=ON, **SIGNED
        ),
        2,  # the version before is replaced
    ),
    "record_sources": (
        draft,
        lambda s: store.record_sources(s, document_id=1, path="a.xlsx", content_sha256="5", **SIGNED),
        1,
    ),
    "queue_mails": (nothing, queue, 1),
    "mark_mail_sent": (queue, lambda s: store.mark_mail_sent(s, key="k", on=ON, **SIGNED), 1),
}


def test_every_write_is_tried_here():
    assert FUNCTIONS.keys() == WRITES.keys()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_write_names_who_and_when(name):
    parameters = inspect.signature(FUNCTIONS[name]).parameters
    by, at = parameters["by"], parameters["at"]
    assert (by.annotation, at.annotation) == (str, datetime)
    assert by.default is at.default is inspect.Parameter.empty, "nobody may forget to say who and when"
    assert all(p.kind is p.KEYWORD_ONLY for n, p in parameters.items() if n != "session")
    assert FUNCTIONS[name].__doc__


@pytest.mark.parametrize("name", WRITES)
def test_a_write_leaves_its_events_and_again_nothing(name, engine):
    before, write, events = WRITES[name]
    with db.transaction(engine) as session:
        if before is not nothing:
            before(session)
    start = trail(engine)
    with db.transaction(engine) as session:
        write(session)
    first, rows = trail(engine), dump(engine)
    added = first[len(start) :]
    assert len(added) == events
    assert all((event.actor, event.at, event.on) == (BY.get(name, "GD01"), AT, ON) for event in added)
    assert all(event.action in AUDIT_LABELS for event in added)
    with db.transaction(engine) as session:
        write(session)
    assert trail(engine) == first
    assert dump(engine) == rows
    with db.read(engine) as session:
        assert first_fault(session) is None


def test_every_action_has_a_label_and_every_label_an_action():
    sources = Path(store.__file__).parent.glob("*.py")
    written = {found for source in sources for found in re.findall(r'witness\(\s*session, "(\w+)"', source.read_text())}
    moves = {event for stages in STAGES.values() for event in stages.events.values()}
    assert written | moves == AUDIT_LABELS.keys()


def trail(engine):
    with db.read(engine) as session:
        return list(session.exec(select(AuditEvent).order_by(AuditEvent.id)))


def dump(engine):
    with db.read(engine) as session:
        return reading.dump_rows(session)
