"""What each answer does, in the transaction in which it is recorded: wholly with the approval, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from models import reading, store
from models.cycles import Area, Evaluation
from models.store import DecidedUnit
from rules.errors import Refusal
from rules.findings import check_reason_for_missing, is_converted
from rules.gates import Decision
from rules.quotas import cap, check_within_cap
from rules.sessions import check_number, reasons_by_unit, sit
from rules.terms import term
from tasks.collection import missing_reporters
from tasks.decided import Decided
from tasks.gate_questions import MISSING_REASON, option
from tasks.kept_files import unchanged
from tasks.naming import Names
from tasks.office import Office
from tasks.relapse_decisions import rule_on_relapses


def carry_out(
    session: Session,
    office: Office,
    kind: str,
    subject: str,
    decision: Decision,
    by: str,
    reason: str,
    choices: Mapping[str, Any],
) -> None:
    """Does what was decided at a gate of `kind`. `Refusal` if it cannot be done: then nothing is."""
    name, year = subject.split(":")
    decided = Decided(name, int(year), decision, by, reason, choices, office.today, office.now())
    _CARRY_OUT[kind](session, office, decided)


def _review(session: Session, office: Office, decided: Decided) -> None:
    """The review freezes the figures: before the last safe day somebody answers for doing without the missing ones."""
    report = office.timetable.report(decided.name, decided.year)
    missing = missing_reporters(session, office, report.period)
    if not decided.returned and missing and decided.on < report.last_safe_day and not decided.reason.strip():
        raise Refusal(
            f"Còn {len(missing)} đơn vị chưa gửi số liệu và chưa đến ngày {report.last_safe_day:%d/%m/%Y}; "
            "đề nghị chờ, hoặc ghi lý do duyệt sớm."
        )
    _move_document(session, office, decided.name, decided, "reviewed")


def _release(session: Session, office: Office, decided: Decided) -> None:
    _move_document(session, office, decided.name, decided, "released")


def _propose(session: Session, office: Office, decided: Decided) -> None:
    if decided.returned:
        _move_document(session, office, "selection_proposal", decided, "returned")
        store.move_cycle(
            session, year=decided.year, to="collecting", reason=decided.reason, by=decided.by, at=decided.at
        )
        return
    _move_document(session, office, "selection_proposal", decided, "reviewed")
    _move_document(session, office, "selection_proposal", decided, "released")
    store.move_cycle(session, year=decided.year, to="proposed", by=decided.by, at=decided.at)


def _find(session: Session, office: Office, decided: Decided) -> None:
    """The Board's finding on each area: the second gate of II.4."""
    if decided.returned:
        return
    not_reduced = decided.codes("not_reduced")
    note = decided.text("finding_note")
    if not_reduced and not note:
        raise Refusal("Đã chọn địa bàn chưa giảm cơ bản tội phạm; đề nghị ghi căn cứ của kết luận.")
    reasons = reasons_by_unit(note, not_reduced)
    for area, evaluation in _judged(session, decided.year):
        reduced = area.unit_code not in not_reduced
        store.record_finding(
            session,
            evaluation_id=evaluation.id,
            finding="reduced" if reduced else "not_reduced",
            reason="" if reduced else reasons[area.unit_code],
            second_gate_required=office.plan.parameters.second_gate_required.value,
            on=decided.on,
            by=decided.by,
            at=decided.at,
        )


def _rule(session: Session, office: Office, decided: Decided) -> None:
    """The Committee on the warnings of the half-year. Dropped, they wait for the year-end session."""
    if decided.decision == "approve":
        rule_on_relapses(session, decided, decided.on, every_reason=True)


