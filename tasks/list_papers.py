"""Beside the gates of a list: the ranking around the cut, as a table and as a chart."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from textwrap import fill
from typing import Any

from sqlmodel import Session

from models import reading
from models.cycles import Proposal
from reports.charts import Chart, ScoreChart, Standing
from reports.papers import Paper
from reports.ranking import points
from reports.vietnamese import MISSING_MARK, ratio_text, sentence_start
from tasks.naming import Names
from tasks.office import Office
from tasks.recorded import fraction

BELOW_THE_CUT = 10  # how many of those that just missed the list are shown
BESIDE_OTHERS = 36  # characters of a line in the last cell of a wide table
NOTES: Mapping[Standing, str] = {
    "carried_over": "Chuyển tiếp",
    "set_apart": "Tách riêng vì thiếu số liệu",
}


def list_papers(session: Session, office: Office, year: int) -> tuple[list[Paper], list[Chart]]:
    """The list proposed for cycle `year`, then the units that just missed it; all as recorded with the proposal."""
    proposal = reading.newest_proposal(session, year)
    if proposal is None:
        return [], []
    shown = _shown(proposal)
    delisted = {area.unit_code for area in reading.delisted(session)}
    return [_table(office, proposal, shown, delisted)], [_chart(office, proposal, shown)]


def _shown(proposal: Proposal) -> list[tuple[int | None, Any]]:
    """Place and row of ranking: the proposed in the list's order, then the best of the rest."""
    placed = {row["code"]: (place, row) for place, row in enumerate(proposal.content["ranking"], start=1)}
    proposed = proposal.content["proposed"]
    unranked = {"score": None, "groups": {}, "completeness": "0/1"}
    listed: list[tuple[int | None, Any]] = [placed.get(c, (None, {"code": c, **unranked})) for c in proposed]
    rest: list[tuple[int | None, Any]] = [entry for code, entry in placed.items() if code not in proposed]
    return listed + rest[:BELOW_THE_CUT]


def _table(office: Office, proposal: Proposal, shown: list[Any], delisted: set[str]) -> Paper:
    names, groups = Names(office, office.today), office.plan.groups
    content = proposal.content
    rows = []
    for number, (place, row) in enumerate(shown, start=1):
        if number == len(content["proposed"]) + 1:
            rows.append(("", "— dưới mức lựa chọn —", *[""] * (len(groups) + 3)))
        unit = names.unit(row["code"])
        rows.append(
            (
                str(number) if number <= len(content["proposed"]) else "",
                f"{unit.name}, {short_district(unit.district)}",
                points(fraction(row["score"])),
                str(place or MISSING_MARK),
                *(points(fraction(row["groups"].get(group.id))) for group in groups),
                fill(_note(office, content, row, delisted), BESIDE_OTHERS),
            )
        )
    head = ("TT", "Đơn vị", "Điểm", "Hạng", *(group.id for group in groups), "Ghi chú")
    letters = "; ".join(f"{group.id}: {group.title[:1].lower()}{group.title[1:]}" for group in groups)
    cap, in_force = content["cap"], content["units_in_force"]
    return Paper(
        f"Danh sách đề nghị năm {proposal.cycle_year} và các đơn vị liền dưới",
        head,
        tuple(rows),
        (
            f"Mức tối đa {cap} địa bàn trên {in_force} đơn vị hành chính cấp xã.",
            f"Điểm theo thang 100; điểm từng nhóm: {letters}.",
        ),
    )


def _note(office: Office, content: Mapping[str, Any], row: Mapping[str, Any], delisted: set[str]) -> str:
    """What is special; that a unit is proposed shows by its place."""
    code, completeness = row["code"], Fraction(row["completeness"])
    words = [NOTES.get(_standing(content, code), "")]
    if completeness < 1:
        words.append(f"đủ {ratio_text(completeness)} số liệu")
    if code in content["tied_at_cut"]:
        words.append("bằng điểm tại ngưỡng")
    if code in content["ineligible"]:
        words.append("đề nghị công nhận trong cùng phiên")
    if code in delisted:
        words.append("đã đưa ra khỏi diện")
    if code in office.ministers_list:
        words.append("thuộc danh sách của Bộ trưởng")
    return sentence_start("; ".join(filter(None, words)))


def _chart(office: Office, proposal: Proposal, shown: list[Any]) -> Chart:
    names, content = Names(office, office.today), proposal.content
    units = [names.unit(row["code"]) for _, row in shown]
    listed = len(content["proposed"])
    return ScoreChart(
        f"Điểm mức độ phức tạp, danh sách năm {proposal.cycle_year}",
        tuple(f"{unit.name} ({short_district(unit.district)})" for unit in units),
        tuple(fraction(row["score"]) for _, row in shown),
        tuple(_standing(content, row["code"]) for _, row in shown),
        listed if listed < len(shown) else None,
        f"đề nghị {listed}, tối đa {content['cap']} địa bàn",
    )


def short_district(district: str) -> str:
    """`TP. Cà Mau`, `Năm Căn`: what fits beside a bar."""
    return district.replace("Thành phố ", "TP. ").removeprefix("Huyện ")


def _standing(content: Mapping[str, Any], code: str) -> Standing:
    if code in content["carried_over"]:
        return "carried_over"
    if code in content["proposed"]:
        return "proposed"
    return "set_apart" if code in content["set_apart"] else ""
