"""What is put to people at each gate: the content it binds to, what the form shows and asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from models import reading, store
from models.db import read, transaction
from models.documents import Document
from models.gates import OPEN, Gate
from reports.mail import gate_waiting
from rules.deadlines import session_on
from rules.findings import points_to_reduction
from rules.gates import GATES
from rules.timetable import SittingDue
from tasks.approvals import WAITING_KEY, Question, open_gate
from tasks.assessment import judge_areas
from tasks.collection import asked_reporters, missing_reporters
from tasks.decisions import missing_targets
from tasks.evidence_words import area_line
from tasks.gate_changes import signer_change
from tasks.gate_questions import (
    MISSING_REASON,
    ONLY_AMENDED,
    choice,
    finding_questions,
    list_questions,
    option,
    ruling_questions,
    sitting_questions,
    unit_list,
    warning_lines,
)
from tasks.letters import queue, to_officer
from tasks.naming import Names
from tasks.office import SYSTEM, Office
from tasks.relapse_facts import open_warnings
from tasks.signatures import with_signer

TITLES = {"half_year_report": "Báo cáo 6 tháng năm {}", "annual_report": "Báo cáo năm {}"}


def open_report_gate(office: Office, kind: str, document: Document) -> Gate:
    """Asks the head of the standing office (`report_review`) or the director (`report_release`) about a draft."""
    report = office.timetable.report(document.stem, document.year)
    with transaction(office.engine) as session:
        return _open(
            session,
            office,
            kind=kind,
            subject=f"{document.stem}:{document.year}",
            title=TITLES[document.stem].format(document.year),
            content={
                "document": document.stem,
                "year": document.year,
                "version": document.version,  # the same words drafted anew after a return are asked about anew
                "says": document.context_sha256,
            },
            summary=[
                f"Bản dự thảo: {document.path}",
                _filed(session, office, report.period),
            ],
            due_on=report.last_safe_day,
            draft=document,
        )


def _filed(session: Session, office: Office, period_id: str) -> str:
    """How many of the reporters the draft rests on, and who is missing from it."""
    asked = len(asked_reporters(session, office, period_id))
    missing = [reporter.name for reporter in missing_reporters(session, office, period_id)]
    names = f"; chưa gửi: {'; '.join(missing)}" if missing else ""
    return f"Đã gửi số liệu: {asked - len(missing)}/{asked} đơn vị{names}."


def open_proposal_gate(office: Office, document: Document) -> Gate:
    """Asks the director to put the list before Steering Committee 138."""
    year = document.year
    sitting = office.timetable.sitting_deciding(year)
    with transaction(office.engine) as session:
        proposal = reading.newest_proposal(session, year)
        assert proposal is not None  # the document was drafted from it
        names = Names(office, office.today)
        listed = [option(names, code) for code in proposal.content["proposed"]]
        return _open(
            session,
            office,
            kind="selection_proposal",
            subject=f"criteria_review:{year}",
            title=f"Danh sách địa bàn {year}",
            content={"proposal": proposal.sha256, "version": document.version, "says": document.context_sha256},
            summary=[f"Đề nghị {len(listed)} địa bàn: {'; '.join(listed)}.", f"Tờ trình: {document.path}"],
            due_on=sitting.on,
            draft=document,
        )


def open_finding_gate(office: Office, year: int) -> Gate:
    """Asks the Board for its finding on each area of cycle `year` (the second gate of II.4)."""
    with transaction(office.engine) as session:
        evaluations = reading.evaluations(session, year, "final")
        judged = {j.unit: j for j in judge_areas(session, office, year)}
        names = Names(office, office.today)
        meeting = sum(evaluation.meets_threshold for evaluation in evaluations.values())
        rising = [c for c in evaluations if not points_to_reduction(judged[c].evidence)]
        return _open(
            session,
            office,
            kind="evaluation_finding",
            subject=f"evaluation:{year}",
            title=f"Đợt chuyển hóa năm {year}",
            content={code: evaluation.sha256 for code, evaluation in evaluations.items()},
            summary=[
                f"Đạt ngưỡng chỉ tiêu: {meeting}/{len(evaluations)} địa bàn.",
                "Số liệu chưa cho thấy giảm so với cùng kỳ năm trước: "
                + ("; ".join(option(names, code) for code in rising) if rising else "không có địa bàn nào")
                + ".",
                *(area_line(office.plan, option(names, code), judged[code]) for code in evaluations),
            ],
            questions=finding_questions(names, list(evaluations)),
            due_on=session_on(office.plan, office.calendar, year),
        )


def open_session_gate(office: Office, year: int) -> Gate:
    """Asks for the outcome of the sitting of Steering Committee 138 in `year`."""
    sitting = office.timetable.sitting(year)
    with transaction(office.engine) as session:
        names = Names(office, sitting.on)
        content, summary, questions = _session_content(session, office, names, sitting)
        _stop_asking(session, office, year, "Đưa vào phiên họp cuối năm của Ban Chỉ đạo 138 tỉnh để kết luận.")
        questions = [*sitting_questions(sitting), *questions]
        return _open(
            session,
            office,
            kind="steering_decision",
            question=_session_question(sitting),
            subject=f"steering_decision:{year}",
            title=f"Phiên họp năm {year}",
            content=content,
            summary=summary,
            questions=questions,
            due_on=sitting.on,
            attachments=_papers(session, sitting),
        )


def open_ruling_gate(office: Office, year: int) -> None:
    """Asks the Committee about the warnings of a relapse on which it has not ruled; no longer, if none is left.

    What it leaves to its year-end session is not asked again before, unless other units warn.
    """
    with transaction(office.engine) as session:
        warnings = open_warnings(session, office)
        if not warnings:
            _stop_asking(session, office, year, "Số liệu mới không còn cảnh báo.")
            return
        names = Names(office, office.today)
        _open(
            session,
            office,
            kind="relapse_ruling",
            subject=f"relapse_watch:{year}",
            title=f"Theo dõi tái phức tạp 6 tháng năm {year}",
            content=[[w.unit.code, w.period.id, str(w.score), w.rank] for w in warnings],
            summary=warning_lines(names, warnings),
            questions=ruling_questions(names, warnings),
            due_on=office.timetable.sitting(year).on,
        )


def _papers(session: Session, sitting: SittingDue) -> list[str]:
    """What the sitting has before it: the tờ trình, and the annual report with the areas' results."""
    wanted = [("selection_proposal", sitting.decides), ("annual_report", sitting.recognises)]
    found = [reading.newest_document(session, stem, year) for stem, year in wanted if year is not None]
    return [document.path for document in found if document is not None]


