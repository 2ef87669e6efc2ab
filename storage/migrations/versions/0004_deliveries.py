"""Deliveries: the messages the app owes somebody."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("subject", sa.String(128), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("posted_channel", sa.String(32)),
        sa.Column("message_ts", sa.String(32)),
        sa.Column("asked_by", sa.String(32), nullable=False),
        *_progress(),
        sa.UniqueConstraint("workspace_id", "kind", "subject"),
        sa.CheckConstraint("wanted >= sent", name="wanted_not_behind"),
    )
    owed = sa.text("due_at IS NOT NULL")
    op.create_index(
        "ix_delivery_due_at_id",
        "delivery",
        ["due_at", "id"],
        sqlite_where=owed,
        postgresql_where=owed,
    )


def _progress() -> list[sa.Column[Any]]:
    return [
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("token", sa.String(32)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_claimed_at", sa.DateTime(timezone=True)),
        sa.Column("last_error", sa.String()),
        sa.Column("given_up_at", sa.DateTime(timezone=True)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
    ]


def downgrade() -> None:
    op.drop_table("delivery")
