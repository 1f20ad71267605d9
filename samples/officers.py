"""The scripted officers of the replay: who they are, when they answer, what they say."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from pyotp.totp import TOTP
from sqlmodel import Session

from calendars.working_days import Calendar
from models import reading, store
from models.db import read, transaction
from models.store import RoleSpan
from rules.gates import DECISION_LABELS, GATES, Decision
from samples.chance import draw
from samples.stories import relapsed_unit
from tasks.approvals import WaitingGate
from tasks.codes import Actor
from tasks.collection import missing_reporters
from tasks.key_file import encrypt
from tasks.office import SYSTEM, Office
from tasks.officers import act_as_officer
from tasks.second_officers import confirm_office

# Code, title as printed, agency, office held. The names are made up and say so.
OFFICERS = (
    ("CB01", "Phó Trưởng phòng Tham mưu", "standing_office", "standing_office_head"),
    ("CB02", "Giám đốc Công an tỉnh", "provincial_police", "director"),
    ("CB03", "Trưởng Ban Chủ nhiệm Đề án", "board", "board_chair"),
    ("CB04", "Trưởng Ban Chỉ đạo 138 tỉnh", "steering_committee", "committee_chair"),
)

# What is sent back the first time it is asked, with the reason.
RETURNED = {
    ("report_review", "annual_report:2018"): "Bổ sung đánh giá nguyên nhân tăng, giảm của từng nhóm tiêu chí.",
    ("report_release", "half_year_report:2019"): "Rà soát lại tên các đơn vị chưa gửi báo cáo trước khi ký.",
    ("selection_proposal", "criteria_review:2019"): "Nêu rõ hơn căn cứ lựa chọn đối với địa bàn ở cuối danh sách.",
    ("report_review", "annual_report:2020"): "Làm rõ tiến độ các nhiệm vụ chưa thực hiện.",
}
# A unit of the proposed list that the Committee leaves out: session's year -> its place among the new ones, reason.
LEFT_OUT = {
    2018: (-2, "Địa bàn vừa được bố trí Công an chính quy, để theo dõi thêm một năm trước khi đưa vào danh sách.")
}

CANNOT_WAIT = "Đến hạn trình ký; số liệu gửi sau được theo dõi, đưa vào kỳ báo cáo tới."
MISSING_EXPLAINED = "Đơn vị đã giải trình bằng văn bản; số liệu còn thiếu bổ sung ở báo cáo 6 tháng."
MISSING_CONFIRMED = "Đơn vị đã xác nhận kết quả bằng văn bản, gửi kèm hồ sơ phiên họp."  # no report of the plan follows
STILL_IN_HAND = "Điểm tăng do chủ động phát hiện, bắt giữ nhiều vụ hơn; địa bàn vẫn ổn định, tiếp tục theo dõi."
RULED_AT_YEAR_END = "Chờ số liệu cả năm; đưa ra phiên họp cuối năm để kết luận."
NOT_FALLEN = "Số liệu chưa cho thấy tội phạm, tệ nạn xã hội giảm so với cùng kỳ; nhân dân còn lo lắng."
STILL_WATCHED = (
    "Địa bàn đã được công nhận chuyển hóa thành công, chưa kết luận tái phức tạp, tiếp tục theo dõi; "
    "thay bằng đơn vị kế tiếp trong bảng xếp hạng."
)


@dataclass(frozen=True)
class Reply:
    """What an officer fills in at a gate, as Prefect's form takes it."""

    officer: str
    decision: Decision
    fields: Mapping[str, Any]
    code: str = ""

    @property
    def form(self) -> dict[str, Any]:
        """The answer in the form's own fields."""
        who = {"officer": self.officer, "code": self.code}
        return {"decision": DECISION_LABELS[self.decision], **who, **self.fields}


def appoint(office: Office) -> None:
    """Adds the officers of the replay, each with a device that works; their offices are confirmed as in life: the
    director confirms the head of the standing office, who confirms the others."""
    with transaction(office.engine) as session:
        for code, title, agency, role in OFFICERS:
            store.add_officer(
                session,
                code=code,
                name=f"Cán bộ minh họa {code[-2:]}",
                title=title,
                agency=agency,
                email=f"{code.lower()}@minhhoa.invalid",
                roles=[RoleSpan(role)],
                by=SYSTEM,
                at=office.now(),
            )
            give_device(session, office, code)
    head, director, *others = ((code, role) for code, _, _, role in OFFICERS)
    confirm_all(office, [head], by=director[0])
    confirm_all(office, [director, *others], by=head[0])


def confirm_all(office: Office, given: Sequence[tuple[str, str]], by: str) -> None:
    """The officer `by` confirms these offices ("CB01", "director"), with the code on the made-up device."""

    def work(session: Session, at: datetime) -> None:
        for officer, role in given:
            confirm_office(session, office, officer, role, by=by, at=at)

    act_as_officer(office, Actor(by, code_of(by, office.now())), work)


def give_device(session: Session, office: Office, officer: str) -> None:
    """A confirmed device, whose made-up secret anybody can work out: `code_of`."""
    kept = encrypt(office.settings.key_path, _secret(officer))
    store.offer_device(session, officer_id=officer, secret=kept, by=SYSTEM, at=office.now())
    store.confirm_device(session, officer_id=officer, step=0, by=officer, at=office.now())


def code_of(officer: str, at: datetime) -> str:
    """What the officer's made-up device shows at instant `at`."""
    return TOTP(_secret(officer)).at(at)


def _secret(officer: str) -> str:
    return b32encode(sha256(f"minh họa {officer}".encode()).digest()[:20]).decode()


