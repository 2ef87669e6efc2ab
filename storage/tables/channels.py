"""The channels the app is in, as far as a form needs to know them."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel

from storage.tables.columns import ID, Instant, Words


class ChannelRow(SQLModel, table=True):
    """A channel as Slack described it at `seen_at`, its members kept current by events.

    The other times are those of the incident, as its messages told them then. No foreign key: the
    app is invited before anything of the workspace is stored.
    """

    __tablename__ = "channel"

    workspace_id: str = Field(primary_key=True, max_length=ID)
    id: str = Field(primary_key=True, max_length=ID)
    name: str = Field(sa_type=Words)
    topic: str = Field(sa_type=Words)
    is_private: bool
    members: list[str] = Field(sa_type=JSON)
    seen_at: datetime = Field(sa_type=Instant)
    started_at: datetime | None = Field(default=None, sa_type=Instant)
    detected_at: datetime | None = Field(default=None, sa_type=Instant)
    recovered_at: datetime | None = Field(default=None, sa_type=Instant)
