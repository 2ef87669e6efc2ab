"""What somebody wants of an issue, as a whole: one thing that cannot be spoils all of it."""

from dataclasses import dataclass
from typing import Any

from sandbox.tracker.backlog import Backlog
from sandbox.tracker.refusals import invalid, no_such
from sandbox.tracker.said import (
    ASSIGNEES_MAX,
    REASONS,
    STATES,
    Json,
    judge_lengths,
    one_of,
    text_of,
    texts_of,
)
from sandbox.tracker.tickets import Milestone, Repository


@dataclass(frozen=True)
class Asked:
    """What somebody wants of an issue: whatever is None is not said."""

    title: str | None
    body: str | None
    labels: list[str] | None
    assignees: list[str] | None
    state: str | None
    reason: str | None
    has_milestone: bool
    milestone: Milestone | None


def asked_for(backlog: Backlog, said: Json, home: Repository) -> Asked:
    """What is said; refused where it cannot be done."""
    title, body = _title_of(said), text_of(said, "body")
    labels = texts_of(said, "labels")
    judge_lengths(title, body, labels)
    return Asked(
        title=title,
        body="" if body is None and "body" in said else body,
        labels=labels,
        assignees=_assignees(backlog, said, home),
        state=one_of(said, "state", STATES),
        reason=one_of(said, "state_reason", REASONS),
        has_milestone="milestone" in said,
        milestone=_milestone(said, home),
    )


def _assignees(backlog: Backlog, said: Json, home: Repository) -> list[str] | None:
    """Who is named; somebody whom nothing can be assigned to spoils all of it."""
    named = texts_of(said, "assignees")
    one = text_of(said, "assignee")
    if named is None and "assignee" in said:
        named = [one] if one else []
    if named is None:
        return None
    wrong = [one for one in named if not backlog.assignable(home, [one])]
    if wrong or len(named) > ASSIGNEES_MAX:
        raise invalid(*(no_such("assignees", one) for one in wrong or named))
    return backlog.assignable(home, named)


def _title_of(said: Json) -> str | None:
    """A title may be a number; it may not be empty."""
    value = said.get("title")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    title = text_of(said, "title", may_be_null=False)
    if title is not None and not title.strip():
        raise invalid({"resource": "Issue", "code": "missing_field", "field": "title"})
    return title


def _milestone(said: Json, home: Repository) -> Milestone | None:
    value: Any = said.get("milestone")
    if value is None:
        return None
    number = int(value) if str(value).isdecimal() else 0
    if number not in home.milestones:
        raise invalid(no_such("milestone", value))
    return home.milestones[number]
