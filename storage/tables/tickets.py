"""Tickets of action items in trackers, where they are made, and who is who there."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from domain.tickets import TrackerKind
from storage.tables.columns import ID, Instant, Words, not_blank, one_of

_DUE = text("due_at IS NOT NULL")
_STANDS = text("ended_at IS NULL")


class TicketPlaceRow(SQLModel, table=True):
    """Where the tickets of a service are made; one that `ended_at` gets no new ones.

    Its tracker and project stay what they are: its tickets are there.
    """

    __tablename__ = "ticket_place"
    __table_args__ = (
        Index(
            "ix_ticket_place_standing",
            *("workspace_id", "service"),
            unique=True,
            sqlite_where=_STANDS,
            postgresql_where=_STANDS,
        ),
        not_blank("project"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    service: str = Field(default="", sa_type=Words)
    kind: TrackerKind = Field(sa_type=one_of(TrackerKind, "kind"))
    project: str = Field(sa_type=Words)
    board: str = Field(default="", sa_type=Words)
    labels: list[str] = Field(sa_type=JSON)
    issue_type: str = Field(default="", sa_type=Words)
    fields: dict[str, str] = Field(sa_type=JSON)
    trouble: str = Field(default="", sa_type=Words)
    trouble_since: datetime | None = Field(default=None, sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)


class TicketRow(SQLModel, table=True):
    """One item's ticket: `ours` is the key of ours it carries, `ref` the tracker's once it is made.

    `told` is what it was told last and `seen` how it stood then. `wanted` counts how often it was
    asked for since it went well; `due_at` is when it is looked at next.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("ours"),
        Index(
            None,
            *("workspace_id", "kind", "due_at"),
            sqlite_where=_DUE,
            postgresql_where=_DUE,
        ),
        Index("ix_ticket_ref", "workspace_id", "kind", "ref"),
        Index(None, "place_id"),
    )

    item_id: int = Field(primary_key=True, foreign_key="action_item.id", ondelete="CASCADE")
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    place_id: int = Field(foreign_key="ticket_place.id")
    kind: TrackerKind = Field(sa_type=one_of(TrackerKind, "kind"))
    ours: str = Field(max_length=64)
    ref: str = Field(default="", sa_type=Words)
    key: str = Field(default="", sa_type=Words)
    url: str = Field(default="", sa_type=Words)
    sprint: str = Field(default="", sa_type=Words)
    told: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    seen: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    is_gone: bool = False
    trouble: str = Field(default="", sa_type=Words)
    trouble_since: datetime | None = Field(default=None, sa_type=Instant)
    wanted: int = 1
    attempts: int = 0
    first_claimed_at: datetime | None = Field(default=None, sa_type=Instant)
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    lease_until: datetime | None = Field(default=None, sa_type=Instant)
    token: str | None = Field(default=None, max_length=ID)
    created_at: datetime = Field(sa_type=Instant)


class TrackerAccountRow(SQLModel, table=True):
    """Somebody's account in a tracker, as their e-mail address found it or somebody chose it.

    An empty `account` means that none was found at `looked_at`. What somebody chose stands.
    """

    __tablename__ = "tracker_account"
    __table_args__ = (Index("ix_tracker_account_account", "workspace_id", "kind", "account"),)

    workspace_id: str = Field(primary_key=True, max_length=ID)
    kind: TrackerKind = Field(primary_key=True, sa_type=one_of(TrackerKind, "kind"))
    person: str = Field(primary_key=True, max_length=ID)
    account: str = Field(default="", sa_type=Words)
    name: str = Field(default="", sa_type=Words)
    typed: str = Field(default="", sa_type=Words)
    chosen_by: str = Field(default="", max_length=ID)
    looked_at: datetime | None = Field(default=None, sa_type=Instant)


class HeardHookRow(SQLModel, table=True):
    """A webhook that was listened to, by its signature: it is not listened to again."""

    __tablename__ = "heard_hook"
    __table_args__ = (Index(None, "heard_at"),)

    workspace_id: str = Field(primary_key=True, max_length=ID)
    signature: str = Field(primary_key=True, max_length=128)
    heard_at: datetime = Field(sa_type=Instant)
