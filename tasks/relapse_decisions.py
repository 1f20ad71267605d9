"""What the Committee decides on warnings of a relapse, at its year-end session or at a gate of its own."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from models import reading, store
from models.cycles import Area
from rules.errors import Refusal
from tasks.decided import Decided
from tasks.relapse_facts import NO_REASON


def rule_on_relapses(session: Session, decided: Decided, on: date, *, every_reason: bool = False) -> None:
    """Rules, on day `on`, on every warning that waits: relapsed, where the answer says so, with why; else not.

    `every_reason`: what is not found relapsed needs its reason too (a session has much else to write down).
    """
    relapsed, because = decided.codes("relapsed"), decided.text("relapsed_reason")
    otherwise = decided.text("not_relapsed_reason")
    if relapsed and not because:
        raise Refusal("Đã kết luận địa bàn tái phức tạp; đề nghị ghi lý do.")
    for warning in reading.relapse_warnings(session, unruled_only=True):
        is_relapse = session.get_one(Area, warning.area_id).unit_code in relapsed
        if every_reason and not is_relapse and not otherwise:
            raise Refusal("Có địa bàn chưa kết luận tái phức tạp; đề nghị ghi lý do chưa kết luận.")
        store.rule_on_relapse(
            session,
            relapse_id=warning.id,
            ruling="relapsed" if is_relapse else "not_relapsed",
            reason=because if is_relapse else otherwise or NO_REASON,
            on=on,
            by=decided.by,
            at=decided.at,
        )
