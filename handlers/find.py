"""Finding postmortems again: `/postmortem search`, `list`, and the window both open."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from blocks import find as forms
from blocks.parts import View
from blocks.postmortems import hub_modal
from domain.causal_classes import CausalClass, merged
from domain.errors import RuleBroken
from domain.postmortems import SERVICE_MAX, Postmortem
from domain.search import QUERY_MAX, Wanted
from handlers import views
from handlers.clicks import Click, pressed
from handlers.opening import show
from handlers.patience import within
from handlers.reading import SILENCE, reads
from handlers.sections import number_in, stored
from handlers.subcommands import Subcommand, Typed
from storage import causal_classes, search, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: Slack waits three seconds for a submitted form: who is in which private channel gets half.
PATIENCE = 1.5
NOT_ALL = "Slack did not say in time which private channels you are in: theirs are left out."
OF_THE_LEAD = (
    "This postmortem was imported as private and belongs to no channel, so only the programme lead "
    "may see it. Ask them; `/postmortem settings` says who that is."
)
NOT_YOURS = (
    "This postmortem belongs to a private channel. Ask somebody who is in it to invite you there."
)


def register(app: AsyncApp) -> None:
    """Register the window that finds postmortems."""
    app.view(forms.FIND)(look)
    app.action(re.compile(rf"{forms.TURN_PAGE}\..+"))(turn_page)
    app.action(forms.OPEN_FOUND)(open_found)


async def start_search(typed: Typed) -> None:
    """Show what was found of the words."""
    await _begin(typed, Wanted(words=typed.rest.strip()[:QUERY_MAX].rstrip()))


async def start_list(typed: Typed) -> None:
    """Show every postmortem, or those of one service."""
    await _begin(typed, Wanted(service=typed.rest.strip()[:SERVICE_MAX].rstrip()))


async def _begin(typed: Typed, wanted: Wanted) -> None:
    await typed.ack()

    async def work() -> None:
        view = await _page(typed.client, typed.sessions, typed.team_id, typed.user_id, wanted)
        await show(typed.client, typed.command, view)

    typed.opening.begin(work(), typed.respond)


async def look(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
) -> None:
    """Look for what the window asks."""
    found = await _page(client, sessions, team_id, user_id, forms.read_find(view))
    await ack(response_action="update", view=found)


@pressed
async def turn_page(click: Click) -> None:
    """Show the next page, or the one before."""
    wanted = forms.wanted_in(click.body["view"]).turned(int(click.action["value"]))
    view = await _page(click.client, click.sessions, click.team_id, click.user_id, wanted)
    await click.client.views_update(view_id=click.body["view"]["id"], view=view)


@pressed
async def open_found(click: Click) -> None:
    """Show one postmortem in place of the list; its forms open on top of it.

    Slack stacks three windows at most, and an item's form may open another.
    """
    async with click.sessions() as session:
        postmortem = await stored(session, click.team_id, number_in(click.action))
        shown = await views.of_postmortem(session, postmortem)
    await check_may_see(click.client, click.sessions, click.user_id, postmortem)
    await click.client.views_update(view_id=click.body["view"]["id"], view=hub_modal(shown))


async def check_may_see(
    client: AsyncWebClient, sessions: Sessions, user_id: str, postmortem: Postmortem
) -> None:
    """Refuse whoever is not in the private channel a postmortem belongs to.

    One that was imported has no channel, and is the programme lead's alone.
    """
    if not postmortem.is_private:
        return
    if postmortem.channel is None:
        if not await _leads(sessions, postmortem.workspace, user_id):
            raise RuleBroken("", OF_THE_LEAD)
    elif postmortem.channel not in await private_channels(client, user_id):
        raise RuleBroken("", NOT_YOURS)


async def _leads(sessions: Sessions, team_id: str, user_id: str) -> bool:
    async with sessions() as session:
        return (await workspaces.programme(session, team_id)).lead == user_id


async def _page(
    client: AsyncWebClient, sessions: Sessions, team_id: str, user_id: str, wanted: Wanted
) -> View:
    async with sessions() as session:
        asks = await search.has_private(session, team_id)
    remark, channels = "", set[str]()
    if asks:
        try:
            async with within(PATIENCE):
                channels = await private_channels(client, user_id)
        except SILENCE as silent:
            log.warning("private_channels_unknown", why=repr(silent))
            remark = NOT_ALL
    async with sessions() as session:
        is_lead = (await workspaces.programme(session, team_id)).lead == user_id
        known = await causal_classes.taxonomy(session, team_id, retired=True)
        wanted = _as_now(wanted, known)
        page = await search.find(session, team_id, wanted, channels, imported=is_lead)
        choices = forms.Choices(
            services=await search.services(session, team_id),
            classes=[each for each in known if not each.is_retired or each.id == wanted.class_id],
        )
    return forms.find_modal(wanted, page, choices, remark)


def _as_now(wanted: Wanted, known: Sequence[CausalClass]) -> Wanted:
    """The same; of a class that was merged since the window was drawn, by the one it is now."""
    if wanted.class_id is None:
        return wanted
    (class_id,) = merged([wanted.class_id], known)
    return replace(wanted, class_id=class_id)


async def private_channels(client: AsyncWebClient, user_id: str) -> set[str]:
    """The private channels that both this person and the app are in.

    Raises SlackApiError, TimeoutError or a client error when Slack does not say
    (docs.slack.dev/reference/methods/users.conversations).
    """
    found: set[str] = set()
    cursor = ""
    while True:
        page = await reads(client).users_conversations(
            user=user_id, types="private_channel", limit=200, cursor=cursor or None
        )
        found |= {each["id"] for each in page["channels"]}
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return found


SUBCOMMANDS = {
    "search": Subcommand(
        usage="search words", help="finds postmortems by any words in them.", run=start_search
    ),
    "list": Subcommand(
        usage="list [service]", help="lists all postmortems, or those of a service.", run=start_list
    ),
}
