"""Tickets as issues of GitHub (docs.github.com/en/rest/issues/issues)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.tickets import Account, Aspect, Change, Place, Seen, TicketState, TrackerKind, Wanted
from integrations.trackers.calling import legible
from integrations.trackers.github import checks, people, sprints, wording
from integrations.trackers.github.answers import STATES, Unassignable, repository_of, ticket
from integrations.trackers.github.api import GitHubApi
from integrations.trackers.github.app import App, Token
from integrations.trackers.github.wanted import changes, new_issue

URL = "https://api.github.com/"
#: How much GitHub's clock and ours may differ.
_CLOCKS = timedelta(minutes=5)
_EVENTS: Mapping[Aspect, Collection[str]] = {
    Aspect.OWNER: {"assigned", "unassigned"},
    Aspect.STATE: {"closed", "reopened"},
}


class GitHub:
    """Asks GitHub; the API of an Enterprise Server is at `https://HOST/api/v3/`."""

    kind = TrackerKind.GITHUB
    #: GitHub's issues have no due date.
    aspects: Collection[Aspect] = frozenset(_EVENTS)

    def __init__(self, url: str, credentials: Token | App, now: Callable[[], datetime]) -> None:
        self._api = GitHubApi(url or URL, credentials, now)

    async def find(self, place: Place, ours: str, since: datetime) -> Seen | None:
        """The issue with this key in its description.

        All are listed that were made since: the search knows of a new one a while later, and a
        label of ours is not there where GitHub dropped it, or somebody took it away.
        """
        repository, since = checks.repository_of(place), since - _CLOCKS
        stamp = f"{since:%Y-%m-%dT%H:%M:%SZ}"
        listed = self._api.pages(
            repository,
            f"repos/{repository}/issues",
            state="all",
            since=stamp,
            sort="created",
            direction="desc",
        )
        async for issue in listed:
            if wording.mark(ours) in (issue.get("body") or "") and "pull_request" not in issue:
                return ticket(issue)
            if datetime.fromisoformat(issue["created_at"]) < since:
                return None
        return None

    async def create(self, place: Place, ours: str, wanted: Wanted) -> Seen:
        """Make the issue; without its owner where GitHub cannot assign it to them."""
        repository = checks.repository_of(place)
        said = new_issue(place, ours, wanted)
        seen = ticket(await self._write(repository, "POST", f"repos/{repository}/issues", said))
        if wanted.state is TicketState.OPEN:
            return seen
        return await self.update(place, seen.ref, replace(wanted, state=TicketState.OPEN), wanted)

    async def read(self, place: Place, ref: str) -> Seen:
        """The issue as it stands."""
        del place
        return ticket(await self._issue(ref))

    async def update(self, place: Place, ref: str, old: Wanted | None, new: Wanted) -> Seen:
        """Let the issue say `new`, with one request; none where it says so already."""
        issue = await self._issue(ref)
        said = changes(issue, place, old, new)
        if said.get("state") == "closed" and issue["state"] == "closed":
            # A reason is taken only of what is closed with it.
            await self._put(issue, STATES[TicketState.OPEN])
        return ticket(await self._put(issue, said) if said else issue)

    async def comment(self, place: Place, ref: str, text: str, mark: str) -> None:
        """Write a comment, unless it is there."""
        del place
        issue = await self._issue(ref)
        repository, path = repository_of(issue), f"{_path(ticket(issue).ref)}/comments"
        async for each in self._api.pages(repository, path):
            if wording.mark(mark) in (each.get("body") or ""):
                return
        said = {"body": wording.marked(wording.comment(text), mark)}
        await self._api.issue(repository, "POST", path, json=said)

    async def plan(self, place: Place, ref: str) -> str:
        """Place the issue in the next milestone, or a project's next iteration."""
        return await sprints.place_next(self._api, place, await self._issue(ref))

    async def changed(self, place: Place, ref: str, aspect: Aspect) -> Change | None:
        """Who did that last, by the issue's events."""
        del place
        if aspect not in _EVENTS:
            return None
        issue, last = await self._issue(ref), None
        path = f"{_path(ticket(issue).ref)}/events"
        async for event in self._api.pages(repository_of(issue), path):
            if event["event"] in _EVENTS[aspect]:
                last = event
        return _change(last) if last else None

    async def account(self, place: Place, said: str) -> Account | None:
        """Whose login this is, or who shows this address on GitHub."""
        repository = checks.repository_of(place)
        return await people.account(self._api, repository, said)

    @legible
    async def known_as(self) -> str:
        """The login of the token's account, or the name of the app."""
        return await self._api.known_as()

    @legible
    async def check(self, place: Place) -> list[str]:
        """What keeps tickets from being made there."""
        return await checks.check(self._api, place)

    async def close(self) -> None:
        """Give the connections back."""
        await self._api.close()

    async def _issue(self, ref: str) -> dict[str, Any]:
        repository, path = ref.rpartition("/")[0], _path(ref)
        issue: dict[str, Any] = self._api.json(await self._api.issue(repository, "GET", path))
        return issue

    async def _put(self, issue: Mapping[str, Any], said: dict[str, Any]) -> dict[str, Any]:
        return await self._write(repository_of(issue), "PATCH", _path(ticket(issue).ref), said)

    async def _write(
        self, repository: str, method: str, path: str, said: dict[str, Any]
    ) -> dict[str, Any]:
        ask = self._api.issue if method == "PATCH" else self._api.ask
        try:
            answer = await ask(repository, method, path, json=said)
        except Unassignable:
            rest = {key: value for key, value in said.items() if key != "assignees"}
            answer = await ask(repository, method, path, json=rest)
        issue: dict[str, Any] = self._api.json(answer)
        return issue


def _path(ref: str) -> str:
    repository, _, number = ref.rpartition("/")
    return f"repos/{repository}/issues/{number}"


def _change(event: Mapping[str, Any]) -> Change:
    """GitHub once told of an assignment as if whoever was assigned had done it."""
    login = (event.get("assigner") or event.get("actor") or {"login": "ghost"})["login"]
    return Change(at=datetime.fromisoformat(event["created_at"]), name=login, account=login)
