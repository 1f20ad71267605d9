"""What the trail's events tell of every row (`models.meant`), to be compared with the row.

A seal is what the database held when a transaction ended; what its event tells is what the program meant to write.
Whoever changes a row in between (a trigger does), or before the program next writes to it, has it sealed as it then
stands, but not told. Every table is told in the same way, whatever it holds: there is nothing to say of a new one.
"""

from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from models.audit import MEANT, SEALED
from models.columns import metadata
from models.faults import Fault, event_fault, row_fault
from models.meant import told
from models.seals import place_of, sealed_tables, stored_rows

Row = Mapping[str, Any]
Said = dict[str, tuple[Any, int]]  # column -> its value, the event that says so

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
    "valid_from": "hiệu lực từ ngày",
    "valid_to": "hiệu lực đến ngày",
    "role": "vai trò",
    "capacity": "tư cách ký",
    "finding": "kết luận về giảm cơ bản",
    "is_converted": "công nhận chuyển hóa",
    "ruling": "kết luận về tái phức tạp",
    "decision_number": "số quyết định",
    "signer": "người ký",
    "signer_ids": "mã người ký",
    "given_by": "người giao",
    "confirmed_by": "người xác nhận",
    "confirmed_on": "ngày xác nhận",
}
_LONGEST = 40  # characters of a value that are shown
_UNTOLD = "không có sự kiện nào của nhật ký ghi lại"


class Told:
    """What was heard of each row, by its place."""

    def __init__(self) -> None:
        self._said: dict[str, Said] = {}
        self._fault: Fault | None = None  # the first that an event alone gives away

    def hear(self, number: int, details: Row) -> None:
        """The next event of the trail."""
        meant, sealed = details.get(MEANT, {}), details.get(SEALED, {})
        for place, columns in meant.items():
            if isinstance(columns, dict):
                self._said.setdefault(place, {}).update({name: (value, number) for name, value in columns.items()})
            elif columns is None:
                self._said.pop(place, None)
            elif sealed.get(place) != columns:  # rows filed together: both are their digest
                self._note(row_fault(place, f"khác với số liệu mà chương trình ghi ở sự kiện số {number}"))
        if strange := sorted(meant.keys() ^ sealed.keys()):
            self._note(event_fault(number, f"không ghi đủ nội dung và dấu niêm phong của dòng {strange[0]}"))

    def first_fault(self, session: Session) -> Fault | None:
        """The first row that says something else than the events about it, or that one of the two does not know."""
        left = dict(self._said)
        for table in sealed_tables():
            if table.info.get("sealed_by"):
                continue
            for row in stored_rows(session, table):
                place = place_of(table, row)
                if what := _difference(table.name, row, left.pop(place, {})):
                    return row_fault(place, what)
        for place, said in left.items():
            number = max((number for _, number in said.values()), default=0)
            return row_fault(place, f"đã bị xóa hoặc đổi mã, dù sự kiện số {number} đã ghi")
        return self._fault

    def _note(self, fault: Fault) -> None:
        self._fault = self._fault or fault


def _difference(table: str, row: Row, said: Said) -> str:
    """In what a row differs from what was told of it; "" if in nothing. A column that a migration added is empty."""
    if not said:
        return _UNTOLD
    columns = metadata.tables[table].columns
    for name in (*said, *sorted(row.keys() - said.keys())):
        found = told(columns[name], row.get(name)) if name in columns else None
        if name not in said:
            return f"có cột {_label(name)} là {_quoted(found)}, {_UNTOLD}"
        value, number = said[name]
        if found != value:
            return f"khác với sự kiện số {number}: {_label(name)} là {_quoted(found)}, sự kiện ghi {_quoted(value)}"
    return ""


def _label(column: str) -> str:
    return f"{_LABELS[column]} ({column})" if column in _LABELS else column


def _quoted(value: Any) -> str:
    """A value as a fault shows it; of one that is told by its hash, that."""
    if isinstance(value, dict):
        return f"nội dung có mã {str(value.get('sha256'))[:12]}…"
    text = "" if value is None else str(value)
    return f"“{text[:_LONGEST]}…”" if len(text) > _LONGEST else f"“{text}”"
