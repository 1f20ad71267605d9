"""What the trail's events tell of answers, gates, papers, documents and offices, to be compared with their rows.

A seal is what the database held when a transaction ended; the event is what the program meant to write. Whoever changes
a row in between (a trigger does) has it sealed as it then stands, but not told.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlmodel import Session

from models.canonical import content_sha256
from models.columns import metadata
from models.documents import Document
from models.faults import Fault, row_fault
from models.gates import OPEN, STATE_AFTER, VOID, Gate
from models.seals import spelled, stored_rows
from models.told_offices import OFFICER, TABLES, office_key, offices_told, respelled
from rules.stages import STAGES

Row = Mapping[str, Any]
Said = dict[str, tuple[Any, int]]  # column -> its value, the event that says so

_OPENED = ("asked_by", "due_on", "subject_sha256")
_ANSWERED = ("decision", "reason", "answer", "via", "subject_sha256", "on_behalf_of", "capacity", "answered_on")
_DRAFTED = ("path", "content_sha256", "context_sha256", "signer", "signer_ids")
_PAPERS_END = {"paper_confirmed": "confirmed", "paper_rejected": "rejected"}
# Columns as an officer calls them; another by its name.
_LABELS = {
    "decision": "cách trả lời",
    "officer_id": "người trả lời",
    "reason": "lý do",
    "subject_sha256": "mã nội dung trình",
    "state": "trạng thái",
    "payload": "nội dung biểu mẫu",
    "stage": "giai đoạn",
    "content_sha256": "mã của tệp",
    "signed_by": "người ký",
    "signer": "người ký",
    "signer_ids": "mã người ký",
    "given_by": "người giao",
    "confirmed_by": "người xác nhận",
    "confirmed_on": "ngày xác nhận",
}
_OFFICERS = (
    "officer_id",
    "on_behalf_of",
    "signed_by",
    "recorded_by",
    "confirmed_by",
    "asked_by",
    "given_by",
)  # codes of theirs
_DAYS = ("adopted", "reviewed", "released", "sent")  # stages whose day a document's row keeps
_NEW = {"number": "", "released_on": None, "sent_on": None, "sources_path": None, "sources_sha256": None}
_LONGEST = 40  # characters of a value that are shown


class Told:
    """What was heard of each row, by its table and a name that both the events and the row give."""

    def __init__(self) -> None:
        self._said: dict[tuple[str, str], Said] = {}
        self._papers: dict[str, int] = {}  # how many a gate has had
        self._respelled: dict[str, str] = {}  # officers' codes of an earlier version, as they are spelt now

    def hear(self, event: Row, details: Row) -> None:
        """The next event of the trail, as it is stored, with its details."""
        action, subject, number = event["action"], event["subject"], event["id"]
        if action.startswith("gate_"):
            self._hear_gate(action, subject, number, event["at"], details)
        elif action == "paper_recorded" or action in _PAPERS_END:
            self._hear_paper(action, subject, number, event, details)
        elif subject.startswith("document:"):
            self._hear_document(action, subject, number, details)
        elif action == "officer_respelled":
            self._hear_respelling(details["was"], subject.removeprefix(OFFICER))
        for key, columns in offices_told(event, details):
            self._say(key, number, columns)

    def first_fault(self, session: Session) -> Fault | None:
        """The first row that says something else than the events about it, or that one of the two does not know."""
        left = dict(self._said)
        for place, key, row in _rows(session):
            said = left.pop(key, None)
            if said is None and key[0] in TABLES:
                continue  # of a version that told nothing of it
            if said is None:
                return row_fault(place, "không có sự kiện nào của nhật ký ghi lại")
            for column, (value, number) in said.items():
                found = _found(row, column)
                value = self._respelled.get(value, value) if column in _OFFICERS else value
                if found != _stored(value):
                    return row_fault(place, _otherwise(column, value, found, number))
        for (table, name), said in left.items():
            number = max(number for _, number in said.values())
            return row_fault(f"{table}/{name}", f"đã bị xóa hoặc đổi tên, dù sự kiện số {number} đã ghi")
        return None

    def _say(self, key: tuple[str, str], number: int, told: Row) -> None:
        self._said.setdefault(key, {}).update({column: (value, number) for column, value in told.items()})

    def _hear_respelling(self, was: str, now: str) -> None:
        self._respelled[was] = now
        self._said = {respelled(key, was, now): said for key, said in self._said.items()}

    def _hear_gate(self, action: str, subject: str, number: int, at: Any, details: Row) -> None:
        gate = ("gate", subject)
        if action == "gate_opened":
            self._say(gate, number, {"state": OPEN, "flow_run_id": None} | _some(details, _OPENED))
        elif action == "gate_rung":
            self._say(gate, number, _some(details, ("flow_run_id",)))
        elif action == "gate_voided":
            self._say(gate, number, {"state": VOID})
        elif action == "gate_answered":
            self._say(gate, number, {"state": STATE_AFTER[details["decision"]]})
            if "form_sha256" in details:
                self._say(gate, number, {"payload": details["form_sha256"]})
            answer = {**_some(details, _ANSWERED), "officer_id": details["officer"], "answered_at": at}
            self._say(("approval", subject), number, answer)

    def _hear_paper(self, action: str, subject: str, number: int, event: Row, details: Row) -> None:
        """A gate has one paper at a time: an event that ends one means the newest."""
        if action == "paper_recorded":
            self._papers[subject] = self._papers.get(subject, 0) + 1
            columns = {name: details[name] for name in details if name in metadata.tables["paper_answer"].c}
            told = {"recorded_at": event["at"], "state": "recorded", "confirmed_by": ""}
        else:
            columns, told = {}, {"state": _PAPERS_END[action]}
            told["confirmed_by"] = event["actor"] if action == "paper_confirmed" else ""
        self._say(("paper_answer", f"{subject}/{self._papers.get(subject, 0)}"), number, columns | told)

    def _hear_document(self, action: str, subject: str, number: int, details: Row) -> None:
        document = ("document", subject)
        if action == "sources_filed":
            self._say(document, number, {"sources_path": details["path"], "sources_sha256": details["sources_sha256"]})
        elif action == "signature_redrawn":
            self._say(document, number, {"stage": details["stage"]} | _NEW | _some(details, _DRAFTED))
        elif action == "document_drafted":
            self._say(document, number, {"stage": STAGES["document"].first} | _NEW | _some(details, _DRAFTED))
        else:
            numbered = {"number": details["number"]} if details.get("number") else {}
            day = {f"{details['to']}_on": details["on"]} if details["to"] in _DAYS else {}
            self._say(document, number, {"stage": details["to"]} | numbered | day)


def _rows(session: Session) -> Iterator[tuple[str, tuple[str, str], Row]]:
    """Each row that events tell of: its place, its table and name, and what it holds."""
    gates: dict[Any, str] = {}
    for row in stored_rows(session, metadata.tables["gate"]):
        gates[row["id"]] = name = Gate(**_some(row, ("kind", "subject", "attempt"))).trail_name
        yield f"gate/{row['id']}", ("gate", name), row
    for row in stored_rows(session, metadata.tables["approval"]):
        yield f"approval/{row['id']}", ("approval", gates.get(row["gate_id"], "")), row
    papers: dict[str, int] = {}
    for row in stored_rows(session, metadata.tables["paper_answer"]):
        name = gates.get(row["gate_id"], "")
        papers[name] = papers.get(name, 0) + 1
        yield f"paper_answer/{row['id']}", ("paper_answer", f"{name}/{papers[name]}"), row
    for row in stored_rows(session, metadata.tables["document"]):
        name = Document(**_some(row, ("stem", "year", "subject", "version"))).trail_name
        yield f"document/{row['id']}", ("document", name), row

    for table in TABLES:
        for row in stored_rows(session, metadata.tables[table]):
            key = office_key(table, row)
            yield f"{table}/{row.get('id', key[1])}", key, row


def _some(found: Row, names: tuple[str, ...]) -> dict[str, Any]:
    """What an event or a row says under these names; an older version of the program said less."""
    return {name: found[name] for name in names if name in found}


def _found(row: Row, column: str) -> Any:
    """A row's value in the spelling of `_stored`; of a form, its hash."""
    value = row.get(column)
    if column == "payload" and value is not None:
        try:
            return content_sha256(json.loads(value))
        except (TypeError, ValueError):
            return value
    return _stored(value)


def _stored(value: Any) -> Any:
    return None if value is None else spelled(value)


def _otherwise(column: str, told: Any, found: Any, number: int) -> str:
    label = f"{_LABELS[column]} ({column})" if column in _LABELS else column
    return f"khác với sự kiện số {number}: {label} là {_quoted(found)}, sự kiện ghi {_quoted(told)}"


def _quoted(value: Any) -> str:
    text = str(_stored(value) or "")
    return f"“{text[:_LONGEST]}…”" if len(text) > _LONGEST else f"“{text}”"