def _hold_session(session: Session, office: Office, decided: Decided) -> None:
    """The sitting of Steering Committee 138, in the plan's order: recognise, delist, carry over, decide (II.2)."""
    sitting = office.timetable.sitting(decided.year)
    if decided.returned:
        _send_list_back(session, decided, sitting.decides)
        return
    held_on = _day(decided.text("held_on"), decided.on)
    if held_on < sitting.prepared_from:
        raise Refusal(f"Ngày {held_on:%d/%m/%Y} không phải ngày của phiên họp này; đề nghị ghi ngày đã họp.")
    _check_signed(decided, held_on)
    if decided.decision == "approve" and decided.changed:
        raise Refusal("Phiên họp có sửa đổi danh sách; đề nghị chọn “Đồng ý, có sửa đổi” và ghi lý do.")
    if decided.decision == "amend" and not decided.changed:
        raise Refusal("Chưa chọn địa bàn nào để sửa đổi; đề nghị chọn địa bàn, hoặc chọn “Đồng ý”.")
    if sitting.decides is not None:
        _check_cap(session, office, decided, sitting.decides, held_on)  # before what else of the list may be mended
    if sitting.recognises is not None:
        _recognise(session, office, decided, sitting.recognises, held_on, sitting.decides is not None)
        rule_on_relapses(session, decided, held_on)
    if sitting.decides is not None:
        _decide_list(session, office, decided, sitting.decides, held_on)


def _check_signed(decided: Decided, held_on: date) -> None:
    """The decisions' numbers, and the day they were signed, as far as they are known when the sitting is recorded."""
    for field in ("number", "delisting_number"):
        check_number(decided.text(field))
    if _day(decided.text("signed_on"), max(held_on, decided.on)) < held_on:
        raise Refusal("Ngày ký quyết định trước ngày họp; đề nghị ghi lại ngày ký.")


def _send_list_back(session: Session, decided: Decided, year: int | None) -> None:
    """The list goes back to its review, and to the director with a new tờ trình; a session without one sits again."""
    if year is None:
        return
    store.move_cycle(session, year=year, to="reviewing", reason=decided.reason, by=decided.by, at=decided.at)
    proposal = reading.newest_document(session, "selection_proposal", year)
    if proposal is not None:
        store.move_document(
            session,
            document_id=proposal.id,
            to="replaced",
            on=decided.on,
            reason=decided.reason,
            by=decided.by,
            at=decided.at,
        )


def _recognise(session: Session, office: Office, decided: Decided, year: int, held_on: date, next_list: bool) -> None:
    evaluations = _judged(session, year)
    required = office.plan.parameters.second_gate_required.value
    verdicts = {area.unit_code: _verdict(evaluation, required) for area, evaluation in evaluations}
    dropped = decided.codes("not_carried_over")
    outcome = sit(verdicts, dropped, next_list=next_list)
    lacking = {area.unit_code: missing_targets(evaluation) for area, evaluation in evaluations}
    names = Names(office, held_on)
    missing = {option(names, code): targets for code, targets in lacking.items() if targets and verdicts[code]}
    check_reason_for_missing(missing, decided.text("missing_reason"), MISSING_REASON)
    reasons = decided.reasons if dropped else {}
    for area, evaluation in evaluations:
        code = area.unit_code
        _move(
            session,
            decided,
            area,
            "converted" if verdicts[code] else "not_converted",
            held_on,
            evaluation.finding_reason,
        )
        if code in outcome.delisted:
            _move(session, decided, area, "delisted", held_on)
        elif code in outcome.carried_over:
            _move(session, decided, area, "carried_over", held_on)
        elif code in outcome.dropped:
            _move(session, decided, area, "dropped", held_on, reasons[code])


def _judged(session: Session, year: int) -> list[tuple[Area, Evaluation]]:
    """The cycle's areas, in the list's order, with the evaluation that counts."""
    evaluations = reading.evaluations(session, year, "final")
    return [(area, evaluations[area.unit_code]) for area in reading.areas(session, year)]


def missing_targets(evaluation: Evaluation) -> list[str]:
    """The targets of an evaluated area without data."""
    return [outcome["target"] for outcome in evaluation.content["outcomes"] if outcome["state"] == "missing"]


def _verdict(evaluation: Evaluation, second_gate_required: bool) -> bool:
    found: Any = evaluation.finding
    return is_converted(evaluation.meets_threshold, found, second_gate_required=second_gate_required)


