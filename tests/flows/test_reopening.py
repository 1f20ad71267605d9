"""The head opens a reviewed report again from the Prefect UI: by the same kind of form, through the same checks."""

from __future__ import annotations

import json

import pytest
from prefect.client.schemas.objects import FlowRun
from prefect.states import Cancelled, Completed, Scheduled

from flows.reopening import DEPLOYMENT, NAME, NOTHING
from models import reading
from tasks import gate_openings
from tasks.documents import draft_report

REPORT, TITLE = "annual_report:2017", "Báo cáo năm 2017"
WHY = "Bổ sung số liệu của huyện gửi muộn."


class Reopening:
    """What the head sees and does: Quick run, Resume, Submit."""

    def __init__(self, desk):
        self.desk, self.client = desk, desk.client
        found = self.client.read_deployment_by_name(DEPLOYMENT)
        self.id = self.client.create_flow_run_from_deployment(found.id).id
        desk.executor.run_what_is_due()

    @property
    def run(self) -> FlowRun:
        return self.client.read_flow_run(self.id)

    def state(self) -> str:
        return self.run.state.type.value

    def form(self):
        keyset = self.run.state.state_details.run_input_keyset
        return [json.loads(self.client.read_flow_run_input(self.id, keyset[key])) for key in ("schema", "description")]

    def fill_in(self, officer="TM01", code="", report=TITLE, reason=WHY) -> None:
        given = {"officer": officer, "code": code or self.desk.room.code(officer), "report": report, "reason": reason}
        said = self.client.resume_flow_run(self.id, run_input=given)
        assert said.status.value == "ACCEPT", said.details
        self.desk.executor.run_what_is_due()

    def answers_kept(self) -> list[str]:
        kept = self.client.filter_flow_run_input(self.id, key_prefix="suspended-", limit=200, exclude_keys=set())
        return [given.key for given in kept if given.key.endswith("-response")]


@pytest.fixture
def desk(desk_at):
    """22/11/2017: the report is reviewed, and its release lies before the director."""
    desk = desk_at("first_cycle_executed", 2017, 11, 22)
    office = desk.room.office
    gate_openings.open_report_gate(office, "report_review", draft_report(office, "annual_report", 2017))
    assert desk.room.answer("report_review") == ""
    document = desk.room.ask(reading.newest_document, "annual_report", 2017)
    gate_openings.open_report_gate(office, "report_release", document)
    desk.ring()
    return desk


def reviewed(desk):
    return desk.room.ask(reading.answer_in_force, "report_review", REPORT) is not None


def test_the_form_asks_which_report_why_and_who_and_names_only_those_that_can_be_opened(desk):
    schema, words = Reopening(desk).form()
    assert list(schema["properties"]) == ["report", "reason", "officer", "code"] == schema["required"]
    assert schema["properties"]["report"]["enum"] == [TITLE]
    assert "Mở lại báo cáo nào đã duyệt nội dung, chưa ký?" in words


def test_opened_by_the_head_the_approval_is_void_and_the_report_is_drafted_and_asked_about_anew(desk):
    release = desk.run("report_release").id
    reopening = Reopening(desk)
    reopening.fill_in()
    assert reopening.state() == "COMPLETED"
    assert reopening.run.name == f"{NAME} · đã mở lại {TITLE}"
    assert not reviewed(desk)
    assert desk.room.gate("report_review").attempt == 2
    assert desk.run("report_review").state.type.value == "PAUSED", "its form waits already"
    assert desk.client.read_flow_run(release).state.type.value == "CANCELLED"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"code": "000000"}, "Mã xác thực không đúng"),
        ({"officer": "GD01"}, "đề nghị chuyển đúng người có thẩm quyền"),
        ({"officer": "CB99", "code": "123456"}, "Không có cán bộ mang mã"),
        ({"reason": " "}, "phải nêu lý do"),
    ],
)
def test_what_is_refused_says_why_on_the_next_form_and_the_code_is_wiped(desk, given, why):
    reopening = Reopening(desk)
    before = desk.room.work()
    reopening.fill_in(**given)
    words = reopening.form()[1]
    assert words.startswith("**Chưa ghi nhận:** ")
    assert why in words
    assert reopening.answers_kept() == []
    assert desk.room.work() == before
    reopening.fill_in()
    assert not reviewed(desk)
    assert reopening.answers_kept() == []


def test_a_refusal_is_weighed_once_however_often_the_run_begins_anew(desk):
    reopening = Reopening(desk)
    for _ in range(2):
        reopening.fill_in(code="000000")
    assert desk.room.ask(reading.device, "TM01").failures == 2
    assert len(desk.room.ask(reading.refused_acts_of, str(reopening.id))) == 2


def test_who_is_locked_out_is_mailed_before_the_form_is_shown_again(desk):
    reopening = Reopening(desk)
    for _ in range(5):
        reopening.fill_in(code="000000")
    assert "tạm khóa" in reopening.form()[1]
    assert desk.room.ask(reading.mail_keys, "locked:TM01:")
    assert desk.room.ask(reading.mails_unsent) == []


def test_a_code_is_in_no_parameter_of_the_run(desk):
    reopening = Reopening(desk)
    reopening.fill_in()
    assert reopening.run.parameters == {}


@pytest.mark.parametrize("end", [Cancelled, Completed])
def test_a_run_that_was_cancelled_or_forced_opens_nothing_and_the_head_starts_another(desk, end):
    first = Reopening(desk)
    desk.client.set_flow_run_state(first.id, end(), force=True)
    desk.watch()
    assert reviewed(desk)
    Reopening(desk).fill_in()
    assert not reviewed(desk)


def test_a_run_forced_to_go_on_without_an_answer_opens_nothing(desk):
    reopening = Reopening(desk)
    desk.client.set_flow_run_state(reopening.id, Scheduled(), force=True)
    desk.executor.run_what_is_due()
    assert reviewed(desk)


def test_a_report_signed_while_the_form_was_open_is_not_opened(desk):
    reopening = Reopening(desk)
    assert desk.room.answer("report_release") == ""
    reopening.fill_in()
    assert desk.room.ask(reading.newest_document, "annual_report", 2017).stage == "released"
    assert reopening.run.name == f"{NAME} · {NOTHING}"
    assert reopening.answers_kept() == []


def test_where_nothing_can_be_opened_the_run_says_so_and_ends(desk_at):
    reopening = Reopening(desk_at("first_list_proposed"))
    assert reopening.state() == "COMPLETED"
    assert reopening.run.name == f"{NAME} · {NOTHING}"
