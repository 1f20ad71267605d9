"""Offices and delegations that count only once a second officer has confirmed them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_COLUMNS = (("given_by", sa.String()), ("confirmed_by", sa.String()), ("confirmed_on", sa.Date()))


def upgrade() -> None:
    for table in ("officer_role", "delegation"):
        for name, kind in _COLUMNS:  # empty for the rows that are there: they count as they did, and so do their seals
            op.add_column(table, sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    for table in ("delegation", "officer_role"):
        with op.batch_alter_table(table) as changed:
            for name, _ in reversed(_COLUMNS):
                changed.drop_column(name)
