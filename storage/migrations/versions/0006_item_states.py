"""Action items: how they end, how often they were rescheduled, how many reviews saw them."""

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ENDED = (
    "implemented",
    "verified",
    "cancelled",
    "accepted as a risk",
    "promoted to a project",
)
_COUNTS = ("reschedules", "reviews_seen")


def upgrade() -> None:
    with op.batch_alter_table("action_item") as table:
        for name in _COUNTS:
            # Only while the column is added: what is stored was never rescheduled nor reviewed.
            table.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
            table.create_check_constraint(name, f"{name} >= 0")
        _states(table, ("open", *_ENDED))
    with op.batch_alter_table("action_item") as table:
        for name in _COUNTS:
            table.alter_column(name, server_default=None)


def downgrade() -> None:
    # The revision before knows open items only; what became of each stays in its history.
    op.execute("UPDATE action_item SET state = 'open'")
    with op.batch_alter_table("action_item") as table:
        for name in _COUNTS:
            table.drop_constraint(op.f(f"ck_action_item_{name}"), type_="check")
            table.drop_column(name)
        _states(table, ("open",))


def _states(table: BatchOperations, states: tuple[str, ...]) -> None:
    table.drop_constraint(op.f("ck_action_item_state"), type_="check")
    listed = ", ".join(f"'{state}'" for state in states)
    table.create_check_constraint("state", f"state IN ({listed})")
