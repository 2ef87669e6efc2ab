"""How a postmortem is agreed to, reviewed and published, and the record nothing may rewrite."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, Index
from sqlmodel import Field, SQLModel

from domain.postmortems import REASON_MAX
from domain.record import Event
from storage.tables.columns import ID, Instant, Words, at_most, not_blank, one_of


class AgreementRow(SQLModel, table=True):
    """A responder agrees to the timeline as it stands; a change of it takes the row away."""

    __tablename__ = "agreement"

    postmortem_id: int = Field(primary_key=True, foreign_key="postmortem.id", ondelete="CASCADE")
    person: str = Field(primary_key=True, max_length=ID)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    agreed_at: datetime = Field(sa_type=Instant)


class MeetingRow(SQLModel, table=True):
    """The review of a postmortem and who chairs it (rule 8)."""

    __tablename__ = "meeting"
    __table_args__ = (
        Index(None, "workspace_id", "facilitator"),
        not_blank("facilitator"),
        at_most("without", REASON_MAX),
    )

    postmortem_id: int = Field(primary_key=True, foreign_key="postmortem.id", ondelete="CASCADE")
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    facilitator: str = Field(max_length=ID)
    called_by: str = Field(max_length=ID)
    called_at: datetime = Field(sa_type=Instant)
    started_at: datetime | None = Field(default=None, sa_type=Instant)
    signed_off_at: datetime | None = Field(default=None, sa_type=Instant)
    without: str = Field(default="", sa_type=Words)
    passed_on: int = 0


class PublicationRow(SQLModel, table=True):
    """A postmortem was published; the last change since, and how many there were."""

    __tablename__ = "publication"
    __table_args__ = (CheckConstraint("amendments >= 0", name="amendments"),)

    postmortem_id: int = Field(primary_key=True, foreign_key="postmortem.id", ondelete="CASCADE")
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    published_by: str = Field(max_length=ID)
    published_at: datetime = Field(sa_type=Instant)
    amendments: int = 0
    amended_by: str = Field(default="", max_length=ID)
    amended_at: datetime | None = Field(default=None, sa_type=Instant)
    amended: str = Field(default="", sa_type=Words)


class RecordRow(SQLModel, table=True):
    """Who did what to a postmortem; a trigger refuses UPDATE and DELETE (rule 24)."""

    __tablename__ = "record"
    __table_args__ = (Index(None, "postmortem_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    postmortem_id: int = Field(foreign_key="postmortem.id")
    actor: str = Field(max_length=ID)
    at: datetime = Field(sa_type=Instant)
    event: Event = Field(sa_type=one_of(Event, "event"))
    changes: dict[str, list[str]] = Field(sa_type=JSON)
    reason: str = Field(default="", sa_type=Words)
