"""Proposals from a channel's history, and the times that a channel's messages tell."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TIMES = ("started_at", "detected_at", "recovered_at")


def upgrade() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), sa.ForeignKey("workspace.id"), nullable=False),
        sa.Column(
            "postmortem_id",
            sa.Integer(),
            sa.ForeignKey("postmortem.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("candidates", sa.JSON(), nullable=False),
        sa.Column("left_out", sa.Integer(), nullable=False),
        sa.Column("messages_read", sa.Integer(), nullable=False),
        sa.Column("unread_before", sa.String(32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_proposal_made_at", "proposal", ["made_at"])
    op.create_index("ix_proposal_postmortem_id", "proposal", ["postmortem_id"])
    # SQLite would write columns that are only added all into one line of its table.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("channel", recreate="always" if is_sqlite else "auto") as table:
        for name in _TIMES:
            table.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("channel") as table:
        for name in _TIMES:
            table.drop_column(name)
    op.drop_table("proposal")
