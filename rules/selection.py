"""Which units to put before Steering Committee 138 (II.2.a): carry-overs, then the most complex, up to the cap."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rules.errors import Refusal
from rules.scoring import UnitScore


@dataclass(frozen=True)
class Proposal:
    """A proposed list. `proposed` includes the `carried_over`, first.

    `set_apart`: too incomplete to be judged by their score, for a person to decide. `tied_at_cut`: the units with the
    same score as the last one proposed, if not all of them found room (the tie break chose).
    """

    cap: int
    carried_over: tuple[str, ...]
    proposed: tuple[str, ...]
    set_apart: tuple[str, ...]
    tied_at_cut: tuple[str, ...]


def propose(
    ranking: Sequence[UnitScore],
    cap: int,
    carried_over: Collection[str],
    ineligible: Collection[str],
    minimum_completeness_percent: int,
    *,
    carry_over_counts: bool = True,
    carry_over_ranked_first: bool = True,
) -> Proposal:
    """The list to propose from `ranking` (the most complex first), never over `cap`.

    `carried_over` are last cycle's failed areas that the Committee carries on, whatever their completeness;
    `ineligible` the units recognised in the same sitting. With `carry_over_counts` off the cap binds the new areas
    only; with `carry_over_ranked_first` off carry-overs stand for election like any other unit.
    Raises `Refusal` if there are more carry-overs than room, or if one of them is ineligible.
    """
    check_carried_over(carried_over, ineligible, cap if carry_over_counts and carry_over_ranked_first else None)
    carried = _in_ranking_order(carried_over, ranking) if carry_over_ranked_first else ()
    room = cap - len(carried) if carry_over_counts else cap
    candidates = [s for s in ranking if s.code not in carried and s.code not in ineligible]
    complete = [s for s in candidates if _is_complete(s, minimum_completeness_percent)]
    elected = tuple(s.code for s in complete[:room])
    return Proposal(
        cap=cap,
        carried_over=carried or tuple(code for code in elected if code in carried_over),
        proposed=carried + elected,
        set_apart=tuple(s.code for s in candidates if not _is_complete(s, minimum_completeness_percent)),
        tied_at_cut=_tied_at_cut(complete, room),
    )


def check_carried_over(carried_over: Collection[str], ineligible: Collection[str], cap: int | None) -> None:
    """Raises `Refusal` if an ineligible unit is carried over, or more than `cap` are (None: no limit)."""
    if both := sorted(set(carried_over) & set(ineligible)):
        raise Refusal(
            f"Đơn vị {', '.join(both)} vừa được công nhận chuyển hóa thành công nên không thể chuyển tiếp; "
            "đề nghị bỏ khỏi danh sách chuyển tiếp."
        )
    if cap is not None and len(carried_over) > cap:
        raise Refusal(
            f"Có {len(carried_over)} địa bàn chuyển tiếp, vượt mức tối đa {cap} địa bàn của năm; đề nghị Ban Chỉ đạo "
            f"138 đưa ra khỏi danh sách chuyển tiếp ít nhất {len(carried_over) - cap} địa bàn, nêu rõ lý do."
        )


def _is_complete(score: UnitScore, percent: int) -> bool:
    return score.completeness * 100 >= percent


def _in_ranking_order(codes: Collection[str], ranking: Sequence[UnitScore]) -> tuple[str, ...]:
    ranked = [s.code for s in ranking if s.code in codes]
    return (*ranked, *sorted(set(codes) - set(ranked)))


def _tied_at_cut(complete: Sequence[UnitScore], room: int) -> tuple[str, ...]:
    if not 0 < room < len(complete) or complete[room - 1].score != complete[room].score:
        return ()
    return tuple(s.code for s in complete if s.score == complete[room].score)
