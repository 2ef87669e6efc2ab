"""Calls of Slack that only read, and may therefore be made again when an answer is lost."""

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.web.async_client import AsyncWebClient

#: Ways in which Slack does not say what it is asked.
SILENCE = (TimeoutError, aiohttp.ClientError, SlackApiError)


def reads(client: AsyncWebClient) -> AsyncWebClient:
    """The same client on the same pool, that asks a second time when Slack does not answer.

    For reading alone: a lost answer to a post or a form may mean that it was taken.
    """
    return AsyncWebClient(
        token=client.token,
        base_url=client.base_url,
        session=client.session,
        timeout=client.timeout,
        logger=client.logger,
        retry_handlers=[
            # The retry counter is shared by all handlers, so each gets the same allowance.
            AsyncConnectionErrorRetryHandler(max_retry_count=1),
            AsyncRateLimitErrorRetryHandler(max_retry_count=1),
            AsyncServerErrorRetryHandler(max_retry_count=1),
        ],
    )
