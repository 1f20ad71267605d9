"""`gate`: what waits for whom; answered here, or on paper, through the same checks as in the browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from commands.acting import open_to_act
from commands.gate_sheet import as_value, paper_values, tell
from commands.installation import open_installation
from commands.speech import print_json, say, table
from rules.errors import Refusal
from rules.gates import DECISION_LABELS, GATES, Decision
from tasks.answers import Answer, may_have_changed, refuse_as_changed, take_answer
from tasks.approvals import WaitingGate, by_deadline, waiting
from tasks.codes import Actor
from tasks.gate_openings import TITLES
from tasks.gate_sheet import gate_sheet
from tasks.office import Office
from tasks.papers import Paper, confirm, record, reject
from tasks.reopening import reopen
from tasks.waiting_papers import look, replaced, words

NEXT = "Việc tiếp theo được làm trong lần chạy hằng ngày tới."


@dataclass(frozen=True)
class Given:
    """An answer as typed: `fields` are the gate's own ("removed=31999,32002", "number=15/QĐ-BCĐ")."""

    decision: str
    reason: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signed:
    """A signed paper as typed."""

    by: str
    number: str
    dated: date
    scan: Path
    votes: str = ""
    given: Given = field(default_factory=lambda: Given("approve"))


def show_list(as_json: bool) -> None:
    """Every gate that waits for a person, what is due first before all."""
    office = open_installation()
    gates = by_deadline(waiting(office))
    papers = {gate.id: look(office, gate) for gate in gates}
    if as_json:
        print_json([_row(gate) | {"papers": paper_values(papers[gate.id])} for gate in gates])
        return
    table(
        "Đang chờ phê duyệt",
        ("Số", "Nội dung", "Người trả lời", "Trình ngày", "Chậm nhất ngày"),
        ((g.id, g.title, g.answerers, g.opened_on, g.due_on) for g in gates),
        empty="Không có bước nào đang chờ.",
    )
    for gate, found in ((gate, papers[gate.id]) for gate in gates):
        if found:
            say(f"Bước {gate.id}: văn bản giấy số {found.name} ({found.paper.recorded_by} ghi) chờ xác nhận.")


def show_one(number: int, as_json: bool) -> None:
    """All that is asked at one gate, how it can be answered, and what lies beside it."""
    office = open_installation()
    gate = _gate(office, number)
    sheet = gate_sheet(office, gate)
    if as_json:
        print_json(_row(gate) | as_value(office, sheet))
    else:
        tell(office, sheet)


def answer(number: int, given: Given, by: Actor) -> None:
    """The officer's answer. `Refusal` says why it was not taken."""
    office = open_to_act()
    gate = _gate(office, number)
    choices = _choices(gate, given.fields)
    answered = Answer(_decision(given), by.officer, given.reason.strip(), choices, by.code)
    if may_have_changed(office, gate.id):
        raise Refusal(f"{refuse_as_changed(office, gate, answered)} Bản mới được trình trong lần chạy hằng ngày tới.")
    refusal = take_answer(office, gate, answered)
    if refusal:
        raise Refusal(_with_options(gate, refusal))
    say(f"Đã ghi nhận: {DECISION_LABELS[_decision(given)]} · {gate.title}. {NEXT}")


def record_paper(number: int, signed: Signed, secretary: Actor) -> None:
    """The secretary's record of a signed paper; it waits for the second officer."""
    office = open_to_act()
    gate = _gate(office, number)
    paper = Paper(
        signed_by=signed.by,
        decision=_decision(signed.given),
        number=signed.number,
        dated=signed.dated,
        scan=signed.scan,
        reason=signed.given.reason.strip(),
        votes=_votes(signed.votes),
        choices=_choices(gate, signed.given.fields),
    )
    waited = look(office, gate)
    try:
        kept = record(office, gate, paper, secretary)
    except Refusal as refusal:
        raise Refusal(_with_options(gate, str(refusal))) from None
    before, found = replaced(office, kept), look(office, gate)
    is_known = waited is not None and waited.paper.id == kept.id
    done = f"{kept.recorded_by} đã ghi từ trước" if is_known else "Đã ghi"
    if before and not is_known:
        say(f"Thay bản ghi trước, chưa xác nhận: {words(before)}; do {before.recorded_by} ghi.")
    say(
        f"{done} {words(kept)}; cán bộ thứ hai xác nhận: chuyenhoa gate "
        f'confirm {gate.id} --paper "{found.name if found else kept.number}" --by MÃ --code MÃ-XÁC-THỰC.'
    )


