"""Who is who in a tracker: the form in which somebody chooses an account by hand."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks import tracker_accounts as forms
from blocks import tracker_people as blocks
from blocks.parts import View
from blocks.tracker_accounts import AccountWanted
from blocks.trackers import TRACKER_PEOPLE
from domain.errors import RuleBroken
from domain.tickets import TrackerKind
from handlers.answers import answering
from handlers.chosen_accounts import Looking
from handlers.clicks import Click, pressed
from handlers.opening import Opening, show, tell_nobody
from handlers.settings_roles import check_may
from handlers.tracker_views import (
    kinds_of,
    page_of,
    people_window,
    places_window,
    somebody,
)
from integrations.trackers import Trackers
from storage import ticket_people, workspaces
from storage import tracker_accounts as stored_accounts
from storage.engine import Sessions
from storage.tracker_accounts import Known

log = structlog.get_logger(__name__)


def register(app: AsyncApp) -> None:
    """Register the window of the people in the trackers, and its form."""
    app.action(TRACKER_PEOPLE)(turn)
    app.action(blocks.NEXT_PEOPLE)(turn)
    app.action(blocks.BACK_PEOPLE)(turn)
    app.action(blocks.BACK_TO_TRACKERS)(go_back)
    app.action(blocks.CHOOSE_ACCOUNT)(open_account)
    app.action(blocks.ADD_ACCOUNT)(open_another)
    app.view(forms.ACCOUNT)(save_account)
    app.view(forms.ANOTHER_ACCOUNT)(save_account)


@pressed
async def turn(click: Click) -> None:
    """Show a page of the people, in place of the window there is: Slack stacks only three."""
    await _show_instead(
        click, await people_window(click.sessions, click.team_id, page_of(click.action["value"]))
    )


@pressed
async def go_back(click: Click) -> None:
    """Show the trackers again."""
    await _show_instead(click, await places_window(click.sessions, click.team_id))


async def _show_instead(click: Click, view: View) -> None:
    async with click.sessions() as session:
        await check_may(session, click.team_id, click.user_id)
    await click.client.views_update(view_id=click.body["view"]["id"], view=view)


@pressed
async def open_account(click: Click) -> None:
    """Open the form of somebody's account in a tracker."""
    kind, person = blocks.account_in(str(click.action["value"]))
    async with click.sessions() as session:
        await check_may(session, click.team_id, click.user_id)
        known = await somebody(session, click.team_id, TrackerKind(kind), person)
    await show(click.client, click.body, forms.account_form(known))


@pressed
async def open_another(click: Click) -> None:
    """Open the form of the account of anybody, whether they own an item or not."""
    async with click.sessions() as session:
        await check_may(session, click.team_id, click.user_id)
        kinds = await kinds_of(session, click.team_id)
    if not kinds:
        raise RuleBroken("", "No tickets are made any more: choose a tracker first.")
    await show(click.client, click.body, forms.another_account_form(kinds))


async def save_account(
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
    """Keep which account somebody has in a tracker, unless another one was chosen meanwhile."""
    async with answering(ack, view, clears=False):
        wanted = forms.read_account_form(view)
        async with sessions.begin() as session:
            await workspaces.ensure(session, team_id)
            await check_may(session, team_id, user_id)
            before = await _keep(session, team_id, wanted, user_id, now())
        log.info("tracker_account_chosen", kind=wanted.kind, person=wanted.person)
        looking = Looking(
            client=client,
            sessions=sessions,
            trackers=trackers,
            team_id=team_id,
            user_id=user_id,
            before=before,
            window=view.get("previous_view_id") or "",
        )
        opening.begin(looking(wanted, now()), tell_nobody)


async def _keep(
    session: AsyncSession, team_id: str, wanted: AccountWanted, by: str, now: datetime
) -> Known:
    """Keep what is wanted, and give what was known before."""
    where = team_id, wanted.kind, wanted.person
    before = await stored_accounts.of_person(session, *where) or Known(person=wanted.person)
    if before.typed not in {wanted.seen, wanted.typed}:
        since = "already" if wanted.is_new else "while you had this open"
        raise RuleBroken(
            "account",
            f"Somebody else wrote “{before.typed}” {since}. Close this form and press Choose "
            "beside them to change it.",
        )
    await stored_accounts.chosen(session, *where, wanted.typed, by)
    await ticket_people.want_theirs(session, *where, now)
    return before
