"""What a verification names: the first thing that does not stand as it was written, and what officers call it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# Tables as an officer calls them; another by its name.
_LABELS = {
    "alembic_version": "phiên bản của cơ sở dữ liệu",
    "approval": "câu trả lời phê duyệt",
    "area": "địa bàn",
    "audit_event": "nhật ký",
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


@dataclass(frozen=True)
class Fault:
    """The first thing that does not stand as it was written.

    `where`: the event's number, a row's table and key ("gate/12"), a table, a part of the schema ("trigger/evil"), or a
    file's path. `words`: the same for an officer.
    """

    kind: Literal["event", "head", "row", "table", "guard", "schema", "file"]
    where: str
    words: str


def event_fault(number: int, what: str) -> Fault:
    """The event of this number: `what` is wrong with it."""
    return Fault("event", str(number), f"Sự kiện số {number} của nhật ký {what}.")


def row_fault(place: str, what: str) -> Fault:
    """The row at a place ("gate/12"): `what` is wrong with it."""
    table, _, key = place.partition("/")
    return Fault("row", place, f"Dòng {key} của bảng {_LABELS.get(table, table)} ({table}) {what}.")


def table_fault(tables: Sequence[str], what: str) -> Fault:
    """The database cannot be read: `what` is wrong, "{}" in it standing for the `tables` it is about."""
    named = ", ".join(f"{table} ({_LABELS.get(table, table)})" for table in tables)
    return Fault("table", next(iter(tables), ""), f"Không đọc được cơ sở dữ liệu: {what.format(named)}.")


def schema_part_fault(where: str, what: str) -> Fault:
    """A part of the schema ("trigger/evil"): `what` is wrong with it."""
    return Fault("schema", where, f"Cấu trúc cơ sở dữ liệu đã bị đổi ngoài chương trình: {what}.")
