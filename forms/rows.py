"""A sheet as it was read: rows of raw cells."""

from __future__ import annotations

from typing import Any

Rows = list[list[Any]]


def cell_of(rows: Rows, row: int, column: int) -> Any:
    """What stands at (`row`, `column`), counted from 0; "" beyond what is used."""
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def words_at(rows: Rows, row: int, column: int) -> str:
    """The cell as text; a whole number without its decimal point."""
    raw = cell_of(rows, row, column)
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
