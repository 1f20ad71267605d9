"""An area's figures in one line, for those who make the finding of II.4."""

from __future__ import annotations

from plans.schema import Plan
from reports.vietnamese import cell
from rules.findings import Movement
from tasks.assessment import Judgement


def area_line(plan: Plan, name: str, judgement: Judgement) -> str:
    """ "Phường 5: chỉ tiêu 8/8; phạm pháp hình sự 12 (năm trước 20); …; hạng 40/101": every count on its own."""
    achievement, evidence = judgement.achievement, judgement.evidence
    parts = [f"chỉ tiêu {achievement.met}/{achievement.counted}"]
    if achievement.missing:
        parts.append(f"thiếu số liệu {len(achievement.missing)} chỉ tiêu")
    parts += [_movement(plan, movement) for movement in (*evidence.offences, *evidence.spots)]
    if evidence.rank is not None:
        parts.append(f"hạng {evidence.rank}/{evidence.units_ranked}")
    return f"{name}: {'; '.join(parts)}."


def _movement(plan: Plan, movement: Movement) -> str:
    short = plan.criterion(movement.criterion).short
    return f"{short[:1].lower()}{short[1:]} {cell(movement.now)} (năm trước {cell(movement.before)})"
