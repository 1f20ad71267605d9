"""Reads a plan's folder into one `Plan`; a broken file is refused with the key, what was found, what to write."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from plans.checks import Problem
from plans.citations import lost_quotes
from plans.errors import Refusal
from plans.schema import Plan
from plans.source import read_source
from plans.words import in_vietnamese, key_path

BUILT_IN = Path(__file__).parent

# The files of a plan and the keys of `Plan` each holds. `parameters.yaml` is the value of its key, whole.
FILES = {
    "plan.yaml": ("id", "decision", "valid_from", "valid_to", "legal_bases", "articles", "objectives"),
    "parameters.yaml": ("parameters",),
    "criteria.yaml": ("groups", "criteria"),
    "targets.yaml": ("targets",),
    "measures.yaml": ("measures",),
    "agencies.yaml": ("reporter_types", "agencies", "board"),
    "obligations.yaml": ("obligations",),
}
FILE_OF = {key: file for file, keys in FILES.items() for key in keys}


class PlanError(Refusal):
    """A plan that cannot be used; a line a problem: file, key, what was found, what to write instead."""


def load_plan(plan_id: str, root: Path | None = None) -> Plan:
    """The plan in the folder `root / plan_id`; without `root` one that comes with the product, read once.

    Raises `PlanError` if there is no such plan, or a file of it is broken.
    """
    return _built_in(plan_id) if root is None else _load(root, plan_id)


def load_source(plan_id: str, root: Path | None = None) -> dict[str, str]:
    """The plan's text by section: `{"II.2.a": "a) Hằng năm, …"}`, in the plan's order. Raises `PlanError`."""
    return read_source(_text(_folder(root or BUILT_IN, plan_id) / "source.md"))


@cache
def _built_in(plan_id: str) -> Plan:
    return _load(BUILT_IN, plan_id)


def _load(root: Path, plan_id: str) -> Plan:
    folder = _folder(root, plan_id)
    raw: dict[str, Any] = {}
    for file, keys in FILES.items():
        raw |= _part(folder / file, keys)
    if raw["id"] != plan_id:
        raise PlanError(f"Tệp plan.yaml, khóa id: tìm thấy “{raw['id']}”; hãy ghi “{plan_id}” như tên thư mục.")
    try:
        plan = Plan.model_validate(raw)
    except ValidationError as error:
        raise PlanError(_sentences(_flat(error), raw)) from None
    if lost := list(lost_quotes(plan, load_source(plan_id, root))):
        raise PlanError(_sentences(lost, raw))
    return plan


def _folder(root: Path, plan_id: str) -> Path:
    if not (root / plan_id / "plan.yaml").is_file():
        known = ", ".join(sorted(path.parent.name for path in root.glob("*/plan.yaml"))) or "chưa có kế hoạch nào"
        raise PlanError(f"Không có kế hoạch “{plan_id}”; hãy chọn một trong các kế hoạch: {known}.")
    return root / plan_id


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise PlanError(
            f"Thiếu tệp {path.name} trong {path.parent}; hãy chép tệp này vào thư mục của kế hoạch."
        ) from None
    except UnicodeDecodeError:
        raise PlanError(f"Tệp {path.name} không phải chữ UTF-8; hãy lưu lại tệp với bảng mã UTF-8.") from None


def _part(path: Path, keys: tuple[str, ...]) -> dict[str, Any]:
    """One file's share of the plan, its top keys checked."""
    data = _yaml(path)
    if not isinstance(data, dict):
        raise PlanError(f"Tệp {path.name}: không có khóa nào; hãy ghi các khóa, mỗi khóa một dòng.")
    if keys == ("parameters",):
        return {"parameters": data}
    for key in data:
        if key not in keys:
            raise PlanError(f"Tệp {path.name}, khóa {key}: khóa lạ; hãy chỉ ghi các khóa: {', '.join(keys)}.")
    for key in keys:
        if key not in data:
            raise PlanError(f"Tệp {path.name}, khóa {key}: thiếu khóa này; hãy thêm khóa và giá trị.")
    return data


def _yaml(path: Path) -> Any:
    try:
        return _parsed(_text(path))
    except DuplicateKeyError as error:
        key = (error.problem or "").split('"')[1::2]
        where = f"dòng {error.problem_mark.line + 1}"
        raise PlanError(
            f"Tệp {path.name}, {where}, khóa {''.join(key[:1])}: khóa ghi hai lần; hãy chỉ giữ lại một dòng."
        ) from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PlanError(
            f"Tệp {path.name}, dòng {mark.line + 1}, cột {mark.column + 1}: sai cú pháp YAML; "
            "hãy kiểm tra dấu hai chấm, dấu ngoặc kép và khoảng trắng đầu dòng."
        ) from None
    except YAMLError:
        raise PlanError(f"Tệp {path.name}: có ký tự không đọc được; hãy xóa ký tự điều khiển trong tệp.") from None


def _parsed(text: str) -> Any:
    return YAML(typ="safe", pure=True).load(text)


def _flat(error: ValidationError) -> list[Problem]:
    """Each problem as key path and sentence; the plan's own cross checks come as one error and are taken apart."""
    found: list[Problem] = []
    for one in error.errors():
        if one["type"] == "parts_disagree":
            found.extend(one.get("ctx", {})["problems"])
        else:
            found.append((one["loc"], in_vietnamese(one)))
    return found


def _sentences(found: Iterable[Problem], raw: dict[str, Any]) -> str:
    lines = []
    for path, sentence in found:
        file = FILE_OF[str(path[0])]
        key = key_path(path, raw)
        if path[0] == "parameters":  # the file holds the parameters without that word
            key = key.removeprefix("parameters").lstrip(".")
        lines.append(f"Tệp {file}, khóa {key}: {sentence}.")
    return "\n".join(lines)
