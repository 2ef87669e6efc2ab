"""Tickets: an action item where the rest of its team's work is, linked both ways (rule 14)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.programme import Priority

#: What is said of a ticket, above its address: Jira takes 255 characters for a summary, the least
#: of the three (developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issues).
TITLE_MAX = 255
#: Every ticket has this label, so that a team finds them all.
LABEL = "closedloop"


class TrackerKind(StrEnum):
    """A tracker that tickets can be made in."""

    GITHUB = "github"
    JIRA = "jira"
    LINEAR = "linear"

    @property
    def called(self) -> str:
        """What people call it."""
        return {"github": "GitHub", "jira": "Jira", "linear": "Linear"}[self.value]


class TicketState(StrEnum):
    """Whether a ticket is open, done, or closed without anything being done."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "not planned"


class Aspect(StrEnum):
    """What of a ticket and its item follows the other, whichever a person changed last."""

    OWNER = "owner"
    DUE = "due_on"
    STATE = "state"


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the tickets of a service are made, or of all services that have no place of their own.

    `project` is a Jira project's key, a GitHub repository as `owner/name`, or a Linear team's key.
    `board` is where the next sprint is looked for: the number of a Jira board; `milestones`, or the
    number of a GitHub project with iterations, as `project 7`; `cycles` of a Linear team. Empty:
    tickets are placed in no sprint. `issue_type` is Jira's; `fields` are what a project requires
    beside ours, by the tracker's own name of the field.

    `service` is whose tickets; empty for whoever has no place of their own. `trouble` says since
    `trouble_since` why no ticket can be made or kept there, as a sentence.
    """

    kind: TrackerKind
    project: str
    board: str = ""
    labels: tuple[str, ...] = ()
    issue_type: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    service: str = ""
    trouble: str = ""
    trouble_since: datetime | None = None
    id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of a ticket's description: what it is about, the text, and where that leads."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a ticket is to say.

    All text is plain, as people typed it: each tracker is given it in its own format, escaped.
    `account` is the owner's in the tracker; empty where none is known.
    """

    title: str
    lines: tuple[Line, ...]
    priority: Priority
    due_on: date
    account: str = ""
    state: TicketState = TicketState.OPEN


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A ticket as it stands in its tracker.

    `ref` names it for good, whatever it is moved to; `key` is what people call it and `url` where
    they see it. `due_on` is None where it has none, or the tracker knows none (see
    `Tracker.aspects`).
    """

    ref: str
    key: str
    url: str
    state: TicketState
    updated_at: datetime
    account: str = ""
    due_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Change:
    """Who changed something of a ticket last, and when; `account` is theirs, where it is known."""

    at: datetime
    name: str
    account: str = ""


@dataclass(frozen=True, kw_only=True)
class Account:
    """Somebody's account in a tracker: `id` is what tickets are assigned to."""

    id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Hook:
    """What a webhook tells: that a ticket changed, in which project; the rest is looked up.

    `ref` is empty where it is about no ticket. `project` is as in `Place`; empty where it does not
    say, as of a ticket that is gone.
    """

    project: str
    ref: str = ""
    #: What was done, as the tracker calls it, for the log.
    event: str = ""
