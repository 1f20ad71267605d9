"""The plan with other weights: criteria weighed anew by a YAML file, or left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from plans.schema import Criterion, Plan
from rules.errors import Refusal


def reweighed(plan: Plan, weights: Mapping[str, Decimal], without: Sequence[str]) -> Plan:
    """`plan` weighed by `weights` (criterion -> weight), less the criteria `without`. Raises `Refusal`."""
    known = [criterion.id for criterion in plan.criteria]
    for id in (*weights, *without):
        if id not in known:
            raise Refusal(f"Không có tiêu chí “{id}”; đề nghị chọn trong các tiêu chí: {', '.join(known)}.")
    criteria = tuple(_weighed(c, weights.get(c.id, c.weight)) for c in plan.criteria if c.id not in without)
    if not any(criterion.weight for criterion in criteria):
        raise Refusal("Không còn tiêu chí nào có trọng số; đề nghị giữ lại ít nhất một tiêu chí.")
    return plan.model_copy(update={"criteria": criteria})


def read_weights(path: Path) -> dict[str, Decimal]:
    """The weights in the YAML file at `path`: a criterion and a number from 0 a line. Raises `Refusal`."""
    try:
        raw = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except OSError:
        raise Refusal(f"Không đọc được tệp trọng số {path}; hãy kiểm tra lại đường dẫn.") from None
    except (YAMLError, UnicodeDecodeError):
        raise Refusal(f"Tệp trọng số {path} không đúng dạng YAML; hãy ghi mỗi dòng như “a1: 2”.") from None
    if not isinstance(raw, dict) or not raw:
        raise Refusal(f"Tệp trọng số {path} chưa có trọng số nào; hãy ghi mỗi dòng như “a1: 2”.")
    return {str(id): _weight(str(id), value) for id, value in raw.items()}


def _weight(id: str, value: Any) -> Decimal:
    try:
        weight = Decimal(str(value))
    except InvalidOperation:
        weight = Decimal("NaN")
    if isinstance(value, bool) or not weight.is_finite() or weight < 0:
        raise Refusal(f"Trọng số của tiêu chí “{id}” là “{value}”; hãy ghi một số từ 0 trở lên.")
    return weight


def _weighed(criterion: Criterion, weight: Decimal) -> Criterion:
    return criterion.model_copy(update={"weight": weight})
