"""Rows of text for a table, as a template prints them."""

from __future__ import annotations

from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table's `rows`, and the `notes` under it (legend, what is missing)."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Rows under a `title` of their own."""

    title: str
    rows: tuple[Row, ...]
