"""What is decided: action items, accepted risks, and the history nothing may rewrite."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from domain.accepted_risks import REASON_MAX, RISK_MAX
from domain.action_items import (
    DONE_WHEN_MAX,
    LINK_MAX,
    MAX_ITEMS,
    NOTE_MAX,
    WHAT_MAX,
    ItemKind,
    ItemState,
    Progress,
)
from domain.programme import REVIEWS_TO_LIVE, Priority
from storage.tables.columns import (
    ID,
    SUBMISSION,
    Instant,
    Words,
    at_most,
    not_blank,
    one_of,
)

_HEARS = text("hear_at IS NOT NULL")
_ANSWERS = text("returns_at IS NOT NULL")
_STANDS = text("ended_on IS NULL")


class ActionItemRow(SQLModel, table=True):
    """One of at most three places of a postmortem; the database refuses a fourth (rule 1).

    `hear_at` is when its owner hears of it next, `returns_at` when a question to take it on has
    gone unanswered for too long; what is due is found by their indexes, however many items wait.
    `raised_in` is since when its service was burning its error budget when that last raised it, or
    let it be, `raised_from` the priority it goes back to (rule 17).
    """

    __tablename__ = "action_item"
    __table_args__ = (
        UniqueConstraint("postmortem_id", "position"),
        UniqueConstraint("postmortem_id", "submission"),
        CheckConstraint(f"position between 1 and {MAX_ITEMS}", name="position_1_to_3"),
        not_blank("owner"),
        not_blank("what"),
        not_blank("done_when"),
        at_most("what", WHAT_MAX),
        at_most("done_when", DONE_WHEN_MAX),
        CheckConstraint("reschedules >= 0", name="reschedules"),
        CheckConstraint("reviews_seen >= 0", name="reviews_seen"),
        CheckConstraint("reviews_to_live > 0", name="reviews_to_live"),
        *(at_most(name, NOTE_MAX) for name in ("note", "shipped", "evidence")),
        at_most("link", LINK_MAX),
        Index(None, "hear_at", "id", sqlite_where=_HEARS, postgresql_where=_HEARS),
        Index(None, "returns_at", sqlite_where=_ANSWERS, postgresql_where=_ANSWERS),
        Index(None, "workspace_id", "owner", "state"),
        Index(None, "workspace_id", "state", "due_on"),
        Index(None, "state", "due_on", "reviews_seen", "reviews_to_live"),
        # What is counted of them, so that the table itself need not be read.
        Index("ix_action_item_kept", "workspace_id", "original_due_on", "state", "implemented_on"),
        Index("ix_action_item_age", "workspace_id", "state", "created_at", "reschedules"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    postmortem_id: int = Field(foreign_key="postmortem.id", ondelete="CASCADE")
    position: int
    what: str = Field(sa_type=Words)
    done_when: str = Field(sa_type=Words)
    owner: str = Field(max_length=ID)
    priority: Priority = Field(sa_type=one_of(Priority, "priority"))
    due_on: date
    kind: ItemKind = Field(sa_type=one_of(ItemKind, "kind"))
    factor_id: int | None = Field(
        default=None, foreign_key="contributing_factor.id", ondelete="SET NULL", index=True
    )
    state: ItemState = Field(sa_type=one_of(ItemState, "state"))
    created_by: str = Field(max_length=ID)
    created_at: datetime = Field(sa_type=Instant)
    submission: str | None = Field(default=None, max_length=SUBMISSION)
    reschedules: int = 0
    reviews_seen: int = 0
    original_due_on: date | None = None
    progress: Progress = Field(default=Progress.NOT_STARTED, sa_type=one_of(Progress, "progress"))
    note: str = Field(default="", sa_type=Words)
    implemented_on: date | None = None
    soaks_until: date | None = None
    shipped: str = Field(default="", sa_type=Words)
    verified_at: datetime | None = Field(default=None, sa_type=Instant)
    evidence: str = Field(default="", sa_type=Words)
    link: str = Field(default="", sa_type=Words)
    proposed_owner: str = Field(default="", max_length=ID)
    proposed_by: str = Field(default="", max_length=ID)
    hear_at: datetime | None = Field(default=None, sa_type=Instant)
    returns_at: datetime | None = Field(default=None, sa_type=Instant)
    reviews_to_live: int = REVIEWS_TO_LIVE
    raised_from: Priority | None = Field(default=None, sa_type=one_of(Priority, "raised_from"))
    raised_in: datetime | None = Field(default=None, sa_type=Instant)
    ticket: str = Field(default="", sa_type=Words)
    ticket_url: str = Field(default="", sa_type=Words)
    ticket_trouble: str = Field(default="", sa_type=Words)
    ticket_closed: bool = False


class AcceptedRiskRow(SQLModel, table=True):
    """A decision not to act: who accepted what, why, until when (rule 3)."""

    __tablename__ = "accepted_risk"
    __table_args__ = (
        UniqueConstraint("postmortem_id", "submission"),
        not_blank("accepter"),
        not_blank("risk"),
        not_blank("reason"),
        at_most("risk", RISK_MAX),
        at_most("reason", REASON_MAX),
        CheckConstraint("renewals >= 0", name="renewals"),
        Index(None, "hear_at", "id", sqlite_where=_HEARS, postgresql_where=_HEARS),
        Index(None, "workspace_id", "accepter"),
        Index(None, "until", sqlite_where=_STANDS, postgresql_where=_STANDS),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    postmortem_id: int = Field(foreign_key="postmortem.id", ondelete="CASCADE")
    risk: str = Field(sa_type=Words)
    accepter: str = Field(max_length=ID)
    reason: str = Field(sa_type=Words)
    until: date
    created_by: str = Field(max_length=ID)
    created_at: datetime = Field(sa_type=Instant)
    submission: str | None = Field(default=None, max_length=SUBMISSION)
    item_id: int | None = Field(
        default=None, foreign_key="action_item.id", ondelete="SET NULL", index=True
    )
    renewals: int = 0
    ended_on: date | None = None
    hear_at: datetime | None = Field(default=None, sa_type=Instant)


class ItemHistoryRow(SQLModel, table=True):
    """Who did what to an item; a trigger refuses UPDATE and DELETE (rule 24)."""

    __tablename__ = "item_history"
    __table_args__ = (Index(None, "item_id", "id"), Index(None, "workspace_id", "at"))

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    item_id: int = Field(foreign_key="action_item.id")
    actor: str = Field(max_length=ID)
    at: datetime = Field(sa_type=Instant)
    event: str = Field(max_length=64)
    changes: dict[str, list[str]] = Field(sa_type=JSON)
    reason: str = Field(default="", sa_type=Words)
    acting: str = Field(default="", max_length=ID)
