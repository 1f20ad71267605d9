"""The second gate of II.4: "giảm cơ bản tội phạm và tệ nạn xã hội, không để phức tạp nổi lên".

The plan has no number for it and gets none here: the evidence is computed, the finding is made and signed by people.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from plans.schema import Plan
from rules.errors import Refusal

Finding = Literal["reduced", "not_reduced"]
Values = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Evidence:
    """What the people who make the finding look at: the area's year beside the same window of the year before.

    `offences` and `spots` are None if any figure they are summed from is missing. `rank` is the area's place in the
    new scoring (1: the most complex) among `units_ranked`; None if it was not scored. `rose`: the criteria higher now.
    """

    offences_now: Decimal | None
    offences_before: Decimal | None
    spots_now: Decimal | None
    spots_before: Decimal | None
    rank: int | None
    units_ranked: int
    rose: tuple[str, ...]


def evidence(plan: Plan, now: Values, before: Values, rank: int | None, units_ranked: int) -> Evidence:
    """The evidence of one area from its criteria's values `now` and in the same window of the year `before` (II.4)."""
    offences = plan.parameters.second_gate_offences.value
    spots = plan.parameters.second_gate_vice_spots.value
    return Evidence(
        offences_now=_total(now, offences),
        offences_before=_total(before, offences),
        spots_now=_total(now, spots),
        spots_before=_total(before, spots),
        rank=rank,
        units_ranked=units_ranked,
        rose=tuple(c.id for c in plan.criteria if _rose(now.get(c.id), before.get(c.id))),
    )


def is_converted(meets_threshold: bool, finding: Finding | None, *, second_gate_required: bool = True) -> bool:
    """Whether an area is converted (II.4): the threshold is met and people found crime and vices reduced.

    No finding yet (None) is no success; `second_gate_required` is the plan file's reading of "trong đó".
    """
    return meets_threshold and (finding == "reduced" or not second_gate_required)


def check_reason_for_missing(missing: Collection[str], reason: str) -> None:
    """Raises `Refusal` if an area with targets `missing` is to be recognised without a written `reason` (II.4).

    A missing figure counts as not met; the rest may still pass the threshold, and then somebody must answer for it.
    """
    if missing and not reason.strip():
        raise Refusal(
            f"Còn thiếu số liệu của chỉ tiêu {', '.join(missing)}; chỉ công nhận khi có lý do bằng văn bản, "
            "đề nghị ghi lý do hoặc bổ sung số liệu."
        )


def can_recognise_without(missing: Collection[str], reason: str) -> bool:
    """Whether `check_reason_for_missing` lets the recognition pass."""
    try:
        check_reason_for_missing(missing, reason)
    except Refusal:
        return False
    return True


def _total(values: Values, criteria: Iterable[str]) -> Decimal | None:
    total = Decimal(0)
    for criterion in criteria:
        value = values.get(criterion)
        if value is None:
            return None
        total += value
    return total


def _rose(now: Decimal | None, before: Decimal | None) -> bool:
    return now is not None and before is not None and now > before


def points_to_reduction(evidence: Evidence) -> bool | None:
    """Whether offences were fewer than in the same window of the year before; None where a figure is missing.

    A pointer for the preliminary evaluation and for those who make the finding; never the finding itself.
    """
    if evidence.offences_now is None or evidence.offences_before is None:
        return None
    return evidence.offences_now < evidence.offences_before
