"""Postmortems, their responders, and the sections that are lists."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SECTIONS = ("facts", "timeline", "contributing factors", "root cause", "action items")
_MILESTONES = (
    "started",
    "detected",
    "acknowledged",
    "cause identified",
    "fix deployed",
    "recovered",
    "all clear",
)
_KINDS = ("made it possible", "slowed detection", "slowed resolution")
_MOST = {"title": 150, "service": 60, "impact": 3000, "root_cause": 3000, "tier_reason": 500}


def upgrade() -> None:
    _create_postmortem()
    op.create_table(
        "responder",
        _postmortem(primary_key=True),
        sa.Column("person", sa.String(32), primary_key=True),
        _workspace(),
        sa.Column("position", sa.Integer(), nullable=False),
    )
    op.create_index("ix_responder_workspace_id_person", "responder", ["workspace_id", "person"])
    op.create_table(
        "section_edit",
        _postmortem(primary_key=True),
        sa.Column("section", _one_of(_SECTIONS, "section"), primary_key=True),
        _workspace(),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edited_by", sa.String(32), nullable=False),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submission", sa.String(128), nullable=False),
    )
    _create_timeline_entry()
    _create_contributing_factor()


def _create_postmortem() -> None:
    op.create_table(
        "postmortem",
        sa.Column("id", sa.Integer(), primary_key=True),
        _workspace(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("channel_name", sa.String(), nullable=False),
        sa.Column("is_private", sa.Boolean(), nullable=False),
        *_facts(),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("root_cause", sa.String(), nullable=False),
        sa.Column("created_by", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submission", sa.String(128), nullable=False),
        sa.UniqueConstraint("workspace_id", "number"),
        sa.UniqueConstraint("workspace_id", "channel"),
        sa.CheckConstraint("number > 0", name="number"),
        sa.CheckConstraint("tier in (1, 2, 3)", name="tier_1_to_3"),
        sa.CheckConstraint("tier_override in (1, 2, 3)", name="tier_override_1_to_3"),
        *(_given(column) for column in ("title", "service")),
        *(_length(column, most) for column, most in _MOST.items()),
    )


def _facts() -> list[sa.Column[Any]]:
    return [
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("severity", _one_of(("P1", "P2", "P3"), "severity"), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("detected_at", sa.DateTime(timezone=True)),
        sa.Column("recovered_at", sa.DateTime(timezone=True)),
        sa.Column("impact", sa.String(), nullable=False),
        sa.Column("is_novel", sa.Boolean(), nullable=False),
        sa.Column("hurt_customers", sa.Boolean(), nullable=False),
        sa.Column("tier_override", sa.Integer()),
        sa.Column("tier_reason", sa.String(), nullable=False),
    ]


def _create_timeline_entry() -> None:
    op.create_table(
        "timeline_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        _workspace(),
        _postmortem(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("milestone", _one_of(_MILESTONES, "milestone")),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("permalink", sa.String(), nullable=False),
        sa.Column("added_by", sa.String(32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        _given("text"),
        _length("text", 1000),
    )
    place = "ix_timeline_entry_postmortem_id_at_position"
    op.create_index(place, "timeline_entry", ["postmortem_id", "at", "position"])


def _create_contributing_factor() -> None:
    op.create_table(
        "contributing_factor",
        sa.Column("id", sa.Integer(), primary_key=True),
        _workspace(),
        _postmortem(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", _one_of(_KINDS, "kind"), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("added_by", sa.String(32), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        _given("text"),
        _length("text", 500),
    )
    place = "ix_contributing_factor_postmortem_id_position"
    op.create_index(place, "contributing_factor", ["postmortem_id", "position"])


def downgrade() -> None:
    for table in (
        "contributing_factor",
        "timeline_entry",
        "section_edit",
        "responder",
        "postmortem",
    ):
        op.drop_table(table)


def _workspace() -> sa.Column[Any]:
    parent = sa.ForeignKey("workspace.id")
    return sa.Column("workspace_id", sa.String(32), parent, nullable=False)


def _postmortem(*, primary_key: bool = False) -> sa.Column[Any]:
    parent = sa.ForeignKey("postmortem.id", ondelete="CASCADE")
    return sa.Column("postmortem_id", sa.Integer(), parent, nullable=False, primary_key=primary_key)


def _one_of(values: Sequence[str], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _given(column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_given")


def _length(column: str, most: int) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length({column}) <= {most}", name=f"{column}_length")
