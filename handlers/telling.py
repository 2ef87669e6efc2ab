"""Ways to tell somebody something alone, where no click of theirs waits for an answer."""

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers.opening import Tell

log = structlog.get_logger(__name__)


def by_dm(client: AsyncWebClient, user: str) -> Tell:
    """A way to tell somebody by direct message."""

    async def tell(sentence: str) -> None:
        await client.chat_postMessage(channel=user, text=sentence)

    return tell


def beside(client: AsyncWebClient, channel: str, user: str) -> Tell:
    """A way to tell somebody alone, in the channel they look at; by DM where that cannot be."""

    async def tell(sentence: str) -> None:
        try:
            await client.chat_postEphemeral(channel=channel, user=user, text=sentence)
        except SlackApiError as refused:
            log.info("told_by_message", why=repr(refused))
            await by_dm(client, user)(sentence)

    return tell
