"""Phrases that several documents share: the plan's name, units in sentences, periods, what a unit's row says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from plans.schema import Plan
from reports.facts import UnitName
from reports.vietnamese import in_sentence, listing, short_date, two_digits
from rules.periods import Period

LEGEND = "Ghi chú: dấu “-” là chưa có số liệu, không phải bằng 0."


PERIOD_NAMES = {
    "half_year": "6 tháng đầu năm {year}",
    "annual": "năm {year}",
    "first_selection": "12 tháng phục vụ lựa chọn địa bàn năm {next_year}",
}
READ = {  # what each parameter is about
    "quota_rounding": "Làm tròn mức tối đa",
    "quota_base": "Số đơn vị hiện có",
    "carry_over_counts": "Địa bàn chuyển tiếp",
    "carry_over_ranked_first": "Thứ tự địa bàn chuyển tiếp",
    "recognised_eligible_in_same_sitting": "Địa bàn vừa công nhận",
    "minister_list_inside_cap": "Danh sách của Bộ trưởng",
    "term_start": "Thời gian chuyển hóa",
    "count_by": "Đếm chỉ tiêu đạt",
    "second_gate_offences": "Giảm cơ bản tội phạm",
    "second_gate_vice_spots": "Giảm tệ nạn xã hội",
    "not_applicable": "Không phát sinh",
    "missing": "Thiếu số liệu",
    "score_method": "Cách tính điểm",
    "tie_break": "Bằng điểm",
    "minimum_completeness_percent": "Mức đủ số liệu",
    "comparison": "So sánh",
    "success_base": "Tỷ lệ chuyển hóa thành công",
    "held_base": "Tỷ lệ duy trì kết quả",
}


def plan_reference(plan: Plan) -> str:
    """`Quyết định số 1426/QĐ-UBND ngày 11/8/2017 của Chủ tịch Ủy ban nhân dân tỉnh Cà Mau`."""
    decision = plan.decision
    return (
        f"Quyết định số {decision.number} ngày {short_date(decision.signed_on)} "
        f"của Chủ tịch Ủy ban nhân dân {decision.province}"
    )


def plan_title(plan: Plan) -> str:
    """The decision's title inside a sentence: `ban hành Kế hoạch triển khai …`."""
    title = plan.decision.title
    return title[:1].lower() + title[1:]


def scheme_bases(plan: Plan) -> tuple[str, ...]:
    """The plan's own legal bases that found the scheme, without the word `Căn cứ`."""
    texts = (basis.text.removeprefix("Căn cứ ") for basis in plan.legal_bases)
    return tuple(text for text in texts if "Đề án" in text)


def proposed_by(proposal_ref: str) -> str:
    """Who proposed a decision, and in which tờ trình if there was one."""
    where = f" tại Tờ trình {proposal_ref}" if proposal_ref else ""
    return f"Theo đề nghị của Giám đốc Công an tỉnh{where}."


def unit_label(unit: UnitName) -> str:
    """`Phường 9, thành phố Cà Mau`; `xã Tân Thành, thành phố Cà Mau`."""
    return f"{in_sentence(unit.name)}, {in_sentence(unit.district)}"


def unit_list(units: Iterable[UnitName], nothing: str = "không có") -> str:
    """Units in one sentence, by district: `Phường 1, Phường 2 (thành phố Cà Mau) và xã Tân Tiến (huyện Đầm Dơi)`."""
    districts: dict[str, list[str]] = {}
    for unit in units:
        districts.setdefault(unit.district, []).append(in_sentence(unit.name))
    return listing([f"{', '.join(names)} ({in_sentence(district)})" for district, names in districts.items()], nothing)


def counted_units(units: Sequence[UnitName]) -> str:
    """`02 địa bàn, gồm: …`; `không có` for none."""
    return f"{two_digits(len(units))} địa bàn, gồm: {unit_list(units)}" if units else "không có"


def by_reason(changed: Iterable[tuple[UnitName, str]]) -> dict[str, list[UnitName]]:
    """The units by the reason given for them, which stands without its full stop."""
    groups: dict[str, list[UnitName]] = {}
    for unit, reason in changed:
        groups.setdefault(reason.strip().rstrip("."), []).append(unit)
    return groups


def bodies(names: Iterable[str]) -> str:
    """Bodies in one sentence, those of districts together: `Công an các huyện U Minh, Cái Nước và Sở Tư pháp`."""
    heads: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        head, found, place = name.partition(" huyện ")
        heads.setdefault(head if found else name, []).extend([place] if found else [])
    return listing([_body(head, places) for head, places in heads.items()])


def _body(head: str, places: Sequence[str]) -> str:
    if not places:
        return head
    return f"{head} {'các huyện' if len(places) > 1 else 'huyện'} {', '.join(places)}"


def period_name(period: Period) -> str:
    """The period as officers call it: "6 tháng đầu năm 2018", "năm 2018"."""
    return PERIOD_NAMES[period.kind].format(year=period.year, next_year=period.year + 1)


def window(period: Period) -> str:
    """`từ ngày 16/11/2017 đến ngày 15/11/2018`."""
    return f"từ ngày {short_date(period.opens_on)} đến ngày {short_date(period.closes_on)}"


def readings(plan: Plan, names: Iterable[str]) -> tuple[str, ...]:
    """How the points were read that the plan leaves open, of the parameters `names`; a plain rule is left out."""
    values = {name: getattr(plan.parameters, name) for name in names}
    return tuple(f"{READ[name]}: {v.reading}" for name, v in values.items() if v.basis == "interpretation")


def term(term_from: date, term_to: date, session_on: date | None) -> str:
    """`từ ngày … đến ngày …`, and says so when the term began before the sitting that decides."""
    span = f"từ ngày {short_date(term_from)} đến ngày {short_date(term_to)}"
    if session_on is None or session_on <= term_from:
        return span
    begun = (session_on - term_from).days
    return (
        f"{span} (tính theo năm báo cáo; đến ngày phiên họp {short_date(session_on)}, thời gian chuyển hóa đã bắt đầu "
        f"được {two_digits(begun)} ngày)"
    )


def place_of(plan: Plan, criterion: str) -> int:
    """The number of a criterion in every table: its place in II.3, from 1."""
    return next(place for place, c in enumerate(plan.criteria, start=1) if c.id == criterion)


def by_code(units: Sequence[UnitName]) -> dict[str, UnitName]:
    """The units by code; an unknown code is the caller's fault and raises `KeyError`."""
    return {unit.code: unit for unit in units}
