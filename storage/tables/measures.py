"""What is kept beside the incidents to measure them: services, and numbers worked out lately."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from domain.budgets import QUERY_MAX, Source
from domain.postmortems import SERVICE_MAX
from storage.tables.columns import ID, Instant, Words, at_most, not_blank, one_of

_WANTED = text("wanted_at IS NOT NULL")
_BURNS = text("burning_since IS NOT NULL")
_ASKED = text("query <> ''")


class ServiceRow(SQLModel, table=True):
    """What is known of a service beside its incidents: its team's channel, its error budget.

    `burned` is how many percent of the error budget are spent, as `source` said at `burned_at`;
    `burning_since` is since when that is too much (rule 17).
    """

    __tablename__ = "service"
    __table_args__ = (
        UniqueConstraint("workspace_id", "name"),
        Index(None, "workspace_id", "channel"),
        Index(None, "burning_since", sqlite_where=_BURNS, postgresql_where=_BURNS),
        Index(None, "ask_at", sqlite_where=_ASKED, postgresql_where=_ASKED),
        not_blank("name"),
        at_most("name", SERVICE_MAX),
        at_most("query", QUERY_MAX),
        CheckConstraint("burned >= 0", name="burned"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    name: str = Field(sa_type=Words)
    channel: str = Field(default="", max_length=ID)
    query: str = Field(default="", sa_type=Words)
    ask_at: datetime | None = Field(default=None, sa_type=Instant)
    burned: float | None = None
    burned_at: datetime | None = Field(default=None, sa_type=Instant)
    source: Source = Field(default=Source.NOBODY, sa_type=one_of(Source, "source"))
    told_by: str = Field(default="", max_length=ID)
    burning_since: datetime | None = Field(default=None, sa_type=Instant)
    trouble: str = Field(default="", sa_type=Words)


class HealthRow(SQLModel, table=True):
    """The programme's numbers as they were at `taken_at`; `wanted_at` asks for them anew."""

    __tablename__ = "health"
    __table_args__ = (Index(None, "wanted_at", sqlite_where=_WANTED, postgresql_where=_WANTED),)

    workspace_id: str = Field(primary_key=True, max_length=ID)
    taken_at: datetime | None = Field(default=None, sa_type=Instant)
    wanted_at: datetime | None = Field(default=None, sa_type=Instant)
    numbers: dict[str, Any] = Field(sa_type=JSON)


class HomeVisitRow(SQLModel, table=True):
    """When somebody opened the app's Home last: they may still be looking at it."""

    __tablename__ = "home_visit"
    __table_args__ = (Index(None, "workspace_id", "opened_at"),)

    workspace_id: str = Field(primary_key=True, max_length=ID)
    person: str = Field(primary_key=True, max_length=ID)
    opened_at: datetime = Field(sa_type=Instant)
