"""One canvas to Slack: written anew where it stands, looked for when its making is in doubt."""

from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.posting import Place, Vanished
from handlers.outgoing import OutgoingCanvas
from handlers.refusals import code_of
from storage.deliveries import Delivery

log = structlog.get_logger(__name__)

#: The channel has a canvas; Slack allows one of its own to each
#: (docs.slack.dev/reference/methods/conversations.canvases.create#errors).
TAKEN = frozenset({"channel_canvas_already_exists", "free_team_canvas_tab_already_exists"})
GONE = frozenset({"canvas_not_found", "canvas_deleted"})


async def write(client: AsyncWebClient, delivery: Delivery, canvas: OutgoingCanvas) -> Place:
    """Write the canvas, in place of what it says, and return where it stands.

    The channel's own canvas is taken where it has none yet, else one more is added as a tab:
    what people wrote themselves is never touched. Raises Vanished when the row's canvas is gone.
    """
    known = delivery.message_ts or await _earlier(client, delivery, canvas)
    if known is None:
        made = await _made(client, delivery.channel, canvas)
        return Place(channel=delivery.channel, ts=made)
    try:
        await client.canvases_edit(
            canvas_id=known,
            changes=[{"operation": "replace", "document_content": _content(canvas)}],
        )
    except SlackApiError as refused:
        if code_of(refused) not in GONE or not delivery.message_ts:
            raise
        log.info("canvas_vanished", canvas=known, slack_error=code_of(refused))
        raise Vanished from refused
    return Place(channel=delivery.channel, ts=known)


async def _earlier(
    client: AsyncWebClient, delivery: Delivery, canvas: OutgoingCanvas
) -> str | None:
    """The channel's canvas, when an earlier attempt made it and the answer was lost.

    A second canvas of a channel that has one of its own cannot be looked for: Slack does not say
    which tabs there are (docs/decisions/0012).
    """
    if delivery.attempts <= 1:
        return None
    about: dict[str, Any] = (await client.conversations_info(channel=delivery.channel))["channel"]
    own = ((about.get("properties") or {}).get("canvas") or {}).get("file_id")
    if not own:
        return None
    found = await client.canvases_sections_lookup(
        canvas_id=own, criteria={"section_types": ["h1"], "contains_text": canvas.mark}
    )
    return str(own) if found["sections"] else None


async def _made(client: AsyncWebClient, channel: str, canvas: OutgoingCanvas) -> str:
    title, content = canvas.title, _content(canvas)
    try:
        answer = await client.conversations_canvases_create(
            channel_id=channel, title=title, document_content=content
        )
    except SlackApiError as refused:
        if code_of(refused) not in TAKEN:
            raise
        answer = await client.canvases_create(
            channel_id=channel, title=title, document_content=content
        )
    return str(answer["canvas_id"])


def _content(canvas: OutgoingCanvas) -> dict[str, str]:
    return {"type": "markdown", "markdown": canvas.markdown}
