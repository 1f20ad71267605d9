from __future__ import annotations

from datetime import date

import pytest

from rules.errors import Refusal
from rules.gates import (
    DECISION_LABELS,
    GATES,
    ROLE_LABELS,
    can_answer,
    check_capacity,
    check_four_eyes,
    check_may_answer,
    check_may_confirm,
    check_may_record,
    check_paper,
    check_second_officer,
    check_votes,
)


def test_check_may_answer(case):
    answer = (case["gate"], case["decision"], case["roles"], case.get("reason", ""))
    assert can_answer(*answer) is case["allowed"]
    if case["allowed"]:
        check_may_answer(*answer)
    else:
        with pytest.raises(Refusal, match=case["says"]):
            check_may_answer(*answer)


@pytest.mark.parametrize("rule", GATES.values(), ids=GATES)
def test_every_gate_names_roles_and_decisions_that_exist(rule):
    assert rule.title and rule.question
    assert rule.roles and set(rule.roles) <= set(ROLE_LABELS)
    assert {"approve", "return"} <= set(rule.decisions) <= set(DECISION_LABELS)


def test_only_what_another_sitting_rules_on_anyway_can_be_left_undecided():
    assert [kind for kind, rule in GATES.items() if "drop" in rule.decisions] == ["relapse_ruling"]


@pytest.mark.parametrize("kind", GATES)
def test_an_administrator_answers_no_gate(kind):
    assert not can_answer(kind, "approve", ["administrator"], "")


# On paper, and four eyes


@pytest.mark.parametrize("kind", GATES)
def test_a_paper_is_recorded_where_the_gate_takes_paper_by_who_may_record(kind):
    if GATES[kind].on_paper:
        check_may_record(kind, ["secretary"])
        with pytest.raises(Refusal, match="ghi nhận"):
            check_may_record(kind, ["drafter", "director"])
    else:
        with pytest.raises(Refusal, match="không nhận văn bản giấy"):
            check_may_record(kind, ["secretary"])


@pytest.mark.parametrize(
    ("roles", "may"),
    [(["secretary"], True), (["administrator"], True), (["drafter"], False), (["director"], False), ([], False)],
)
def test_who_may_confirm_what_another_recorded(roles, may):
    if may:
        check_may_confirm(roles)
        return
    with pytest.raises(Refusal, match="xác nhận"):
        check_may_confirm(roles)


@pytest.mark.parametrize(("officer", "may"), [("QT02", True), ("QT01", False), ("GD01", False)])
def test_who_confirms_is_a_second_officer(officer, may):
    involved = ("QT01", "GD01")  # who did it, and whom it is about
    if may:
        check_second_officer(officer, involved)
        return
    with pytest.raises(Refusal, match="cán bộ thứ hai, khác GD01, QT01"):
        check_second_officer(officer, involved)


@pytest.mark.parametrize(
    ("capacity", "known"), [("KT.", True), ("TUQ.", True), ("TL.", False), ("KT", False), ("", False)]
)
def test_an_officer_signs_for_another_in_two_forms(capacity, known):
    if known:
        check_capacity(capacity)
        return
    with pytest.raises(Refusal, match="hãy chọn KT"):
        check_capacity(capacity)


def test_who_drafted_or_recorded_never_answers():
    check_four_eyes("report_release", "GD01", {"TM02"})
    with pytest.raises(Refusal, match="không được tự trả lời"):
        check_four_eyes("report_release", "GD01", {"TM02", "GD01"})


def test_every_gate_says_what_an_approval_sets_going():
    assert all(rule.starts.endswith(".") for rule in GATES.values())


ASKED, TODAY = date(2017, 11, 1), date(2017, 11, 6)


@pytest.mark.parametrize(
    ("dated", "said"), [(date(2017, 10, 31), "ký trước"), (ASKED, None), (TODAY, None), (date(2017, 11, 7), "chưa đến")]
)
def test_a_paper_answers_what_was_asked_before_and_is_there(dated, said):
    if said is None:
        check_paper("approve", dated, None, opened_on=ASKED, today=TODAY)
        return
    with pytest.raises(Refusal, match=said):
        check_paper("approve", dated, None, opened_on=ASKED, today=TODAY)


@pytest.mark.parametrize("votes", [(0, 11), (5, 5)])
@pytest.mark.parametrize(("decision", "may"), [("approve", False), ("amend", False), ("return", True), ("drop", True)])
def test_what_was_voted_down_is_sent_back_not_approved(decision, votes, may):
    if may:
        check_paper(decision, TODAY, votes, opened_on=ASKED, today=TODAY)
        return
    with pytest.raises(Refusal, match="không nhiều hơn"):
        check_paper(decision, TODAY, votes, opened_on=ASKED, today=TODAY)


@pytest.mark.parametrize("kind", GATES)
def test_votes_are_taken_where_a_collective_decides(kind):
    check_votes(kind, None)
    if kind in ("evaluation_finding", "relapse_ruling", "steering_decision"):
        check_votes(kind, (11, 0))
        return
    with pytest.raises(Refusal, match="không biểu quyết; đề nghị bỏ số phiếu"):
        check_votes(kind, (11, 0))
