"""Asking Linear: one document at a time, and what its errors mean."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

import httpx

from integrations.trackers import TicketGone, TrackerBusy, TrackerRefused
from integrations.trackers.calling import WAIT_MOST, Caller, held, wait_of

#: What Linear says of itself is no longer than this on our side.
SAID_MOST = 300

#: The types of errors that pass (`LinearErrorType` of `@linear/sdk`).
_PASSING = {"internal error", "network error", "lock timeout", "bootstrap error"}
_NOT_FOUND = "Entity not found"
_KEY_UNKNOWN = (
    "Linear does not know our key any more. Whoever runs Closed Loop sets a new one in "
    "LINEAR_API_KEY."
)


class InputRefused(TrackerRefused):
    """Linear does not take what it was given, as an account that may not be assigned."""


class NotThere(InputRefused):
    """Something that was named is not there, or our key may not see it; `what` it is for Linear."""

    def __init__(self, sentence: str, what: str) -> None:
        super().__init__(sentence)
        self.what = what


class Asker:
    """Asks Linear as one key."""

    def __init__(self, key: str, url: str, now: Callable[[], datetime]) -> None:
        self._now = now
        self._caller = Caller("Linear", url, headers={"Authorization": key}, explain=self._explain)
        self._url = url

    async def ask(self, document: str, **variables: object) -> Mapping[str, Any]:
        """The data that a document asks for."""
        asked = {"query": document, "variables": variables}
        answer = await self._caller.ask("POST", self._url, json=asked)
        self._refuse_if_told(answer)
        read = self._caller.json(answer)
        data = read.get("data") if isinstance(read, Mapping) else None
        if not isinstance(data, Mapping):
            raise TrackerBusy("Linear did not answer as it should.")
        return data

    async def ask_of_ticket(self, document: str, ref: str, **variables: object) -> Any:
        """The ticket that a document asks for by its `id`; raises TicketGone where it is gone.

        One in the bin is gone: Linear empties it after 30 days.
        """
        issue = (await self.ask_about_ticket(document, id=ref, **variables))["issue"]
        if issue["trashed"]:
            raise TicketGone
        return issue

    async def ask_about_ticket(self, document: str, **variables: object) -> Mapping[str, Any]:
        """The data that a document asks for about a ticket; raises TicketGone without it."""
        try:
            return await self.ask(document, **variables)
        except NotThere as missing:
            if missing.what in {"Issue", ""}:
                raise TicketGone from missing
            raise

    def _explain(self, answer: httpx.Response) -> str:
        """What an answer with an error's status means, where its body does not say that itself."""
        self._refuse_if_told(answer)
        return _KEY_UNKNOWN if answer.status_code == HTTPStatus.UNAUTHORIZED else ""

    def _refuse_if_told(self, answer: httpx.Response) -> None:
        """Raise what the errors of an answer mean.

        They come with status 200, 400 or 401 alike (linear.app/developers/graphql).
        """
        errors = held(answer).get("errors")
        if isinstance(errors, list) and errors and isinstance(errors[0], Mapping):
            raise self._meaning(errors[0], answer)

    def _meaning(self, error: Mapping[str, Any], answer: httpx.Response) -> Exception:
        extensions = error.get("extensions") or {}
        code, kind = str(extensions.get("code", "")), str(extensions.get("type", ""))
        # "RATELIMITED" comes with status 400 (linear.app/developers/rate-limiting).
        if code == "RATELIMITED" or kind == "ratelimited":
            return TrackerBusy("Linear is asked too often.", self._wait(answer))
        if kind in _PASSING or code == "INTERNAL_SERVER_ERROR":
            return TrackerBusy("Linear does not work at the moment.")
        return _refusal(code, kind, str(error.get("message", "")), _said(error))

    def _wait(self, answer: httpx.Response) -> timedelta | None:
        """How long it wants to be left alone; it says when its budgets are full, in milliseconds.

        linear.app/developers/rate-limiting names the headers.
        """
        for budget in ("requests", "complexity"):
            at = answer.headers.get(f"x-ratelimit-{budget}-reset", "")
            left = answer.headers.get(f"x-ratelimit-{budget}-remaining", "")
            if left == "0" and at.isdecimal():
                wait = timedelta(milliseconds=int(at)) - timedelta(seconds=self._now().timestamp())
                return max(timedelta(seconds=1), min(wait, WAIT_MOST))
        return wait_of(answer)

    async def close(self) -> None:
        """Give the connections back."""
        await self._caller.close()


def _said(error: Mapping[str, Any]) -> str:
    """What Linear says to people, else to programs."""
    extensions = error.get("extensions") or {}
    said = extensions.get("userPresentableMessage") or error.get("message") or "no reason"
    return " ".join(str(said).split())[:SAID_MOST].rstrip(".")


def _refusal(code: str, kind: str, message: str, said: str) -> TrackerRefused:
    if code == "AUTHENTICATION_ERROR" or kind == "authentication error":
        return TrackerRefused(_KEY_UNKNOWN)
    if code == "FORBIDDEN" or kind == "forbidden":
        return TrackerRefused(
            f"Linear does not allow this with our key: {said}. Whoever runs Closed Loop lets the "
            "key write in that team, or sets another one in LINEAR_API_KEY."
        )
    if message.startswith(_NOT_FOUND):
        return NotThere(_refused(said), _entity(message))
    return InputRefused(_refused(said))


def _refused(said: str) -> str:
    return (
        f"Linear refused it: {said}. Correct what it says in Linear, or in "
        "/postmortem settings trackers."
    )


def _entity(message: str) -> str:
    """What is not there: “Entity not found: Issue - Could not find …” says an Issue."""
    what = message.removeprefix(_NOT_FOUND).removeprefix(":").partition(" - ")[0]
    return what.strip()
