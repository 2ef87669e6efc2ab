"""Reading a channel's history: a page at a time, as patiently as Slack asks for.

An app outside Slack's marketplace may get 15 messages a page and one page a minute
(docs.slack.dev/apis/web-api/rate-limits), so nothing here counts on a page's size.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from handlers.patience import within
from handlers.reading import SILENCE, reads
from handlers.refusals import code_of

log = structlog.get_logger(__name__)

#: What one look asks for at once, and reads at most before it asks whether to go on.
PAGE = 200
MESSAGES_MAX = 5000
#: Nobody looks at a window for longer; what was read by then is shown, with a way to read on.
PATIENCE = 300
LIMITED = "ratelimited"

#: Told how many messages were read, and for how many seconds Slack wants us to wait.
Progress = Callable[[int, int], Awaitable[None]]


@dataclass(kw_only=True)
class Look:
    """A part of a channel's history, newest first; the ts `before` is where to read on."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    before: str = ""
    waited: int = 0

    def take(self, page: AsyncSlackResponse) -> bool:
        """Add a page; whether there is more to read."""
        self.messages += page["messages"]
        more = bool(page.get("has_more")) and bool(page["messages"])
        self.before = str(page["messages"][-1]["ts"]) if more else ""
        return more


async def read(
    client: AsyncWebClient,
    channel: str,
    oldest: datetime,
    latest: str,
    progress: Progress,
    *,
    page_size: int = PAGE,
) -> Look:
    """Read back from `latest` to `oldest`, one request at a time.

    Ends early after 5,000 messages, or when Slack makes us wait for longer than anybody would.
    Raises one of SILENCE when Slack does not say.
    """
    patient = _without_waiting(reads(client))
    look = Look(before=latest)
    more = True
    while more and len(look.messages) < MESSAGES_MAX:
        try:
            page = await patient.conversations_history(
                channel=channel,
                oldest=f"{oldest.timestamp():.6f}",
                latest=look.before,
                limit=page_size,
            )
        except SlackApiError as refused:
            if not await _wait(refused, look, progress):
                break
        else:
            more = look.take(page)
            if more:
                await progress(len(look.messages), 0)
    return look


async def _wait(refused: SlackApiError, look: Look, progress: Progress) -> bool:
    """Wait as long as Slack says; False when that is too long, or anything else is wrong."""
    if code_of(refused) != LIMITED:
        raise refused
    seconds = _seconds(refused)
    if look.waited + seconds > PATIENCE:
        return False
    log.info("history_waits", seconds=seconds, messages=len(look.messages))
    await progress(len(look.messages), seconds)
    await asyncio.sleep(seconds)
    look.waited += seconds
    return True


def _seconds(refused: SlackApiError) -> int:
    headers = getattr(refused.response, "headers", {})
    said = [value for name, value in headers.items() if name.lower() == "retry-after"]
    return int(said[0]) if said and str(said[0]).isdecimal() else 1


def _without_waiting(client: AsyncWebClient) -> AsyncWebClient:
    """The same client; but that Slack makes us wait is ours to handle, and to tell."""
    client.retry_handlers = [
        handler
        for handler in client.retry_handlers
        if not isinstance(handler, AsyncRateLimitErrorRetryHandler)
    ]
    return client


async def newest(client: AsyncWebClient, channel: str, seconds: float) -> Look:
    """The newest page, as far as Slack gives it within some seconds; else nothing."""
    try:
        async with within(seconds):
            page = await client.conversations_history(channel=channel, limit=PAGE)
    except SILENCE as silent:
        log.info("history_not_read", why=repr(silent))
        return Look()
    look = Look()
    look.take(page)
    return look


async def pins(client: AsyncWebClient, channel: str) -> dict[str, str]:
    """What is pinned in a channel: ts → who pinned it; nothing when Slack does not say."""
    try:
        answer = await reads(client).pins_list(channel=channel)
    except SILENCE as silent:
        log.info("pins_not_read", why=repr(silent))
        return {}
    return {
        item["message"]["ts"]: str(item.get("created_by", ""))
        for item in answer["items"]
        if "message" in item
    }
