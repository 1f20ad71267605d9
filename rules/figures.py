"""A figure as a reporter files it: what, of which unit, how many, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

FigureKind = Literal["criterion", "target", "measure", "budget"]

# A blank is not zero: an empty cell says why.
BLANK_REASONS = {
    "no_data": "chưa có số liệu",
    "not_competent": "không thuộc thẩm quyền",
    "not_arisen": "không phát sinh",
    "being_verified": "đang xác minh",
}

NARRATIVE_SECTIONS = {
    "situation": "Tình hình, kết quả",
    "shortcomings": "Tồn tại, hạn chế",
    "causes": "Nguyên nhân",
    "proposals": "Đề xuất, kiến nghị",
}

MEASURE_STATES = {0: "chưa thực hiện", 1: "đang thực hiện", 2: "hoàn thành"}


@dataclass(frozen=True)
class Figure:
    """One figure. `unit` is a commune's code, or "" for the reporter as a whole.

    `item` is the id of a criterion, target or measure, or "planned"/"spent" (million đồng);
    `part` is "value", a target's part ("numerator"), or "state" of a measure (a key of `MEASURE_STATES`).
    `value` None means blank, and `reason` (a key of `BLANK_REASONS`) says why. `cell`: where it stood ("Tiêu chí!D7").
    """

    unit: str
    kind: FigureKind
    item: str
    part: str
    value: Decimal | None
    reason: str | None = None
    comment: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Narrative:
    """A piece of a reporter's own words; `section` is a key of `NARRATIVE_SECTIONS`."""

    section: str
    text: str
