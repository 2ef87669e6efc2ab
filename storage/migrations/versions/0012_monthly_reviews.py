"""Monthly reviews: what is on their table, when they are held, and the quarterly look."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_WHYS = (
    *("expired", "overdue", "ineffective", "waiting for evidence", "open", "risk"),
    "inherited line",
)
#: Column → its type and how it is filled in rows that are there, or None where it stays empty.
_PROGRAMME: Sequence[tuple[str, Any, str | None]] = (
    ("review_channel", sa.String(32), ""),
    ("review_day", sa.String(32), "first tuesday"),
    ("review_time", sa.Time(), "10:00:00"),
    ("review_zone", sa.String(64), ""),
    ("cards_at_once", sa.Integer(), "1"),
    ("facilitator_group", sa.String(32), ""),
    ("told_days", sa.Integer(), "3"),
    ("reminded_days", sa.Integer(), "2"),
    ("escalated_days", sa.Integer(), "5"),
    ("reviews_to_live", sa.Integer(), "2"),
    ("reviews_since", sa.DateTime(timezone=True), None),
    ("review_left_out_on", sa.Date(), None),
    ("review_look_at", sa.DateTime(timezone=True), None),
)
_NUMBERS = ("cards_at_once", "told_days", "reminded_days", "escalated_days", "reviews_to_live")


def upgrade() -> None:
    with _altering("workspace") as table:
        for name, kind, filled in _PROGRAMME:
            table.add_column(sa.Column(name, kind, nullable=filled is None, server_default=filled))
    with _altering("workspace") as table:
        for name, _kind, filled in _PROGRAMME:
            if filled is not None:  # only while the column was added
                table.alter_column(name, server_default=None)
        for name in _NUMBERS:
            table.create_check_constraint(name, f"{name} > 0")
    with _altering("action_item") as table:
        table.add_column(
            sa.Column("reviews_to_live", sa.Integer(), nullable=False, server_default="2")
        )
    with _altering("action_item") as table:
        table.alter_column("reviews_to_live", server_default=None)
        table.create_check_constraint("reviews_to_live", "reviews_to_live > 0")
        _index_states(table, "reviews_seen", "reviews_seen_reviews_to_live")
    _reviews()
    _entries()
    _meta_reviews()


def _index_states(table: BatchOperations, before: str, after: str) -> None:
    """What the loop counts by has one more column, or one less."""
    columns = ["state", "due_on", "reviews_seen"]
    more = ["reviews_to_live"] if after.endswith("to_live") else []
    table.drop_index(f"ix_action_item_state_due_on_{before}")
    table.create_index(f"ix_action_item_state_due_on_{after}", [*columns, *more])


def _altering(name: str) -> Any:
    # SQLite would write columns that are only added all into one line of its table.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    return op.batch_alter_table(name, recreate="always" if is_sqlite else "auto")


def _instant(name: str, *, given: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not given)


def _id(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(32), nullable=False)


def _number(name: str, *, given: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=not given)


def _text(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=False)


def _of(name: str, where: str, *, given: bool = True, key: bool = False) -> sa.Column[Any]:
    refers = sa.ForeignKey(where, ondelete="CASCADE")
    return sa.Column(name, sa.Integer(), refers, nullable=not given, primary_key=key)


def _workspace() -> sa.Column[Any]:
    return sa.Column("workspace_id", sa.String(32), sa.ForeignKey("workspace.id"), nullable=False)


def _given(name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length(trim({name})) > 0", name=f"{name}_given")


def _at_most(name: str, most: int) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length({name}) <= {most}", name=f"{name}_length")


def _reviews() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), primary_key=True),
        _workspace(),
        *(_id("facilitator"), _id("called_by")),
        *(_instant("called_at", given=True), _instant("due_at", given=True)),
        sa.Column("due_on", sa.Date(), nullable=False),
        *(_id("channel"), _number("at_once"), _instant("started_at"), _instant("closed_at")),
        *(_id("closed_by"), _number("passed_on"), _text("passed_because")),
        _number("shown"),
        _number("current", given=False),
        *(_instant("reminded_at"), _instant("escalated_at"), _text("learnt")),
        sa.UniqueConstraint("workspace_id", "due_on"),
        *(_given("facilitator"), _given("channel"), _at_most("learnt", 2000)),
        _at_most("passed_because", 500),
        sa.CheckConstraint("at_once > 0", name="at_once"),
    )
    op.create_index(
        "ix_review_workspace_id",
        "review",
        ["workspace_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_review_workspace_id_facilitator", "review", ["workspace_id", "facilitator"])


def _entries() -> None:
    listed = ", ".join(f"'{why}'" for why in _WHYS)
    ids = {"item_id": "action_item", "risk_id": "accepted_risk", "line_id": "inherited_line"}
    op.create_table(
        "review_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        _workspace(),
        _of("review_id", "review.id"),
        _number("position"),
        sa.Column("why", sa.String(32), nullable=False),
        _id("owner"),
        *(_of(name, f"{table}.id", given=False) for name, table in ids.items()),
        sa.Column("mentions", sa.Boolean(), nullable=False),
        *(_instant("shown_at"), _instant("absent_at"), _instant("settled_at")),
        *(_id("settled_by"), _number("history_id", given=False), _text("reason")),
        sa.UniqueConstraint("review_id", "position"),
        sa.CheckConstraint(f"why IN ({listed})", name="why"),
        sa.CheckConstraint(
            " OR ".join(f"({name} IS NOT NULL)" for name in ids), name="of_something"
        ),
        _at_most("reason", 500),
    )
    op.create_index(
        "ix_review_entry_review_id_settled_at_position",
        "review_entry",
        ["review_id", "settled_at", "position"],
    )
    for name in ids:
        op.create_index(f"ix_review_entry_{name}", "review_entry", [name])


def _meta_reviews() -> None:
    op.create_table(
        "meta_review",
        _of("postmortem_id", "postmortem.id", key=True),
        _workspace(),
        sa.Column("quarter", sa.String(8), nullable=False),
        *(_id("facilitator"), _id("channel"), _instant("called_at", given=True)),
        *(_instant("closed_at"), _id("closed_by")),
        sa.UniqueConstraint("workspace_id", "quarter"),
        _given("facilitator"),
    )
    op.create_table(
        "proposed_fix",
        _of("postmortem_id", "meta_review.postmortem_id", key=True),
        _of("class_id", "causal_class.id", key=True),
        _workspace(),
        _text("fix"),
        *(_id("proposed_by"), _instant("proposed_at", given=True)),
        *(_given("fix"), _at_most("fix", 2000)),
    )


def downgrade() -> None:
    for table in ("proposed_fix", "meta_review", "review_entry", "review"):
        op.drop_table(table)
    with op.batch_alter_table("action_item") as items:
        _index_states(items, "reviews_seen_reviews_to_live", "reviews_seen")
    _drop("action_item", ["reviews_to_live"], ["reviews_to_live"])
    _drop("workspace", [name for name, *_ in _PROGRAMME], _NUMBERS)


def _drop(name: str, columns: Sequence[str], numbers: Sequence[str]) -> None:
    with _altering(name) as table:
        _unlimit(table, name, numbers)
        for column in columns:
            table.drop_column(column)


def _unlimit(table: BatchOperations, name: str, numbers: Sequence[str]) -> None:
    for number in numbers:
        table.drop_constraint(op.f(f"ck_{name}_{number}"), type_="check")
