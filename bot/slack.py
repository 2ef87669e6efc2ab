"""Clients of Slack's Web API: one pooled session, and retries that never do a thing twice."""

import logging
from dataclasses import dataclass

import aiohttp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

from handlers.reading import reads

#: Shorter than a delivery's lease, so that a call never outlives the right to make it.
CALL_TIMEOUT = 10
#: A trigger lives three seconds (docs.slack.dev/interactivity/handling-user-interaction), and the
#: SDK adds up to one of its own to what Slack asks for.
SHORT_WAIT = 1


class ShortLimit(AsyncRateLimitErrorRetryHandler):
    """Waits where Slack wants a second of quiet: whatever it refused so was not done."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        limited = await super()._can_retry_async(
            state=state, request=request, response=response, error=error
        )
        return limited and response is not None and _wait(response) <= SHORT_WAIT


def _wait(response: HttpResponse) -> int:
    asked = {name.lower(): value for name, value in response.headers.items()}
    return int(asked.get("retry-after", ["1"])[0])


@dataclass(frozen=True, kw_only=True)
class Clients:
    """`clicks` answers people, `posts` sends deliveries, `reads` only asks.

    A lost answer is asked for again by `reads` alone: a form or a post may have been taken.
    """

    session: aiohttp.ClientSession
    clicks: AsyncWebClient
    posts: AsyncWebClient
    reads: AsyncWebClient

    async def close(self) -> None:
        """Close the pool all clients share."""
        await self.session.close()


def connect(token: str, api_url: str) -> Clients:
    """Make the clients; must be called inside a running loop."""
    session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_TIMEOUT))
    clicks = _client(token, api_url, session, [ShortLimit(max_retry_count=1)])
    posts = _client(token, api_url, session, [])
    return Clients(session=session, clicks=clicks, posts=posts, reads=reads(clicks))


def _client(
    token: str, api_url: str, session: aiohttp.ClientSession, retries: list[AsyncRetryHandler]
) -> AsyncWebClient:
    # A logger left at NOTSET would format every request for a debug line nobody sees.
    logger = logging.getLogger("slack_sdk.web")
    logger.setLevel(logging.INFO)
    return AsyncWebClient(
        token=token,
        base_url=api_url,
        session=session,
        timeout=CALL_TIMEOUT,
        retry_handlers=retries,
        logger=logger,
    )
