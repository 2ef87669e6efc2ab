"""What is found out about an incident: passages, causal classes, and inherited promises."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from domain.causal_classes import NAME_MAX
from domain.inherited import LINE_MAX, LineState
from domain.passages import NOTES_MAX, Passage
from domain.taxonomy import Change
from storage.tables.columns import ID, Instant, Words, at_most, not_blank, one_of


class PassageRow(SQLModel, table=True):
    """The answer to one question; there is no row where nothing is written."""

    __tablename__ = "passage"
    __table_args__ = (not_blank("text"), at_most("text", NOTES_MAX))

    postmortem_id: int = Field(primary_key=True, foreign_key="postmortem.id", ondelete="CASCADE")
    passage: Passage = Field(primary_key=True, sa_type=one_of(Passage, "passage"))
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    text: str = Field(sa_type=Words)


class CausalClassRow(SQLModel, table=True):
    """One class of a workspace's taxonomy; never deleted, so that old tags keep their meaning.

    One that was merged is retired, and says into which: its incidents have that one now.
    """

    __tablename__ = "causal_class"
    __table_args__ = (
        UniqueConstraint("workspace_id", "name"),
        not_blank("name"),
        at_most("name", NAME_MAX),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    name: str = Field(sa_type=Words)
    is_retired: bool = False
    merged_into: int | None = Field(default=None, foreign_key="causal_class.id", index=True)


class ClassHistoryRow(SQLModel, table=True):
    """Who did what to the taxonomy; a trigger refuses UPDATE and DELETE (rule 24).

    `old` and `new` are names; of a merge `new` is the other class's, `incidents` how many it took.
    """

    __tablename__ = "class_history"
    __table_args__ = (Index(None, "workspace_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    class_id: int = Field(foreign_key="causal_class.id", index=True)
    actor: str = Field(max_length=ID)
    at: datetime = Field(sa_type=Instant)
    event: Change = Field(sa_type=one_of(Change, "event"))
    old: str = Field(default="", sa_type=Words)
    new: str = Field(default="", sa_type=Words)
    incidents: int = 0


class TaggingRow(SQLModel, table=True):
    """An incident has this causal class."""

    __tablename__ = "tagging"
    __table_args__ = (Index(None, "workspace_id", "class_id", "postmortem_id"),)

    postmortem_id: int = Field(primary_key=True, foreign_key="postmortem.id", ondelete="CASCADE")
    class_id: int = Field(primary_key=True, foreign_key="causal_class.id")
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    tagged_by: str = Field(max_length=ID)
    tagged_at: datetime = Field(sa_type=Instant)


class InheritedLineRow(SQLModel, table=True):
    """A line of an old document that asked for something, until a review decides it."""

    __tablename__ = "inherited_line"
    __table_args__ = (
        Index(None, "postmortem_id", "position"),
        Index(None, "workspace_id", "state", "sameness"),
        not_blank("text"),
        at_most("text", LINE_MAX),
    )

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    postmortem_id: int = Field(foreign_key="postmortem.id", ondelete="CASCADE")
    position: int
    text: str = Field(sa_type=Words)
    sameness: str = Field(sa_type=Words)
    state: LineState = Field(sa_type=one_of(LineState, "state"))
    reason: str = Field(default="", sa_type=Words)
    decided_by: str = Field(default="", max_length=ID)
    decided_at: datetime | None = Field(default=None, sa_type=Instant)


class ImportedDocumentRow(SQLModel, table=True):
    """A file that was imported, by its name and what was in it, so that it is imported once."""

    __tablename__ = "imported_document"

    workspace_id: str = Field(primary_key=True, max_length=ID, foreign_key="workspace.id")
    name: str = Field(primary_key=True, sa_type=Words)
    digest: str = Field(max_length=64)
    postmortem_id: int = Field(foreign_key="postmortem.id", ondelete="CASCADE")
