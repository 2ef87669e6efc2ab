"""Where in Slack the messages are that a timeline was taken from."""

import asyncio
from collections.abc import Sequence

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from domain.postmortems import Postmortem
from handlers.reading import SILENCE, reads
from handlers.sections import Made, owe_card
from storage import permalinks, postmortems
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: Slack is asked for so many addresses at a time: nobody waits for them.
AT_ONCE = 4


async def link(
    client: AsyncWebClient,
    sessions: Sessions,
    postmortem: Postmortem,
    ts: Sequence[str],
    made: Made,
) -> None:
    """Ask Slack where each of these messages is, and keep it; one it does not say stays open."""
    turns = asyncio.Semaphore(AT_ONCE)
    asked = await asyncio.gather(
        *(_ask(client, turns, postmortem.channel or "", one) for one in ts)
    )
    found = {one: address for one, address in zip(ts, asked, strict=True) if address}
    if not found:
        return
    async with sessions.begin() as session:
        await postmortems.lock(session, postmortem.workspace, postmortem.id)
        await permalinks.keep(session, postmortem.id, found)
        await owe_card(session, postmortem, by=made.by, now=made.at)


async def _ask(client: AsyncWebClient, turns: asyncio.Semaphore, channel: str, ts: str) -> str:
    async with turns:
        try:
            answer = await reads(client).chat_getPermalink(channel=channel, message_ts=ts)
        except SILENCE as silent:
            log.warning("permalink_not_told", ts=ts, why=repr(silent))
            return ""
    return str(answer["permalink"])
