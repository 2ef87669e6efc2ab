"""What a postmortem holds beside its facts: sources, numbers, passages, and where it comes from."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_SECTIONS = ("facts", "timeline", "contributing factors", "root cause", "action items")
_MORE_SECTIONS = ("lessons", "notes")
_SOURCES = (
    "typed",
    "logged",
    "message",
    "reaction",
    "pin",
    "alert",
    "deploy",
    "app",
    "imported",
)
_STATES = ("", "edited", "deleted")
_FROM_A_MESSAGE = sa.text("message_ts <> ''")
_ENTRY_PLACE = "ix_timeline_entry_message"
_WORKSPACE_WORDS = {"organisation_channel": 32, "engineering_channel": 32, "lead": 32}


def upgrade() -> None:
    with op.batch_alter_table("postmortem") as table:
        table.alter_column("channel", existing_type=sa.String(32), nullable=True)
        table.add_column(sa.Column("users_affected", sa.BigInteger()))
        table.add_column(sa.Column("revenue_lost", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("budget_burned", sa.Float()))
        table.create_check_constraint("revenue_lost_length", "length(revenue_lost) <= 60")
        for name in ("users_affected", "budget_burned"):
            table.create_check_constraint(name, f"{name} >= 0")
    with op.batch_alter_table("postmortem") as table:
        table.alter_column("revenue_lost", server_default=None)
    with op.batch_alter_table("section_edit") as table:
        _listed(table, "section_edit", "section", (*_SECTIONS, *_MORE_SECTIONS))
    _upgrade_timeline()
    _upgrade_workspace()


def _upgrade_timeline() -> None:
    with op.batch_alter_table("timeline_entry") as table:
        table.alter_column("source", existing_type=sa.String(), type_=sa.String(32))
        table.create_check_constraint("source", _one_of("source", _SOURCES))
        for name in ("message_channel", "message_ts", "source_state"):
            table.add_column(sa.Column(name, sa.String(32), nullable=False, server_default=""))
        table.create_check_constraint("source_state", _one_of("source_state", _STATES))
    with op.batch_alter_table("timeline_entry") as table:
        for name in ("message_channel", "message_ts", "source_state"):
            table.alter_column(name, server_default=None)
    op.create_index(
        _ENTRY_PLACE,
        "timeline_entry",
        ["workspace_id", "message_channel", "message_ts", "postmortem_id"],
        unique=True,
        sqlite_where=_FROM_A_MESSAGE,
        postgresql_where=_FROM_A_MESSAGE,
    )


def _upgrade_workspace() -> None:
    with op.batch_alter_table("workspace") as table:
        for name, most in _WORKSPACE_WORDS.items():
            table.add_column(sa.Column(name, sa.String(most), nullable=False, server_default=""))
        reaction = sa.Column("reaction", sa.String(100), nullable=False, server_default="stopwatch")
        table.add_column(reaction)
        table.create_check_constraint("reaction_given", "length(trim(reaction)) > 0")
    with op.batch_alter_table("workspace") as table:
        for name in (*_WORKSPACE_WORDS, "reaction"):
            table.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("workspace") as table:
        table.drop_constraint(op.f("ck_workspace_reaction_given"), type_="check")
        for name in (*_WORKSPACE_WORDS, "reaction"):
            table.drop_column(name)
    op.drop_index(_ENTRY_PLACE, "timeline_entry")
    with op.batch_alter_table("timeline_entry") as table:
        for name in ("source", "source_state"):
            table.drop_constraint(op.f(f"ck_timeline_entry_{name}"), type_="check")
        for name in ("message_channel", "message_ts", "source_state"):
            table.drop_column(name)
        table.alter_column("source", existing_type=sa.String(32), type_=sa.String())
    op.execute("DELETE FROM section_edit WHERE section IN ('lessons', 'notes')")
    with op.batch_alter_table("section_edit") as table:
        _listed(table, "section_edit", "section", _SECTIONS)
    # The revision before knows postmortems of channels only; an imported one gets a name for none.
    op.execute("UPDATE postmortem SET channel = 'none-' || id WHERE channel IS NULL")
    with op.batch_alter_table("postmortem") as table:
        for name in ("revenue_lost_length", "users_affected", "budget_burned"):
            table.drop_constraint(op.f(f"ck_postmortem_{name}"), type_="check")
        for name in ("users_affected", "revenue_lost", "budget_burned"):
            table.drop_column(name)
        table.alter_column("channel", existing_type=sa.String(32), nullable=False)


def _listed(table: BatchOperations, of: str, column: str, values: Sequence[str]) -> None:
    table.drop_constraint(op.f(f"ck_{of}_{column}"), type_="check")
    table.create_check_constraint(column, _one_of(column, values))


def _one_of(column: str, values: Sequence[str]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"
