"""Measures: services and their error budgets, the history of the taxonomy, numbers for the Home."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_PRIORITIES = ("P1", "P2", "P3")
_SOURCES = ("nobody", "api", "prometheus", "by hand")
#: All that is counted of them: then the table itself is not read.
_OF_ITEMS = {
    "ix_action_item_kept": ["workspace_id", "original_due_on", "state", "implemented_on"],
    "ix_action_item_age": ["workspace_id", "state", "created_at", "reschedules"],
}
_CHANGES = ("added", "renamed", "merged", "retired", "restored")


def upgrade() -> None:
    _alter_workspace()
    with _altering("action_item") as items:
        items.add_column(sa.Column("raised_from", sa.String(32)))
        items.add_column(sa.Column("raised_in", sa.DateTime(timezone=True)))
    with _altering("action_item") as items:
        items.create_check_constraint("raised_from", _listed("raised_from", _PRIORITIES))
        for name, columns in _OF_ITEMS.items():
            items.create_index(name, columns)
    op.create_index(
        "ix_postmortem_workspace_id_started_at", "postmortem", ["workspace_id", "started_at"]
    )
    with _altering("causal_class") as classes:
        classes.add_column(sa.Column("merged_into", sa.Integer()))
    with _altering("causal_class") as classes:
        classes.create_foreign_key(
            op.f("fk_causal_class_merged_into_causal_class"),
            "causal_class",
            ["merged_into"],
            ["id"],
        )
        classes.create_index("ix_causal_class_merged_into", ["merged_into"])
    _class_history()
    _services()
    _for_the_home()


def _alter_workspace() -> None:
    with _altering("workspace") as table:
        table.add_column(
            sa.Column("burning_percent", sa.Integer(), nullable=False, server_default="75")
        )
        table.add_column(
            sa.Column("report_monthly", sa.Boolean(), nullable=False, server_default=sa.true())
        )
        table.add_column(sa.Column("budget_token", sa.String(64)))
    with _altering("workspace") as table:
        table.alter_column("burning_percent", server_default=None)
        table.alter_column("report_monthly", server_default=None)
        table.create_check_constraint("burning_percent", "burning_percent > 0")
        table.create_unique_constraint(op.f("uq_workspace_budget_token"), ["budget_token"])


def _class_history() -> None:
    op.create_table(
        "class_history",
        sa.Column("id", sa.Integer(), primary_key=True),
        _workspace(),
        sa.Column("class_id", sa.Integer(), sa.ForeignKey("causal_class.id"), nullable=False),
        sa.Column("actor", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("old", "new")),
        sa.Column("incidents", sa.Integer(), nullable=False),
        sa.CheckConstraint(_listed("event", _CHANGES), name="event"),
    )
    op.create_index("ix_class_history_workspace_id_id", "class_history", ["workspace_id", "id"])
    op.create_index("ix_class_history_class_id", "class_history", ["class_id"])
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER class_history_no_{verb} BEFORE {verb.upper()} ON class_history "
                "BEGIN SELECT RAISE(ABORT, 'class_history is append-only'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION class_history_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'class_history is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER class_history_no_change BEFORE UPDATE OR DELETE OR TRUNCATE "
            "ON class_history FOR EACH STATEMENT EXECUTE FUNCTION class_history_is_append_only()"
        )


def _services() -> None:
    op.create_table(
        "service",
        sa.Column("id", sa.Integer(), primary_key=True),
        _workspace(),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        _instant("ask_at"),
        sa.Column("burned", sa.Float()),
        _instant("burned_at"),
        sa.Column("source", sa.String(32), nullable=False),
        sa.Column("told_by", sa.String(32), nullable=False),
        _instant("burning_since"),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.UniqueConstraint("workspace_id", "name"),
        sa.CheckConstraint("length(trim(name)) > 0", name="name_given"),
        sa.CheckConstraint("length(name) <= 60", name="name_length"),
        sa.CheckConstraint("length(query) <= 2000", name="query_length"),
        sa.CheckConstraint("burned >= 0", name="burned"),
        sa.CheckConstraint(_listed("source", _SOURCES), name="source"),
    )
    op.create_index("ix_service_workspace_id_channel", "service", ["workspace_id", "channel"])
    _partial("service", "burning_since", "burning_since IS NOT NULL")
    _partial("service", "ask_at", "query <> ''")


def _for_the_home() -> None:
    op.create_table(
        "health",
        sa.Column("workspace_id", sa.String(32), primary_key=True),
        _instant("taken_at"),
        _instant("wanted_at"),
        sa.Column("numbers", sa.JSON(), nullable=False),
    )
    _partial("health", "wanted_at", "wanted_at IS NOT NULL")
    op.create_table(
        "home_visit",
        sa.Column("workspace_id", sa.String(32), primary_key=True),
        sa.Column("person", sa.String(32), primary_key=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index(
        "ix_home_visit_workspace_id_opened_at", "home_visit", ["workspace_id", "opened_at"]
    )


def _partial(table: str, column: str, where: str) -> None:
    only = sa.text(where)
    op.create_index(
        f"ix_{table}_{column}", table, [column], sqlite_where=only, postgresql_where=only
    )


def _listed(column: str, values: Sequence[str]) -> str:
    return f"{column} IN ({', '.join(map(repr, values))})"


def _instant(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True))


def _workspace() -> sa.Column[Any]:
    return sa.Column("workspace_id", sa.String(32), sa.ForeignKey("workspace.id"), nullable=False)


def _altering(name: str) -> Any:
    # SQLite would write columns that are only added all into one line of its table.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    return op.batch_alter_table(name, recreate="always" if is_sqlite else "auto")


def downgrade() -> None:
    for table in ("home_visit", "health", "service", "class_history"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION class_history_is_append_only()")
    with _altering("causal_class") as classes:
        classes.drop_index("ix_causal_class_merged_into")
        classes.drop_constraint(
            op.f("fk_causal_class_merged_into_causal_class"), type_="foreignkey"
        )
        classes.drop_column("merged_into")
    op.drop_index("ix_postmortem_workspace_id_started_at", "postmortem")
    with _altering("action_item") as items:
        for name in _OF_ITEMS:
            items.drop_index(name)
        items.drop_constraint(op.f("ck_action_item_raised_from"), type_="check")
        for column in ("raised_from", "raised_in"):
            items.drop_column(column)
    with _altering("workspace") as table:
        table.drop_constraint(op.f("uq_workspace_budget_token"), type_="unique")
        table.drop_constraint(op.f("ck_workspace_burning_percent"), type_="check")
        for column in ("burning_percent", "report_monthly", "budget_token"):
            table.drop_column(column)
