"""The head opens a reviewed report again without leaving the browser: Deployments, Quick run, Resume, Submit."""

from __future__ import annotations

import pytest

from flows.reopening import DEPLOYMENT, NAME
from models import reading
from tasks import gate_openings
from tasks.documents import draft_report

TITLE = "Báo cáo năm 2017"


@pytest.fixture
def clerk(clerk_at):
    """22/11/2017: the report is reviewed, and its release lies before the director."""
    clerk = clerk_at("first_cycle_executed", 2017, 11, 22)
    office = clerk.room.office
    gate_openings.open_report_gate(office, "report_review", draft_report(office, "annual_report", 2017))
    assert clerk.room.answer("report_review") == ""
    document = clerk.room.ask(reading.newest_document, "annual_report", 2017)
    gate_openings.open_report_gate(office, "report_release", document)
    clerk.ring()
    return clerk


def started(clerk):
    return [run for run in clerk.client.read_flow_runs() if run.name.startswith(NAME)]


def test_the_head_opens_a_reviewed_report_again_in_the_browser(clerk):
    page = clerk.open(f"/deployments/deployment/{clerk.client.read_deployment_by_name(DEPLOYMENT).id}")
    page.get_by_role("button", name="Run", exact=True).first.click()
    page.get_by_text("Quick run", exact=True).click()
    clerk.wait_for(lambda: [run for run in started(clerk) if run.state and run.state.is_paused()])
    (run,) = started(clerk)
    page = clerk.open(f"/runs/flow-run/{run.id}")
    clerk.open_form(page)
    clerk.picture(page, "mo-lai-bieu-mau", 1000)
    page.close()
    head = {"Báo_cáo": TITLE, "Lý_do": "Bổ sung số liệu.", "Mã_cán_bộ": "TM01"}
    clerk.answer(clerk.open(f"/runs/flow-run/{run.id}"), **(head | {"Mã_xác_thực": "000000"}))
    clerk.wait_for(clerk.is_quiet)
    assert (
        "Chưa ghi nhận: Mã xác thực không đúng" in clerk.open_form(clerk.open(f"/runs/flow-run/{run.id}")).inner_text()
    )
    clerk.answer(clerk.open(f"/runs/flow-run/{run.id}"), **head)
    clerk.wait_for(lambda: any(gate.kind == "report_review" for gate in clerk.room.waiting()) and clerk.is_quiet())
    assert clerk.room.ask(reading.answer_in_force, "report_review", "annual_report:2017") is None
    assert started(clerk)[0].name == f"{NAME} · đã mở lại {TITLE}"
