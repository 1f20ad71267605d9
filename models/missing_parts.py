"""What a database lacks that cannot be read: asked of its catalogue, not of the driver's words, which are English and
differ from driver to driver.
"""

from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from models.columns import metadata
from models.faults import Fault, table_fault

_VERSION = "alembic_version"


def unreadable_fault(session: Session) -> Fault:
    """Why reading failed: the tables that are missing, else a table's missing columns, else that more is not known.

    Ends what the session was doing: after an error PostgreSQL answers nothing else.
    """
    session.rollback()
    try:
        catalogue = inspect(session.connection())
        present = set(catalogue.get_table_names())
        missing = sorted({*metadata.tables, _VERSION} - present)
        if missing:
            return table_fault(missing, "thiếu bảng {}")
        for table in metadata.sorted_tables:
            found = {column["name"] for column in catalogue.get_columns(table.name)}
            if lost := [column.name for column in table.columns if column.name not in found]:
                return table_fault([table.name], f"bảng {{}} thiếu cột {', '.join(lost)}")
    except SQLAlchemyError:
        pass  # not even its catalogue can be read
    return table_fault([], "tệp đã hỏng, hoặc một bảng đã bị đổi")
