"""A postmortem and what is filled in section by section."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from domain.contributing_factors import FACTOR_MAX, FactorKind
from domain.postmortems import (
    REASON_MAX,
    REVENUE_MAX,
    SERVICE_MAX,
    TEXT_MAX,
    TITLE_MAX,
    Section,
    Severity,
)
from domain.timeline import ENTRY_MAX, Milestone, Source, SourceState
from storage.tables.columns import (
    ID,
    SUBMISSION,
    Instant,
    Words,
    at_most,
    not_blank,
    one_of,
)

_FROM_A_MESSAGE = text("message_ts <> ''")


class PostmortemRow(SQLModel, table=True):
    """One incident's record; `tier` is the one in force, `version` counts changes to any part.

    An imported one has no channel.
    """

    __tablename__ = "postmortem"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        UniqueConstraint("workspace_id", "channel"),
        Index(None, "workspace_id", "started_at"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("tier in (1, 2, 3)", name="tier_1_to_3"),
        CheckConstraint("tier_override in (1, 2, 3)", name="tier_override_1_to_3"),
        not_blank("title"),
        not_blank("service"),
        at_most("title", TITLE_MAX),
        at_most("service", SERVICE_MAX),
        at_most("impact", TEXT_MAX),
        at_most("root_cause", TEXT_MAX),
        at_most("tier_reason", REASON_MAX),
        at_most("revenue_lost", REVENUE_MAX),
        CheckConstraint("users_affected >= 0", name="users_affected"),
        CheckConstraint("budget_burned >= 0", name="budget_burned"),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    number: int
    channel: str | None = Field(default=None, max_length=ID)
    channel_name: str = Field(sa_type=Words)
    is_private: bool
    title: str = Field(sa_type=Words)
    service: str = Field(sa_type=Words)
    severity: Severity = Field(sa_type=one_of(Severity, "severity"))
    started_at: datetime = Field(sa_type=Instant)
    detected_at: datetime | None = Field(default=None, sa_type=Instant)
    recovered_at: datetime | None = Field(default=None, sa_type=Instant)
    impact: str = Field(default="", sa_type=Words)
    is_novel: bool = False
    hurt_customers: bool = False
    tier_override: int | None = None
    tier_reason: str = Field(default="", sa_type=Words)
    tier: int
    root_cause: str = Field(default="", sa_type=Words)
    created_by: str = Field(max_length=ID)
    created_at: datetime = Field(sa_type=Instant)
    version: int = 1
    submission: str = Field(default="", max_length=SUBMISSION)
    users_affected: int | None = Field(default=None, sa_type=BigInteger)
    revenue_lost: str = Field(default="", sa_type=Words)
    budget_burned: float | None = None


class ResponderRow(SQLModel, table=True):
    """Somebody who responded to the incident, in the order they were named."""

    __tablename__ = "responder"
    __table_args__ = (Index(None, "workspace_id", "person"),)

    postmortem_id: int = Field(primary_key=True, foreign_key="postmortem.id", ondelete="CASCADE")
    person: str = Field(primary_key=True, max_length=ID)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    position: int


class SectionEditRow(SQLModel, table=True):
    """Who changed a section last; `version` lets a form notice that another was quicker."""

    __tablename__ = "section_edit"

    postmortem_id: int = Field(primary_key=True, foreign_key="postmortem.id", ondelete="CASCADE")
    section: Section = Field(primary_key=True, sa_type=one_of(Section, "section"))
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    version: int
    edited_by: str = Field(max_length=ID)
    edited_at: datetime = Field(sa_type=Instant)
    submission: str = Field(default="", max_length=SUBMISSION)


class TimelineEntryRow(SQLModel, table=True):
    """An instant and what happened; `position` keeps the typed order within one minute.

    A message stands in a timeline at most once, however often people react to it.
    """

    __tablename__ = "timeline_entry"
    __table_args__ = (
        Index(None, "postmortem_id", "at", "position"),
        Index(
            "ix_timeline_entry_message",
            "workspace_id",
            "message_channel",
            "message_ts",
            "postmortem_id",
            unique=True,
            sqlite_where=_FROM_A_MESSAGE,
            postgresql_where=_FROM_A_MESSAGE,
        ),
        not_blank("text"),
        at_most("text", ENTRY_MAX),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    postmortem_id: int = Field(foreign_key="postmortem.id", ondelete="CASCADE")
    position: int
    at: datetime = Field(sa_type=Instant)
    text: str = Field(sa_type=Words)
    milestone: Milestone | None = Field(default=None, sa_type=one_of(Milestone, "milestone"))
    source: Source = Field(default=Source.TYPED, sa_type=one_of(Source, "source"))
    permalink: str = Field(default="", sa_type=Words)
    added_by: str = Field(max_length=ID)
    added_at: datetime = Field(sa_type=Instant)
    message_channel: str = Field(default="", max_length=ID)
    message_ts: str = Field(default="", max_length=ID)
    source_state: SourceState = Field(
        default=SourceState.SAME, sa_type=one_of(SourceState, "source_state")
    )


class JottedEntryRow(SQLModel, table=True):
    """What was noted in a channel before its postmortem was started; it moves in when it is."""

    __tablename__ = "jotted_entry"
    __table_args__ = (
        UniqueConstraint("workspace_id", "channel", "submission"),
        Index(None, "workspace_id", "channel", "at"),
        not_blank("text"),
        at_most("text", ENTRY_MAX),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID)
    channel: str = Field(max_length=ID)
    at: datetime = Field(sa_type=Instant)
    text: str = Field(sa_type=Words)
    milestone: Milestone | None = Field(default=None, sa_type=one_of(Milestone, "milestone"))
    source: Source = Field(sa_type=one_of(Source, "source"))
    permalink: str = Field(default="", sa_type=Words)
    message_channel: str = Field(default="", max_length=ID)
    message_ts: str = Field(default="", max_length=ID)
    source_state: SourceState = Field(sa_type=one_of(SourceState, "source_state"))
    added_by: str = Field(max_length=ID)
    added_at: datetime = Field(sa_type=Instant)
    submission: str = Field(max_length=SUBMISSION)


class ContributingFactorRow(SQLModel, table=True):
    """One system condition and what it did."""

    __tablename__ = "contributing_factor"
    __table_args__ = (
        Index(None, "postmortem_id", "position"),
        not_blank("text"),
        at_most("text", FACTOR_MAX),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    postmortem_id: int = Field(foreign_key="postmortem.id", ondelete="CASCADE")
    position: int
    kind: FactorKind = Field(sa_type=one_of(FactorKind, "kind"))
    text: str = Field(sa_type=Words)
    added_by: str = Field(max_length=ID)
    added_at: datetime = Field(sa_type=Instant)
