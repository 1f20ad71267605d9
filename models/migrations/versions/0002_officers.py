"""Officers' devices, delegations, and answers on paper."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "device",
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("changed_by", sa.String(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["officer_id"], ["officer.id"], name=op.f("fk_device_officer_id")),
        sa.PrimaryKeyConstraint("officer_id", name=op.f("pk_device")),
    )
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_officer", sa.String(), nullable=False),
        sa.Column("to_officer", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("capacity", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["from_officer"], ["officer.id"], name=op.f("fk_delegation_from_officer")),
        sa.ForeignKeyConstraint(["to_officer"], ["officer.id"], name=op.f("fk_delegation_to_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
    )
    op.create_table(
        "paper_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("gate_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("subject_sha256", sa.String(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("scan_sha256", sa.String(), nullable=False),
        sa.Column("scan", sa.String(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["gate_id"], ["gate.id"], name=op.f("fk_paper_answer_gate_id")),
        sa.ForeignKeyConstraint(["signed_by"], ["officer.id"], name=op.f("fk_paper_answer_signed_by")),
        sa.ForeignKeyConstraint(["recorded_by"], ["officer.id"], name=op.f("fk_paper_answer_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_answer")),
    )
    with op.batch_alter_table("approval") as approval:
        approval.add_column(sa.Column("on_behalf_of", sa.String(), nullable=False, server_default=""))
        approval.add_column(sa.Column("capacity", sa.String(), nullable=False, server_default=""))
        approval.add_column(sa.Column("paper_id", sa.Integer(), nullable=True))
    with op.batch_alter_table("approval") as approval:
        for column in ("on_behalf_of", "capacity"):  # the default was for the rows that are there
            approval.alter_column(column, existing_type=sa.String(), server_default=None)
        approval.create_foreign_key(op.f("fk_approval_paper_id"), "paper_answer", ["paper_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("approval") as approval:
        approval.drop_constraint(op.f("fk_approval_paper_id"), type_="foreignkey")
        for column in ("paper_id", "capacity", "on_behalf_of"):
            approval.drop_column(column)
    op.drop_table("paper_answer")
    op.drop_table("delegation")
    op.drop_table("device")
