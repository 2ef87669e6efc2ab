"""Who may change what a workspace sets for itself: the programme lead, while there is one."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.parts import View
from domain.settings import check_may_change
from handlers.clicks import Click
from handlers.facilitators import gone, here, name_of
from handlers.opening import show
from handlers.subcommands import Typed
from storage import workspaces
from storage.engine import Sessions


async def open_window(typed: Typed, window: Callable[[], Awaitable[View]]) -> None:
    """Open a window behind the settings for whoever may change them; say who may to others."""
    await typed.ack()

    async def work() -> None:
        await check_may_open(
            typed.client, typed.sessions, typed.team_id, typed.user_id, typed.now()
        )
        await show(typed.client, typed.command, await window())

    typed.opening.begin(work(), typed.respond)


async def open_on_settings(click: Click, window: Callable[[], Awaitable[View]]) -> None:
    """Open such a window on top of the settings form, or from a message; refuse everybody else."""
    await check_may_open(click.client, click.sessions, click.team_id, click.user_id, click.now())
    await show(click.client, click.body, await window())


async def check_may_open(
    client: AsyncWebClient, sessions: Sessions, team_id: str, user_id: str, now: datetime
) -> None:
    """Refuse everybody but the lead, once Slack was asked whether the lead is here still."""
    async with sessions() as session:
        lead = (await workspaces.programme(session, team_id)).lead
    # Nobody has told us, perhaps, that the lead has left.
    await here(client, sessions, team_id, [lead], now)
    async with sessions() as session:
        await check_may(session, team_id, user_id)


async def check_may(session: AsyncSession, team_id: str, user_id: str) -> None:
    """Refuse everybody but the lead, going by who has left as far as is known."""
    lead = (await workspaces.programme(session, team_id)).lead
    left = lead in await gone(session, team_id, [lead])
    name = await name_of(session, team_id, lead)
    check_may_change(user_id, lead, name, lead_has_left=left)