def _session_content(
    session: Session, office: Office, names: Names, sitting: SittingDue
) -> tuple[dict[str, Any], list[str], list[Question]]:
    content: dict[str, Any] = {}
    summary: list[str] = []
    questions: list[Question] = []
    if sitting.recognises is not None:
        evaluations = reading.evaluations(session, sitting.recognises, "final")
        converted = [code for code, e in evaluations.items() if e.is_converted]
        failed = [code for code, e in evaluations.items() if not e.is_converted]
        content["verdicts"] = {code: [e.sha256, e.finding] for code, e in evaluations.items()}
        summary.append(
            f"Đề nghị công nhận, đưa ra khỏi diện {len(converted)}/{len(evaluations)}: {unit_list(names, converted)}."
        )
        if failed and sitting.decides is None:
            summary.append(f"Chưa đạt {len(failed)} địa bàn (không còn đợt sau): {unit_list(names, failed)}.")
        elif failed:
            summary.append(f"Chưa đạt, chuyển tiếp {len(failed)} địa bàn: {unit_list(names, failed)}.")
            questions += choice(names, failed, "not_carried_over", "Địa bàn thôi chuyển tiếp", ONLY_AMENDED)
        incomplete = [code for code in converted if missing_targets(evaluations[code])]
        if incomplete:
            summary.append(f"Đề nghị công nhận nhưng còn thiếu số liệu chỉ tiêu: {unit_list(names, incomplete)}.")
            lacking = unit_list(names, incomplete)
            questions.append(
                Question(
                    "missing_reason",
                    MISSING_REASON,
                    help=f"Phải ghi khi đồng ý công nhận: {lacking}",
                )
            )
        warnings = open_warnings(session, office)
        if warnings:
            content["warnings"] = sorted(warning.unit.code for warning in warnings)
            summary += warning_lines(names, warnings)
            questions += ruling_questions(names, warnings)
    if sitting.decides is not None:
        proposal = reading.newest_proposal(session, sitting.decides)
        assert proposal is not None  # the cycle is proposed
        proposed = proposal.content["proposed"]
        content["proposal"] = proposal.sha256
        summary.append(
            f"Danh sách đề nghị năm {sitting.decides} ({len(proposed)} địa bàn): {unit_list(names, proposed)}."
        )
        delisted = {area.unit_code for area in reading.delisted(session)}
        if back := [code for code in proposed if code in delisted]:
            summary.append(
                f"Đã đưa ra khỏi diện, nay lại trong danh sách đề nghị: {unit_list(names, back)}. "
                "Giữ lại thì phải kết luận tái phức tạp; nếu không, đề nghị bỏ khỏi danh sách."
            )
        questions += list_questions(names, proposal.content)
    return content, summary, questions