def reopen_report(report: str, year: int, head: Actor, reason: str) -> None:
    """A reviewed report is drafted anew; its approval counts no more."""
    office = open_to_act()
    known = {(due.report, due.year) for due in office.timetable.reports}
    if (report, year) not in known:
        named = sorted({name for name, _ in known})
        raise Refusal(f"Không có báo cáo “{report}” năm {year}; hãy chọn {' hoặc '.join(named)} và năm của Kế hoạch.")
    reopen(office, report, year, head, reason)
    say(f"Đã mở lại {TITLES[report].format(year)}; phê duyệt trước không còn giá trị. {NEXT}")


def confirm_paper(number: int, paper: str, second: Actor) -> None:
    """The second officer's confirmation of the paper so named: it counts, and what it says is told."""
    office = open_to_act()
    gate = _gate(office, number)
    confirmed = confirm(office, gate, paper, second)
    say(f"Đã xác nhận {words(confirmed)} · {gate.title}. {NEXT}")


def reject_paper(number: int, paper: str, second: Actor, reason: str) -> None:
    """The second officer does not confirm: the paper so named never counts."""
    office = open_to_act()
    gate = _gate(office, number)
    rejected = reject(office, gate, paper, second, reason)
    say(f"Không xác nhận {words(rejected)} · {gate.title}; bước này vẫn chờ trả lời.")


def _gate(office: Office, number: int) -> WaitingGate:
    gates = {gate.id: gate for gate in waiting(office)}
    if number not in gates:
        listed = ", ".join(map(str, gates)) or "không có bước nào"
        raise Refusal(f"Không có bước phê duyệt số {number} đang chờ; các bước đang chờ: {listed}.")
    return gates[number]


def _row(gate: WaitingGate) -> dict[str, Any]:
    return {
        "id": gate.id,
        "kind": gate.kind,
        "subject": gate.subject,
        "title": gate.title,
        "question": gate.question,
        "opened_on": gate.opened_on,
        "due_on": gate.due_on,
        "attempt": gate.attempt,
        "roles": GATES[gate.kind].roles,
        "decisions": GATES[gate.kind].decisions,
        "questions": [vars(question) for question in gate.questions],
    }


def _decision(given: Given) -> Decision:
    if given.decision not in DECISION_LABELS:
        listed = ", ".join(f"{decision} ({words})" for decision, words in DECISION_LABELS.items())
        raise Refusal(f"Không có ý kiến “{given.decision}”; đề nghị chọn một trong: {listed}.")
    return given.decision  # type: ignore[return-value]


def _choices(gate: WaitingGate, fields: tuple[str, ...]) -> Mapping[str, Any]:
    """The gate's own fields; a commune may be named by its code alone."""
    questions = {question.name: question for question in gate.questions}
    choices: dict[str, Any] = {q.name: ([] if q.options else q.default) for q in gate.questions}
    for typed in fields:
        name, sign, value = typed.partition("=")
        if not sign or name not in questions:
            raise Refusal(
                f"Mục “{typed}” không đúng; đề nghị ghi TÊN=GIÁ-TRỊ với tên là: {', '.join(questions) or '—'}."
            )
        options = {option.split(" ", 1)[0]: option for option in questions[name].options}
        given = dict.fromkeys(part.strip() for part in value.split(",") if part.strip())  # typed twice is chosen once
        choices[name] = [options.get(part, part) for part in given] if options else value.strip()
    return choices


def _with_options(gate: WaitingGate, sentence: str) -> str:
    """The sentence; where it names a field by its title in the form, with how that is typed here."""
    for question in gate.questions:
        named = f"mục “{question.title}”"
        sentence = sentence.replace(named, f"{named} (--set {question.name}=…)")
    return sentence


def _votes(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    parts = text.split("/")
    if len(parts) != 2 or not all(part.strip().isascii() and part.strip().isdigit() for part in parts):
        raise Refusal(f"Số phiếu “{text}” không đúng; đề nghị ghi ĐỒNG-Ý/KHÔNG-ĐỒNG-Ý, ví dụ 11/0.")
    return int(parts[0]), int(parts[1])
