"""The stages of a cycle, an area and a document: which follows which, who may move it, and the audit event it makes.

`docs/generated/stages.md` is printed from these dicts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rules.errors import Refusal

# Who acts: "system" is the product itself, on figures and dates; the rest are offices, whose officers sign in by name.
ACTORS = {
    "system": "Hệ thống",
    "standing_office": "Cơ quan Thường trực (Phòng Tham mưu)",
    "director": "Giám đốc Công an tỉnh",
    "board": "Ban Chủ nhiệm Đề án",
    "steering_committee": "Ban Chỉ đạo 138 tỉnh",
    "clerk": "Văn thư",
}

Move = tuple[str, str]


@dataclass(frozen=True)
class Stages:
    """The life of one kind of thing: its `first` stage, and the `owners` and audit `events` of each move (from, to)."""

    kind: str
    title: str
    first: str
    labels: Mapping[str, str]
    owners: Mapping[Move, tuple[str, ...]]
    events: Mapping[Move, str]

    @property
    def transitions(self) -> dict[str, tuple[str, ...]]:
        """Each stage and the stages that may follow it; an empty tuple ends the life."""
        return {stage: tuple(to for start, to in self.owners if start == stage) for stage in self.labels}


def _stages(
    kind: str, title: str, labels: Mapping[str, str], moves: Mapping[Move, tuple[tuple[str, ...], str]]
) -> Stages:
    owners = {move: owners for move, (owners, _) in moves.items()}
    events = {move: event for move, (_, event) in moves.items()}
    return Stages(kind, title, next(iter(labels)), labels, owners, events)


CYCLE = _stages(
    "cycle",
    "Đợt chuyển hóa",
    {
        "collecting": "Thu thập số liệu",
        "reviewing": "Rà soát tiêu chí",
        "proposed": "Đã trình danh sách",
        "decided": "Đã quyết định danh sách",
        "executing": "Đang thực hiện",
        "evaluating": "Đang đánh giá",
        "closed": "Đã kết thúc",
    },
    {
        ("collecting", "reviewing"): (("system", "standing_office"), "cycle_reviewed"),
        ("reviewing", "proposed"): (("director",), "cycle_proposed"),
        ("reviewing", "collecting"): (("standing_office", "director"), "cycle_returned"),
        ("proposed", "decided"): (("steering_committee",), "cycle_decided"),
        ("proposed", "reviewing"): (("steering_committee",), "cycle_returned"),
        ("decided", "executing"): (("system",), "cycle_started"),
        ("executing", "evaluating"): (("system",), "cycle_evaluated"),
        ("evaluating", "closed"): (("steering_committee",), "cycle_closed"),
    },
)

AREA = _stages(
    "area",
    "Địa bàn chuyển hóa",
    {
        "executing": "Đang chuyển hóa",
        "converted": "Chuyển hóa thành công",
        "not_converted": "Chưa chuyển hóa",
        "delisted": "Đã đưa ra khỏi diện",
        "relapsed": "Tái phức tạp",
        "carried_over": "Chuyển tiếp",
        "dropped": "Thôi chuyển tiếp",
    },
    {
        ("executing", "converted"): (("steering_committee",), "area_converted"),
        ("executing", "not_converted"): (("steering_committee",), "area_not_converted"),
        ("converted", "delisted"): (("steering_committee",), "area_delisted"),
        ("delisted", "relapsed"): (("steering_committee",), "area_relapsed"),
        ("not_converted", "carried_over"): (("steering_committee",), "area_carried_over"),
        ("not_converted", "dropped"): (("steering_committee",), "area_dropped"),
    },
)

DOCUMENT = _stages(
    "document",
    "Văn bản",
    {
        "drafted": "Dự thảo",
        "adopted": "Đã nhận bản sửa",
        "reviewed": "Đã duyệt nội dung",
        "released": "Đã ký ban hành",
        "sent": "Đã gửi",
        "returned": "Trả lại",
        "replaced": "Đã thay thế",
    },
    {
        ("drafted", "adopted"): (("standing_office",), "document_adopted"),
        ("drafted", "reviewed"): (("standing_office", "director"), "document_reviewed"),
        ("drafted", "returned"): (("standing_office", "director"), "document_returned"),
        ("drafted", "replaced"): (("system", "standing_office"), "document_replaced"),
        ("adopted", "reviewed"): (("standing_office", "director"), "document_reviewed"),
        ("adopted", "returned"): (("standing_office", "director"), "document_returned"),
        ("adopted", "replaced"): (("system", "standing_office"), "document_replaced"),
        ("reviewed", "released"): (("director", "board", "steering_committee"), "document_released"),
        # The standing office: it opens again what it reviewed, as long as nobody has signed it.
        ("reviewed", "returned"): (("standing_office", "director", "board", "steering_committee"), "document_returned"),
        ("reviewed", "replaced"): (("system", "standing_office"), "document_replaced"),
        ("released", "sent"): (("clerk", "system"), "document_sent"),
        ("released", "replaced"): (("standing_office",), "document_replaced"),
        ("returned", "adopted"): (("standing_office",), "document_adopted"),
        ("returned", "replaced"): (("system", "standing_office"), "document_replaced"),
    },
)

STAGES = {stages.kind: stages for stages in (CYCLE, AREA, DOCUMENT)}


def check_transition(kind: str, start: str, to: str, actor: str | None = None) -> None:
    """Raises `Refusal` unless a `kind` ("cycle", "area", "document") may move from `start` to `to`.

    With an `actor` (a key of `ACTORS`), also unless that office may make the move.
    """
    stages = STAGES[kind]
    owners = stages.owners.get((start, to))
    if owners is None:
        following = ", ".join(f"“{stages.labels[s]}”" for s in stages.transitions.get(start, ()))
        raise Refusal(
            f"{stages.title} đang ở bước “{stages.labels.get(start, start)}”, không thể chuyển sang bước "
            f"“{stages.labels.get(to, to)}”; bước tiếp theo có thể là: {following or 'không còn bước nào'}."
        )
    if actor is not None and actor not in owners:
        raise Refusal(
            f"{ACTORS.get(actor, actor)} không có thẩm quyền chuyển {stages.title.lower()} sang bước "
            f"“{stages.labels[to]}”; đề nghị chuyển đến: {', '.join(ACTORS[o] for o in owners)}."
        )


def can_transition(kind: str, start: str, to: str, actor: str | None = None) -> bool:
    """Whether `check_transition` lets the move pass."""
    try:
        check_transition(kind, start, to, actor)
    except Refusal:
        return False
    return True


def event_of(kind: str, start: str, to: str) -> str:
    """The audit event the move makes. Raises `Refusal` if there is no such move."""
    check_transition(kind, start, to)
    return STAGES[kind].events[start, to]


def diagram(stages: Stages) -> str:
    """The stages as a Mermaid state diagram, with Vietnamese labels and the audit event on each move."""
    lines = ["stateDiagram-v2", f"    [*] --> {stages.first}"]
    lines += [f"    {stage}: {label}" for stage, label in stages.labels.items()]
    lines += [f"    {start} --> {to}: {event}" for (start, to), event in stages.events.items()]
    lines += [f"    {stage} --> [*]" for stage, following in stages.transitions.items() if not following]
    return "\n".join(lines) + "\n"
