"""The workspaces the app is installed in, and the people it has met there."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint
from sqlmodel import Field, SQLModel

from domain.programme import Programme
from storage.tables.columns import ID, Instant, Words, not_blank


class WorkspaceRow(SQLModel, table=True):
    """A Slack workspace, the last number it gave a postmortem, and its programme's numbers.

    `reviews_since` is when the cadence of its monthly reviews was last set, `review_left_out_on`
    the day of the last one that had nothing to walk, `review_look_at` when the clock has to look at
    them next; empty means now. `budget_token` is the SHA-256, in hex, of what somebody has to show
    to say how much of an error budget is spent; empty where nobody can.
    """

    __tablename__ = "workspace"
    __table_args__ = (
        CheckConstraint("last_number >= 0", name="last_number"),
        CheckConstraint("p1_due_days > 0", name="p1_due_days"),
        CheckConstraint("p2_due_days > 0", name="p2_due_days"),
        CheckConstraint("p3_due_days > 0", name="p3_due_days"),
        CheckConstraint("accepted_risk_days > 0", name="accepted_risk_days"),
        not_blank("reaction"),
        *(
            CheckConstraint(f"{name} > 0", name=name)
            for name in (
                *("soak_days", "remind_before_days", "remind_every_days", "cards_at_once"),
                *("told_days", "reminded_days", "escalated_days", "reviews_to_live"),
                "burning_percent",
            )
        ),
        not_blank("working_days"),
    )

    id: str = Field(primary_key=True, max_length=ID)
    name: str = Field(default="", sa_type=Words)
    bot_user_id: str = Field(default="", max_length=ID)
    last_number: int = 0
    p1_due_days: int = Programme.p1_due_days
    p2_due_days: int = Programme.p2_due_days
    p3_due_days: int = Programme.p3_due_days
    accepted_risk_days: int = Programme.accepted_risk_days
    organisation_channel: str = Field(default="", max_length=ID)
    engineering_channel: str = Field(default="", max_length=ID)
    lead: str = Field(default="", max_length=ID)
    reaction: str = Field(default=Programme.reaction, max_length=100)
    soak_days: int = Programme.soak_days
    remind_before_days: int = Programme.remind_before_days
    remind_every_days: int = Programme.remind_every_days
    working_days: str = Field(default=Programme.working_days, max_length=7)
    work_begins: time = Programme.work_begins
    work_ends: time = Programme.work_ends
    holidays: str = Field(default=Programme.holidays, max_length=8)
    review_channel: str = Field(default="", max_length=ID)
    review_day: str = Field(default=Programme.review_day, max_length=32)
    review_time: time = Programme.review_time
    review_zone: str = Field(default="", max_length=64)
    cards_at_once: int = Programme.cards_at_once
    facilitator_group: str = Field(default="", max_length=ID)
    told_days: int = Programme.told_days
    reminded_days: int = Programme.reminded_days
    escalated_days: int = Programme.escalated_days
    reviews_to_live: int = Programme.reviews_to_live
    reviews_since: datetime | None = Field(default=None, sa_type=Instant)
    review_left_out_on: date | None = None
    review_look_at: datetime | None = Field(default=None, sa_type=Instant)
    burning_percent: int = Programme.burning_percent
    report_monthly: bool = Programme.report_monthly
    budget_token: str | None = Field(default=None, max_length=64, unique=True)


class FacilitatorRow(SQLModel, table=True):
    """Somebody who takes a turn at chairing reviews (rule 8)."""

    __tablename__ = "facilitator"

    workspace_id: str = Field(primary_key=True, max_length=ID, foreign_key="workspace.id")
    person: str = Field(primary_key=True, max_length=ID)


class PersonRow(SQLModel, table=True):
    """A member as Slack described them at `seen_at`.

    No foreign key: people are met before anything of their workspace is stored.
    """

    __tablename__ = "person"

    workspace_id: str = Field(primary_key=True, max_length=ID)
    id: str = Field(primary_key=True, max_length=ID)
    name: str = Field(sa_type=Words)
    zone: str
    is_bot: bool
    is_deactivated: bool
    is_outsider: bool
    seen_at: datetime = Field(sa_type=Instant)
