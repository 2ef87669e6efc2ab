"""Which sprint of GitHub a ticket is placed in: the next milestone, or a project's iteration."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from domain.tickets import Place
from integrations.trackers import TrackerRefused
from integrations.trackers.github.answers import repository_of
from integrations.trackers.github.api import GitHubApi
from integrations.trackers.github.projects import iterations, may_not, none_coming, put

MILESTONES = "milestones"
_PROJECT = re.compile(r"project\s*#?(\d{1,9})", re.IGNORECASE)


async def place_next(api: GitHubApi, place: Place, issue: Mapping[str, Any]) -> str:
    """Place the issue in the next sprint, unless it is in one that runs or comes."""
    repository, today = repository_of(issue), api.now().date()
    if number := _number(place.board):
        return await put(api, repository, number, issue["node_id"], today)
    if (there := issue.get("milestone")) and _goes_on(there, today):
        return str(there["title"])
    coming = await _next(api, repository, today)
    if coming is None:
        raise TrackerRefused(_none_due(repository))
    path = f"repos/{repository}/issues/{issue['number']}"
    given = {"milestone": coming["number"]}
    answer = await api.issue(repository, "PATCH", path, json=given)
    if api.json(answer)["milestone"] is None:
        raise TrackerRefused(
            f"GitHub lets us set no milestone in {repository}. Give the account that our token "
            "belongs to the role “Triage” there."
        )
    return str(coming["title"])


async def trouble(api: GitHubApi, place: Place) -> list[str]:
    """What keeps tickets from being placed in a next sprint; TrackerRefused says one thing too."""
    repository, today = place.project, api.now().date()
    if not place.board:
        return []
    if number := _number(place.board):
        found = await iterations(api, repository, number)
        if not found.may_update:
            return [may_not(number, repository)]
        return [] if found.next(today) else [none_coming(number, repository)]
    return [] if await _next(api, repository, today) else [_none_due(repository)]


def _number(board: str) -> int:
    """The number of the project that a place names; 0 where it names milestones."""
    board = board.strip()
    if board.lower() == MILESTONES:
        return 0
    if (found := _PROJECT.fullmatch(board)) is None:
        raise TrackerRefused(
            f"“{board}” is no board of GitHub. Write {MILESTONES}, or project and its number as in "
            "project 7, or nothing, in /postmortem settings trackers."
        )
    return int(found[1])


async def _next(api: GitHubApi, repository: str, today: date) -> dict[str, Any] | None:
    listed = api.pages(
        repository, f"repos/{repository}/milestones", state="open", sort="due_on", direction="asc"
    )
    coming = [one async for one in listed if (due := _due(one)) is not None and due > today]
    return min(coming, key=lambda one: str(one["due_on"]), default=None)


def _goes_on(milestone: Mapping[str, Any], today: date) -> bool:
    due = _due(milestone)
    return milestone["state"] == "open" and (due is None or due >= today)


def _due(milestone: Mapping[str, Any]) -> date | None:
    said = milestone.get("due_on")
    return datetime.fromisoformat(said).date() if said else None


def _none_due(repository: str) -> str:
    return (
        f"{repository} has no open milestone that is due after today. Add one on GitHub, with a "
        "due date."
    )
