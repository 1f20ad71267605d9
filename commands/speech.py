"""How commands speak: tables for people, one JSON value for machines; days and numbers read and written."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from rules.errors import Refusal

if TYPE_CHECKING:
    from rich.console import Console

PIPED_WIDTH = 140  # where nobody's window says how wide it is
DECIMALS = 6


def parse_day(text: str) -> date:
    """The day written as officers write it (15/11/2018) or as machines do (2018-11-15). Raises `Refusal`."""
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), pattern).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
    raise Refusal(f"Ngày “{text}” không hợp lệ; hãy ghi như 15/11/2018 hoặc 2018-11-15.")


def print_json(value: Any) -> None:
    """The one JSON value of a command, on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n")


def say(*lines: str) -> None:
    """Lines for people. One with a command in it is never broken: it is copied and typed as it stands."""
    for line in lines:
        console().print(line, markup=False, highlight=False, soft_wrap="chuyenhoa " in line)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, empty: str = "Không có.") -> None:
    """A table for people; `empty` instead of one without rows."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    found = [[shown(cell) for cell in row] for row in rows]
    if not found:
        say(title, f"  {empty}", "")
        return
    drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in found:
        drawn.add_row(*(Text(cell) for cell in row))
    console().print(title, style="bold", markup=False, highlight=False)
    console().print(drawn)


def console(*, stderr: bool = False) -> Console:
    """Where people read."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else PIPED_WIDTH)


def number(value: Decimal | Fraction | None) -> int | float | None:
    """A figure as JSON's number: whole if it is whole, else to six decimals."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(float(value), DECIMALS)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction):
        return number(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


def shown(cell: Any) -> str:
    """A cell as people read it; what is not there is a dash, never nothing."""
    if cell is None or cell == "":
        return "–"
    if isinstance(cell, bool):
        return "có" if cell else "không"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    if isinstance(cell, Decimal | Fraction | float):
        return f"{float(cell):.3f}".replace(".", ",")
    return str(cell)
