"""One spelling for every content that is stored or hashed: the same value always gives the same bytes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any


def exact(value: Decimal) -> str:
    """A decimal without exponent or needless zeros: `12.50` and `12.5` are the same figure."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def plain(content: Any) -> Any:
    """`content` in JSON's own types, as it reads back from the database.

    Decimals, fractions, dates and instants become text, dataclasses and mappings objects with text keys,
    sets sorted lists. `TypeError` for a float (no figure of ours is one) and for anything else.
    """
    match content:
        case None | bool() | int() | str():
            return content
        case Decimal():
            return exact(content)
        case Fraction():
            return f"{content.numerator}/{content.denominator}"
        case datetime():
            return content.astimezone(UTC).isoformat()
        case date():
            return content.isoformat()
        case Mapping():
            return {str(key): plain(value) for key, value in content.items()}
        case set() | frozenset():
            return sorted(plain(value) for value in content)
        case list() | tuple():
            return [plain(value) for value in content]
    if is_dataclass(content) and not isinstance(content, type):
        return {field.name: plain(getattr(content, field.name)) for field in fields(content)}
    raise TypeError(f"{type(content).__name__} has no canonical form")


def canonical(content: Any) -> str:
    """`plain(content)` as JSON with sorted keys and no spaces."""
    return json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_sha256(content: Any) -> str:
    """SHA-256 (hex) of `canonical(content)`: what a gate, an approval and a document are bound to."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
