"""Action items in a window: `/postmortem items`, whose and how they stand."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import items_list as forms
from blocks.parts import View
from domain.errors import RuleBroken
from domain.item_search import Asker, ItemsWanted, read_wanted
from domain.people import Person
from handlers.clicks import Click, pressed
from handlers.find import NOT_ALL, PATIENCE, private_channels
from handlers.opening import show
from handlers.patience import within
from handlers.people import nobody, whoever
from handlers.reading import SILENCE
from handlers.subcommands import Subcommand, Typed
from storage import item_search, people, search, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)

WHO = (
    "I cannot tell whom you mean by @{name}. Write the whole name as Slack shows it, or run "
    "`/postmortem items all`."
)


def register(app: AsyncApp) -> None:
    """Register the window that lists action items."""
    app.view(forms.LIST_ITEMS)(list_items)
    app.action(re.compile(rf"{forms.TURN_ITEMS}\..+"))(turn_items)


@dataclass(frozen=True, kw_only=True)
class _Looking:
    """Somebody who looks at the list, and the means to find it."""

    client: AsyncWebClient
    sessions: Sessions
    team_id: str
    user_id: str
    now: datetime


async def start_items(typed: Typed) -> None:
    """Show whoever asks their own items, or those that they name."""
    await typed.ack()
    looking = _Looking(
        client=typed.client,
        sessions=typed.sessions,
        team_id=typed.team_id,
        user_id=typed.user_id,
        now=typed.now(),
    )

    async def work() -> None:
        view = await _page(looking, await _wanted(looking, typed.rest))
        await show(typed.client, typed.command, view)

    typed.opening.begin(work(), typed.respond)


async def _wanted(looking: _Looking, words: str) -> ItemsWanted:
    said = read_wanted(words, looking.user_id)
    if not said.name:
        return said.wanted
    async with looking.sessions() as session:
        meant = await item_search.called(session, looking.team_id, said.name)
    if len(meant) != 1:
        raise RuleBroken("", WHO.format(name=said.name))
    return replace(said.wanted, owner=meant[0])


async def list_items(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: Callable[[], datetime],
) -> None:
    """Show the items that the window asks for."""
    looking = _Looking(
        client=client, sessions=sessions, team_id=team_id, user_id=user_id, now=now()
    )
    await ack(response_action="update", view=await _page(looking, forms.read_items(view)))


@pressed
async def turn_items(click: Click) -> None:
    """Show the next page of the items, or the one before."""
    looking = _Looking(
        client=click.client,
        sessions=click.sessions,
        team_id=click.team_id,
        user_id=click.user_id,
        now=click.now(),
    )
    wanted = forms.wanted_in(click.body["view"]).turned(int(click.action["value"]))
    view = await _page(looking, wanted)
    await click.client.views_update(view_id=click.body["view"]["id"], view=view)


async def listed_again(
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: datetime,
    shown: str,
) -> View:
    """The window as it is now, for whoever looks at it; `shown` is what it remembers."""
    looking = _Looking(client=client, sessions=sessions, team_id=team_id, user_id=user_id, now=now)
    return await _page(looking, forms.wanted_in({"private_metadata": shown}))


async def _page(looking: _Looking, wanted: ItemsWanted) -> View:
    # Together, for Slack gives three seconds for both.
    person, (channels, remark) = await asyncio.gather(
        whoever(looking.client, looking.sessions, looking.team_id, looking.user_id, looking.now),
        _channels(looking, wanted),
    )
    today = person.today(looking.now)
    async with looking.sessions() as session:
        programme = await workspaces.programme(session, looking.team_id)
        asker = Asker(
            id=looking.user_id, channels=channels, is_lead=programme.lead == looking.user_id
        )
        page = await item_search.find(session, looking.team_id, wanted, asker, today)
        if wanted.page and not page.found:  # some were decided meanwhile, and this page is gone
            wanted = wanted.within(page.total)
            page = await item_search.find(session, looking.team_id, wanted, asker, today)
        choices = forms.Choices(
            asker=looking.user_id,
            today=today,
            services=await search.services(session, looking.team_id),
            other=await _other(session, looking, wanted),
        )
    return forms.items_modal(wanted, page, choices, remark)


async def _channels(looking: _Looking, wanted: ItemsWanted) -> tuple[set[str], str]:
    """The private channels they are in, and what to tell them where Slack does not say.

    It is asked only where it matters: their own items they see in any case.
    """
    if wanted.owner == looking.user_id:
        return set(), ""
    async with looking.sessions() as session:
        if not await search.has_private(session, looking.team_id):
            return set(), ""
    try:
        async with within(PATIENCE):
            return await private_channels(looking.client, looking.user_id), ""
    except SILENCE as silent:
        log.warning("private_channels_unknown", why=repr(silent))
        return set(), NOT_ALL


async def _other(session: AsyncSession, looking: _Looking, wanted: ItemsWanted) -> Person | None:
    """Whose items are shown, where it is neither everybody nor whoever looks."""
    if wanted.owner in {"", looking.user_id}:
        return None
    met = await people.known(session, looking.team_id, [wanted.owner])
    return met.get(wanted.owner, nobody(wanted.owner))


SUBCOMMANDS = {
    "items": Subcommand(
        usage="items [mine|overdue|all|service]",
        help="lists action items: yours, or those you name.",
        run=start_items,
    )
}
