"""`/postmortem settings trackers`: where the tickets of each service are made."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import tracker_forms as forms
from blocks import trackers as blocks
from blocks.services import page_in
from blocks.tracker_forms import PlaceWanted
from domain.errors import RuleBroken
from domain.tickets import Place
from domain.tracker_settings import spelt_as
from handlers import missing_tickets, tracker_checks
from handlers.answers import answering
from handlers.clicks import Click, pressed
from handlers.opening import Opening, show, tell_nobody
from handlers.settings_roles import check_may, open_on_settings, open_window
from handlers.subcommands import Typed
from handlers.tracker_checks import Trying
from handlers.tracker_views import page_of, places_window
from integrations.trackers import Trackers
from storage import ticket_places, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)


def register(app: AsyncApp) -> None:
    """Register the window of the trackers, and its form."""
    app.action(blocks.SETTINGS_TRACKERS)(open_from_settings)
    app.action(blocks.ADD_PLACE)(open_new)
    app.action(blocks.CHANGE_PLACE)(open_one)
    app.action(blocks.TRY_PLACES)(try_all)
    app.action(blocks.MAKE_TICKETS)(make_missing)
    app.action(blocks.NEXT_PLACES)(turn)
    app.action(blocks.BACK_PLACES)(turn)
    app.view(forms.PLACE)(save_place)


async def open_trackers(typed: Typed) -> None:
    """Open the window for whoever may change the settings; say who may to anybody else."""
    await open_window(typed, lambda: places_window(typed.sessions, typed.team_id))


@pressed
async def open_from_settings(click: Click) -> None:
    """Open the window on top of the settings form, or from a message."""
    await open_on_settings(click, lambda: places_window(click.sessions, click.team_id))


async def _check_may(click: Click) -> None:
    async with click.sessions() as session:
        await check_may(session, click.team_id, click.user_id)


@pressed
async def turn(click: Click) -> None:
    """Show another page."""
    await _check_may(click)
    await _shown_anew(click, page_of(click.action.get("value")))


async def _shown_anew(click: Click, page: int) -> None:
    view = await places_window(click.sessions, click.team_id, page)
    await click.client.views_update(view_id=click.body["view"]["id"], view=view)


@pressed
async def open_new(click: Click) -> None:
    """Open the form of a service that has no place of its own."""
    await _check_may(click)
    await show(click.client, click.body, forms.another_form())


@pressed
async def open_one(click: Click) -> None:
    """Open the form of a service's place, or of all services."""
    service = blocks.service_in(str(click.action.get("value", "")))
    await _check_may(click)
    async with click.sessions() as session:
        place = await ticket_places.of_service(session, click.team_id, service)
    await show(click.client, click.body, forms.place_form(service, place))


@pressed
async def try_all(click: Click) -> None:
    """Try every place, and let the tickets that wait there be tried again."""
    await _check_may(click)
    async with click.sessions() as session:
        places = await ticket_places.standing(session, click.team_id)
    trying = Trying(
        client=click.client,
        sessions=click.sessions,
        trackers=click.trackers,
        team_id=click.team_id,
        user_id=click.user_id,
        window=click.body["view"]["id"],
        page=page_in(click.body["view"]),
    )
    await trying(places, click.now())


@pressed
async def make_missing(click: Click) -> None:
    """Ask for the tickets of all open items that have none and can have one; say how many."""
    await _check_may(click)
    number = await missing_tickets.ask_for_all(click.sessions, click.team_id, click.now())
    log.info("tickets_asked_for", number=number)
    async with click.sessions() as session:
        places = await ticket_places.standing(session, click.team_id)
    await click.tell(blocks.asked_text(number, places))
    await _shown_anew(click, page_in(click.body["view"]))


async def save_place(
    ack: AsyncAck,
    view: dict[str, Any],
    client: AsyncWebClient,
    sessions: Sessions,
    team_id: str,
    user_id: str,
    opening: Opening,
    now: Callable[[], datetime],
    trackers: Trackers,
) -> None:
    """Keep where tickets are made, unless somebody else changed it meanwhile; then try it."""
    async with answering(ack, view, clears=False):
        wanted = forms.read_place_form(view)
        async with sessions.begin() as session:
            await workspaces.ensure(session, team_id)
            await check_may(session, team_id, user_id)
            place = await _keep(session, team_id, wanted, now())
        log.info("ticket_place_changed", service=wanted.service, place=place and place.id)
        trying = Trying(
            client=client,
            sessions=sessions,
            trackers=trackers,
            team_id=team_id,
            user_id=user_id,
            window=view.get("previous_view_id") or "",
        )
        opening.begin(_afterwards(trying, [place] if place else [], now()), tell_nobody)


async def _afterwards(trying: Trying, places: Sequence[Place], now: datetime) -> None:
    """Let what waited elsewhere be made here, and try whether it can."""
    await missing_tickets.move_astray(trying.sessions, trying.team_id, now)
    await trying(places, now)


async def _keep(
    session: AsyncSession, team_id: str, wanted: PlaceWanted, now: datetime
) -> Place | None:
    stored = await ticket_places.of_service(session, team_id, wanted.service)
    _check_fresh(stored, wanted)
    kept = None
    if wanted.place is not None:
        kept = await ticket_places.keep(session, team_id, spelt_as(stored, wanted.place), now)
    elif stored is not None:
        await ticket_places.end(session, stored, now)
    if stored is not None:
        await tracker_checks.follow(session, team_id, stored, kept, now)
    return kept


def _check_fresh(stored: Place | None, wanted: PlaceWanted) -> None:
    if forms.stamp(stored) in {wanted.seen, forms.stamp(wanted.place)}:
        return
    raise RuleBroken(
        "kind",
        "Somebody else set where these tickets are made while you had this open. Close this form "
        "and press Change beside it to see what.",
    )
