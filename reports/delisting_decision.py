"""The decision that recognises converted areas and takes them off the list (II.2.b); both gates in its appendix."""

from __future__ import annotations

from dataclasses import dataclass, replace

from plans.schema import Plan
from reports.areas import recognised_words
from reports.facts import DelistingFacts
from reports.frame import Frame
from reports.grid import Grid
from reports.issuer import Issue, frame
from reports.vietnamese import short_date, two_digits
from reports.wording import plan_reference, plan_title, proposed_by, scheme_bases

RECIPIENTS = ("Như Điều 3", "Bộ Công an", "Chủ tịch, các PCT UBND tỉnh", "Thành viên Ban Chỉ đạo 138 tỉnh")


@dataclass(frozen=True)
class DelistingDecision:
    """The fields of `delisting_decision.docx`."""

    frame: Frame
    authority: str
    bases: tuple[str, ...]
    proposed_by: str
    articles: tuple[str, ...]
    list_title: str
    areas: Grid


def build(facts: DelistingFacts, plan: Plan, issue: Issue) -> DelistingDecision:
    """The words of the decision on the converted areas `facts.areas` (at least one: there is no empty decision)."""
    year, province = facts.cycle_year, plan.decision.province
    subject = (
        "Về việc công nhận địa bàn chuyển hóa thành công và đưa ra khỏi diện trọng điểm, phức tạp "
        f"về trật tự, an toàn xã hội năm {year} trên địa bàn {province}"
    )
    minutes = f" và {facts.minutes_ref}" if facts.minutes_ref else ""
    return DelistingDecision(
        frame=frame(
            replace(issue, number=facts.number or issue.number), "QUYẾT ĐỊNH", "QĐ", subject, recipients=RECIPIENTS
        ),
        authority=f"BAN CHỈ ĐẠO 138 {province.upper()}",
        bases=(
            *scheme_bases(plan),
            f"{plan_reference(plan)} {plan_title(plan)}",
            f"kết quả phiên họp của Ban Chỉ đạo 138 tỉnh ngày {short_date(facts.session_on)}{minutes}",
        ),
        proposed_by=proposed_by(facts.proposal_ref),
        articles=(_recognised(facts, plan),),
        list_title=f"DANH SÁCH ĐỊA BÀN CHUYỂN HÓA THÀNH CÔNG NĂM {year}",
        areas=Grid(
            tuple(
                (str(place), area.unit.name, area.unit.district, recognised_words(plan, area))
                for place, area in enumerate(facts.areas, start=1)
            )
        ),
    )


def _recognised(facts: DelistingFacts, plan: Plan) -> str:
    return (
        f"Công nhận {two_digits(len(facts.areas))} địa bàn (trong {two_digits(facts.selected)} địa bàn thực hiện "
        f"năm {facts.cycle_year}) chuyển hóa thành công và đưa ra khỏi diện trọng điểm, phức tạp về trật tự, an toàn "
        f"xã hội (danh sách tại Phụ lục kèm theo), do đạt từ {plan.parameters.achievement_percent.value}% các chỉ "
        "tiêu của Kế hoạch trở lên, giảm cơ bản tội phạm và tệ nạn xã hội, không để phức tạp nổi lên về trật tự, "
        "an toàn xã hội."
    )
