"""What an officer is told when the database was changed around the program so that it cannot be read any more."""

from __future__ import annotations

import sys
from typing import Any

CHANGED = (
    "Cơ sở dữ liệu đã bị thay đổi ngoài chương trình hoặc bị hỏng nên không đọc được; hãy giữ nguyên tệp dữ liệu và "
    "chạy `chuyenhoa audit verify` để biết chỗ nào."
)
# How SQLite and PostgreSQL say that something is not there any more, or is no database.
_SIGNS = ("no such table", "no such column", "malformed", "not a database", "does not exist")


def told_of_damage(error: Exception) -> str | None:
    """The sentence, if `error` comes of such a database; None for anything else. Imports nothing that was not."""
    columns: Any = sys.modules.get("models.columns")
    sql: Any = sys.modules.get("sqlalchemy.exc")
    if columns and isinstance(error, columns.UnreadableContentError):
        return CHANGED
    if sql and isinstance(error, sql.DatabaseError):
        said = str(getattr(error, "orig", error))
        return CHANGED if any(sign in said for sign in _SIGNS) else None
    return None
