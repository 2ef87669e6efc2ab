"""Clients of Slack's Web API: one pooled session, and retries that never post twice."""

import logging
from dataclasses import dataclass

import aiohttp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

#: Shorter than a delivery's lease, so that a call never outlives the right to make it.
CALL_TIMEOUT = 10


@dataclass(frozen=True, kw_only=True)
class Clients:
    """`clicks` answers people (short retries), `posts` sends deliveries (none)."""

    session: aiohttp.ClientSession
    clicks: AsyncWebClient
    posts: AsyncWebClient

    async def close(self) -> None:
        """Close the pool all clients share."""
        await self.session.close()


def connect(token: str, api_url: str) -> Clients:
    """Make the clients; must be called inside a running loop."""
    session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=CALL_TIMEOUT))
    reads: list[AsyncRetryHandler] = [
        # The retry counter is shared by all handlers, so each gets the same allowance.
        AsyncConnectionErrorRetryHandler(max_retry_count=1),
        AsyncRateLimitErrorRetryHandler(max_retry_count=1),
        AsyncServerErrorRetryHandler(max_retry_count=1),
    ]
    return Clients(
        session=session,
        clicks=_client(token, api_url, session, reads),
        posts=_client(token, api_url, session, []),
    )


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
