"""The second gate of II.4: "giảm cơ bản tội phạm và tệ nạn xã hội, không để phức tạp nổi lên".

The plan has no number for it and gets none here: the evidence is computed, the finding is made and signed by people.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from plans.schema import Plan
from rules.errors import Refusal

Finding = Literal["reduced", "not_reduced"]
Values = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Movement:
    """One criterion's figure in the area's year, and in the same window of the year before; None: no figure."""

    criterion: str
    now: Decimal | None
    before: Decimal | None

    @property
    def is_known(self) -> bool:
        """Whether both windows have a figure."""
        return self.now is not None and self.before is not None

    @property
    def rose(self) -> bool:
        """Whether the figure is higher now; False where one is missing."""
        return self.now is not None and self.before is not None and self.now > self.before

    @property
    def fell(self) -> bool:
        """Whether the figure is lower now; False where one is missing."""
        return self.now is not None and self.before is not None and self.now < self.before


@dataclass(frozen=True)
class Evidence:
    """What the people who make the finding look at: the area's year beside the same window of the year before.

    `offences` and `spots` hold one movement a criterion, in the order of the plan file's reading; counts of unlike
    things are never added up. `rank` is the area's place in the new scoring (1: the most complex) among
    `units_ranked`; None if it was not scored. `rose`: the criteria of II.3 that are higher now.
    """

    offences: tuple[Movement, ...]
    spots: tuple[Movement, ...]
    rank: int | None
    units_ranked: int
    rose: tuple[str, ...]


def evidence(plan: Plan, now: Values, before: Values, rank: int | None, units_ranked: int) -> Evidence:
    """The evidence of one area from its criteria's values `now` and in the same window of the year `before` (II.4)."""
    moved = {c.id: Movement(c.id, now.get(c.id), before.get(c.id)) for c in plan.criteria}
    return Evidence(
        offences=tuple(moved[id] for id in plan.parameters.second_gate_offences.value),
        spots=tuple(moved[id] for id in plan.parameters.second_gate_vice_spots.value),
        rank=rank,
        units_ranked=units_ranked,
        rose=tuple(id for id, movement in moved.items() if movement.rose),
    )


def is_converted(meets_threshold: bool, finding: Finding | None, *, second_gate_required: bool = True) -> bool:
    """Whether an area is converted (II.4): the threshold is met and people found crime and vices reduced.

    No finding yet (None) is no success; `second_gate_required` is the plan file's reading of "trong đó".
    """
    return meets_threshold and (finding == "reduced" or not second_gate_required)


def check_reason_for_missing(missing: Mapping[str, Collection[str]], reason: str, asked_as: str) -> None:
    """Raises `Refusal` if areas are to be recognised without the targets they are `missing`, and without a written
    `reason` (II.4).

    `missing`: targets by area, as people know it ("31999 Phường 9"); `asked_as`: the title of the field for the reason,
    which is not that of the answer as a whole. A missing figure counts as not met; the rest may still pass the
    threshold, and then somebody must answer for it.
    """
    if reason.strip():
        return
    lacking = [
        f"{area} còn thiếu số liệu của chỉ tiêu {', '.join(targets)}" for area, targets in missing.items() if targets
    ]
    if lacking:
        raise Refusal(
            f"Địa bàn {', địa bàn '.join(lacking)}; muốn công nhận thì ghi mục “{asked_as}”, hoặc bổ sung số liệu "
            "trước khi công nhận."
        )


def points_to_reduction(evidence: Evidence) -> bool | None:
    """Whether the figures point to "giảm" (II.4): the first offence criterion fell, and more of them fell than rose.

    Each criterion is set beside its own figure of the year before; None where a figure is missing. A pointer for the
    preliminary evaluation and for those who make the finding; never the finding itself.
    """
    movements = (*evidence.offences, *evidence.spots)
    if not all(movement.is_known for movement in movements):
        return None
    falls, rises = sum(m.fell for m in movements), sum(m.rose for m in movements)
    return evidence.offences[0].fell and falls > rises