def _stop_asking(session: Session, office: Office, year: int, reason: str) -> None:
    """About relapses, where that was asked: the session rules on what is left, and nobody is asked the same twice."""
    waiting = reading.newest_gate(session, "relapse_ruling", f"relapse_watch:{year}")
    if waiting is not None and waiting.state == OPEN:
        store.void_gate(session, gate_id=waiting.id, reason=reason, by=SYSTEM, at=office.now())


def _session_question(sitting: SittingDue) -> str:
    """What this sitting is asked: the first has nothing to recognise, the last no list to decide."""
    if sitting.decides is None:
        return "Kết quả phiên họp: công nhận địa bàn chuyển hóa thành công, đưa ra khỏi diện."
    if sitting.recognises is None:
        return f"Kết quả phiên họp: quyết định danh sách năm {sitting.decides}."
    return GATES["steering_decision"].question


def _open(
    session: Session, office: Office, *, attachments: Sequence[str] = (), draft: Document | None = None, **asked: Any
) -> Gate:
    """Opens the gate and, the first time, tells those who may answer. With a `draft`, it is about its signature too."""
    if draft is not None:
        attachments = [*attachments, draft.path]
        asked |= with_signer(office, draft, asked["kind"], asked["summary"])
    gate = open_gate(session, office, **asked)
    rule = GATES[gate.kind]
    title = f"{rule.title} · {asked['title']}"
    told = [*filter(None, [signer_change(session, gate)]), *asked["summary"]]
    text = gate_waiting(title, asked.get("question") or rule.question, asked["due_on"], told, _link(office))
    asked_of = {o.id: o for role in rule.roles for o in reading.officers_in_role(session, role, office.today)}
    asked_of |= {o.id: o for role in rule.roles for _, o in reading.acting(session, role, office.today)}
    key = f"{gate.trail_name}/"
    queue(session, office, (to_officer(key + id, officer, text, attachments) for id, officer in asked_of.items()))
    return gate


def _link(office: Office) -> str:
    """Where the forms are: the page that lists them. A form's own address is not known before it rings."""
    return f"{office.settings.ui_url.rstrip('/')}/artifacts/key/{WAITING_KEY}" if office.settings.ui_url else ""


def document_at(office: Office, stem: str, year: int) -> Document | None:
    """The newest version of a document."""
    with read(office.engine) as session:
        return reading.newest_document(session, stem, year)
