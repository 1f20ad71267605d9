"""The plan's values on one Vietnamese page, for officers: what was read from where, and what is a reading."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from plans.cited import Cited, YearDay
from plans.schema import Obligation, Plan

PARAMETERS = {
    "quota_percent": "Tỷ lệ tối đa đơn vị được chọn (%)",
    "quota_rounding": "Làm tròn số lượng tối đa",
    "quota_base": "Tổng số đơn vị để tính tỷ lệ",
    "carry_over_counts": "Địa bàn chuyển tiếp tính trong tỷ lệ",
    "carry_over_ranked_first": "Địa bàn chuyển tiếp xếp trước",
    "recognised_eligible_in_same_sitting": "Được chọn lại ngay trong phiên công nhận",
    "list_decided_by": "Cơ quan quyết định danh sách",
    "recognised_by": "Cơ quan công nhận, đưa ra khỏi diện",
    "minister_list_inside_cap": "Đơn vị thuộc danh sách của Bộ trưởng tính trong tỷ lệ",
    "term_months": "Thời gian chuyển hóa mỗi địa bàn (tháng)",
    "term_start": "Thời điểm bắt đầu năm của địa bàn",
    "no_cycle_past_plan": "Không mở đợt kết thúc sau thời hạn Kế hoạch",
    "session_order": "Thứ tự phiên họp cuối năm",
    "achievement_percent": "Tỷ lệ chỉ tiêu phải đạt (%)",
    "count_by": "Cách đếm chỉ tiêu",
    "second_gate_required": "Phải giảm cơ bản tội phạm, tệ nạn",
    "second_gate_offences": "Tiêu chí về tội phạm để so sánh",
    "second_gate_vice_spots": "Tiêu chí về tụ điểm để so sánh",
    "not_applicable": "Chỉ tiêu không phát sinh",
    "missing": "Chỉ tiêu thiếu số liệu",
    "score_method": "Cách tính điểm",
    "tie_break": "Thứ tự xét khi bằng điểm",
    "minimum_completeness_percent": "Mức đủ số liệu tối thiểu (%)",
    "relapse_signal": "Dấu hiệu tái phức tạp",
    "comparison": "So sánh trong báo cáo",
    "success_base": "Mẫu số của tỷ lệ chuyển hóa thành công",
    "held_base": "Mẫu số của tỷ lệ không tái phức tạp",
    "asked_working_days_before_last_safe_day": "Đề nghị gửi trước ngày an toàn cuối cùng (ngày làm việc)",
    "forms_out_working_days_before_closing": "Gửi biểu mẫu trước ngày chốt số liệu (ngày làm việc)",
    "reminder_working_days_before_asked": "Nhắc trước ngày đề nghị gửi (ngày làm việc)",
    "gate_reminder_working_days": "Nhắc người phải trả lời bước phê duyệt sau (ngày làm việc)",
    "gate_next_in_line_working_days": "Báo người tiếp theo để đôn đốc sau (ngày làm việc)",
    "consolidated_held_to": "Hạn của báo cáo tổng hợp",
}
VALUES = {
    True: "có",
    False: "không",
    "down": "bỏ phần lẻ",
    "units_in_force_on_decision_date": "số đơn vị hiện có vào ngày quyết định",
    "steering_committee": "Ban Chỉ đạo 138 tỉnh",
    "reporting_year": "theo năm báo cáo (từ 16/11 năm trước)",
    "decision_date": "từ ngày quyết định",
    "recognise": "công nhận",
    "delist": "đưa ra khỏi diện",
    "carry_over": "chuyển tiếp",
    "decide": "quyết định danh sách",
    "indicator": "theo tám chỉ tiêu",
    "letter": "theo năm điểm",
    "leaves_both": "loại khỏi cả tử số và mẫu số",
    "not_met": "coi là chưa đạt",
    "share_strictly_lower": "tỷ lệ đơn vị thấp hơn hẳn",
    "lowest_decided_score": "bằng hoặc hơn điểm thấp nhất của danh sách",
    "same_window_last_year": "với cùng kỳ năm trước",
    "areas_selected_in_cycle": "số địa bàn được chọn trong đợt",
    "ever_converted": "số địa bàn từng được công nhận",
    "last_safe_day": "ngày làm việc cuối cùng trước hạn",
    "group:a": "điểm nhóm a",
    "code": "mã đơn vị",
}
MEASURED = {"count": "đếm", "rate": "tỷ lệ", "grade": "chấm mức 0-3", "yes_no": "có/không"}
NATURE = {"flow": "phát sinh trong kỳ", "stock": "có tại ngày cuối kỳ"}
SCOPE = {"area": "từng địa bàn", "province": "toàn tỉnh"}
ROLES = {
    "manages": "cơ quan quản lý",
    "leads": "cơ quan chủ trì",
    "standing_office": "cơ quan thường trực",
    "coordinates": "cơ quan phối hợp",
    "steers": "quyết định danh sách, chỉ đạo",
    "board": "Ban Chủ nhiệm",
    "decides": "ban hành Kế hoạch, nhận báo cáo",
    "receives": "nhận báo cáo",
}
LIMITS = {"percent": "%", "absence": "", "yes_no": "", "count_and_rules": ""}


def plan_page(plan: Plan) -> str:
    """The page, in Markdown."""
    names = {row.id: row.name for row in plan.agencies} | {row.id: row.title for row in plan.reporter_types}
    parts = [_head(plan), _parameters(plan), _objectives(plan), _criteria(plan, names), _targets(plan, names)]
    return "\n".join([*parts, _measures(plan, names), _obligations(plan, names), _agencies(plan), _board(plan)])


def _head(plan: Plan) -> str:
    first, last = plan.valid_from.value, plan.valid_to.value
    return f"""# Quyết định {plan.decision.number} thành dữ liệu

