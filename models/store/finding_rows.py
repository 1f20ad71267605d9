"""How the store finds the row it is about to change."""

from typing import Any, TypeVar

from sqlmodel import Session

from models.columns import Table
from rules.errors import Refusal

Row = TypeVar("Row", bound=Table)


def required(session: Session, table: type[Row], key: Any, what: str) -> Row:
    """The row of `table` with primary key `key`; a `Refusal` that names it (`what`, Vietnamese) if there is none."""
    row = session.get(table, key)
    if row is None:
        raise Refusal(f"Không tìm thấy {what} {key}; hãy kiểm tra lại mã đã nhập.")
    return row
