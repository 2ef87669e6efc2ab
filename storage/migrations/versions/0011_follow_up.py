"""Follow-up: what is decided about items, when people hear of them, and when they work."""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_STATES = (
    *("open", "implemented", "verified", "cancelled", "accepted as a risk"),
    "promoted to a project",
)
_PROGRESS = ("not started", "in progress", "blocked")
_EVENTS = (
    *("started", "imported", "agreement asked for", "agreed", "agreements withdrawn"),
    *("review called", "chair passed on", "review started", "signed off", "published", "amended"),
    "causal classes changed",
)
#: Column → how it is filled in rows that are there, or None where it stays empty.
_Columns = Sequence[tuple[str, Any, str | None]]
_ITEM: _Columns = (
    ("original_due_on", sa.Date(), None),
    ("progress", sa.String(32), "not started"),
    ("note", sa.String(), ""),
    ("implemented_on", sa.Date(), None),
    ("soaks_until", sa.Date(), None),
    ("shipped", sa.String(), ""),
    ("verified_at", sa.DateTime(timezone=True), None),
    ("evidence", sa.String(), ""),
    ("link", sa.String(), ""),
    ("proposed_owner", sa.String(32), ""),
    ("proposed_by", sa.String(32), ""),
    ("hear_at", sa.DateTime(timezone=True), None),
    ("returns_at", sa.DateTime(timezone=True), None),
)
_RISK: _Columns = (
    ("item_id", sa.Integer(), None),
    ("renewals", sa.Integer(), "0"),
    ("ended_on", sa.Date(), None),
    ("hear_at", sa.DateTime(timezone=True), None),
)
_PROGRAMME: _Columns = (
    ("soak_days", sa.Integer(), "30"),
    ("remind_before_days", sa.Integer(), "7"),
    ("remind_every_days", sa.Integer(), "7"),
    ("working_days", sa.String(7), "12345"),
    ("work_begins", sa.Time(), "09:30:00"),
    ("work_ends", sa.Time(), "17:00:00"),
    ("holidays", sa.String(8), "own"),
)
_LENGTHS = {"note": 500, "shipped": 500, "evidence": 500, "link": 1000}
_NUMBERS = ("soak_days", "remind_before_days", "remind_every_days")


def upgrade() -> None:
    _add("action_item", _ITEM, _limit_items)
    _add("accepted_risk", _RISK, _limit_risks)
    _add("workspace", _PROGRAMME, _limit_programme)
    _add("item_history", (("acting", sa.String(32), ""),), _nothing)
    with op.batch_alter_table("record") as table:
        _one_of(table, "record", "event", (*_EVENTS, "risk accepted again", "risk ended"))
    _refuse_changes("item_history", "record")
    op.execute("UPDATE action_item SET original_due_on = due_on")
    # What was implemented before soaked until it was due; the clock looks at all that goes on.
    op.execute("UPDATE action_item SET soaks_until = due_on WHERE state = 'implemented'")
    op.execute("UPDATE action_item SET hear_at = created_at WHERE state IN ('open', 'implemented')")
    op.execute("UPDATE accepted_risk SET hear_at = created_at")
    _indexes()


def _add(table_name: str, columns: _Columns, limit: Callable[[BatchOperations], None]) -> None:
    with _altering(table_name) as table:
        for name, kind, filled in columns:
            table.add_column(sa.Column(name, kind, nullable=filled is None, server_default=filled))
    with _altering(table_name) as table:
        for name, _kind, filled in columns:
            if filled is not None:  # only while the column was added
                table.alter_column(name, server_default=None)
        limit(table)


def _altering(name: str) -> Any:
    # SQLite would write columns that are only added all into one line of its table.
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    return op.batch_alter_table(name, recreate="always" if is_sqlite else "auto")


def _limit_items(table: BatchOperations) -> None:
    for name, most in _LENGTHS.items():
        table.create_check_constraint(f"{name}_length", f"length({name}) <= {most}")
    table.create_check_constraint("progress", _listed("progress", _PROGRESS))
    _one_of(table, "action_item", "state", (*_STATES, "ineffective"))


def _limit_risks(table: BatchOperations) -> None:
    table.create_check_constraint("renewals", "renewals >= 0")
    table.create_foreign_key(
        op.f("fk_accepted_risk_item_id_action_item"),
        "action_item",
        ["item_id"],
        ["id"],
        ondelete="SET NULL",
    )


