"""One message to Slack: looked for first when an earlier attempt may have got through."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from blocks.parts import Message
from domain.retry import RATE_LIMITED, Failure, FailureKind
from handlers.outgoing import Outgoing
from handlers.refusals import code_of, status_of
from storage.deliveries import Delivery

log = structlog.get_logger(__name__)

CLIENT_ERRORS = aiohttp.ClientError
EVENT_TYPE = "closedloop_delivery"
#: How far Slack's clock and ours may lie apart.
SKEW = timedelta(minutes=5)
#: Refusals of an update that mean it will never change again: gone, not ours, or too old (by a
#: workspace's setting, docs.slack.dev/reference/methods/chat.update#errors). It is posted anew.
VANISHED = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"})
#: Refusals of blocks that a workspace cannot show; so it is with those of a kind that Slack brings
#: out bit by bit (docs.slack.dev/reference/block-kit/blocks/data-visualization-block).
UNKNOWN_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format"})
SERVER_ERROR = 500
TOO_MANY = 429


class Vanished(Exception):
    """The message that was known to stand is gone, or cannot be changed any more."""


class TooLate(TimeoutError):
    """What comes before posting took so long that the lease could end during it."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a message stands."""

    channel: str
    ts: str


async def find_earlier(
    client: AsyncWebClient, delivery: Delivery, within: timedelta, thread_ts: str = ""
) -> Place | None:
    """Where this delivery's message stands, if it was posted before.

    Known from the row; else, only when an earlier attempt may have reached Slack, looked up in
    the channel, or in the thread, by the key every post carries. Raises SlackApiError when the look
    itself fails, and TooLate when it is not over within this time: better late than twice.
    """
    if delivery.message_ts:
        return Place(channel=delivery.posted_channel or delivery.channel, ts=delivery.message_ts)
    if delivery.attempts <= 1 or delivery.first_claimed_at is None:
        return None
    look = asyncio.timeout(within.total_seconds())
    try:
        async with look:
            return await _look(client, delivery, delivery.first_claimed_at - SKEW, thread_ts)
    except TimeoutError:
        if not look.expired():
            raise
        log.warning("search_not_finished", seconds=within.total_seconds())
        raise TooLate from None


async def _look(
    client: AsyncWebClient, delivery: Delivery, oldest: datetime, thread_ts: str
) -> Place | None:
    channel = await _conversation(client, delivery.channel)
    async for message in _since(client, channel, oldest, thread_ts):
        if _key_of(message) == delivery.key:
            log.info("delivery_found_in_channel", ts=message["ts"])
            return Place(channel=channel, ts=message["ts"])
    return None


async def _since(
    client: AsyncWebClient, channel: str, oldest: datetime, thread_ts: str
) -> AsyncIterator[dict[str, Any]]:
    """What was said in the channel or the thread; a channel's history does not show replies."""
    asked: dict[str, Any] = {"channel": channel, "oldest": f"{oldest.timestamp():.6f}"}
    asked |= {"include_all_metadata": True, "limit": 200}
    cursor = ""
    while True:
        if thread_ts:
            page = await client.conversations_replies(ts=thread_ts, cursor=cursor or None, **asked)
        else:
            page = await client.conversations_history(cursor=cursor or None, **asked)
        for message in page["messages"]:
            yield message
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return


async def _conversation(client: AsyncWebClient, channel: str) -> str:
    if channel[:1] in {"U", "W"}:
        answer = await client.conversations_open(users=channel)
        return str(answer["channel"]["id"])
    return channel


def _key_of(message: dict[str, Any]) -> str:
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return str(payload.get("key", "")) if metadata.get("event_type") == EVENT_TYPE else ""


async def post_or_update(
    client: AsyncWebClient, delivery: Delivery, outgoing: Outgoing, known: Place | None
) -> Place:
    """Say it: by updating the message that stands, else by posting one that carries its key.

    Raises Vanished when the row's own message is gone. That has to be noted before another is
    posted: whoever tries after a lost reply would look at the old place alone. Where Slack refuses
    the blocks, nothing of it stands, and the fallback is said, if there is one.
    """
    try:
        return await _say(client, delivery, outgoing, outgoing.message, known)
    except SlackApiError as refused:
        if outgoing.fallback is None or code_of(refused) not in UNKNOWN_BLOCKS:
            raise
        log.info("blocks_refused", slack_error=code_of(refused))
    return await _say(client, delivery, outgoing, outgoing.fallback, known)


async def _say(
    client: AsyncWebClient,
    delivery: Delivery,
    outgoing: Outgoing,
    message: Message,
    known: Place | None,
) -> Place:
    said: dict[str, Any] = {
        **message,
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"key": delivery.key}},
    }
    if known is not None:
        if await _updated(client, known, said):
            return known
        if delivery.message_ts:
            raise Vanished
    if outgoing.thread_ts:
        said["thread_ts"] = outgoing.thread_ts
    answer = await client.chat_postMessage(
        channel=delivery.channel, unfurl_links=False, unfurl_media=False, **said
    )
    return Place(channel=str(answer["channel"]), ts=str(answer["ts"]))


async def _updated(client: AsyncWebClient, known: Place, said: dict[str, Any]) -> bool:
    try:
        await client.chat_update(channel=known.channel, ts=known.ts, **said)
    except SlackApiError as refused:
        if code_of(refused) not in VANISHED:
            raise
        log.info("message_vanished", ts=known.ts, slack_error=code_of(refused))
        return False
    return True


async def pin(client: AsyncWebClient, place: Place) -> None:
    """Pin it; a channel that does not let us is no reason to send the message again."""
    try:
        await client.pins_add(channel=place.channel, timestamp=place.ts)
    except SlackApiError as refused:
        if code_of(refused) != "already_pinned":
            log.warning("not_pinned", slack_error=code_of(refused))
    except (TimeoutError, OSError, aiohttp.ClientError):
        log.warning("not_pinned", slack_error="no answer")


def failure_of(refused: SlackApiError) -> Failure:
    """What kind of failure Slack's answer is, for the retry rule."""
    status = status_of(refused)
    if status == TOO_MANY:
        wait = _seconds(str(refused.response.headers.get("Retry-After", "")))
        return Failure(kind=FailureKind.RATE_LIMITED, code=RATE_LIMITED, retry_after=wait)
    code = code_of(refused)
    if status >= SERVER_ERROR or not code:
        return Failure(kind=FailureKind.UNCERTAIN, code=f"http_{status}")
    return Failure(kind=FailureKind.REFUSED, code=code)


def _seconds(said: str) -> float | None:
    """A number of seconds up to some days; a proxy may say a date, or anything."""
    return float(said) if re.fullmatch(r"\d{1,6}(\.\d+)?", said, re.ASCII) else None


def failure_of_network(lost: BaseException) -> Failure:
    """A refused connection sent nothing; anything later may have reached Slack."""
    if isinstance(lost, aiohttp.ClientConnectorError):
        return Failure(kind=FailureKind.UNREACHABLE, code=type(lost).__name__)
    return Failure(kind=FailureKind.UNCERTAIN, code=type(lost).__name__)
