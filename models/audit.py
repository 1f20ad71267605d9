"""The audit trail: one event for each write, each carrying the hash of the one before.

The table refuses UPDATE and DELETE (triggers of the first migration). An event's `on` is the day in Việt Nam.
`models.verification` says whether the trail, and the rows it has sealed, still stand as they were written.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field, Session, col, select

from models.canonical import plain
from models.columns import Content, Instant, Table
from models.meant import take_meant
from models.seals import digest, take_seals

GENESIS = "0" * 64
_VIET_NAM = timezone(timedelta(hours=7))  # no summer time, ever: an event's day must not hang on settings

# What an officer reads in the trail. The moves of cycles, areas and documents are named in `rules.stages`.
AUDIT_LABELS = {
    "units_installed": "Cập nhật danh mục đơn vị hành chính",
    "reporters_installed": "Cập nhật danh mục đơn vị báo cáo",
    "officer_added": "Thêm cán bộ",
    "officer_corrected": "Sửa thông tin cán bộ",
    "officer_respelled": "Thống nhất cách viết mã cán bộ",
    "officer_disabled": "Thôi giao nhiệm vụ cho cán bộ",
    "role_given": "Giao vai trò cho cán bộ",
    "role_confirmed": "Xác nhận vai trò được giao",
    "role_ended": "Thôi giao vai trò cho cán bộ",
    "delegation_made": "Ghi ủy quyền",
    "delegation_confirmed": "Xác nhận ủy quyền",
    "delegation_ended": "Thôi ủy quyền",
    "device_offered": "Cấp thiết bị tạo mã",
    "device_confirmed": "Xác nhận thiết bị tạo mã",
    "device_admitted": "Cán bộ thứ hai xác nhận thiết bị tạo mã cấp lại",
    "device_reset": "Hủy thiết bị tạo mã bị mất",
    "device_cleared": "Xác nhận việc hủy thiết bị tạo mã",
    "code_taken": "Dùng mã xác thực",
    "act_refused": "Từ chối thao tác của cán bộ",
    "code_refused": "Không nhận mã xác thực",
    "officer_locked": "Tạm khóa cán bộ do nhập sai mã",
    "paper_recorded": "Ghi ý kiến trên giấy",
    "paper_confirmed": "Xác nhận ý kiến trên giấy",
    "paper_rejected": "Không xác nhận ý kiến trên giấy",
    "paper_replaced": "Thay bản ghi ý kiến trên giấy",
    "submission_recorded": "Tiếp nhận số liệu",
    "file_refused": "Từ chối tệp số liệu",
    "cycle_opened": "Mở đợt chuyển hóa",
    "cycle_reviewed": "Chuyển sang rà soát tiêu chí",
    "cycle_proposed": "Trình danh sách địa bàn",
    "cycle_returned": "Trả đợt chuyển hóa về bước trước",
    "cycle_decided": "Quyết định danh sách địa bàn",
    "cycle_started": "Bắt đầu thực hiện chuyển hóa",
    "cycle_evaluated": "Chuyển sang đánh giá",
    "cycle_closed": "Kết thúc đợt chuyển hóa",
    "proposal_made": "Lập danh sách đề xuất",
    "area_converted": "Công nhận chuyển hóa thành công",
    "area_not_converted": "Kết luận chưa chuyển hóa",
    "area_delisted": "Đưa ra khỏi diện",
    "area_relapsed": "Xác định tái phức tạp",
    "area_carried_over": "Chuyển tiếp sang năm sau",
    "area_dropped": "Thôi chuyển tiếp",
    "evaluation_made": "Lập bản đánh giá",
    "finding_recorded": "Ghi kết luận về giảm cơ bản tội phạm, tệ nạn xã hội",
    "relapse_warned": "Cảnh báo tái phức tạp",
    "relapse_withdrawn": "Rút cảnh báo tái phức tạp",
    "relapse_ruled": "Kết luận về tái phức tạp",
    "gate_opened": "Trình phê duyệt",
    "gate_rung": "Gửi biểu mẫu phê duyệt",
    "gate_answered": "Trả lời phê duyệt",
    "answer_refused": "Không nhận câu trả lời",
    "gate_voided": "Hủy bước phê duyệt",
    "document_drafted": "Lập dự thảo văn bản",
    "document_adopted": "Nhận bản sửa của văn bản",
    "document_reviewed": "Duyệt nội dung văn bản",
    "document_returned": "Trả lại văn bản",
    "document_released": "Ký ban hành văn bản",
    "document_sent": "Gửi văn bản",
    "document_replaced": "Thay thế văn bản",
    "signature_redrawn": "Lập lại khối chữ ký của văn bản",
    "sources_filed": "Lập bảng nguồn số liệu của văn bản",
    "mail_queued": "Soạn thư gửi",
    "mail_sent": "Gửi thư",
}


# In the details of a transaction's last event: what it meant to write (`models.meant`), and what `models.seals` took of
# its rows as the database then held them.
MEANT, SEALED = "meant", "sealed"
_OWN = (MEANT, SEALED)
HEAD_MAIL = "audit_head:"  # begins the key of the mails that carry the head: "audit_head:2707/QT01"
_HELD = "held_audit_event"  # the newest of this transaction: it may be the one that carries the seals
_UNWITNESSED = "rows changed without an audit event: write through models.store"


class AuditEvent(Table, table=True):
    """Who did what to what. `subject` is a stable name ("gate:annual_report:2018#1"), never a row number."""

    __table_args__ = (Index(None, "subject"),)

    id: int = Field(primary_key=True)  # 1, 2, 3… without a gap
    at: datetime = Field(sa_type=Instant)
    on: date
    actor: str
    action: str
    subject: str
    details: dict[str, Any] = Field(sa_type=Content)
    previous_hash: str
    hash: str


_LAST = select(AuditEvent.id, AuditEvent.hash).order_by(col(AuditEvent.id).desc()).limit(1)  # asked for at every write


def witness(
    session: Session, action: str, subject: str, details: Mapping[str, Any], *, by: str, at: datetime
) -> AuditEvent:
    """The event of a write, kept with it. Only `models.store` calls it.

    It is added, with its hash, when the next one comes or the transaction ends. `ValueError` if `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    if taken := [name for name in _OWN if name in details]:
        raise ValueError(f"“{taken[0]}” in an event's details is the seals' own")
    held: AuditEvent | None = session.info.get(_HELD)
    number, previous = _add(session, held) if held else head(session)
    event = AuditEvent(
        id=number + 1,  # writers go one after the other: nobody adds one in between
        at=at.astimezone(UTC),
        on=at.astimezone(_VIET_NAM).date(),
        actor=by,
        action=action,
        subject=subject,
        details=plain(details),
        previous_hash=previous,
        hash="",
    )
    session.info[_HELD] = event
    return event


def seal(session: Session) -> None:
    """Ends a transaction's part of the trail: its last event carries what it wrote, and the seals of it.

    `RuntimeError` if rows were written and nothing witnessed it.
    """
    seals, meant = take_seals(session), take_meant(session)
    held: AuditEvent | None = session.info.pop(_HELD, None)
    if held is None:
        if seals:
            raise RuntimeError(_UNWITNESSED)
        return
    if seals:
        held.details = held.details | {MEANT: meant, SEALED: seals}
    _add(session, held)
    session.flush()


def details_of(session: Session, action: str, subject: str) -> list[dict[str, Any]]:
    """What the events of this kind say of the subject, this transaction's own among them, without the seals."""
    query = select(AuditEvent.details).where(AuditEvent.action == action, AuditEvent.subject == subject)
    found = list(session.exec(query.order_by(AuditEvent.id)))  # type: ignore[arg-type]
    held: AuditEvent | None = session.info.get(_HELD)
    if held and (held.action, held.subject) == (action, subject):
        found.append(held.details)
    return [{name: value for name, value in details.items() if name not in _OWN} for details in found]


def deeds_since(session: Session, number: int) -> list[tuple[str, str]]:
    """Action and subject of the events after event `number`, this transaction's own among them."""
    query = select(AuditEvent.action, AuditEvent.subject).where(AuditEvent.id > number)
    found = list(session.exec(query.order_by(col(AuditEvent.id))))
    held: AuditEvent | None = session.info.get(_HELD)
    return [*found, (held.action, held.subject)] if held and held.id > number else found


def event_hash(event: AuditEvent) -> str:
    """SHA-256 over the event's other columns, the previous hash among them."""
    return digest([{name: getattr(event, name) for name in AuditEvent.model_fields if name != "hash"}])


def head(session: Session) -> tuple[int, str]:
    """Number and hash of the last event; (0, sixty-four zeros) before the first."""
    last = session.execute(_LAST).first()
    return (last.id, last.hash) if last else (0, GENESIS)


def _add(session: Session, event: AuditEvent) -> tuple[int, str]:
    event.hash = event_hash(event)
    session.add(event)
    return event.id, event.hash
