"""Where the app has to be invited before it can post anything there."""

import asyncio
from collections.abc import Iterable

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from blocks.settings import uninvited_text
from handlers.channels import CLOSED
from handlers.patience import within
from handlers.people import PATIENCE
from handlers.reading import SILENCE, reads
from handlers.refusals import code_of

log = structlog.get_logger(__name__)


async def hint(client: AsyncWebClient, user_id: str, channels: Iterable[str]) -> None:
    """Tell whoever named these channels in which of them the app is not."""
    if outside := await _outside(client, dict.fromkeys(filter(None, channels))):
        await client.chat_postMessage(channel=user_id, text=uninvited_text(outside))


async def _outside(client: AsyncWebClient, channels: Iterable[str]) -> list[str]:
    """Those of the channels that the app is not in, as far as Slack says in time."""
    wanted = list(channels)
    answers = await asyncio.gather(*(_is_outside(client, each) for each in wanted))
    return [each for each, outside in zip(wanted, answers, strict=True) if outside]


async def _is_outside(client: AsyncWebClient, channel: str) -> bool:
    look = reads(client).conversations_info(channel=channel)
    try:
        async with within(PATIENCE):
            answer = await look
    except SlackApiError as refused:
        return code_of(refused) in CLOSED
    except SILENCE as silent:
        log.warning("channel_not_read", why=repr(silent))
        return False
    return not answer["channel"].get("is_member", True)
