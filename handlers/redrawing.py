"""A window that is shown anew in its own place."""

from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from blocks.parts import View
from handlers.opening import either
from handlers.refusals import code_of

log = structlog.get_logger(__name__)

#: It was closed, or a click that came sooner has shown something else there: that one stands
#: (docs.slack.dev/reference/methods/views.update#errors).
_OVERTAKEN = frozenset({"hash_conflict", "not_found"})


async def in_place(
    client: AsyncWebClient, below: dict[str, Any], view: View, fallback: View | None = None
) -> None:
    """Show this in place of the window that somebody pressed in, as it was when they pressed.

    Of two clicks in the same moment the first is shown. Where Slack takes no block of a kind in it
    yet, as charts, the `fallback` is shown instead.
    """
    try:
        await either(
            lambda shown: client.views_update(view_id=below["id"], hash=below["hash"], view=shown),
            view,
            fallback or view,
        )
    except SlackApiError as refused:
        if code_of(refused) not in _OVERTAKEN:
            raise
        log.info("window_overtaken", slack_error=code_of(refused))
