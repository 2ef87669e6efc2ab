"""What was found in a channel's history, while somebody looks it through."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, SQLModel

from storage.tables.columns import ID, Instant


class ProposalRow(SQLModel, table=True):
    """Messages one person was shown to choose from; a form remembers its id, not their words."""

    __tablename__ = "proposal"
    __table_args__ = (Index(None, "made_at"),)

    id: int | None = Field(default=None, primary_key=True)
    workspace_id: str = Field(max_length=ID, foreign_key="workspace.id")
    postmortem_id: int = Field(foreign_key="postmortem.id", ondelete="CASCADE", index=True)
    person: str = Field(max_length=ID)
    candidates: list[dict[str, Any]] = Field(sa_type=JSON)
    left_out: int
    messages_read: int
    unread_before: str = Field(max_length=ID)
    made_at: datetime = Field(sa_type=Instant)
