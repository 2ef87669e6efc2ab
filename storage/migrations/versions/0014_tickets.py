"""Tickets: where they are made, each item's, who is who in a tracker, webhooks listened to."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_KINDS = "kind IN ('github', 'jira', 'linear')"
_ON_ITEMS = ("ticket", "ticket_url", "ticket_trouble")


def upgrade() -> None:
    _alter_items()
    _places()
    _tickets()
    op.create_table(
        "tracker_account",
        sa.Column("workspace_id", sa.String(32), primary_key=True),
        sa.Column("kind", sa.String(32), primary_key=True),
        sa.Column("person", sa.String(32), primary_key=True),
        *_texts("account", "name", "typed"),
        sa.Column("chosen_by", sa.String(32), nullable=False),
        _instant("looked_at"),
        sa.CheckConstraint(_KINDS, name="kind"),
    )
    op.create_index(
        "ix_tracker_account_account", "tracker_account", ["workspace_id", "kind", "account"]
    )
    op.create_table(
        "heard_hook",
        sa.Column("workspace_id", sa.String(32), primary_key=True),
        sa.Column("signature", sa.String(128), primary_key=True),
        sa.Column("heard_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_heard_hook_heard_at", "heard_hook", ["heard_at"])


def _alter_items() -> None:
    with _altering("action_item") as items:
        for name in _ON_ITEMS:
            items.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        items.add_column(
            sa.Column("ticket_closed", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with _altering("action_item") as items:
        for name in (*_ON_ITEMS, "ticket_closed"):
            items.alter_column(name, server_default=None)


def _places() -> None:
    op.create_table(
        "ticket_place",
        sa.Column("id", sa.Integer(), primary_key=True),
        _workspace(),
        *_texts("service"),
        sa.Column("kind", sa.String(32), nullable=False),
        *_texts("project", "board"),
        sa.Column("labels", sa.JSON(), nullable=False),
        *_texts("issue_type"),
        sa.Column("fields", sa.JSON(), nullable=False),
        *_texts("trouble"),
        _instant("trouble_since"),
        _instant("ended_at"),
        sa.CheckConstraint("length(trim(project)) > 0", name="project_given"),
        sa.CheckConstraint(_KINDS, name="kind"),
    )
    stands = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_ticket_place_standing",
        "ticket_place",
        ["workspace_id", "service"],
        unique=True,
        sqlite_where=stands,
        postgresql_where=stands,
    )


def _tickets() -> None:
    op.create_table(
        "ticket",
        sa.Column(
            "item_id",
            sa.Integer(),
            sa.ForeignKey("action_item.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        _workspace(),
        sa.Column("place_id", sa.Integer(), sa.ForeignKey("ticket_place.id"), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("ours", sa.String(64), nullable=False),
        *_texts("ref", "key", "url", "sprint"),
        sa.Column("told", sa.JSON()),
        sa.Column("seen", sa.JSON()),
        sa.Column("is_gone", sa.Boolean(), nullable=False),
        *_texts("trouble"),
        _instant("trouble_since"),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        *(_instant(name) for name in ("first_claimed_at", "due_at", "lease_until")),
        sa.Column("token", sa.String(32)),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("ours"),
        sa.CheckConstraint(_KINDS, name="kind"),
    )
    due = sa.text("due_at IS NOT NULL")
    op.create_index(
        "ix_ticket_workspace_id_kind_due_at",
        "ticket",
        ["workspace_id", "kind", "due_at"],
        sqlite_where=due,
        postgresql_where=due,
    )
    op.create_index("ix_ticket_ref", "ticket", ["workspace_id", "kind", "ref"])
    op.create_index("ix_ticket_place_id", "ticket", ["place_id"])


def _texts(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, sa.String(), nullable=False) for name in names]


def _instant(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True))


def _workspace() -> sa.Column[Any]:
    return sa.Column("workspace_id", sa.String(32), sa.ForeignKey("workspace.id"), nullable=False)


def _altering(name: str) -> Any:
    # SQLite would write columns that are only added all into one line of its table.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    return op.batch_alter_table(name, recreate="always" if is_sqlite else "auto")


def downgrade() -> None:
    for table in ("heard_hook", "tracker_account", "ticket", "ticket_place"):
        op.drop_table(table)
    with _altering("action_item") as items:
        for column in (*_ON_ITEMS, "ticket_closed"):
            items.drop_column(column)
