"""Calls to Jira: signed as our account, read as JSON, lists page by page."""

from collections.abc import AsyncIterator, Collection, Mapping
from http import HTTPStatus
from typing import Any

import httpx

from integrations.trackers import TrackerRefused
from integrations.trackers.calling import Caller
from integrations.trackers.jira.sentences import explain

#: How many of a list are asked for at once; a Jira may give fewer.
PAGE = 100

Found = dict[str, Any]
Params = Mapping[str, str | int]


class Asking:
    """One Jira; with a user it is Cloud, signed with an API token, without one Data Center.

    See developer.atlassian.com/cloud/jira/platform/basic-auth-for-rest-apis and, for Data Center,
    confluence.atlassian.com/enterprise/using-personal-access-tokens-1026032365.html.
    """

    def __init__(self, url: str, user: str, token: str) -> None:
        headers = {"Accept": "application/json"}
        if not user:
            headers["Authorization"] = f"Bearer {token}"
        auth = httpx.BasicAuth(user, token) if user else None
        self._caller = Caller("Jira", url, headers=headers, auth=auth, explain=explain)

    async def get(self, path: str, *, gone: bool = False, params: Params | None = None) -> Any:
        """What is there."""
        return self._read(await self._caller.ask("GET", path, gone=gone, params=params))

    async def send(
        self,
        method: str,
        path: str,
        body: object,
        *,
        gone: bool = False,
        params: Params | None = None,
    ) -> Any:
        """Do it; what Jira says then, None where it says nothing."""
        answer = await self._caller.ask(method, path, gone=gone, json=body, params=params)
        if answer.status_code == HTTPStatus.NO_CONTENT:
            return None
        return self._read(answer)

    async def pages(
        self,
        path: str,
        named: Collection[str],
        *,
        gone: bool = False,
        params: Params | None = None,
    ) -> AsyncIterator[Found]:
        """All of a list, which stands under one of these names in each page."""
        start = 0
        while True:
            asked = {**(params or {}), "startAt": start, "maxResults": PAGE}
            page = await self.get(path, gone=gone, params=asked)
            found = _list(page, named)
            for one in found:
                yield one
            start += len(found)
            if not found or _is_last(page, start):
                return

    async def close(self) -> None:
        """Give the connections back."""
        await self._caller.close()

    def _read(self, answer: httpx.Response) -> Any:
        if answer.is_redirect:
            raise TrackerRefused(
                "Jira is elsewhere than JIRA_URL says, and does nothing there. "
                "Whoever runs Closed Loop corrects the address."
            )
        return self._caller.json(answer)


def _list(page: Mapping[str, Any], named: Collection[str]) -> list[Found]:
    return next((page[name] for name in named if isinstance(page.get(name), list)), [])


def _is_last(page: Mapping[str, Any], start: int) -> bool:
    if "isLast" in page:
        return bool(page["isLast"])
    return start >= int(page.get("total", 0))
