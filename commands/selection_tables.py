"""What `select` tells people: the list, the ranking around the cut, and whether the year's list is decided already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from commands.speech import say, shown, table
from commands.stability import Stability
from forms.words import period_title
from plans.units import Unit
from reports.ranking import points
from reports.vietnamese import short_date
from tasks.assessment import Selection

AROUND_THE_CUT = 6  # places on either side


@dataclass(frozen=True)
class Decided:
    """A list that stands: decided `on` which day, the `codes` of its areas."""

    on: date
    codes: tuple[str, ...]


def tell(selection: Selection, units: Mapping[str, Unit], stands: Stability | None, decided: Decided | None) -> None:
    """The `selection` as lines and tables; `units` by code are those in force when it is decided."""
    proposal = selection.proposal
    if decided is not None:
        say(*_decided(selection, units, decided), "")
    say(
        f"Danh sách đề nghị năm {selection.year}, số liệu: {period_title(selection.ranking.period)}.",
        f"{selection.units_in_force} đơn vị cấp xã, tối đa {proposal.cap} địa bàn, "
        f"chuyển tiếp {len(proposal.carried_over)}. Điểm theo thang 100.",
    )
    _list(selection, units)
    _ranking(selection, units)
    if proposal.set_apart:
        say(f"Số liệu chưa đủ, để người có thẩm quyền xem xét riêng: {_named(proposal.set_apart, units)}.")
    if stands is not None:
        say(
            f"So với trọng số của Kế hoạch: giữ {stands.kept}/{stands.proposed} địa bàn; "
            f"thêm: {_named(stands.entered, units)}; bớt: {_named(stands.left, units)}; "
            f"tương quan thứ hạng {shown(stands.rank_correlation)}."
        )


def _decided(selection: Selection, units: Mapping[str, Unit], decided: Decided) -> list[str]:
    proposed = selection.proposal.proposed
    more = [code for code in proposed if code not in decided.codes]
    fewer = [code for code in decided.codes if code not in proposed]
    lines = [
        f"Danh sách năm {selection.year} đã được quyết định ngày {short_date(decided.on)}, gồm {len(decided.codes)} "
        "địa bàn; bảng dưới tính lại theo số liệu hiện có."
    ]
    if more or fewer:
        lines.append(
            f"So với danh sách đã quyết định, bảng tính lại thêm: {_named(more, units)}; bớt: {_named(fewer, units)}."
        )
    return lines


def _list(selection: Selection, units: Mapping[str, Unit]) -> None:
    scores = {score.code: score for score in selection.ranking.scores}
    table(
        "Địa bàn đề nghị",
        ("Mã", "Tên", "Huyện, thành phố", "Thứ hạng", "Điểm", "Đầy đủ số liệu", "Ghi chú"),
        (
            (
                code,
                *_place(code, units),
                selection.ranking.place(code),
                points(scores[code].score) if code in scores else None,
                f"{int(scores[code].completeness * 100)} %" if code in scores else None,
                _note(selection, code),
            )
            for code in selection.proposal.proposed
        ),
    )


def _ranking(selection: Selection, units: Mapping[str, Unit]) -> None:
    """The places around the last new one of the list; all of them are in `--json` and in the tờ trình."""
    scores = selection.ranking.scores
    new = set(selection.proposal.proposed) - set(selection.proposal.carried_over)
    last = max((place for place, score in enumerate(scores, start=1) if score.code in new), default=0)
    first = max(0, last - AROUND_THE_CUT)
    around = scores[first : last + AROUND_THE_CUT]
    table(
        f"Bảng xếp hạng quanh ngưỡng chọn (hạng {first + 1} đến {first + len(around)} trong {len(scores)} đơn vị; "
        "cả bảng: thêm --json)",
        ("Hạng", "Mã", "Tên", "Huyện, thành phố", "Điểm", "Đề nghị"),
        (
            (place, score.code, *_place(score.code, units), points(score.score), _standing(selection, score.code))
            for place, score in enumerate(around, start=first + 1)
        ),
    )


def _place(code: str, units: Mapping[str, Unit]) -> tuple[str, str]:
    unit = units.get(code)
    return (unit.name, unit.district_name) if unit else ("", "")


def _note(selection: Selection, code: str) -> str:
    if code in selection.proposal.carried_over:
        return "chuyển tiếp"
    return "bằng điểm tại ngưỡng" if code in selection.proposal.tied_at_cut else ""


def _standing(selection: Selection, code: str) -> str:
    note = _note(selection, code)
    if code in selection.proposal.proposed:
        return f"có ({note})" if note else "có"
    if code in selection.ineligible:
        return "không (đề nghị công nhận chuyển hóa)"
    if code in selection.proposal.set_apart:
        return "xem xét riêng (thiếu số liệu)"
    return f"không ({note})" if note else "không"


def _named(codes: Sequence[str], units: Mapping[str, Unit]) -> str:
    return ", ".join(f"{code} {_place(code, units)[0]}".strip() for code in codes) or "không có"
