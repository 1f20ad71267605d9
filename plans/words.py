"""Puts what is wrong in a plan file into Vietnamese: the key, what was found, what to write instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# Pydantic's error types, by what the file should hold instead.
WANTED = {
    "int": "một số nguyên (ví dụ 15)",
    "decimal": "một số (ví dụ 1 hoặc 0.5)",
    "bool": "true hoặc false",
    "string": "một đoạn chữ",
    "date": "một ngày dạng 2017-08-11",
    "tuple": "một danh sách (mỗi mục một dòng, bắt đầu bằng “- ”)",
    "dict": "các khóa và giá trị (mỗi khóa một dòng)",
    "model": "các khóa và giá trị (mỗi khóa một dòng)",
}


def in_vietnamese(error: Mapping[str, Any]) -> str:
    """One sentence for one entry of Pydantic's `ValidationError.errors()`, without the file and the key."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return "khóa lạ; hãy bỏ khóa này hoặc sửa lại tên khóa"
    if kind == "missing":
        return "thiếu khóa này; hãy thêm khóa và giá trị"
    if kind == "value_error":
        return str(context["error"])
    return f"tìm thấy {shown(error['input'])}; hãy ghi {_wanted(kind, context)}"


def _wanted(kind: str, context: Mapping[str, Any]) -> str:
    match kind:
        case "literal_error":
            choices = context["expected"].replace(" or ", ", ").replace("'", "").replace("True", "true")
            return ("một trong các giá trị: " if ", " in choices else "giá trị duy nhất được nhận: ") + choices
        case "too_long":
            return f"không quá {context['max_length']} mục"
        case "string_pattern_mismatch":
            return f"một mã theo mẫu {context['pattern']}"
        case "string_too_short":
            return f"ít nhất {context['min_length']} ký tự"
        case "greater_than_equal":
            return f"một số từ {context['ge']} trở lên"
        case "less_than_equal":
            return f"một số từ {context['le']} trở xuống"
    return WANTED.get(kind.split("_")[0], "một giá trị đúng kiểu")


def shown(found: Any) -> str:
    """What was found, short enough for one line."""
    if found is None:
        return "giá trị trống"
    text = f"“{str(found).lower() if isinstance(found, bool) else found}”"
    return text if len(text) <= 60 else text[:57] + "…”"


def key_path(path: Sequence[str | int], raw: Any) -> str:
    """The key as an officer finds it in the file: `criteria[a4].owner`, items of a list by their id."""
    words = ""
    for step in path:
        if isinstance(step, int):
            raw = raw[step] if isinstance(raw, list) and step < len(raw) else None
            words += f"[{_name(raw, step)}]"
        else:
            raw = raw.get(step) if isinstance(raw, dict) else None
            words += f".{step}" if words else str(step)
    return words


def _name(item: Any, index: int) -> str:
    names = [item[key] for key in ("id", "seat", "number") if key in item] if isinstance(item, dict) else []
    return str(names[0]) if names else f"mục thứ {index + 1}"
