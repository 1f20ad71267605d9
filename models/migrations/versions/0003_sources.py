"""The sheet of sources beside a released report."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("sources_path", "sources_sha256"):
        op.add_column("document", sa.Column(name, sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("document") as document:
        for name in ("sources_sha256", "sources_path"):
            document.drop_column(name)
