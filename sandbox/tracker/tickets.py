"""What the tracker knows: accounts, repositories, issues and what became of them."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(kw_only=True)
class Account:
    """Somebody who works here, a machine that does, or the organisation."""

    id: int
    login: str
    name: str = ""
    email: str = ""
    kind: str = "User"

    @property
    def shown(self) -> str:
        """What people read."""
        return self.name or self.login


@dataclass(kw_only=True)
class Label:
    """A label of one repository."""

    id: int
    name: str
    color: str = "ededed"


@dataclass(kw_only=True)
class Milestone:
    """What a repository's issues are planned for."""

    id: int
    number: int
    title: str
    created_at: datetime
    due_on: datetime | None = None
    closed_at: datetime | None = None

    @property
    def state(self) -> str:
        """GitHub's word for it."""
        return "closed" if self.closed_at else "open"


@dataclass(kw_only=True)
class Repository:
    """A repository; `people` are those whom its issues can be assigned to.

    `left` says which numbers stand for nothing any more: the repository and number that an issue
    was transferred to, or None of one that was deleted.
    """

    id: int
    owner: str
    name: str
    people: list[str]
    created_at: datetime
    has_issues: bool = True
    archived: bool = False
    labels: dict[str, Label] = field(default_factory=dict)
    milestones: dict[int, Milestone] = field(default_factory=dict)
    left: dict[int, tuple[int, int] | None] = field(default_factory=dict)
    last_number: int = 0

    @property
    def full_name(self) -> str:
        """Owner and name, as everybody calls it."""
        return f"{self.owner}/{self.name}"


@dataclass(kw_only=True)
class Comment:
    """What somebody said about an issue."""

    id: int
    login: str
    body: str
    created_at: datetime


@dataclass(kw_only=True)
class Event:
    """What somebody did with an issue: GitHub's word, and who or what it was about."""

    id: int
    event: str
    login: str
    created_at: datetime
    about: str = ""
    was: str = ""


@dataclass(kw_only=True)
class Issue:
    """An issue; `iteration` is the number of a sprint of the project, where it is in one."""

    id: int
    repository: int
    number: int
    title: str
    body: str
    login: str
    created_at: datetime
    updated_at: datetime
    state: str = "open"
    state_reason: str | None = None
    closed_at: datetime | None = None
    closed_by: str = ""
    assignees: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    milestone: int | None = None
    in_project: bool = False
    iteration: int | None = None
    comments: list[Comment] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
