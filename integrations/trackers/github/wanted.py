"""What GitHub is told so that an issue says what is wanted."""

from collections.abc import Collection, Mapping
from typing import Any

from domain.programme import Priority
from domain.tickets import LABEL, Place, TicketState, Wanted
from integrations.trackers.github import wording
from integrations.trackers.github.answers import STATES, labels, state, ticket

_PRIORITIES = {priority.value for priority in Priority}


def new_issue(place: Place, ours: str, wanted: Wanted) -> dict[str, Any]:
    """An issue that carries our key; it is open, for GitHub makes no others."""
    return {
        "title": wording.title(wanted),
        "body": wording.marked(wording.description(wanted), ours),
        "labels": _labelled([], [LABEL, *place.labels, wanted.priority.value]),
        "assignees": _assignees(wanted),
    }


def changes(
    issue: Mapping[str, Any], place: Place, old: Wanted | None, new: Wanted
) -> dict[str, Any]:
    """What of the issue is to change: what differs from `old`, and is not so already."""
    said: dict[str, Any] = {}
    if old is None or wording.title(old) != wording.title(new):
        said["title"] = wording.title(new)
    before = wording.description(old) if old else None
    if before != (after := wording.description(new)):
        said["body"] = wording.reworded(issue.get("body") or "", before, after)
    if old is None or old.priority is not new.priority:
        ours = [LABEL, *place.labels] if old is None else []
        kept = [each for each in labels(issue) if each not in _PRIORITIES]
        said["labels"] = _labelled(kept, [*ours, new.priority.value])
    if old is None or old.account != new.account:
        said["assignees"] = _assignees(new)
    if old is None or old.state is not new.state:
        said |= STATES[new.state]
    return _without_what_is_so(issue, said, new.state)


def _without_what_is_so(
    issue: Mapping[str, Any], said: dict[str, Any], wanted: TicketState
) -> dict[str, Any]:
    there = ticket(issue).account
    so = {
        "title": issue["title"],
        "body": issue.get("body"),
        "labels": labels(issue),
        "assignees": [there] if there else [],
    }
    kept = {key: value for key, value in said.items() if key not in so or so[key] != value}
    if state(issue) is wanted:
        kept.pop("state", None)
        kept.pop("state_reason", None)
    return kept


def _labelled(kept: Collection[str], more: Collection[str]) -> list[str]:
    """Labels differ by more than upper and lower case on GitHub."""
    named = {each.lower(): each for each in [*more, *kept]}
    return list(named.values())


def _assignees(wanted: Wanted) -> list[str]:
    return [wanted.account] if wanted.account else []
