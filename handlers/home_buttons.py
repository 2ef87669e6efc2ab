"""What the buttons of a Home open: the windows that `/postmortem` opens, from there."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from blocks import home_buttons as forms
from blocks.postmortems import hub_modal
from handlers import find, reports, review_window, views
from handlers.clicks import Click, pressed
from handlers.find import check_may_see
from handlers.opening import Opening, Tell, show, tell_by
from handlers.sections import number_in, stored
from handlers.subcommands import NOT_CHANNELS, Subcommand, Typed
from storage.engine import Sessions


def register(app: AsyncApp) -> None:
    """Register what opens a window from a Home."""
    app.action(forms.SEARCH)(opens(find.SUBCOMMANDS["search"]))
    app.action(forms.REPORT)(opens(reports.SUBCOMMANDS["report"]))
    app.action(forms.REVIEW)(opens(review_window.SUBCOMMANDS["review"]))
    app.action(forms.OPEN_POSTMORTEM)(open_postmortem)


def opens(subcommand: Subcommand) -> Callable[..., Awaitable[None]]:
    """A listener that does what somebody gets who types this word; it stands in no channel."""

    async def listener(
        ack: AsyncAck,
        body: dict[str, Any],
        client: AsyncWebClient,
        sessions: Sessions,
        team_id: str,
        user_id: str,
        opening: Opening,
        respond: Tell,
        now: Callable[[], datetime],
    ) -> None:
        who = {"team_id": team_id, "user_id": user_id, "channel_id": user_id}
        typed = Typed(
            rest="",
            command=who | {"channel_name": NOT_CHANNELS[0], "trigger_id": body["trigger_id"]},
            ack=ack,
            client=client,
            sessions=sessions,
            opening=opening,
            respond=tell_by(client, body, respond),
            now=now,
        )
        await subcommand.run(typed)

    listener.__name__ = f"opens_{subcommand.usage.split()[0]}"
    listener.__doc__ = f"Open what `/postmortem {subcommand.usage}` opens."
    return listener


@pressed
async def open_postmortem(click: Click) -> None:
    """Open the window of a postmortem, for whoever may see it."""
    async with click.sessions() as session:
        postmortem = await stored(session, click.team_id, number_in(click.action))
        view = hub_modal(await views.of_postmortem(session, postmortem, click.now()))
    await check_may_see(click.client, click.sessions, click.user_id, postmortem)
    await show(click.client, click.body, view)
