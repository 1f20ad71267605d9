"""Every document by its stem: what officers call it, who issues it, and how its words are built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reports import (
    annual_report,
    delisting_decision,
    evaluation_minutes,
    half_year_report,
    reporter_report,
    selection_decision,
    selection_proposal,
)


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document. `issuer` is an id of `issuers.yaml`, None for the reporter itself.

    `build(facts, plan, issue)` gives the context that `reports.render.render(stem, context)` fills in. `has_block`:
    whether it is signed by its issuer's head or who acts for them; minutes are not.
    """

    stem: str
    title: str
    issuer: str | None
    build: Callable[..., Any]
    has_block: bool = True


KINDS = {
    kind.stem: kind
    for kind in (
        DocumentKind("selection_proposal", "Tờ trình lựa chọn địa bàn", "provincial_police", selection_proposal.build),
        DocumentKind(
            "selection_decision", "Quyết định danh sách địa bàn", "steering_committee", selection_decision.build
        ),
        DocumentKind("half_year_report", "Báo cáo 6 tháng", "provincial_police", half_year_report.build),
        DocumentKind("annual_report", "Báo cáo năm", "provincial_police", annual_report.build),
        DocumentKind(
            "evaluation_minutes",
            "Biên bản đánh giá địa bàn",
            "steering_committee",
            evaluation_minutes.build,
            has_block=False,
        ),
        DocumentKind(
            "delisting_decision", "Quyết định đưa ra khỏi diện", "steering_committee", delisting_decision.build
        ),
        DocumentKind("reporter_report", "Báo cáo của đơn vị", None, reporter_report.build),
    )
}
