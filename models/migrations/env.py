"""Alembic's entry: runs the versions on the connection that `models.db.upgrade` hands over."""

from alembic import context

from models import db  # noqa: F401  (all tables)
from models.columns import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a column by copying its table
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
