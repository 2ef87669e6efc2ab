"""GitHub's API, asked with what belongs to a repository (docs.github.com/en/rest)."""

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

import httpx

from integrations.trackers import TicketGone, TrackerBusy, TrackerRefused
from integrations.trackers.calling import Caller, wait_of
from integrations.trackers.github.answers import explain, switched_off
from integrations.trackers.github.app import App, AppKeys, Keys, Token, TokenKeys

#: The version whose description the tests hold every request against.
VERSION = "2022-11-28"
_HEADERS = {
    "Accept": "application/vnd.github+json",
    "User-Agent": "closedloop",
    "X-GitHub-Api-Version": VERSION,
}
_PAGE = 100
#: No list that is asked for is nearly as long; one that never ends is not followed.
_PAGES_MOST = 200


class GitHubApi:
    """Asks GitHub, or an Enterprise Server whose API is at `https://HOST/api/v3/`."""

    def __init__(self, url: str, credentials: Token | App, now: Callable[[], datetime]) -> None:
        base = httpx.URL(url.rstrip("/") + "/")
        self.now = now
        self._caller = Caller(
            "GitHub",
            str(base),
            headers=_HEADERS,
            explain=self._explained,
        )
        self.graphql_url = base.join("../graphql" if base.path.endswith("/api/v3/") else "graphql")
        self._keys: Keys = (
            TokenKeys(credentials)
            if isinstance(credentials, Token)
            else AppKeys(credentials, self._caller, now)
        )

    async def ask(
        self,
        repository: str,
        method: str,
        path: str,
        *,
        gone: bool = False,
        json: Any = None,
        params: Mapping[str, str | int] | None = None,
    ) -> httpx.Response:
        """GitHub's answer; what was moved is asked where it is now, as GitHub wants it.

        `gone` says that a 404 is TicketGone.
        """
        headers = await self._keys.headers(repository)
        asking = {"gone": gone, "json": json, "headers": headers}
        answer = await self._caller.ask(method, path, params=params, **asking)
        if answer.has_redirect_location and self._is_ours(answer):
            answer = await self._caller.ask(method, answer.headers["location"], **asking)
        if answer.status_code >= HTTPStatus.MULTIPLE_CHOICES:
            raise TrackerRefused(
                f"{repository} is somewhere else on GitHub now. Write its new name in /postmortem "
                "settings trackers."
            )
        return answer

    async def issue(
        self,
        repository: str,
        method: str,
        path: str,
        *,
        json: Any = None,
        params: Mapping[str, str | int] | None = None,
    ) -> httpx.Response:
        """The answer of what is asked about one issue; TicketGone where that is deleted.

        To a token that may see the repository no more, everything in it seems to be.
        """
        try:
            return await self.ask(repository, method, path, gone=True, json=json, params=params)
        except TicketGone:
            if not (await self.repository(repository))["has_issues"]:
                raise TrackerRefused(switched_off(repository)) from None
            raise

    async def repository(self, repository: str) -> dict[str, Any]:
        """A repository, with `scopes` as the classic token has them, or None."""
        answer = await self.ask(repository, "GET", f"repos/{repository}")
        scopes = answer.headers.get("x-oauth-scopes")
        listed = None if scopes is None else {each.strip() for each in scopes.split(",")}
        return {**self.json(answer), "scopes": listed}

    async def known_as(self) -> str:
        """The login of the token's account, or the name of the app."""
        path, name = self._keys.own
        answer = await self._caller.ask("GET", path, headers=self._keys.own_headers())
        return str(self.json(answer)[name])

    async def permissions(self, repository: str) -> Mapping[str, str]:
        """What our app may there, by GitHub's names; nothing where we come with a token."""
        return await self._keys.permissions(repository)

    async def pages(
        self, repository: str, path: str, **params: str | int
    ) -> AsyncIterator[dict[str, Any]]:
        """Everything in a list, page by page; TicketGone of an issue's own list as in `issue`."""
        ask = self.issue if "/issues/" in path else self.ask
        asked: dict[str, str | int] = {**params, "per_page": _PAGE}
        for _ in range(_PAGES_MOST):
            answer = await ask(repository, "GET", path, params=asked)
            for each in self.json(answer):
                yield each
            if (link := answer.links.get("next")) is None:
                return
            asked = dict(httpx.URL(link["url"]).params)
        raise TrackerBusy("GitHub has a list without an end.")

    async def graphql(
        self, repository: str, document: str, variables: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The data of an answer; what is not found is null in it."""
        asked = {"query": document, "variables": variables}
        answer = await self.ask(repository, "POST", str(self.graphql_url), json=asked)
        said = self.json(answer)
        for error in said.get("errors") or []:
            _judge(error, answer)
        return said.get("data") or {}

    def json(self, answer: httpx.Response) -> Any:
        """What an answer holds."""
        return self._caller.json(answer)

    async def close(self) -> None:
        """Give the connections back."""
        await self._caller.close()

    def _explained(self, answer: httpx.Response) -> str:
        if answer.status_code == HTTPStatus.UNAUTHORIZED:
            self._keys.forget()
            return self._keys.mend
        return explain(answer)

    def _is_ours(self, answer: httpx.Response) -> bool:
        asked = answer.request.url
        to = asked.join(answer.headers["location"])
        return (to.scheme, to.host, to.port) == (asked.scheme, asked.host, asked.port)


def _judge(error: Mapping[str, Any], answer: httpx.Response) -> None:
    said = str(error.get("message", ""))
    match error.get("type"):
        case "NOT_FOUND":
            return
        case "RATE_LIMITED":
            raise TrackerBusy("GitHub is asked too often.", wait_of(answer))
        case "FORBIDDEN" | "INSUFFICIENT_SCOPES":
            raise TrackerRefused(
                f"GitHub does not allow this in the project: {said.rstrip('.')}. Give what Closed "
                "Loop asks with “Projects: Read and write”."
            )
    if said.startswith("Something went wrong"):
        raise TrackerBusy("GitHub does not work at the moment.")
    raise TrackerRefused(f"GitHub did not do this in the project: {said.rstrip('.')}.")
