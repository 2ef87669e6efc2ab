"""How GitHub is told who asks: a token, or a GitHub App with a token for each installation.

docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

import jwt

from integrations.trackers import TrackerRefused
from integrations.trackers.calling import Caller

#: GitHub lets an app's own token live ten minutes, and asks to date it back against clocks that
#: differ.
_SIGNED_FOR, _DATED_BACK = timedelta(minutes=9), timedelta(seconds=60)
#: An installation's token lives an hour; this near its end it is not used any more.
_RENEWED_BEFORE = timedelta(minutes=5)


@dataclass(frozen=True)
class Token:
    """A personal access token, fine-grained or classic."""

    value: str = field(repr=False)


@dataclass(frozen=True)
class App:
    """A GitHub App: its id, and its private key as PEM; lines may end with a backslash and n."""

    app_id: str
    private_key: str = field(repr=False)


class Keys(Protocol):
    """What requests are signed with."""

    #: What whoever runs Closed Loop does when GitHub does not know us.
    mend: str

    #: Where GitHub says who we are, and by which name.
    own: tuple[str, str]

    def own_headers(self) -> dict[str, str]:
        """What a request about ourselves is sent with."""
        ...

    async def headers(self, repository: str) -> dict[str, str]:
        """What a request about this repository is sent with."""
        ...

    async def permissions(self, repository: str) -> Mapping[str, str]:
        """What we may there, by GitHub's names; nothing where only trying tells."""
        ...

    def forget(self) -> None:
        """Nothing that was kept is good any more."""
        ...


class TokenKeys:
    """One token for everything."""

    mend = (
        "GitHub does not know our token any more. Whoever runs Closed Loop sets a new one in "
        "GITHUB_TOKEN."
    )

    #: docs.github.com/en/rest/users/users#get-the-authenticated-user: any token of a person may.
    own = ("user", "login")

    def __init__(self, token: Token) -> None:
        self._headers = {"Authorization": f"Bearer {token.value}"}

    def own_headers(self) -> dict[str, str]:
        """The token's."""
        return self._headers

    async def headers(self, repository: str) -> dict[str, str]:
        """The same for every repository."""
        del repository
        return self._headers

    async def permissions(self, repository: str) -> Mapping[str, str]:
        """GitHub does not tell."""
        del repository
        return {}

    def forget(self) -> None:
        """Nothing is kept."""


@dataclass(frozen=True)
class _Lent:
    """A token of one installation."""

    headers: dict[str, str]
    permissions: Mapping[str, str]
    until: datetime


class AppKeys:
    """A token of the app's installation for each owner of repositories, renewed in time."""

    mend = (
        "GitHub does not know our app: whoever runs Closed Loop checks GITHUB_APP_ID and "
        "GITHUB_APP_PRIVATE_KEY, and the clock of the machine."
    )

    #: docs.github.com/en/rest/apps/apps#get-the-authenticated-app
    own = ("app", "name")

    def __init__(self, app: App, caller: Caller, now: Callable[[], datetime]) -> None:
        self._app, self._caller, self._now = app, caller, now
        self._lent: dict[str, _Lent] = {}
        self._one_at_a_time = asyncio.Lock()

    def own_headers(self) -> dict[str, str]:
        """Those of the app itself, which are good for some minutes."""
        return {"Authorization": f"Bearer {self._signature()}"}

    async def headers(self, repository: str) -> dict[str, str]:
        """Those with a token that is good for some minutes at least."""
        return (await self._of(repository)).headers

    async def permissions(self, repository: str) -> Mapping[str, str]:
        """What the installation was granted."""
        return (await self._of(repository)).permissions

    def forget(self) -> None:
        """An app that is installed anew has other tokens."""
        self._lent.clear()

    async def _of(self, repository: str) -> _Lent:
        owner = repository.partition("/")[0].lower()
        async with self._one_at_a_time:
            lent = self._lent.get(owner)
            if lent is None or lent.until - _RENEWED_BEFORE <= self._now():
                lent = self._lent[owner] = await self._borrow(repository)
            return lent

    async def _borrow(self, repository: str) -> _Lent:
        signed = self.own_headers()
        found = await self._caller.ask("GET", f"repos/{repository}/installation", headers=signed)
        at = f"app/installations/{int(self._caller.json(found)['id'])}/access_tokens"
        said: dict[str, Any] = self._caller.json(await self._caller.ask("POST", at, headers=signed))
        return _Lent(
            headers={"Authorization": f"Bearer {said['token']}"},
            permissions=said.get("permissions") or {},
            until=datetime.fromisoformat(said["expires_at"]),
        )

    def _signature(self) -> str:
        now = self._now()
        claims = {"iss": self._app.app_id, "iat": now - _DATED_BACK, "exp": now + _SIGNED_FOR}
        try:
            key = self._app.private_key.replace("\\n", "\n")
            return jwt.encode(claims, key, algorithm="RS256")
        except (ValueError, jwt.PyJWTError) as odd:
            raise TrackerRefused(
                "GITHUB_APP_PRIVATE_KEY is no private key: whoever runs Closed Loop sets it to all "
                "of the .pem file that GitHub gave for the app."
            ) from odd
