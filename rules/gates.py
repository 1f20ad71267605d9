"""The gates: what waits for a person, who may answer, what may be answered, and which story goes on after it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rules.errors import Refusal

Decision = Literal["approve", "amend", "return", "drop"]

DECISION_LABELS: Mapping[Decision, str] = {
    "approve": "Đồng ý",
    "amend": "Đồng ý, có sửa đổi",
    "return": "Trả lại",
    "drop": "Không thực hiện",
}

ADMINISTRATOR = "administrator"
ROLE_LABELS = {
    "drafter": "Cán bộ soạn thảo, cơ quan thường trực",
    "standing_office_head": "Lãnh đạo cơ quan thường trực",
    "director": "Giám đốc Công an tỉnh",
    "board_chair": "Trưởng Ban Chủ nhiệm",
    "committee_chair": "Trưởng Ban Chỉ đạo 138 tỉnh",
    "secretary": "Thư ký",
    ADMINISTRATOR: "Quản trị hệ thống",
}


@dataclass(frozen=True)
class GateRule:
    """What holds at one kind of gate, in the words of officers where they read it.

    `roles` may answer, `decisions` may be given, `starts` is what an approval sets going. "drop" leaves a matter as a
    whole undecided: it is offered where the plan can do without that decision, and nowhere else (ADR 0012). `on_paper`:
    whether a signed paper may answer, recorded by a secretary and confirmed by a second officer. `signs`: whether the
    draft has to show as its signer who approves it. `at_meeting`: it is answered on the day it is due, in a sitting,
    and waits for nobody before. `voted`: a collective decides, so its paper may tell votes. `asked_by`: who puts it to
    them.
    `reasoned_too`: when even a plain approval needs its reason.
    """

    title: str
    question: str
    roles: tuple[str, ...]
    decisions: tuple[Decision, ...]
    starts: str
    on_paper: bool = True
    at_meeting: bool = False
    signs: bool = False
    voted: bool = False
    asked_by: str = "Phòng Tham mưu Công an tỉnh"
    reasoned_too: str = ""


GATES: Mapping[str, GateRule] = {
    "report_review": GateRule(
        "Duyệt nội dung báo cáo",
        "Số liệu và nội dung dự thảo báo cáo đã đúng, đủ để trình ký chưa?",
        ("standing_office_head",),
        ("approve", "return"),
        "Khóa số liệu của kỳ và trình Giám đốc Công an tỉnh ký phát hành báo cáo.",
        on_paper=False,
        reasoned_too="duyệt sớm khi còn đơn vị chưa gửi số liệu",
    ),
    "report_release": GateRule(
        "Ký phát hành báo cáo",
        "Đồng ý ký, phát hành báo cáo?",
        ("director",),
        ("approve", "return"),
        "Gửi báo cáo đến các nơi nhận.",
        signs=True,
    ),
    "selection_proposal": GateRule(
        "Trình danh sách địa bàn chuyển hóa",
        "Đồng ý trình Ban Chỉ đạo 138 tỉnh danh sách địa bàn đề nghị chuyển hóa?",
        ("director",),
        ("approve", "return"),
        "Chuẩn bị phiên họp cuối năm của Ban Chỉ đạo 138 tỉnh.",
        signs=True,
    ),
    "evaluation_finding": GateRule(
        "Kết luận đánh giá địa bàn",
        "Địa bàn nào chưa giảm cơ bản tội phạm và tệ nạn xã hội, hoặc còn phức tạp nổi lên?",
        ("board_chair",),
        ("approve", "return"),
        "Rà soát tiêu chí, lập danh sách năm sau; trình kết quả ra phiên họp của Ban Chỉ đạo 138 tỉnh.",
        voted=True,
    ),
    "relapse_ruling": GateRule(
        "Kết luận về tái phức tạp",
        "Địa bàn nào nay tái trở lại phức tạp? Chọn “Không thực hiện” để phiên họp cuối năm kết luận.",
        ("committee_chair",),
        ("approve", "return", "drop"),
        "Ghi kết luận; địa bàn tái phức tạp được xét vào danh sách của năm sau.",
        voted=True,
        asked_by="Công an tỉnh",
    ),
    "steering_decision": GateRule(
        "Phiên họp cuối năm của Ban Chỉ đạo 138",
        "Kết quả phiên họp: công nhận, đưa ra khỏi diện, chuyển tiếp và quyết định danh sách năm sau.",
        ("committee_chair",),
        ("approve", "amend", "return"),
        "Soạn biên bản, quyết định; đưa ra khỏi diện, chuyển tiếp, bắt đầu đợt của năm sau.",
        at_meeting=True,
        voted=True,
        asked_by="Công an tỉnh",
    ),
}


RECORDERS = ("secretary",)
# Who may confirm a paper that another recorded. The office alone is not enough: who recorded it, signed it or drafted
# what it answers never does (`check_second_officer`, `check_four_eyes`).
CONFIRMERS = ("secretary", "standing_office_head", ADMINISTRATOR)
# Whom it concerns next when an answer does not come; they are told, and nothing is ever approved for want of one.
NEXT_IN_LINE = {
    "standing_office_head": "director",
    "director": "committee_chair",
    "board_chair": "committee_chair",
    "committee_chair": "secretary",
}
CAPACITIES = ("KT.", "TUQ.")  # as what an officer signs for another


def check_may_record(kind: str, roles: Collection[str]) -> None:
    """Raises `Refusal` unless a paper may answer gates of `kind` and an officer holding `roles` may record it."""
    rule = GATES[kind]
    if not rule.on_paper:
        raise Refusal(f"Bước “{rule.title}” chỉ trả lời trên máy, không nhận văn bản giấy.")
    if not set(RECORDERS) & set(roles):
        raise Refusal(f"Văn bản giấy do {_named(RECORDERS)} ghi nhận; đề nghị chuyển đúng người có thẩm quyền.")


def check_paper(decision: str, dated: date, votes: tuple[int, int] | None, *, opened_on: date, today: date) -> None:
    """Raises `Refusal` for a paper that cannot be the answer: of another time, or voted down.

    Signed before the content was put to people, it speaks of another. `votes`: for and against.
    """
    if dated > today:
        raise Refusal(f"Ngày văn bản {dated:%d/%m/%Y} chưa đến; đề nghị ghi đúng ngày trên văn bản.")
    if dated < opened_on:
        raise Refusal(
            f"Văn bản ngày {dated:%d/%m/%Y} ký trước ngày trình nội dung này ({opened_on:%d/%m/%Y}); đề nghị kiểm tra "
            "lại ngày, hoặc trình ký lại."
        )
    if votes is not None and decision in ("approve", "amend") and votes[0] <= votes[1]:
        raise Refusal(
            f"Số phiếu đồng ý {votes[0]} không nhiều hơn số phiếu không đồng ý {votes[1]}; đề nghị kiểm tra lại số "
            "phiếu hoặc ý kiến."
        )


def check_votes(kind: str, votes: tuple[int, int] | None) -> None:
    """Raises `Refusal` for votes at a gate of `kind` where one officer decides and nobody votes."""
    rule = GATES[kind]
    if votes is not None and not rule.voted:
        raise Refusal(f"Bước “{rule.title}” do {_named(rule.roles)} quyết định, không biểu quyết; đề nghị bỏ số phiếu.")


def check_second_officer(officer: str, involved: Collection[str]) -> None:
    """Raises `Refusal` if who confirms is one of those `involved`: who recorded or did it, and whom it is about."""
    if officer in involved:
        raise Refusal(
            f"Người xác nhận phải là cán bộ thứ hai, khác {', '.join(sorted(set(involved)))}; "
            "đề nghị chuyển cán bộ khác xác nhận."
        )


def check_capacity(capacity: str) -> None:
    """Raises `Refusal` unless it is one of the forms in which one officer signs for another (Nghị định 30)."""
    if capacity not in CAPACITIES:
        raise Refusal(f"Hình thức “{capacity}” không đúng; hãy chọn KT. (ký thay) hoặc TUQ. (thừa ủy quyền).")


def check_may_confirm(roles: Collection[str]) -> None:
    """Raises `Refusal` unless an officer holding `roles` may confirm what another recorded."""
    if not set(CONFIRMERS) & set(roles):
        raise Refusal(f"Bản ghi do {_named(CONFIRMERS)} xác nhận; đề nghị chuyển đúng người có thẩm quyền.")


def _named(roles: Collection[str]) -> str:
    return " hoặc ".join(ROLE_LABELS[role] for role in roles)


def check_may_answer(kind: str, decision: str, roles: Collection[str], reason: str) -> None:
    """Raises `Refusal` unless an officer holding `roles` may give `decision` at a gate of `kind`.

    A decision other than plain approval needs its `reason`.
    """
    rule = GATES[kind]
    if not set(rule.roles) & set(roles):
        raise Refusal(
            f"Bước “{rule.title}” do {_named(rule.roles)} quyết định; đề nghị chuyển đúng người có thẩm quyền."
        )
    if decision not in rule.decisions:
        allowed = ", ".join(DECISION_LABELS[d] for d in rule.decisions)
        raise Refusal(f"Bước “{rule.title}” chỉ nhận một trong các ý kiến: {allowed}; đề nghị chọn lại.")
    if decision != "approve" and not reason.strip():
        raise Refusal("Ý kiến khác “Đồng ý” phải nêu lý do; đề nghị ghi lý do.")


def check_waits(is_open: bool) -> None:
    """Raises `Refusal` unless the gate still waits for an answer: another, or the same again, counts no more."""
    if not is_open:
        raise Refusal(
            "Bước phê duyệt này không còn chờ trả lời (đã trả lời hoặc đã hủy); hãy mở danh sách chờ phê duyệt để xem."
        )


def check_four_eyes(kind: str, officer: str, involved: Collection[str]) -> None:
    """Raises `Refusal` if the officer drafted or recorded what is asked at this gate: another has to answer it."""
    if officer in involved:
        raise Refusal(
            f"Cán bộ {officer} đã soạn thảo hoặc ghi nhận nội dung này nên không được tự trả lời bước "
            f"“{GATES[kind].title}”; đề nghị chuyển người khác có thẩm quyền."
        )


def can_answer(kind: str, decision: str, roles: Collection[str], reason: str) -> bool:
    """Whether `check_may_answer` would let the answer pass."""
    try:
        check_may_answer(kind, decision, roles, reason)
    except Refusal:
        return False
    return True