def _amended_list(session: Session, decided: Decided, year: int) -> tuple[Mapping[str, Any], list[str]]:
    """The proposal as recorded, and the codes that the sitting makes of it."""
    proposal = reading.newest_proposal(session, year)
    if proposal is None:
        raise Refusal(f"Chưa có danh sách đề nghị của năm {year}; đề nghị chờ tờ trình của Công an tỉnh.")
    removed = {*decided.codes("removed"), *decided.codes("not_carried_over")}
    return proposal.content, [*(c for c in proposal.content["proposed"] if c not in removed), *decided.codes("added")]


def _cap(office: Office, held_on: date) -> int:
    return cap(len(office.units_on(held_on)), office.plan.parameters.quota_percent.value)


def _check_cap(session: Session, office: Office, decided: Decided, year: int, held_on: date) -> None:
    _, codes = _amended_list(session, decided, year)
    check_within_cap(year, len(codes), _cap(office, held_on))


def _decide_list(session: Session, office: Office, decided: Decided, year: int, held_on: date) -> None:
    content, codes = _amended_list(session, decided, year)
    added = decided.codes("added")
    _check_not_delisted(session, codes)
    reasons = decided.reasons
    in_force = office.units_on(held_on)
    valid_from = {unit.code: unit.valid_from for unit in in_force}
    scores = {row["code"]: row["score"] for row in content["ranking"]}
    carried = set(content["carried_over"])
    units = [
        DecidedUnit(
            code=code,
            valid_from=valid_from[code],
            score=scores.get(code, ""),
            carried_from_year=year - 1 if code in carried else None,
            added_reason=reasons[code] if code in added else "",
        )
        for code in codes
    ]
    span = term(office.plan, year, held_on)
    store.decide_cycle(
        session,
        year=year,
        term=(span.starts_on, span.ends_on),
        units=units,
        decided_on=held_on,
        decision_number=decided.text("number"),
        units_in_force=len(in_force),
        cap=_cap(office, held_on),
        by=decided.by,
        at=decided.at,
    )


def _check_not_delisted(session: Session, codes: Sequence[str]) -> None:
    """A unit that was taken off the list comes back on it only as one that relapsed: the sitting says so, with why."""
    delisted = {area.unit_code for area in reading.delisted(session)}
    if back := [code for code in codes if code in delisted]:
        raise Refusal(
            f"Đơn vị {', '.join(back)} đã được đưa ra khỏi diện; đưa lại vào danh sách nghĩa là tái phức tạp, "
            "đề nghị kết luận tái phức tạp kèm lý do hoặc bỏ khỏi danh sách."
        )


def _move(session: Session, decided: Decided, area: Area, to: str, on: date, reason: str = "") -> None:
    store.move_area(session, area_id=area.id, to=to, on=on, reason=reason, by=decided.by, at=decided.at)


def _move_document(session: Session, office: Office, stem: str, decided: Decided, to: str) -> None:
    document = reading.newest_document(session, stem, decided.year)
    if document is None:
        raise Refusal("Không tìm thấy dự thảo của bước này; đề nghị chạy lại công việc hằng ngày.")
    if not decided.returned:
        unchanged(
            office.folder, document.path, document.content_sha256
        )  # what is approved is the file that was put to the officer
    store.move_document(
        session,
        document_id=document.id,
        to="returned" if decided.returned else to,
        on=decided.on,
        reason=decided.reason,
        by=decided.by,
        at=decided.at,
    )


def _day(text: str, default: date) -> date:
    if not text:
        return default
    try:
        found = datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 (a calendar day has no zone)
    except ValueError:
        raise Refusal(f"Ngày “{text}” không đúng; đề nghị ghi theo dạng ngày/tháng/năm, ví dụ 14/12/2018.") from None
    if found > default:
        raise Refusal(f"Ngày {text} chưa đến; đề nghị ghi lại ngày.")
    return found


_CARRY_OUT: Mapping[str, Callable[[Session, Office, Decided], None]] = {
    "report_review": _review,
    "report_release": _release,
    "selection_proposal": _propose,
    "evaluation_finding": _find,
    "relapse_ruling": _rule,
    "steering_decision": _hold_session,
}
