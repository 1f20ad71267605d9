"""What a verification names: the first thing that does not stand as it was written, and what officers call it."""

from dataclasses import dataclass
from typing import Literal

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


def schema_part_fault(where: str, what: str) -> Fault:
    """A part of the schema ("trigger/evil"): `what` is wrong with it."""
    return Fault("schema", where, f"Cấu trúc cơ sở dữ liệu đã bị đổi ngoài chương trình: {what}.")
