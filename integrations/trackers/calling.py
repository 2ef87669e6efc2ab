"""Calls to a tracker: what its answers mean, whichever of them it is."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, Concatenate, ParamSpec, TypeVar

import httpx
import structlog

from integrations.trackers import TicketGone, Tracker, TrackerBusy, TrackerRefused

log = structlog.get_logger(__name__)

T = TypeVar("T", bound=Tracker)
P = ParamSpec("P")
Answer = TypeVar("Answer")

#: A tracker that takes longer is asked again later.
PATIENCE = 20.0
#: A ticket with all its text, or a page of a list, is far shorter.
LONGEST = 8_000_000
#: What a tracker wants at most when it says to wait; its clock may be wrong.
WAIT_MOST = timedelta(hours=1)
#: How long GitHub is left alone that says only that it is asked too much
#: (docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api).
WAIT_UNSAID = timedelta(minutes=1)
#: These would not be true of a body that was read and decoded.
_OF_THE_WIRE = {"content-encoding", "content-length", "transfer-encoding"}


class Caller:
    """Asks one tracker, called `title`, by HTTP; `base` is where it is.

    Every answer of 2xx or 3xx is given back. Others raise TrackerBusy (nobody answered, 429, 5xx,
    and what says that too much was asked), TicketGone (404, 410 where `gone` says that it is asked
    for one ticket) or TrackerRefused with what `explain` makes of the answer: a sentence that says
    what to do, or nothing where it knows none.
    """

    def __init__(
        self,
        title: str,
        base: str,
        *,
        headers: Mapping[str, str] | None = None,
        auth: httpx.Auth | None = None,
        explain: Callable[[httpx.Response], str] = lambda _: "",
        patience: float = PATIENCE,
    ) -> None:
        self.title = title
        self._explain = explain
        self._client = httpx.AsyncClient(
            base_url=base, headers=headers, auth=auth, timeout=patience, follow_redirects=False
        )
        self._patience = patience

    async def ask(
        self,
        method: str,
        path: str,
        *,
        gone: bool = False,
        json: Any = None,
        params: Mapping[str, str | int] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """The tracker's answer."""
        try:
            async with asyncio.timeout(self._patience):
                asking = self._client.build_request(
                    method, path, json=json, params=params, headers=headers
                )
                answer = await self._answer(asking)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as silent:
            raise TrackerBusy(f"{self.title} did not answer.") from silent
        self._judge(answer, gone=gone)
        return answer

    async def _answer(self, asking: httpx.Request) -> httpx.Response:
        follow = asking.method == "GET"
        answer = await self._client.send(asking, stream=True, follow_redirects=follow)
        try:
            body = bytearray()
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > LONGEST:
                    raise TrackerBusy(f"{self.title} answered with more than anybody reads.")
        finally:
            await answer.aclose()
        kept = [each for each in answer.headers.multi_items() if each[0] not in _OF_THE_WIRE]
        return httpx.Response(
            answer.status_code, headers=kept, content=bytes(body), request=answer.request
        )

    def json(self, answer: httpx.Response) -> Any:
        """What an answer holds; TrackerBusy where that is no JSON, as of a proxy in between."""
        try:
            return answer.json()
        except (ValueError, RecursionError) as unread:
            raise TrackerBusy(
                f"What answers as {self.title} at {answer.request.url.host} is something else. "
                "Is its address right?"
            ) from unread

    def _judge(self, answer: httpx.Response, *, gone: bool) -> None:
        status = answer.status_code
        if status < HTTPStatus.BAD_REQUEST:
            return
        if is_limit(answer):
            raise TrackerBusy(f"{self.title} is asked too often.", wait_of(answer))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise TrackerBusy(f"{self.title} does not work at the moment.", wait_of(answer))
        if gone and status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            raise TicketGone
        raise TrackerRefused(self._explain(answer) or self._refusal(status))

    def _refusal(self, status: int) -> str:
        meaning = _REFUSALS.get(status, f"answers with status {status}")
        return f"{self.title} {meaning}."

    async def close(self) -> None:
        """Give the connections back."""
        await self._client.aclose()


#: What a refusal means that says no more by itself.
_REFUSALS: Mapping[int, str] = {
    HTTPStatus.UNAUTHORIZED: "does not know our token any more",
    HTTPStatus.FORBIDDEN: "does not allow this with our token",
    HTTPStatus.NOT_FOUND: "has no such place, or our token may not see it",
}


def legible(
    ask: Callable[Concatenate[T, P], Coroutine[Any, Any, Answer]],
) -> Callable[Concatenate[T, P], Coroutine[Any, Any, Answer]]:
    """What a tracker is asked to find out whether it is one, where its address may be wrong.

    What reads otherwise than the answer of one raises TrackerBusy; the log says what was odd.
    """

    @wraps(ask)
    async def asked(tracker: T, /, *args: P.args, **named: P.kwargs) -> Answer:
        try:
            return await ask(tracker, *args, **named)
        except (LookupError, TypeError, AttributeError, ValueError) as odd:
            called = tracker.kind.called
            log.warning("tracker_illegible", tracker=called, exc_info=odd)
            raise TrackerBusy(
                f"What answers as {called} is something else. Is its address right?"
            ) from odd

    return asked


def held(answer: httpx.Response) -> Mapping[str, Any]:
    """The object that an answer holds; nothing where it holds none, as of a proxy in between."""
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def is_limit(answer: httpx.Response) -> bool:
    """Whether too much was asked of it: 429, or GitHub's 403 that says so or when to come again."""
    if answer.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        return True
    says_when = _spent(answer) or "retry-after" in answer.headers
    return answer.status_code == HTTPStatus.FORBIDDEN and (says_when or _says_limit(answer))


def wait_of(answer: httpx.Response) -> timedelta | None:
    """How long it wants to be left alone, as it says; None where it does not.

    Seconds, or GitHub's hour from which it may be asked again: by its own clock, not ours.
    """
    said = answer.headers.get("retry-after", "")
    if said.isdecimal():
        return min(timedelta(seconds=int(said)), WAIT_MOST)
    if _spent(answer) and (until := _reset(answer)) is not None:
        return until
    return WAIT_UNSAID if _says_limit(answer) else None


def _spent(answer: httpx.Response) -> bool:
    return str(answer.headers.get("x-ratelimit-remaining")) == "0"


def _says_limit(answer: httpx.Response) -> bool:
    return "rate limit" in answer.text.lower()


def _reset(answer: httpx.Response) -> timedelta | None:
    reset, date = answer.headers.get("x-ratelimit-reset", ""), answer.headers.get("date", "")
    if not (reset.isdecimal() and date):
        return None
    try:
        until = datetime.fromtimestamp(int(reset), UTC) - parsedate_to_datetime(date)
    except (ValueError, OverflowError, TypeError):
        return None
    return min(max(until, timedelta(seconds=1)), WAIT_MOST)
