"""Whether the audit trail, and every row it has sealed, still stand as they were written."""

import json
import re

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from models.audit import GENESIS, SEALED, AuditEvent
from models.faults import Fault, event_fault, row_fault
from models.missing_parts import unreadable_fault
from models.schema_check import schema_fault
from models.seals import CHAIN, digest, places, sealed_tables, stored_rows
from models.told import Told

Head = tuple[int, str]  # number and hash of an event
_OR_CUT = "; hoặc sự kiện ghi việc đó đã bị cắt khỏi cuối nhật ký (đối chiếu mã đã gửi qua thư bằng --head)"
_Seals = dict[str, tuple[str | None, int]]  # place -> its newest digest (None: removed), the event that says so

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


def first_fault(session: Session, head: Head | None = None) -> Fault | None:
    """The first event, else the first row, that was altered, removed, inserted or reordered; None if all holds.

    After them the database's own parts (a planted trigger, a column, an index), and the rows that say something else
    than the events about them: who changes a row before its seal is taken leaves no other trace.
    A tail cut off or rewritten leaves no trace inside: give it a `head` that was printed or mailed, of whatever day.
    Reads every row, few at a time; keeps one digest for each place.
    """
    seals: _Seals = {}
    told = Told()
    try:
        return (
            _chain_fault(session, head, seals, told)
            or _row_fault(session, seals)
            or _guard_fault(session)
            or schema_fault(session)
            or told.first_fault(session)
        )
    except DBAPIError:
        return unreadable_fault(session)


def _chain_fault(session: Session, head: Head | None, seals: _Seals, told: Told) -> Fault | None:
    """Walks along the chain; gathers the newest seal of each place and what the events tell of rows."""
    number, last = 0, GENESIS
    for row in stored_rows(session, AuditEvent.__table__):  # type: ignore[attr-defined]
        number, hash = number + 1, row.pop("hash", None)
        if row.get("id") != number:
            return event_fault(number, "đã bị xóa hoặc bị đánh số lại")
        if hash != digest([row]):
            return event_fault(number, "đã bị sửa hoặc bị chèn vào")
        if row.get("previous_hash") != last:
            return event_fault(number, "không nối tiếp sự kiện đứng trước: đã bị chèn vào, đổi chỗ hoặc viết lại")
        if head and head[0] == number and head[1] != hash:
            return Fault("head", str(number), f"Sự kiện số {number} không mang mã đã gửi: nhật ký đã bị viết lại.")
        try:
            details = json.loads(row["details"])
            seals |= {place: (seal, number) for place, seal in details.get(SEALED, {}).items()}
            told.hear(number, details)
        except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
            return event_fault(number, "đã bị sửa: nội dung không đọc được")
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
                return row_fault(place, f"do ai đó chèn vào, không phải do chương trình ghi{_OR_CUT}")
            if sealed != found:
                return row_fault(place, f"đã bị sửa sau khi ghi ở sự kiện số {number}{_OR_CUT}")
    removed = ((place, number) for place, (sealed, number) in seals.items() if sealed is not None)
    for place, number in removed:
        return row_fault(place, f"đã bị xóa, sau khi ghi ở sự kiện số {number}")
    return None


def _guard_fault(session: Session) -> Fault | None:
    """Whether the database itself still refuses to change an event."""
    query, wanted = _GUARDS[session.get_bind().dialect.name]
    found = [re.fullmatch(wanted, guard) for guard in session.connection().execute(text(query)).scalars()]
    if {guard[1] for guard in found if guard} == {"UPDATE", "DELETE"}:
        return None
    return Fault("guard", CHAIN, "Khóa chống sửa, xóa nhật ký trong cơ sở dữ liệu đã bị gỡ hoặc bị thay.")
