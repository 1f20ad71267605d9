"""The steps whose codes an officer used of late: an answer pressed before the last of them still counts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Without any, all up to `last_step` count as used: what was known of the devices that are there.
    op.add_column("device", sa.Column("used_steps", sa.Text(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("device") as device:
        device.drop_column("used_steps")
