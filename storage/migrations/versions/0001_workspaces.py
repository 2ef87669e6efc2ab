"""Workspaces with their programme's numbers, and the people met there."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_DAYS = ("p1_due_days", "p2_due_days", "p3_due_days", "accepted_risk_days")


def upgrade() -> None:
    op.create_table(
        "workspace",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("bot_user_id", sa.String(32), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        *(sa.Column(days, sa.Integer(), nullable=False) for days in _DAYS),
        sa.CheckConstraint("last_number >= 0", name="last_number"),
        *(sa.CheckConstraint(f"{days} > 0", name=days) for days in _DAYS),
    )
    op.create_table(
        "person",
        sa.Column("workspace_id", sa.String(32), primary_key=True),
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("is_bot", sa.Boolean(), nullable=False),
        sa.Column("is_deactivated", sa.Boolean(), nullable=False),
        sa.Column("is_outsider", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("person")
    op.drop_table("workspace")
