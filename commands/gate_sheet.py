"""`gate show`: all that the form in the browser and the pages beside it tell, in words or as one JSON value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from commands.speech import say, table
from reports.papers import read_aloud
from rules.gates import DECISION_LABELS, GATES, ROLE_LABELS
from tasks.approvals import WaitingGate
from tasks.gate_fields import AskedField, asked_fields, asked_lines
from tasks.gate_papers import DraftFile
from tasks.gate_sheet import TOLD, Answerer, GateSheet, Notice
from tasks.office import Office
from tasks.waiting_papers import WaitingPaper

COLUMNS = 3  # of units to choose from
OPTIONS = {"decision": "--decision", "reason": "--reason", "officer": "--by", "code": "--code"}


def tell(office: Office, sheet: GateSheet) -> None:
    """The sheet in words."""
    gate, papers = sheet.gate, sheet.papers
    say(gate.title, *asked_lines(gate), f"Trình ngày {gate.opened_on:%d/%m/%Y}, lần thứ {gate.attempt}.", "")
    table("Ai trả lời", ("Mã", "Họ tên, chức vụ", "Thẩm quyền"), map(_answerer, sheet.answerers))
    say("Cách trả lời:", *(f"- {line}" for line in _ways(office, gate)), "")
    table("Các mục", ("Ghi là", "Mục", "Cách ghi"), ((_typed(f), f.title, _how(f)) for f in asked_fields(gate)))
    for field in asked_fields(gate):
        if field.many:
            say(f"{field.title}, chọn trong {len(field.options)} đơn vị:", *_in_columns(field.options), "")
    if papers.changes:
        say(papers.changes.title, *papers.changes.sentences, *map(read_aloud, papers.changes.lines), "")
    for paper in papers.tables:
        table(paper.title, paper.head, ([cell or " " for cell in row] for row in paper.rows))
        say(*(f"- {note}" for note in paper.notes), "")
    say("Tóm tắt:", *(f"- {line}" for line in (*gate.summary, *papers.left_out)))
    if papers.draft:
        say(f"- Tệp dự thảo: {papers.draft.path}", f"- Mã SHA-256 của bản dự thảo: {papers.draft.sha256}")
        say(*([f"- LƯU Ý, bản dự thảo chưa duyệt được: {papers.draft.fault}"] if papers.draft.fault else []))
    say("", *_letters(sheet.notices), *_recorded(sheet.recorded))


def as_value(office: Office, sheet: GateSheet) -> dict[str, Any]:
    """The same as JSON has it."""
    gate, papers = sheet.gate, sheet.papers
    rule = GATES[gate.kind]
    return {
        "asked_by": rule.asked_by,
        "starts": rule.starts,
        "summary": gate.summary,
        "on_paper": rule.on_paper,
        "form": _address(office, gate),
        "answerers": [vars(answerer) for answerer in sheet.answerers],
        "fields": [vars(field) | {"option": _typed(field)} for field in asked_fields(gate)],
        "tables": [{name: vars(t)[name] for name in ("title", "head", "rows", "notes")} for t in papers.tables],
        "changes": vars(papers.changes) | {"lines": [*map(read_aloud, papers.changes.lines)]}
        if papers.changes
        else None,
        "draft": _draft_value(papers.draft),
        "left_out": papers.left_out,
        "notices": [vars(notice) | {"occasion": notice.occasion.rstrip(":") or "asked"} for notice in sheet.notices],
        "papers": paper_values(sheet.recorded),
    }


def _draft_value(draft: DraftFile | None) -> dict[str, str | None] | None:
    """`fault` says what is wrong with a file that does not lie there as it was filed."""
    return {"path": str(draft.path), "sha256": draft.sha256, "fault": draft.fault or None} if draft else None


def _letters(notices: Sequence[Notice]) -> Iterator[str]:
    """Those that were sent with the day of that; a letter that waits is no letter that somebody has."""
    sent = [f"- {n.sent_on:%d/%m/%Y} {TOLD[n.occasion]}: {n.to}" for n in notices if n.sent_on]
    waiting = [f"- {TOLD[n.occasion]}: {n.to} (viết ngày {n.on:%d/%m/%Y})" for n in notices if not n.sent_on]
    yield from ("Thư đã gửi về bước này:", *(sent or ["- chưa có"]))
    yield from (("Thư chờ gửi:", *waiting) if waiting else ())


def _in_columns(options: Sequence[str]) -> Iterator[str]:
    for first in range(0, len(options), COLUMNS):
        yield "  " + "".join(f"{option:<44}" for option in options[first : first + COLUMNS]).rstrip()


def _answerer(one: Answerer) -> tuple[str, str, str]:
    by_right = f"{one.capacity} {one.on_behalf_of}: " if one.capacity else ""
    barred = " (đã soạn thảo hoặc ghi nhận, không được tự trả lời)" if one.drafted else ""
    return one.officer, f"{one.name}, {one.title}", f"{by_right}{ROLE_LABELS[one.role]}{barred}"


def _ways(office: Office, gate: WaitingGate) -> Iterator[str]:
    rule = GATES[gate.kind]
    address = _address(office, gate)
    yield f"Trên trình duyệt: {address or 'trang của lần chạy “Chờ phê duyệt”'}, nút Resume."
    yield f"Tại đây: chuyenhoa gate answer {gate.id} --decision Ý-KIẾN --by MÃ --code MÃ-XÁC-THỰC."
    if rule.on_paper:
        yield (
            f"Trên giấy: thư ký ghi: chuyenhoa gate record {gate.id} --decision Ý-KIẾN --signed-by MÃ-NGƯỜI-KÝ "
            "--number SỐ-VĂN-BẢN --date NGÀY --scan TỆP --by MÃ --code MÃ-XÁC-THỰC; cán bộ thứ hai xác nhận: "
            f'chuyenhoa gate confirm {gate.id} --paper "SỐ-VĂN-BẢN" --by MÃ --code MÃ-XÁC-THỰC.'
        )
    else:
        yield "Không nhận văn bản giấy."
    yield f"Sau khi đồng ý: {rule.starts}"


def _address(office: Office, gate: WaitingGate) -> str:
    known = office.settings.ui_url and gate.flow_run_id
    return f"{office.settings.ui_url.rstrip('/')}/runs/flow-run/{gate.flow_run_id}" if known else ""


def _typed(field: AskedField) -> str:
    return OPTIONS.get(field.name) or f"--set {field.name}=…"


def _how(field: AskedField) -> str:
    if field.name == "decision":
        by_label = {label: decision for decision, label in DECISION_LABELS.items()}
        return "; ".join(f"{by_label[label]} ({label})" for label in field.options)
    choosing = "Mã các đơn vị, cách nhau dấu phẩy" if field.many else ""
    default = f"Không ghi thì là {field.default}" if field.default else ""
    return ". ".join(filter(None, (choosing, field.help, default)))


def _recorded(found: WaitingPaper | None) -> Iterator[str]:
    if found is None:
        return
    paper = found.paper
    votes = "" if paper.votes_for is None else f", phiếu {paper.votes_for}/{paper.votes_against}"
    yield (
        f"Văn bản giấy số {paper.number} ngày {paper.dated:%d/%m/%Y}, {paper.signed_by} ký: "
        f"{DECISION_LABELS[paper.decision]}{votes}; {paper.recorded_by} ghi, chờ cán bộ thứ hai xác nhận."  # type: ignore[index]
    )
    yield f"Bản chụp {paper.scan}, mã SHA-256 {paper.scan_sha256}; xác nhận thì ghi --paper {found.name}."


def paper_values(found: WaitingPaper | None) -> list[dict[str, Any]]:
    """What the record that waits says, as JSON has it; nothing where none does."""
    if found is None:
        return []
    paper = found.paper
    shown = ("number", "dated", "signed_by", "decision", "reason", "answer", "scan_sha256", "recorded_by")
    votes = None if paper.votes_for is None else [paper.votes_for, paper.votes_against]
    return [{name: getattr(paper, name) for name in shown} | {"name": found.name, "votes": votes}]