def _limit_programme(table: BatchOperations) -> None:
    for name in _NUMBERS:
        table.create_check_constraint(name, f"{name} > 0")
    table.create_check_constraint("working_days_given", "length(trim(working_days)) > 0")


def _nothing(_table: BatchOperations) -> None:
    """Limit nothing."""


def _one_of(table: BatchOperations, name: str, column: str, values: Sequence[str]) -> None:
    table.drop_constraint(op.f(f"ck_{name}_{column}"), type_="check")
    table.create_check_constraint(column, _listed(column, values))


def _listed(column: str, values: Sequence[str]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


def _refuse_changes(*tables: str) -> None:
    """Let SQLite refuse to change what is append-only: a table that is made anew has no trigger."""
    if op.get_bind().dialect.name != "sqlite":
        return
    for table in tables:
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


#: Table, columns, and which rows, of every index that comes.
_INDEXES = (
    ("action_item", ("hear_at", "id"), "hear_at IS NOT NULL"),
    ("action_item", ("returns_at",), "returns_at IS NOT NULL"),
    ("action_item", ("workspace_id", "owner", "state"), ""),
    ("action_item", ("workspace_id", "state", "due_on"), ""),
    ("action_item", ("state", "due_on", "reviews_seen"), ""),
    ("item_history", ("workspace_id", "at"), ""),
    ("accepted_risk", ("hear_at", "id"), "hear_at IS NOT NULL"),
    ("accepted_risk", ("workspace_id", "accepter"), ""),
    ("accepted_risk", ("item_id",), ""),
    ("accepted_risk", ("until",), "ended_on IS NULL"),
    ("delivery", ("workspace_id", "channel", "due_at", "id"), "due_at IS NOT NULL"),
    ("delivery", ("given_up_at",), "given_up_at IS NOT NULL"),
)


def _indexes() -> None:
    for table in ("action_item", "accepted_risk"):
        op.drop_index(f"ix_{table}_workspace_id", table)
    for table, columns, where in _INDEXES:
        only = sa.text(where) if where else None
        op.create_index(
            _name(table, columns), table, columns, sqlite_where=only, postgresql_where=only
        )


def _name(table: str, columns: Sequence[str]) -> str:
    return f"ix_{table}_{'_'.join(columns)}"


def _no_indexes() -> None:
    for table, columns, _where in reversed(_INDEXES):
        op.drop_index(_name(table, columns), table)
    for table in ("action_item", "accepted_risk"):
        op.create_index(f"ix_{table}_workspace_id", table, ["workspace_id"])


def downgrade() -> None:
    _no_indexes()
    # The revision before knows no such events, and its record cannot be changed but by being made
    # anew: what happened to a risk is forgotten there.
    _forget_events()
    _drop("item_history", ("acting",), _nothing)
    _drop("workspace", [name for name, *_ in _PROGRAMME], _unlimit_programme)
    _drop("accepted_risk", [name for name, *_ in _RISK], _unlimit_risks)
    op.execute("UPDATE action_item SET state = 'verified' WHERE state = 'ineffective'")
    _drop("action_item", [name for name, *_ in _ITEM], _unlimit_items)
    _refuse_changes("item_history", "record")


def _drop(name: str, columns: Sequence[str], unlimit: Callable[[BatchOperations], None]) -> None:
    with _altering(name) as table:
        unlimit(table)
        for column in columns:
            table.drop_column(column)


def _forget_events() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER record_no_delete")
    else:
        op.execute("ALTER TABLE record DISABLE TRIGGER record_no_change")
    op.execute("DELETE FROM record WHERE event IN ('risk accepted again', 'risk ended')")
    with op.batch_alter_table("record") as table:
        _one_of(table, "record", "event", _EVENTS)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("ALTER TABLE record ENABLE TRIGGER record_no_change")


def _unlimit_items(table: BatchOperations) -> None:
    for name in (*(f"{each}_length" for each in _LENGTHS), "progress"):
        table.drop_constraint(op.f(f"ck_action_item_{name}"), type_="check")
    _one_of(table, "action_item", "state", _STATES)


def _unlimit_risks(table: BatchOperations) -> None:
    table.drop_constraint(op.f("ck_accepted_risk_renewals"), type_="check")
    table.drop_constraint(op.f("fk_accepted_risk_item_id_action_item"), type_="foreignkey")


def _unlimit_programme(table: BatchOperations) -> None:
    for name in (*_NUMBERS, "working_days_given"):
        table.drop_constraint(op.f(f"ck_workspace_{name}"), type_="check")