{plan.decision.title}.

Hiệu lực từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}. Trang này in từ các tệp trong `plans/{plan.id}/`; không sửa tại đây.
Cột **Nguồn** ghi mục của Kế hoạch; *cách hiểu* là điểm Kế hoạch không nêu hoặc phải hiểu thêm, kèm cách hiểu đã dùng.
Trọng số, đơn vị cung cấp số liệu và việc số liệu tính trong kỳ hay cuối kỳ đều là cách hiểu.
"""


def _parameters(plan: Plan) -> str:
    fields = type(plan.parameters).model_fields
    rows = [(PARAMETERS[name], _value(getattr(plan.parameters, name).value), getattr(plan.parameters, name))
            for name in fields]  # fmt: skip
    return _table("Con số và cách hiểu", ("Nội dung", "Giá trị"), rows, quoted=True)


def _objectives(plan: Plan) -> str:
    rows = [(o.letter, o.title, f"≥ {o.at_least_percent}%" if o.at_least_percent else "—", o) for o in plan.objectives]
    return _table("Mục tiêu", ("Điểm", "Mục tiêu", "Mức"), rows, quoted=True)


def _criteria(plan: Plan, names: dict[str, str]) -> str:
    parts = []
    for group in plan.groups:
        rows = [
            (c.id, c.text, MEASURED[c.measure], f"{c.unit}; {NATURE[c.nature]}", _number(c.weight), names[c.owner], c)
            for c in plan.criteria
            if c.group == group.id
        ]
        title = f"Tiêu chí nhóm {group.id}: {group.title} (trọng số nhóm {_number(group.weight)})"
        parts.append(_table(title, ("Mã", "Tiêu chí", "Cách đo", "Đơn vị tính", "Trọng số", "Đơn vị cung cấp"), rows))
        parts.append(_grades(plan, group.id))
    return "\n".join(part for part in parts if part)


def _grades(plan: Plan, group: str) -> str:
    graded = [c for c in plan.criteria if c.group == group and c.grades]
    lines = [f"- **{c.id}**: " + "; ".join(f"{n} = {words}" for n, words in enumerate(c.grades)) for c in graded]
    return "Các mức chấm (cách hiểu):\n\n" + "\n".join(lines) + "\n" if lines else ""


def _targets(plan: Plan, names: dict[str, str]) -> str:
    rows = [
        (
            t.id,
            t.text,
            "có" if t.measure == "yes_no" else f"{t.comparator} {t.limit}{LIMITS[t.measure]}".replace(">=", "≥"),
            "; ".join(part.label for part in t.parts),
            names[t.owner],
            t,
        )
        for t in plan.targets
    ]
    return _table("Chỉ tiêu đánh giá địa bàn", ("Mã", "Chỉ tiêu", "Mức", "Số liệu", "Đơn vị cung cấp"), rows)


def _measures(plan: Plan, names: dict[str, str]) -> str:
    rows = [
        (m.id, m.short, _marked(SCOPE[m.scope], m.scope_basis), _marked(names[m.lead], m.lead_basis), names[m.owner], m)
        for m in plan.measures
    ]
    return _table("Nhiệm vụ (phần III)", ("Mục", "Nhiệm vụ", "Phạm vi", "Chủ trì", "Đơn vị báo cáo"), rows)


def _obligations(plan: Plan, names: dict[str, str]) -> str:
    rows = [
        (o.title, _many(names, o.owed_by), _many(names, o.owed_to), _when(o), ", ".join(map(str, o.years)), o)
        for o in plan.obligations
    ]
    return _table("Việc theo thời gian", ("Việc", "Ai làm", "Gửi ai", "Khi nào", "Các năm"), rows, quoted=True)


def _agencies(plan: Plan) -> str:
    rows = [(a.name, ROLES[a.role], f"đến {a.valid_to:%d/%m/%Y}" if a.valid_to else "—", a) for a in plan.agencies]
    return _table("Cơ quan, đơn vị", ("Tên", "Vai trò", "Hoạt động"), rows)


def _board(plan: Plan) -> str:
    return _table("Ban Chủ nhiệm Đề án", ("Thành phần",), [(member.title, member) for member in plan.board])


def _when(duty: Obligation) -> str:
    parts = []
    if duty.window_from and duty.window_to:
        parts.append(f"số liệu từ {_day(duty.window_from)} đến {_day(duty.window_to)}")
    if duty.opens:
        parts.append(f"từ {_day(duty.opens)}")
    if duty.due_before:
        parts.append(f"trước {_day(duty.due_before)}")
    if duty.by:
        parts.append(f"chậm nhất {_day(duty.by)}")
    parts += [f"riêng năm {year}: {day:%d/%m/%Y}" for year, day in duty.by_year.items()]
    return _marked("; ".join(parts), duty.time_basis)


def _day(day: YearDay) -> str:
    return f"{day.day}/{day.month}" + {0: "", -1: " năm trước", 1: " năm sau"}[day.years]


def _marked(text: str, basis: str) -> str:
    return f"{text} *(cách hiểu)*" if basis == "interpretation" else text


def _many(names: dict[str, str], ids: Iterable[str]) -> str:
    return "; ".join(names[id] for id in ids)


def _value(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(_value(item) for item in value)
    return str(value) if type(value) is int else VALUES.get(value, str(value))


def _number(value: Any) -> str:
    return str(value).replace(".", ",")


def _source(value: Cited, *, quoted: bool) -> str:
    place = f"mục {value.citation.section}" if value.citation else ""
    if value.citation and quoted:
        place += f": “{value.citation.quote}”"
    reading = f"*cách hiểu: {value.reading}*" if value.reading else ""
    return "; ".join(part for part in (place, reading) if part)


def _table(title: str, heads: tuple[str, ...], rows: list[tuple[Any, ...]], *, quoted: bool = False) -> str:
    """Each row ends with the cited value, which becomes the source column, with the plan's words if `quoted`."""
    lines = [f"## {title}\n", f"| {' | '.join((*heads, 'Nguồn'))} |", "|" + "---|" * (len(heads) + 1)]
    lines += [f"| {' | '.join((*row[:-1], _source(row[-1], quoted=quoted)))} |" for row in rows]
    return "\n".join(lines) + "\n"
