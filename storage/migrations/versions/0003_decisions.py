"""Action items, accepted risks, and a history that refuses to be rewritten."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KINDS = ("guardrail", "detection", "recovery", "process", "training")


def upgrade() -> None:
    _create_action_item()
    _create_accepted_risk()
    op.create_table(
        "item_history",
        sa.Column("id", sa.Integer(), primary_key=True),
        _workspace(),
        sa.Column("item_id", sa.Integer(), sa.ForeignKey("action_item.id"), nullable=False),
        sa.Column("actor", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(64), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
    )
    op.create_index("ix_item_history_item_id_id", "item_history", ["item_id", "id"])
    if op.get_bind().dialect.name == "sqlite":
        _refuse_changes_on_sqlite()
    else:
        _refuse_changes_on_postgresql()


def _create_action_item() -> None:
    factor = sa.ForeignKey("contributing_factor.id", ondelete="SET NULL")
    op.create_table(
        "action_item",
        sa.Column("id", sa.Integer(), primary_key=True),
        _workspace(),
        _postmortem(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("done_when", sa.String(), nullable=False),
        sa.Column("owner", sa.String(32), nullable=False),
        sa.Column("priority", _one_of(("P1", "P2", "P3"), "priority"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("kind", _one_of(_KINDS, "kind"), nullable=False),
        sa.Column("factor_id", sa.Integer(), factor),
        sa.Column("state", _one_of(("open",), "state"), nullable=False),
        *_made(),
        sa.UniqueConstraint("postmortem_id", "position"),
        sa.UniqueConstraint("postmortem_id", "submission"),
        sa.CheckConstraint("position between 1 and 3", name="position_1_to_3"),
        *(_given(column) for column in ("owner", "what", "done_when")),
        _length("what", 300),
        _length("done_when", 500),
    )
    for column in ("workspace_id", "factor_id"):
        op.create_index(f"ix_action_item_{column}", "action_item", [column])


def _create_accepted_risk() -> None:
    op.create_table(
        "accepted_risk",
        sa.Column("id", sa.Integer(), primary_key=True),
        _workspace(),
        _postmortem(),
        sa.Column("risk", sa.String(), nullable=False),
        sa.Column("accepter", sa.String(32), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        *_made(),
        sa.UniqueConstraint("postmortem_id", "submission"),
        *(_given(column) for column in ("accepter", "risk", "reason")),
        _length("risk", 500),
        _length("reason", 500),
    )
    op.create_index("ix_accepted_risk_workspace_id", "accepted_risk", ["workspace_id"])


def _refuse_changes_on_sqlite() -> None:
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER item_history_no_{verb} BEFORE {verb.upper()} ON item_history "
            "BEGIN SELECT RAISE(ABORT, 'item_history is append-only'); END"
        )


def _refuse_changes_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION item_history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'item_history is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER item_history_no_change BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON item_history FOR EACH STATEMENT EXECUTE FUNCTION item_history_is_append_only()"
    )


def downgrade() -> None:
    for table in ("item_history", "accepted_risk", "action_item"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION item_history_is_append_only()")


def _workspace() -> sa.Column[Any]:
    parent = sa.ForeignKey("workspace.id")
    return sa.Column("workspace_id", sa.String(32), parent, nullable=False)


def _postmortem() -> sa.Column[Any]:
    parent = sa.ForeignKey("postmortem.id", ondelete="CASCADE")
    return sa.Column("postmortem_id", sa.Integer(), parent, nullable=False)


def _made() -> list[sa.Column[Any]]:
    return [
        sa.Column("created_by", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submission", sa.String(128)),
    ]


def _one_of(values: Sequence[str], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _given(column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_given")


def _length(column: str, most: int) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length({column}) <= {most}", name=f"{column}_length")
