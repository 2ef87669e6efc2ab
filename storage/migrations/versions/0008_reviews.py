"""Passages, causal classes, agreements, reviews, publication, and the record of all of it."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_PASSAGES = (
    "whys",
    "what went well",
    "what went wrong",
    "lessons",
    "notes",
    "what had to be true",
    "whether a stranger can verify",
    "which incident is more likely",
)
_MILESTONES = (
    "started",
    "detected",
    "acknowledged",
    "cause identified",
    "fix deployed",
    "recovered",
    "all clear",
)
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
_EVENTS = (
    "started",
    "imported",
    "agreement asked for",
    "agreed",
    "agreements withdrawn",
    "review called",
    "chair passed on",
    "review started",
    "signed off",
    "published",
    "amended",
    "causal classes changed",
)
_DECIDED = ("undecided", "adopted", "accepted as a risk", "dropped")
_TABLES = (
    "record",
    "publication",
    "meeting",
    "agreement",
    "facilitator",
    "jotted_entry",
    "imported_document",
    "inherited_line",
    "tagging",
    "causal_class",
    "passage",
)


def upgrade() -> None:
    _create_analysis()
    _create_inherited()
    _create_jotted()
    _create_reviews()
    _create_record()


def _create_analysis() -> None:
    op.create_table(
        "passage",
        _postmortem(primary_key=True),
        sa.Column("passage", _one_of(_PASSAGES, "passage"), primary_key=True),
        _workspace(),
        sa.Column("text", sa.String(), nullable=False),
        _given("text"),
        _length("text", 100_000),
    )
    op.create_table(
        "causal_class",
        sa.Column("id", sa.Integer(), primary_key=True),
        _workspace(),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("is_retired", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("workspace_id", "name"),
        _given("name"),
        _length("name", 60),
    )
    op.create_table(
        "tagging",
        _postmortem(primary_key=True),
        sa.Column("class_id", sa.Integer(), sa.ForeignKey("causal_class.id"), primary_key=True),
        _workspace(),
        sa.Column("tagged_by", sa.String(32), nullable=False),
        _instant("tagged_at"),
    )
    _index("tagging", "workspace_id", "class_id", "postmortem_id")


def _create_inherited() -> None:
    op.create_table(
        "inherited_line",
        sa.Column("id", sa.Integer(), primary_key=True),
        _workspace(),
        _postmortem(),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("sameness", sa.String(), nullable=False),
        sa.Column("state", _one_of(_DECIDED, "state"), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(32), nullable=False),
        _instant("decided_at", nullable=True),
        _given("text"),
        _length("text", 1000),
    )
    _index("inherited_line", "postmortem_id", "position")
    _index("inherited_line", "workspace_id", "state", "sameness")
    op.create_table(
        "imported_document",
        _workspace(primary_key=True),
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        _postmortem(),
    )


def _create_jotted() -> None:
    op.create_table(
        "jotted_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("workspace_id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        _instant("at"),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("milestone", _one_of(_MILESTONES, "milestone")),
        sa.Column("source", _one_of(_SOURCES, "source"), nullable=False),
        sa.Column("permalink", sa.String(), nullable=False),
        sa.Column("message_channel", sa.String(32), nullable=False),
        sa.Column("message_ts", sa.String(32), nullable=False),
        sa.Column(
            "source_state", _one_of(("", "edited", "deleted"), "source_state"), nullable=False
        ),
        sa.Column("added_by", sa.String(32), nullable=False),
        _instant("added_at"),
        sa.Column("submission", sa.String(128), nullable=False),
        sa.UniqueConstraint("workspace_id", "channel", "submission"),
        _given("text"),
        _length("text", 1000),
    )
    _index("jotted_entry", "workspace_id", "channel", "at")


def _create_reviews() -> None:
    op.create_table(
        "facilitator",
        _workspace(primary_key=True),
        sa.Column("person", sa.String(32), primary_key=True),
    )
    op.create_table(
        "agreement",
        _postmortem(primary_key=True),
        sa.Column("person", sa.String(32), primary_key=True),
        _workspace(),
        _instant("agreed_at"),
    )
    op.create_table(
        "meeting",
        _postmortem(primary_key=True),
        _workspace(),
        sa.Column("facilitator", sa.String(32), nullable=False),
        sa.Column("called_by", sa.String(32), nullable=False),
        _instant("called_at"),
        _instant("started_at", nullable=True),
        _instant("signed_off_at", nullable=True),
        sa.Column("without", sa.String(), nullable=False),
        sa.Column("passed_on", sa.Integer(), nullable=False),
        _given("facilitator"),
        _length("without", 500),
    )
    _index("meeting", "workspace_id", "facilitator")
    op.create_table(
        "publication",
        _postmortem(primary_key=True),
        _workspace(),
        sa.Column("published_by", sa.String(32), nullable=False),
        _instant("published_at"),
        sa.Column("amendments", sa.Integer(), nullable=False),
        sa.Column("amended_by", sa.String(32), nullable=False),
        _instant("amended_at", nullable=True),
        sa.Column("amended", sa.String(), nullable=False),
        sa.CheckConstraint("amendments >= 0", name="amendments"),
    )


def _create_record() -> None:
    op.create_table(
        "record",
        sa.Column("id", sa.Integer(), primary_key=True),
        _workspace(),
        sa.Column("postmortem_id", sa.Integer(), sa.ForeignKey("postmortem.id"), nullable=False),
        sa.Column("actor", sa.String(32), nullable=False),
        _instant("at"),
        sa.Column("event", _one_of(_EVENTS, "event"), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
    )
    _index("record", "postmortem_id", "id")
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER record_no_{verb} BEFORE {verb.upper()} ON record "
                "BEGIN SELECT RAISE(ABORT, 'record is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION record_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'record is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER record_no_change BEFORE UPDATE OR DELETE OR TRUNCATE "
        "ON record FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only()"
    )


def downgrade() -> None:
    for table in _TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION record_is_append_only()")


def _workspace(*, primary_key: bool = False) -> sa.Column[Any]:
    parent = sa.ForeignKey("workspace.id")
    return sa.Column("workspace_id", sa.String(32), parent, nullable=False, primary_key=primary_key)


def _postmortem(*, primary_key: bool = False) -> sa.Column[Any]:
    parent = sa.ForeignKey("postmortem.id", ondelete="CASCADE")
    return sa.Column("postmortem_id", sa.Integer(), parent, nullable=False, primary_key=primary_key)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _one_of(values: Sequence[str], name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _given(column: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_given")


def _length(column: str, most: int) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length({column}) <= {most}", name=f"{column}_length")


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))
