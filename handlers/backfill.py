"""Finding a timeline in the channel's history: read, proposed, looked through page by page."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from blocks import backfill as forms
from blocks.forms import opened, remembered
from blocks.timeline import save_first
from domain.errors import RuleBroken
from domain.sources import Ourselves
from handlers import found
from handlers.found import proposed
from handlers.opening import Opening, Tell, show, tell_by
from handlers.people import whoever
from handlers.searching import Search, look_for_entries, names_of
from handlers.sections import number_in, stored
from storage.engine import Sessions

NO_CHANNEL = (
    "This postmortem was imported and has no channel to read. Type what happened into its timeline."
)
#: How far the buttons turn.
TURNS = {forms.NEXT_FOUND: 1, forms.BACK_FOUND: -1}


def register(app: AsyncApp) -> None:
    """Register the button, the pages of what was found, and the form that adds it."""
    app.action(forms.FIND_ENTRIES)(find)
    app.action(forms.READ_ON)(go_on)
    app.action(forms.NEXT_FOUND)(turn)
    app.action(forms.BACK_FOUND)(turn)
    app.view(forms.FOUND)(found.add)


async def find(
    ack: AsyncAck,
    body: dict[str, Any],
    action: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    bot_id: str,
    bot_user_id: str,
    opening: Opening,
    respond: Tell,
    now: Callable[[], datetime],
) -> None:
    """Open a window at once, read the channel behind it, and show what may belong in."""
    await ack()

    async def work() -> None:
        async with sessions() as session:
            postmortem = await stored(session, team_id, number_in(action))
        if postmortem.channel is None:
            raise RuleBroken("entries", NO_CHANNEL)
        wait = save_first(body.get("view", {}))
        shown = await show(client, body, wait or forms.reading_window())
        if wait is not None:
            return
        search = Search(
            client=client,
            sessions=sessions,
            team_id=team_id,
            person=await whoever(client, sessions, team_id, user_id, now()),
            ourselves=Ourselves(user=bot_user_id, bot=bot_id),
            postmortem=postmortem,
            window=shown["id"],
            now=now(),
        )
        await look_for_entries(search)

    opening.begin(work(), tell_by(client, body, respond))


async def go_on(
    ack: AsyncAck,
    body: dict[str, Any],
    action: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    bot_id: str,
    bot_user_id: str,
    opening: Opening,
    respond: Tell,
    now: Callable[[], datetime],
) -> None:
    """Read further back, and show all that was found; what was ticked stays ticked."""
    await ack()

    async def work() -> None:
        async with sessions() as session:
            number, before = await proposed(session, team_id, number_in(action), user_id)
            postmortem = await stored(session, team_id, number)
        search = Search(
            client=client,
            sessions=sessions,
            team_id=team_id,
            person=await whoever(client, sessions, team_id, user_id, now()),
            ourselves=Ourselves(user=bot_user_id, bot=bot_id),
            postmortem=postmortem,
            window=body["view"]["id"],
            now=now(),
        )
        await look_for_entries(search, before, forms.read_ticks(body["view"], before))

    opening.begin(work(), tell_by(client, body, respond))


async def turn(
    ack: AsyncAck,
    body: dict[str, Any],
    action: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    opening: Opening,
    respond: Tell,
) -> None:
    """Show another page of what was found; what is ticked on this one is remembered."""
    await ack()
    view = body["view"]

    async def work() -> None:
        async with sessions() as session:
            _, proposal = await proposed(session, team_id, number_in(action), user_id)
            names = await names_of(session, team_id, proposal)
        kept = remembered(view)
        other = forms.proposal_form(
            opened(view),
            kept["key"],
            kept["proposal"],
            proposal,
            forms.read_ticks(view, proposal),
            page=kept["page"] + TURNS[action["action_id"]],
            names=names,
        )
        await client.views_update(view_id=view["id"], hash=view["hash"], view=other)

    opening.begin(work(), tell_by(client, body, respond))
