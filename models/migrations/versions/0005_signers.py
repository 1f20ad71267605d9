"""Who signs a document by its block, and the codes of the officers whose block it is."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("signer", "signer_ids"):
        op.add_column("document", sa.Column(name, sa.String(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("document") as document:
        for name in ("signer_ids", "signer"):
            document.drop_column(name)
