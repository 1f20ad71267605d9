"""What the plan brings next after a period: the sentences the standing office would write from its calendar."""

from __future__ import annotations

from collections.abc import Iterator

from sqlmodel import Session

from models import reading
from reports.mail import period_name
from reports.vietnamese import short_date, two_digits
from rules.periods import Period, period
from tasks.office import Office


def next_steps(session: Session, office: Office, of: Period) -> tuple[str, ...]:
    """The steps after period `of`, in order of time: a list to work on, a session to hold, figures to collect."""
    return tuple(_steps(session, office, of))


def _steps(session: Session, office: Office, of: Period) -> Iterator[str]:
    if of.kind == "annual":
        cycle = reading.cycle(session, of.year + 1)
        if cycle is not None and cycle.decided_on is not None:
            areas = len(reading.areas(session, cycle.year))
            yield (
                f"Triển khai thực hiện chuyển hóa {two_digits(areas)} địa bàn của đợt năm {cycle.year} theo quyết định "
                f"của Ban Chỉ đạo 138 tỉnh ngày {short_date(cycle.decided_on)}."
            )
        yield from _session(office, of)
    following = [r for r in office.timetable.reports if period(office.plan, r.period).closes_on > of.closes_on]
    if following:
        then = period(office.plan, following[0].period)
        yield (
            f"Thu thập số liệu {period_name(then)}, chốt ngày {short_date(then.closes_on)}; các đơn vị gửi báo cáo "
            f"trước ngày {short_date(then.due_before)}."
        )


def _session(office: Office, of: Period) -> Iterator[str]:
    for sitting in office.timetable.sittings:
        if sitting.recognises == of.year:
            listed = f", quyết định danh sách năm {sitting.decides}" if sitting.decides else ""
            yield (
                "Trình Ban Chủ nhiệm kết luận đánh giá từng địa bàn; chuẩn bị phiên họp Ban Chỉ đạo 138 tỉnh chậm nhất "
                f"ngày {short_date(sitting.on)} để công nhận, đưa ra khỏi diện{listed}."
            )
