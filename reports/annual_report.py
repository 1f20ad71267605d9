"""The yearly report of the Công an tỉnh (IV.2.h, IV.3.a): preliminary results of the cycle that ends in the year."""

from __future__ import annotations

from plans.schema import Plan
from reports.consolidated import RECIPIENTS, Consolidated, addressees, compose
from reports.facts import PeriodFacts
from reports.issuer import Issue, frame


def build(facts: PeriodFacts, plan: Plan, issue: Issue) -> Consolidated:
    """The words of the report from `facts` of an annual period."""
    span = f"năm {facts.period.year}"
    subject = (
        "Kết quả thực hiện Kế hoạch chuyển hóa địa bàn trọng điểm, phức tạp "
        f"về trật tự, an toàn xã hội {span} trên địa bàn {plan.decision.province}"
    )
    return compose(facts, plan, frame(issue, "BÁO CÁO", "BC", subject, addressees(plan), RECIPIENTS), span)
