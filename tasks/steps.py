"""The Prefect tasks: one side effect each, named so that an officer who looks at a run understands it.

The work itself is plain code in the modules beside; nothing is cached or retried here, because every step may be
repeated: a second time it finds its work done.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE

from models.db import read
from models.documents import Document
from rules.agenda import Due, agenda
from tasks import (
    administration_notices,
    audit_head,
    collection,
    cycle,
    documents,
    gate_notices,
    gate_openings,
    intake,
    mail,
    release,
)
from tasks.assessment import Selection
from tasks.office import current
from tasks.state import load_state
from tasks.stopwatch import timed

P = ParamSpec("P")
R = TypeVar("R")


def step(**options: Any) -> Callable[[Callable[P, R]], Task[P, R]]:
    """`task`, without cache or stored result, its own time measured."""

    def make(work: Callable[P, R]) -> Task[P, R]:
        return task(cache_policy=NO_CACHE, persist_result=False, **options)(timed(work))

    return make


@step(name="Xem việc đến hạn")
def what_is_due() -> tuple[Due, ...]:
    """What the plan asks for today."""
    office = current()
    with read(office.engine) as session:
        return agenda(office.timetable, load_state(session, office), office.today)


@step(name="Nhận biểu số liệu")
def take_in_inbox() -> int:
    """The filled forms of the drop folder; how many were accepted."""
    return sum(taken.is_accepted for taken in intake.take_in_inbox(current()))


@step(name="Gửi biểu số liệu", task_run_name="Gửi biểu số liệu · {period}")
def send_forms(period: str) -> int:
    """The forms of a period, written and queued to their reporters."""
    return collection.send_forms(current(), period)


@step(name="Nhắc gửi số liệu", task_run_name="Nhắc gửi số liệu · {period}")
def remind(period: str) -> int:
    """A reminder to each reporter that has not filed."""
    return collection.remind(current(), period)


@step(name="Báo quá hạn", task_run_name="Báo quá hạn · {period}")
def chase(period: str) -> int:
    """A notice to each reporter that is late."""
    return collection.chase(current(), period)


@step(name="Dự thảo báo cáo của các đơn vị")
def draft_reporter_reports() -> int:
    """Each reporter's own report from what it filed."""
    return documents.draft_reporter_reports(current())


@step(name="Dự thảo báo cáo tổng hợp", task_run_name="Dự thảo · {stem} {year}")
def draft_report(stem: str, year: int) -> Document:
    """The consolidated report, drafted from the figures as they stand."""
    return documents.draft_report(current(), stem, year)


@step(name="Lập khối chữ ký", task_run_name="Lập khối chữ ký · {year}")
def let_sign(stem: str, year: int) -> None:
    """The reviewed report, signed by the head or by whom the head has let sign today."""
    document = gate_openings.document_at(current(), stem, year)
    assert document is not None  # reviewed before
    documents.let_sign(current(), document)


@step(name="Trình duyệt báo cáo", task_run_name="Trình duyệt · {kind} {year}")
def ask_about_report(kind: str, stem: str, year: int) -> None:
    """The gate of a report: its review, then its release."""
    document = gate_openings.document_at(current(), stem, year)
    assert document is not None  # drafted before
    gate_openings.open_report_gate(current(), kind, document)


@step(name="Gửi báo cáo đã ký", task_run_name="Gửi báo cáo đã ký · {year}")
def announce_release(stem: str, year: int) -> None:
    """The released report, queued to those it is owed to."""
    release.announce_release(current(), stem, year)


@step(name="Đánh giá địa bàn", task_run_name="Đánh giá địa bàn · {year}")
def evaluate(year: int, kind: str) -> int:
    """Every area of the cycle against the targets."""
    return cycle.evaluate(current(), year, kind)  # type: ignore[arg-type]


@step(name="Theo dõi tái phức tạp", task_run_name="Theo dõi tái phức tạp · {period}")
def watch_relapses(period: str) -> int:
    """Warnings for delisted areas by the figures of a period."""
    return cycle.watch_relapses(current(), period)


@step(name="Nhắc người phải trả lời", task_run_name="Nhắc người phải trả lời · bước {gate}")
def remind_holder(gate: str) -> int:
    """A reminder to those who should answer the gate with this number."""
    return gate_notices.remind_holder(current(), int(gate))


@step(name="Báo người tiếp theo để đôn đốc", task_run_name="Báo người tiếp theo · bước {gate}")
def tell_next_in_line(gate: str) -> int:
    """Word to the next in line that the gate with this number has no answer yet."""
    return gate_notices.tell_next_in_line(current(), int(gate))


@step(name="Trình Ban Chỉ đạo kết luận tái phức tạp", task_run_name="Trình kết luận tái phức tạp · {year}")
def ask_about_relapses(year: int) -> None:
    """The gate of the Committee's ruling on the warnings of the half-year."""
    gate_openings.open_ruling_gate(current(), year)


@step(name="Trình Ban Chủ nhiệm kết luận", task_run_name="Trình kết luận · {year}")
def ask_for_findings(year: int) -> None:
    """The gate of the Board's finding."""
    gate_openings.open_finding_gate(current(), year)


@step(name="Tính điểm, lập danh sách", task_run_name="Tính điểm, lập danh sách · {year}")
def review_criteria(year: int) -> Selection:
    """The scores of all units and the proposal from them."""
    return cycle.review_criteria(current(), year)


@step(name="Dự thảo tờ trình và trình ký", task_run_name="Dự thảo tờ trình · {year}")
def propose(year: int, selection: Selection) -> None:
    """The tờ trình, and the gate of the director."""
    document = documents.draft_proposal(current(), selection)
    gate_openings.open_proposal_gate(current(), document)


@step(name="Chuẩn bị phiên họp Ban Chỉ đạo 138", task_run_name="Chuẩn bị phiên họp · {year}")
def prepare_session(year: int) -> None:
    """The gate of the year-end session."""
    gate_openings.open_session_gate(current(), year)


@step(name="Dự thảo biên bản và quyết định đưa ra khỏi diện", task_run_name="Dự thảo biên bản · {year}")
def draft_delisting(year: int) -> None:
    """The minutes of the session and the decision that delists."""
    drafts = (documents.draft_minutes(current(), year), documents.draft_delisting(current(), year))
    for document in filter(None, drafts):
        release.announce_draft(current(), document)


@step(name="Dự thảo quyết định danh sách", task_run_name="Dự thảo quyết định · {year}")
def draft_decision(year: int) -> None:
    """The decision on the list of the cycle."""
    release.announce_draft(current(), documents.draft_decision(current(), year))


@step(name="Chuyển giai đoạn đợt", task_run_name="Chuyển giai đoạn đợt {year} · {move}")
def move_cycle(year: int, move: str) -> None:
    """The cycle started ("start"), its term closed ("close_term"), or closed ("close")."""
    getattr(cycle, move)(current(), year)


@step(name="Cảnh báo thiếu lịch nghỉ")
def warn_of_missing_notice() -> None:
    """The standing office is told that the year's days off are not known yet."""
    release.warn_of_missing_notice(current())


@step(name="Báo sắp không còn quản trị hệ thống")
def warn_of_no_administrator() -> None:
    """Administrators, head and director are told from which day on nobody administers."""
    administration_notices.tell_of_end(current())


@step(name="Gửi mã nhật ký cho quản trị")
def mail_audit_head() -> None:
    """The head of the audit trail, queued to the administrators."""
    audit_head.mail_head(current())


@step(name="Gửi thư", retries=2, retry_delay_seconds=30)
def send_mail() -> int:
    """All queued mail."""
    return mail.send_waiting_mail(current())
