"""Whether the audit trail, and every row it has sealed, still stand as they were written."""

import json
import re
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from models.audit import GENESIS, SEALED, AuditEvent
from models.seals import CHAIN, digest, places, sealed_tables, stored_rows

Head = tuple[int, str]  # number and hash of an event
_Seals = dict[str, tuple[str | None, int]]  # place -> its newest digest (None: removed), the event that says so

# Tables as an officer calls them; another by its name.
_LABELS = {
    "approval": "câu trả lời phê duyệt",
    "area": "địa bàn",
    "cycle": "đợt chuyển hóa",
    "delegation": "ủy quyền",
    "device": "thiết bị tạo mã",
    "document": "văn bản",
    "evaluation": "bản đánh giá",
    "gate": "bước phê duyệt",
    "officer": "cán bộ",
    "officer_role": "vai trò của cán bộ",
    "outgoing_mail": "thư gửi",
    "paper_answer": "ý kiến trên giấy",
    "proposal": "danh sách đề xuất",
    "refused_file": "tệp bị từ chối",
    "relapse": "cảnh báo tái phức tạp",
    "reporter": "đơn vị báo cáo",
    "submission": "lần gửi số liệu",
    "submitted_figure": "số liệu của lần gửi",
    "submitted_narrative": "lời văn của lần gửi",
    "unit": "đơn vị hành chính",
}
_GUARDS = {
    "sqlite": (
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_event'",
        r"CREATE TRIGGER \w+ BEFORE (UPDATE|DELETE) ON audit_event BEGIN SELECT RAISE\(ABORT, '[^']+'\); END",
    ),
    "postgresql": (
        "SELECT pg_get_triggerdef(t.oid) || p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE t.tgrelid = 'audit_event'::regclass AND t.tgenabled IN ('O', 'A')",
        r"CREATE TRIGGER \w+ BEFORE (UPDATE|DELETE) ON \S+ FOR EACH ROW EXECUTE FUNCTION \S+\(\)"
        r"\s*BEGIN RAISE EXCEPTION '[^']+'; END\s*",
    ),
}


@dataclass(frozen=True)
class Fault:
    """The first thing that does not stand as it was written.

    `where`: the event's number, a row's table and key ("gate/12"), or a table. `words`: the same for an officer.
    """

    kind: Literal["event", "head", "row", "table", "guard"]
    where: str
    words: str


def first_fault(session: Session, head: Head | None = None) -> Fault | None:
    """The first event, else the first row, that was altered, removed, inserted or reordered; None if all holds.

    A tail cut off or rewritten leaves no trace inside: give it a `head` that was printed or mailed, of whatever day.
    Reads every row, few at a time; keeps one digest for each place.
    """
    seals: _Seals = {}
    try:
        return _chain_fault(session, head, seals) or _row_fault(session, seals) or _guard_fault(session)
    except DBAPIError as error:
        why = str(error.orig).splitlines()[0]
        return Fault("table", "", f"Không đọc được cơ sở dữ liệu ({why}): một bảng đã bị bỏ, bị đổi hoặc tệp đã hỏng.")


def _chain_fault(session: Session, head: Head | None, seals: _Seals) -> Fault | None:
    """Walks along the chain and gathers the newest seal of each place."""
    number, last = 0, GENESIS
    for row in stored_rows(session, AuditEvent.__table__):  # type: ignore[attr-defined]
        number, hash = number + 1, row.pop("hash", None)
        if row.get("id") != number:
            return _event(number, "đã bị xóa hoặc bị đánh số lại")
        if hash != digest([row]):
            return _event(number, "đã bị sửa hoặc bị chèn vào")
        if row.get("previous_hash") != last:
            return _event(number, "không nối tiếp sự kiện đứng trước: đã bị chèn vào, đổi chỗ hoặc viết lại")
        if head and head[0] == number and head[1] != hash:
            return Fault("head", str(number), f"Sự kiện số {number} không mang mã đã gửi: nhật ký đã bị viết lại.")
        try:
            seals |= {place: (seal, number) for place, seal in json.loads(row["details"]).get(SEALED, {}).items()}
        except (LookupError, TypeError, ValueError, AttributeError):
            return _event(number, "đã bị sửa: nội dung không đọc được")
        last = hash
    if head and head[0] > number:
        return Fault("head", str(head[0]), f"Nhật ký chỉ còn {number} sự kiện, thiếu sự kiện số {head[0]}: đã bị cắt.")
    return None


def _row_fault(session: Session, seals: _Seals) -> Fault | None:
    """Compares each row with its seal. What is left over in `seals` was removed."""
    for table in sealed_tables():
        for place, found in places(session, table):
            sealed, number = seals.pop(place, (None, 0))
            if sealed is None:
                return _row(place, "do ai đó chèn vào, không phải do chương trình ghi")
            if sealed != found:
                return _row(place, f"đã bị sửa sau khi ghi ở sự kiện số {number}")
    removed = ((place, number) for place, (sealed, number) in seals.items() if sealed is not None)
    for place, number in removed:
        return _row(place, f"đã bị xóa, sau khi ghi ở sự kiện số {number}")
    return None


def _guard_fault(session: Session) -> Fault | None:
    """Whether the database itself still refuses to change an event."""
    query, wanted = _GUARDS[session.get_bind().dialect.name]
    found = [re.fullmatch(wanted, guard) for guard in session.connection().execute(text(query)).scalars()]
    if {guard[1] for guard in found if guard} == {"UPDATE", "DELETE"}:
        return None
    return Fault("guard", CHAIN, "Khóa chống sửa, xóa nhật ký trong cơ sở dữ liệu đã bị gỡ hoặc bị thay.")


def _event(number: int, what: str) -> Fault:
    return Fault("event", str(number), f"Sự kiện số {number} của nhật ký {what}.")


def _row(place: str, what: str) -> Fault:
    table, _, key = place.partition("/")
    return Fault("row", place, f"Dòng {key} của bảng {_LABELS.get(table, table)} ({table}) {what}.")
