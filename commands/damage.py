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
    """The sentence, if `error` comes of such a database; None for anything else. Imports nothing that was not.

    A row that reads well but makes no sense (a form without its title, a stage that is none) fails anywhere: whatever
    fails while the installation's database was changed around the program is put down to that.
    """
    columns: Any = sys.modules.get("models.columns")
    sql: Any = sys.modules.get("sqlalchemy.exc")
    if columns and isinstance(error, columns.UnreadableContentError):
        return CHANGED
    if sql and isinstance(error, sql.DatabaseError):
        said = str(getattr(error, "orig", error))
        if any(sign in said for sign in _SIGNS):
            return CHANGED
    return CHANGED if "tasks.office" in sys.modules and _is_changed() else None


def _is_changed() -> bool:
    """Whether the installation's database, if there is one, stands otherwise than it was written."""
    from commands.installation import open_installation
    from models.db import read
    from models.verification import first_fault

    try:
        with read(open_installation(to_verify=True).engine) as session:
            return first_fault(session) is not None
    except Exception:
        return False  # the first error is the one to be told
