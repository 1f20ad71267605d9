"""What no single value can know: that the parts of a plan agree with each other. Yields problems, in Vietnamese."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plans.schema import Obligation, Plan

Problem = tuple[tuple[str | int, ...], str]  # key path, one sentence with what to write instead

# The lists of a plan whose items bear an id.
LISTS = ("objectives", "groups", "criteria", "targets", "measures", "reporter_types", "agencies", "obligations")


def problems(plan: Plan) -> Iterator[Problem]:
    """Everything in `plan` that contradicts another part of it."""
    yield from _unique(plan)
    yield from _groups(plan)
    yield from _letters(plan)
    yield from _weights(plan)
    yield from _tie_break(plan)
    yield from _owners(plan)
    yield from _leads(plan)
    yield from _districts(plan)
    for index, obligation in enumerate(plan.obligations):
        yield from _parties(plan, index, obligation)
        yield from _window(index, obligation)
    if plan.valid_to.value < plan.valid_from.value:
        yield ("valid_to", "value"), "ngày hết hiệu lực đứng trước ngày có hiệu lực; hãy ghi ngày sau valid_from"


def _unique(plan: Plan) -> Iterator[Problem]:
    for name in LISTS:
        seen = Counter(row.id for row in getattr(plan, name))
        for index, row in enumerate(getattr(plan, name)):
            if seen[row.id] > 1:
                yield (name, index, "id"), f"mã “{row.id}” dùng {seen[row.id]} lần; hãy đặt cho mỗi mục một mã riêng"


def _groups(plan: Plan) -> Iterator[Problem]:
    groups = {group.id for group in plan.groups}
    for index, criterion in enumerate(plan.criteria):
        if criterion.group not in groups:
            yield ("criteria", index, "group"), _unknown("nhóm tiêu chí", criterion.group, groups)
        elif criterion.id[0] != criterion.group:
            yield ("criteria", index, "group"), f"nhóm không khớp mã {criterion.id}; hãy ghi “{criterion.id[0]}”"


def _letters(plan: Plan) -> Iterator[Problem]:
    for index, target in enumerate(plan.targets):
        if target.letter != target.id[0]:
            yield ("targets", index, "letter"), f"điểm không khớp mã {target.id}; hãy ghi “{target.id[0]}”"


def _weights(plan: Plan) -> Iterator[Problem]:
    for name in ("groups", "criteria"):
        for index, row in enumerate(getattr(plan, name)):
            if row.weight <= 0:
                yield (name, index, "weight"), f"trọng số {row.weight} không hợp lệ; hãy ghi một số lớn hơn 0"


def _tie_break(plan: Plan) -> Iterator[Problem]:
    criteria = {criterion.id for criterion in plan.criteria}
    known = criteria | {f"group:{group.id}" for group in plan.groups} | {"code"}
    lists = {"tie_break": known, "second_gate_offences": criteria, "second_gate_vice_spots": criteria}
    for name, allowed in lists.items():
        for index, item in enumerate(getattr(plan.parameters, name).value):
            if item not in allowed:
                yield ("parameters", name, "value", index), _unknown("tiêu chí", item, allowed)


def _owners(plan: Plan) -> Iterator[Problem]:
    owners = {kind.id for kind in plan.reporter_types if kind.by_district}
    owners |= {agency.id for agency in plan.agencies if agency.reporter_type}
    for name in ("criteria", "targets", "measures"):
        for index, row in enumerate(getattr(plan, name)):
            if row.owner not in owners:
                yield (name, index, "owner"), _unknown("đơn vị báo cáo", row.owner, owners)


def _leads(plan: Plan) -> Iterator[Problem]:
    agencies = {agency.id for agency in plan.agencies}
    for index, measure in enumerate(plan.measures):
        if measure.lead not in agencies:
            yield ("measures", index, "lead"), _unknown("cơ quan", measure.lead, agencies)


def _districts(plan: Plan) -> Iterator[Problem]:
    kinds = {kind.id: kind.by_district for kind in plan.reporter_types}
    for index, agency in enumerate(plan.agencies):
        if agency.reporter_type is not None and agency.reporter_type not in kinds:
            yield ("agencies", index, "reporter_type"), _unknown("loại đơn vị báo cáo", agency.reporter_type, kinds)
        elif kinds.get(agency.reporter_type or "", False) != (agency.district_code is not None):
            found = f"mã huyện “{agency.district_code or ''}” không hợp lệ"
            advice = "hãy ghi mã huyện cho đơn vị báo cáo cấp huyện, và chỉ cho đơn vị đó"
            yield ("agencies", index, "district_code"), f"{found}; {advice}"


def _parties(plan: Plan, index: int, obligation: Obligation) -> Iterator[Problem]:
    agencies = {agency.id for agency in plan.agencies}
    owing = agencies | {kind.id for kind in plan.reporter_types}
    through = (obligation.through,) if obligation.through else ()
    for key, ids, known in (
        ("owed_by", obligation.owed_by, owing),
        ("owed_to", obligation.owed_to, agencies),
        ("through", through, agencies),
    ):
        for id in ids:
            if id not in known:
                yield ("obligations", index, key), _unknown("cơ quan", id, known)


def _window(index: int, obligation: Obligation) -> Iterator[Problem]:
    """A window has two ends in order, the duty ends after it, and every duty has one last day."""
    where = ("obligations", index)
    if (obligation.window_from is None) != (obligation.window_to is None):
        yield where, "kỳ số liệu thiếu một đầu; hãy ghi cả window_from và window_to"
    if (obligation.due_before is None) == (obligation.by is None):
        yield where, "thời hạn không rõ; hãy ghi đúng một trong hai khóa due_before và by"
    if not obligation.years:
        yield (*where, "years"), "danh sách năm trống; hãy ghi ít nhất một năm"
    days = (obligation.window_from, obligation.window_to, obligation.opens, obligation.due_before or obligation.by)
    for year in obligation.years[:1]:
        dates = [day.on(year) for day in days if day is not None]
        if dates != sorted(dates):
            yield where, "các ngày không theo thứ tự; hãy ghi window_from, window_to, opens rồi đến due_before hoặc by"
    if strays := sorted(set(obligation.by_year) - set(obligation.years)):
        yield (*where, "by_year"), f"năm {strays[0]} không có trong years; hãy thêm vào years hoặc bỏ khỏi by_year"


def _unknown(what: str, found: str, known: Iterable[str]) -> str:
    return f"không có {what} “{found}”; hãy ghi một trong các mã: {', '.join(sorted(known))}"
