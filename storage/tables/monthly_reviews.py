"""Monthly reviews with what is on their table, and the quarterly look across postmortems."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from domain.accepted_risks import REASON_MAX
from domain.reviews import LEARNT_MAX, Why
from storage.tables.columns import ID, Instant, Words, at_most, not_blank, one_of

_OPEN = text("closed_at IS NULL")


class ReviewRow(SQLModel, table=True):
    """A monthly review; a workspace holds one at a time, and one a day (rule 18)."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("workspace_id", "due_on"),
        Index(None, "workspace_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(None, "workspace_id", "facilitator"),
        not_blank("facilitator"),
        not_blank("channel"),
        at_most("learnt", LEARNT_MAX),
        at_most("passed_because", REASON_MAX),
        CheckConstraint("at_once > 0", name="at_once"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    facilitator: str = Field(max_length=ID)
    called_by: str = Field(max_length=ID)
    called_at: datetime = Field(sa_type=Instant)
    due_at: datetime = Field(sa_type=Instant)
    due_on: date
    channel: str = Field(max_length=ID)
    at_once: int = 1
    started_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_by: str = Field(default="", max_length=ID)
    passed_on: int = 0
    passed_because: str = Field(default="", sa_type=Words)
    shown: int = 0
    current: int | None = None
    reminded_at: datetime | None = Field(default=None, sa_type=Instant)
    escalated_at: datetime | None = Field(default=None, sa_type=Instant)
    learnt: str = Field(default="", sa_type=Words)


class ReviewEntryRow(SQLModel, table=True):
    """An item, a risk or an inherited line on the table of a review, and what became of it there.

    Only the review's own transactions and those of what is on its table write it.
    """

    __tablename__ = "review_entry"
    __table_args__ = (
        UniqueConstraint("review_id", "position"),
        Index(None, "review_id", "settled_at", "position"),
        Index(None, "item_id"),
        Index(None, "risk_id"),
        Index(None, "line_id"),
        CheckConstraint(
            "(item_id IS NOT NULL) OR (risk_id IS NOT NULL) OR (line_id IS NOT NULL)",
            name="of_something",
        ),
        at_most("reason", REASON_MAX),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    review_id: int = Field(foreign_key="review.id", ondelete="CASCADE")
    position: int
    why: Why = Field(sa_type=one_of(Why, "why"))
    owner: str = Field(max_length=ID)
    item_id: int | None = Field(default=None, foreign_key="action_item.id", ondelete="CASCADE")
    risk_id: int | None = Field(default=None, foreign_key="accepted_risk.id", ondelete="CASCADE")
    line_id: int | None = Field(default=None, foreign_key="inherited_line.id", ondelete="CASCADE")
    mentions: bool = False
    shown_at: datetime | None = Field(default=None, sa_type=Instant)
    absent_at: datetime | None = Field(default=None, sa_type=Instant)
    settled_at: datetime | None = Field(default=None, sa_type=Instant)
    settled_by: str = Field(default="", max_length=ID)
    history_id: int | None = None
    reason: str = Field(default="", sa_type=Words)


class MetaReviewRow(SQLModel, table=True):
    """The quarterly look across postmortems (rule 21); its items are those of its postmortem.

    That postmortem is of no incident: it has no channel, no tags and no responders.
    """

    __tablename__ = "meta_review"
    __table_args__ = (UniqueConstraint("workspace_id", "quarter"), not_blank("facilitator"))

    postmortem_id: int = Field(primary_key=True, foreign_key="postmortem.id", ondelete="CASCADE")
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    quarter: str = Field(max_length=8)
    facilitator: str = Field(max_length=ID)
    channel: str = Field(max_length=ID)
    called_at: datetime = Field(sa_type=Instant)
    closed_at: datetime | None = Field(default=None, sa_type=Instant)
    closed_by: str = Field(default="", max_length=ID)


class ProposedFixRow(SQLModel, table=True):
    """The systemic fix that a meta-review proposes for one pattern."""

    __tablename__ = "proposed_fix"
    __table_args__ = (not_blank("fix"), at_most("fix", LEARNT_MAX))

    postmortem_id: int = Field(
        primary_key=True, foreign_key="meta_review.postmortem_id", ondelete="CASCADE"
    )
    class_id: int = Field(primary_key=True, foreign_key="causal_class.id", ondelete="CASCADE")
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    fix: str = Field(sa_type=Words)
    proposed_by: str = Field(max_length=ID)
    proposed_at: datetime = Field(sa_type=Instant)