def answers_on(office: Office, gate: WaitingGate, seed: int) -> date:
    """The day the officer answers: a session on its day, the rest within two working days, never after it is due.

    A report that is not yet whole is reviewed on its last safe day.
    """
    assert gate.due_on is not None  # every gate of this plan has its day
    opened_on, calendar = gate.opened_on, office.calendar
    if gate.kind == "report_review" and _lacks_figures(office, gate):
        return max(gate.due_on, opened_on)
    if gate.kind == "steering_decision":
        return max(gate.due_on, opened_on)
    day = opened_on if calendar.is_working_day(opened_on) else _next_working_day(calendar, opened_on)
    for _ in range(draw(seed, "answer", gate.kind, gate.subject, gate.attempt).randint(0, 1)):
        day = _next_working_day(calendar, day)
    return max(opened_on, min(day, gate.due_on))


def _lacks_figures(office: Office, gate: WaitingGate) -> bool:
    report = next(r for r in office.timetable.reports if f"{r.report}:{r.year}" == gate.subject)
    with read(office.engine) as session:
        return bool(missing_reporters(session, office, report.period))


def reply(office: Office, gate: WaitingGate, cycles: Mapping[int, tuple[str, ...]]) -> Reply:
    """What the officer in charge answers at `gate`, now."""
    given = _reply(office, gate, cycles)
    return replace(given, code=code_of(given.officer, office.now()))


def _reply(office: Office, gate: WaitingGate, cycles: Mapping[int, tuple[str, ...]]) -> Reply:
    officer = next(code for code, _, _, role in OFFICERS if role in GATES[gate.kind].roles)
    reason = RETURNED.get((gate.kind, gate.subject))
    if reason and not _was_returned(office, gate):
        return Reply(officer, "return", {"reason": reason})
    year = int(gate.subject.partition(":")[2])
    if gate.kind == "evaluation_finding":
        return Reply(officer, "approve", _findings(office, gate, year))
    if gate.kind == "relapse_ruling":
        return _ruling(officer, year)
    if gate.kind == "steering_decision":
        decision, fields = _sitting(office, gate, year, cycles)
        return Reply(officer, decision, fields)
    if gate.kind == "report_review" and _lacks_figures(office, gate):
        return Reply(officer, "approve", {"reason": CANNOT_WAIT})
    return Reply(officer, "approve", {})


def _ruling(officer: str, year: int) -> Reply:
    """Once the Committee rules by the half-year's figures alone, once it waits for those of the whole year."""
    if year % 2:
        return Reply(officer, "approve", {"not_relapsed_reason": STILL_IN_HAND})
    return Reply(officer, "drop", {"reason": RULED_AT_YEAR_END})


def _was_returned(office: Office, gate: WaitingGate) -> bool:
    with read(office.engine) as session:
        return any(
            (asked.kind, asked.subject, asked.state) == (gate.kind, gate.subject, "returned")
            for asked, _ in reading.approvals(session)
        )


def _findings(office: Office, gate: WaitingGate, year: int) -> dict[str, Any]:
    """The Board goes by the figures: an area whose offences did not fall is not found reduced."""
    with read(office.engine) as session:
        evaluations = reading.evaluations(session, year, "final")
    rising = {code for code, evaluation in evaluations.items() if not evaluation.content["points_to_reduction"]}
    options = next(q.options for q in gate.questions if q.name == "not_reduced")
    chosen = [option for option in options if option.split(" ", 1)[0] in rising]
    return {"not_reduced": chosen, "finding_note": _each(chosen, NOT_FALLEN)}


def _sitting(
    office: Office, gate: WaitingGate, year: int, cycles: Mapping[int, tuple[str, ...]]
) -> tuple[Decision, dict[str, Any]]:
    options = {question.name: question.options for question in gate.questions}
    assert gate.due_on is not None
    fields: dict[str, Any] = {"number": f"{10 + year % 10}/QĐ-BCĐ", "held_on": f"{gate.due_on:%d/%m/%Y}"}
    if "missing_reason" in {question.name for question in gate.questions}:
        fields["missing_reason"] = MISSING_EXPLAINED if office.has_cycle(year + 1) else MISSING_CONFIRMED
    relapsed = relapsed_unit(year, cycles)
    fallen = [option for option in options.get("relapsed", ()) if option.split(" ", 1)[0] == relapsed]
    if fallen:
        fields |= {
            "relapsed": fallen,
            "relapsed_reason": "Tội phạm hình sự và ma túy tăng mạnh trở lại, điểm đã đến ngưỡng của danh sách.",
        }
    if year in LEFT_OUT:
        place, reason = LEFT_OUT[year]
        return "amend", fields | {"removed": [options["removed"][place]], "reason": reason}
    return _without_delisted(office, options, fields)


def _without_delisted(
    office: Office, options: Mapping[str, tuple[str, ...]], fields: dict[str, Any]
) -> tuple[Decision, dict[str, Any]]:
    """The Committee takes no delisted unit back that it has not ruled relapsed: the next ones stand in for them."""
    with read(office.engine) as session:
        delisted = {area.unit_code for area in reading.delisted(session)}
    back = [option for option in options.get("removed", ()) if option.split(" ", 1)[0] in delisted]
    if not back:
        return "approve", fields
    spare = [option for option in options.get("added", ()) if option.split(" ", 1)[0] not in delisted]
    into = spare[: len(back)]
    why = _each([*back, *into], STILL_WATCHED)
    return "amend", fields | {"removed": back, "added": into, "reason": STILL_WATCHED, "unit_reasons": why}


def _each(options: Sequence[str], reason: str) -> str:
    """The reason on a line of its own for each unit chosen."""
    return "\n".join(f"{option.split(' ', 1)[0]} {reason}" for option in options)


def _next_working_day(calendar: Calendar, day: date) -> date:
    day += timedelta(days=1)
    while not calendar.is_working_day(day):
        day += timedelta(days=1)
    return day
