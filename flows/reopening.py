"""A reviewed report opened again from the Prefect UI: a run without parameters that asks, by a form, who, what and why.

Whoever can reach the server can start it; what counts is what the head's own code has proven. A run that is cancelled
or lost has done nothing, and the head starts another.
"""

from __future__ import annotations

from itertools import count
from typing import Any
from uuid import UUID

from prefect import flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.input import RunInput
from prefect.runtime import flow_run

from flows import given_answers, ringing, stories
from flows.approval import ask, given_at
from flows.gate_form import build_form
from rules.errors import Refusal
from rules.officers import heard_code
from tasks import steps
from tasks.answers import Asked
from tasks.codes import Actor
from tasks.gate_fields import AskedField, who_answers
from tasks.gate_openings import TITLES
from tasks.office import current
from tasks.reopening import refused_reopenings, reopen, reviewed_reports
from tasks.urgent_mail import send_queued_since, trail_length

NAME = "Mở lại số liệu đã duyệt"
DEPLOYMENT = f"{NAME}/{NAME}"
QUESTION = "Mở lại báo cáo nào đã duyệt nội dung, chưa ký?"
EFFECT = (
    "Phê duyệt trước hết giá trị; dự thảo được lập lại với số liệu mới và trình duyệt lại từ đầu. "
    "Người mở lại: lãnh đạo cơ quan thường trực."
)
NOTHING = "không có báo cáo nào đã duyệt mà chưa ký"


@flow(name="Mở lại số liệu đã duyệt", flow_run_name="Mở lại số liệu đã duyệt", persist_result=True)
def reopening() -> str:
    """Asks which report is opened again, does it through the checks of the command line, and drafts it anew at once.

    The run starts again from the top after each form, as `flows.approval` does. Its name tells what came of it.
    """
    run_id = str(flow_run.id)
    refused = refused_reopenings(current(), run_id)
    opened: tuple[str, int] | None = None
    for number in count(len(refused)):
        reports = reviewed_reports(current())
        if not reports:
            given_answers.wipe(run_id)
            break
        key = f"reopening-{number}"
        if refused:
            given_answers.wipe(run_id, but=key)  # the run died between the refusal and its wiping
        form = ask(reopening_form(reports, refused[-1] if refused else ""), key)
        before = trail_length(current())
        opened, refusal = _weigh(form, Asked(run_id, number))
        given_answers.wipe(run_id)
        if opened:
            break
        send_queued_since(current(), before)  # as `flows.approval` does
        refused.append(refusal)
    return _go_on(*opened) if opened else _tell(NOTHING)


def reopening_form(reports: tuple[tuple[str, int], ...], refusal: str = "") -> type[RunInput]:
    """The form that asks about `reports` (name and year); `refusal` says on top why the last one was not taken."""
    titles = tuple(TITLES[stem].format(year) for stem, year in reports)
    asked = (
        AskedField("report", "Báo cáo", options=titles, default=None, passing=True),
        AskedField("reason", "Lý do", "Vì sao phải mở lại; được ghi vào nhật ký", default=None),
        *who_answers(),
    )
    return build_form("Reopening", asked, (QUESTION, EFFECT), refusal)


def register(client: SyncPrefectClient) -> None:
    """Makes it known to the server, so that the head finds it under Deployments."""
    about = "Lãnh đạo cơ quan thường trực bấm Run, Quick run; mở lần chạy vừa tạo, bấm Resume để mở biểu mẫu."
    ringing.deploy(client, DEPLOYMENT, "flows.deployed.reopening", about)


def _weigh(form: Any, asked: Asked) -> tuple[tuple[str, int] | None, str]:
    """The report that was opened again, or None and why not."""
    office = current()
    named = {TITLES[due.report].format(due.year): (due.report, due.year) for due in office.timetable.reports}
    head = Actor(heard_code(form.officer), form.code.strip())
    stem, year = named.get(form.report, (form.report, 0))
    try:
        reopen(office, stem, year, head, form.reason.strip(), at=given_at(form), asked=asked)
    except Refusal as refusal:
        return None, str(refusal)
    return (stem, year), ""


def _go_on(stem: str, year: int) -> str:
    """Drafts the report anew and rings at its review."""
    stories.go_on(f"{stem}:{year}")
    ringing.ring()
    steps.send_mail()
    return _tell(f"đã mở lại {TITLES[stem].format(year)}")


def _tell(outcome: str) -> str:
    with get_client(sync_client=True) as client:
        client.update_flow_run(UUID(str(flow_run.id)), name=f"{NAME} · {outcome}")
    return outcome
