"""The living messages the app owes somebody."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.tables.columns import ID, Instant, Words

_OWED = text("due_at IS NOT NULL")
_LOST = text("given_up_at IS NOT NULL")


class DeliveryRow(SQLModel, table=True):
    """One message per workspace, kind and subject, kept until Slack has its newest state.

    No foreign key: which table the subject is in depends on the kind.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("workspace_id", "kind", "subject"),
        Index(None, "due_at", "id", sqlite_where=_OWED, postgresql_where=_OWED),
        Index(
            None,
            *("workspace_id", "channel", "due_at", "id"),
            sqlite_where=_OWED,
            postgresql_where=_OWED,
        ),
        Index(None, "given_up_at", sqlite_where=_LOST, postgresql_where=_LOST),
        CheckConstraint("wanted >= sent", name="wanted_not_behind"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID)
    kind: str = Field(max_length=64)
    subject: str = Field(max_length=128)
    channel: str = Field(max_length=ID)
    posted_channel: str | None = Field(default=None, max_length=ID)
    message_ts: str | None = Field(default=None, max_length=ID)
    asked_by: str = Field(default="", max_length=ID)
    wanted: int
    sent: int
    due_at: datetime | None = Field(default=None, sa_type=Instant)
    lease_until: datetime | None = Field(default=None, sa_type=Instant)
    token: str | None = Field(default=None, max_length=ID)
    attempts: int
    first_claimed_at: datetime | None = Field(default=None, sa_type=Instant)
    last_error: str | None = Field(default=None, sa_type=Words)
    given_up_at: datetime | None = Field(default=None, sa_type=Instant)
    created_at: datetime = Field(sa_type=Instant)
    sent_at: datetime | None = Field(default=None, sa_type=Instant)
