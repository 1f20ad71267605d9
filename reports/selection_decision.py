"""The decision of Steering Committee 138 on the list of areas of a cycle (II.2), with the list as its appendix."""

from __future__ import annotations

from dataclasses import dataclass, replace

from plans.schema import Plan
from reports.facts import DecidedArea, DecisionFacts
from reports.frame import Frame
from reports.grid import Grid, Row
from reports.issuer import Issue, frame
from reports.vietnamese import sentence_start, short_date, two_digits
from reports.wording import by_reason, plan_reference, plan_title, proposed_by, scheme_bases, term, unit_list


@dataclass(frozen=True)
class SelectionDecision:
    """The fields of `selection_decision.docx`."""

    frame: Frame
    authority: str
    bases: tuple[str, ...]
    proposed_by: str
    articles: tuple[str, ...]
    list_title: str
    areas: Grid


def build(facts: DecisionFacts, plan: Plan, issue: Issue) -> SelectionDecision:
    """The words of the decision. The list is complete: carry-overs are among `facts.areas`."""
    subject = (
        "Về việc lựa chọn địa bàn trọng điểm, phức tạp về trật tự, an toàn xã hội "
        f"để thực hiện chuyển hóa năm {facts.cycle_year} trên địa bàn {plan.decision.province}"
    )
    received = ("Như Điều 3", "Bộ Công an", "Chủ tịch, các PCT UBND tỉnh", "Thành viên Ban Chỉ đạo 138 tỉnh")
    return SelectionDecision(
        frame=frame(
            replace(issue, number=facts.number or issue.number), "QUYẾT ĐỊNH", "QĐ", subject, recipients=received
        ),
        authority=f"BAN CHỈ ĐẠO 138 {plan.decision.province.upper()}",
        bases=(
            *scheme_bases(plan),
            f"{plan_reference(plan)} {plan_title(plan)}",
            f"kết quả phiên họp của Ban Chỉ đạo 138 tỉnh ngày {short_date(facts.session_on)}",
        ),
        proposed_by=proposed_by(facts.proposal_ref),
        articles=(_first_article(facts, plan), *_changes(facts)),
        list_title=f"DANH SÁCH ĐỊA BÀN THỰC HIỆN CHUYỂN HÓA NĂM {facts.cycle_year}",
        areas=Grid(_rows(facts)),
    )


def _first_article(facts: DecisionFacts, plan: Plan) -> str:
    carried = sum(area.carried_over for area in facts.areas)
    of_them = f", trong đó có {two_digits(carried)} địa bàn chuyển tiếp từ năm trước" if carried else ""
    return (
        f"Lựa chọn {two_digits(len(facts.areas))} địa bàn trọng điểm, phức tạp về trật tự, an toàn xã hội để thực hiện "
        f"chuyển hóa năm {facts.cycle_year}{of_them} (danh sách tại Phụ lục kèm theo), không vượt quá "
        f"{plan.parameters.quota_percent.value}% của {facts.units_in_force} đơn vị hành chính cấp xã hiện có "
        f"(tối đa {facts.cap} đơn vị). Thời gian thực hiện chuyển hóa: "
        f"{term(facts.term_from, facts.term_to, facts.session_on)}."
    )


def _changes(facts: DecisionFacts) -> tuple[str, ...]:
    """What the Committee took out and put in, a sentence for each reason."""
    out = by_reason((dropped.unit, dropped.reason) for dropped in facts.dropped)
    into = by_reason((area.unit, area.added_reason) for area in facts.areas if area.added_reason)
    sentences = []
    for reason in dict.fromkeys((*out, *into)):
        parts = [f"không đưa vào danh sách {unit_list(out[reason])}"] if reason in out else []
        parts += [f"bổ sung vào danh sách {unit_list(into[reason])}"] if reason in into else []
        why = f"; lý do: {reason}" if reason else ""
        sentences.append(f"{sentence_start('; '.join(parts))}{why}.")
    return tuple(sentences)


def _rows(facts: DecisionFacts) -> tuple[Row, ...]:
    return tuple(
        (str(place), area.unit.name, area.unit.district, area.unit.code, _note(area))
        for place, area in enumerate(facts.areas, start=1)
    )


def _note(area: DecidedArea) -> str:
    """How the area came onto the list; the reason for one that was put in stands in the article."""
    if area.carried_over:
        origin = "Chuyển tiếp từ năm trước"
    else:
        origin = "Ban Chỉ đạo bổ sung" if area.added_reason else "Lựa chọn mới"
    return f"{origin}; thuộc danh sách theo Thông tư 15/2010/TT-BCA" if area.on_ministers_list else origin
