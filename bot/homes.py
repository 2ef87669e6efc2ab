"""Somebody's Home to Slack: in place of what they saw there, drawn as Slack will take it."""

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from blocks.parts import View
from bot.posting import Place
from handlers.opening import UNKNOWN_BLOCKS
from handlers.outgoing import OutgoingHome
from handlers.refusals import code_of
from storage.deliveries import Delivery

log = structlog.get_logger(__name__)


async def publish(client: AsyncWebClient, delivery: Delivery, outgoing: OutgoingHome) -> Place:
    """Put the Home in its place; doing so twice changes nothing.

    Where Slack refuses the blocks of one, what stood there stands, and the next is tried.
    """
    *first, last = (outgoing.view, *outgoing.fallbacks)
    for view in first:
        try:
            return await _publish(client, delivery, view)
        except SlackApiError as refused:
            if code_of(refused) not in UNKNOWN_BLOCKS:
                raise
            log.info("blocks_refused", slack_error=code_of(refused))
    return await _publish(client, delivery, last)


async def _publish(client: AsyncWebClient, delivery: Delivery, view: View) -> Place:
    answer = await client.views_publish(user_id=delivery.channel, view=view)
    return Place(channel=delivery.channel, ts=str(answer["view"]["id"]))
