"""`/postmortem settings services`: whose they are, and how much of their budgets is spent."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import service_forms as forms
from blocks import services as blocks
from blocks.parts import View
from blocks.service_forms import ServiceWanted
from domain.budgets import Source
from domain.errors import RuleBroken
from domain.services import Service, Told
from handlers import budgets, inviting
from handlers.answers import answering
from handlers.clicks import Click, pressed
from handlers.opening import Opening, show, tell_nobody
from handlers.settings_roles import check_may, open_on_settings, open_window
from handlers.subcommands import Typed
from storage import search, services, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)


def register(app: AsyncApp) -> None:
    """Register the window of the services, and their form."""
    app.action(blocks.SETTINGS_SERVICES)(open_from_settings)
    app.action(blocks.ADD_SERVICE)(open_new)
    app.action(blocks.CHANGE_SERVICE)(open_one)
    app.action(blocks.NEW_TOKEN)(make_token)
    app.action(blocks.NEXT_SERVICES)(turn)
    app.action(blocks.BACK_SERVICES)(turn)
    app.view(forms.SERVICE)(save_service)


async def open_services(typed: Typed) -> None:
    """Open the window for whoever may change the settings; say who may to anybody else."""
    await open_window(typed, lambda: _window(typed.sessions, typed.team_id, typed.now()))


@pressed
async def open_from_settings(click: Click) -> None:
    """Open the window on top of the settings form."""
    await open_on_settings(click, lambda: _window(click.sessions, click.team_id, click.now()))


async def _window(sessions: Sessions, team_id: str, now: datetime, page: int = 0) -> View:
    async with sessions() as session:
        programme = await workspaces.programme(session, team_id)
        shown = blocks.Services(
            services=await _listed(session, team_id),
            threshold=programme.burning_percent,
            has_token=await services.has_token(session, team_id),
            now=now,
        )
    return blocks.services_window(shown, page)


async def _listed(session: AsyncSession, team_id: str) -> list[Service]:
    """What something is known of, then what public incidents name."""
    known = await services.all_of(session, team_id)
    names = {each.name.lower() for each in known}
    named = {each.lower(): each for each in await search.services(session, team_id)}
    return [*known, *(Service(name=name) for low, name in named.items() if low not in names)]


@pressed
async def turn(click: Click) -> None:
    """Show another page."""
    async with click.sessions() as session:
        await check_may(session, click.team_id, click.user_id)
    page = int(str(click.action.get("value", "0:0")).partition(":")[2] or 0)
    await _shown_anew(click, page)


@pressed
async def open_new(click: Click) -> None:
    """Open the form of another service."""
    async with click.sessions() as session:
        await check_may(session, click.team_id, click.user_id)
    await show(click.client, click.body, forms.service_form())


@pressed
async def open_one(click: Click) -> None:
    """Open the form of a service."""
    name = str(click.action.get("value", ""))
    async with click.sessions() as session:
        await check_may(session, click.team_id, click.user_id)
        service = await services.named(session, click.team_id, name)
    await show(click.client, click.body, forms.service_form(service or Service(name=name)))


@pressed
async def make_token(click: Click) -> None:
    """Make the token that tells how much is spent, in place of any before, and show it once."""
    token, digest = budgets.new_token()
    async with click.sessions.begin() as session:
        await workspaces.ensure(session, click.team_id)
        await check_may(session, click.team_id, click.user_id)
        await services.keep_token(session, click.team_id, digest)
    log.info("budget_token_made")
    await show(click.client, click.body, forms.token_window(token))
    await _shown_anew(click, blocks.page_in(click.body["view"]))


async def _shown_anew(click: Click, page: int) -> None:
    window = await _window(click.sessions, click.team_id, click.now(), page)
    await click.client.views_update(view_id=click.body["view"]["id"], view=window)


async def save_service(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    opening: Opening,
    now: Callable[[], datetime],
) -> None:
    """Keep what is set for a service, unless somebody else changed it meanwhile."""
    async with answering(ack, view, clears=False):
        wanted = forms.read_service(view)
        async with sessions.begin() as session:
            await workspaces.ensure(session, team_id)
            await check_may(session, team_id, user_id)
            await _keep(session, team_id, wanted, user_id, now())
        log.info("service_changed", service=wanted.service.name)
        below = view.get("previous_view_id") or ""
        channel = wanted.service.channel
        work = _afterwards(client, sessions, team_id, user_id, now(), below=below, channel=channel)
        opening.begin(work, tell_nobody)


async def _keep(
    session: AsyncSession, team_id: str, wanted: ServiceWanted, by: str, now: datetime
) -> None:
    stored = await services.taken(session, team_id, wanted.service.name)
    _check_fresh(stored, wanted)
    service = replace(stored, channel=wanted.service.channel)
    if wanted.service.query != stored.query:
        asks = now if wanted.service.query else None
        service = replace(service, query=wanted.service.query, ask_at=asks, trouble="")
    await services.change(session, service)
    if wanted.burned is not None:
        said = Told(burned=wanted.burned, source=Source.BY_HAND, at=now, by=by)
        await budgets.keep(session, team_id, service, said)


def _check_fresh(stored: Service, wanted: ServiceWanted) -> None:
    is_as_seen = forms.stamp(stored) == wanted.seen
    if is_as_seen or forms.stamp(stored) == forms.stamp(wanted.service):
        return
    raise RuleBroken(
        "name",
        f"Something else was set for {stored.name} while you had this open. Close this form and "
        "press Change beside it to see what.",
    )


async def _afterwards(
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    now: datetime,
    *,
    below: str,
    channel: str,
) -> None:
    """Let the window under the form show how things stand; say where the app is to be invited."""
    if below:
        await client.views_update(view_id=below, view=await _window(sessions, team_id, now))
    await inviting.hint(client, user_id, [channel])
