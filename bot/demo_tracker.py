"""The demo's tracker: a small GitHub beside the workspace, with its people and their tickets."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.process import Bot
from bot.web import HOOKS_PATH
from domain.tickets import Place, TrackerKind
from handlers import missing_tickets
from sandbox import Clock, Workspace
from sandbox.tracker import TicketShelf, Tracker
from storage import ticket_places, tickets
from storage.engine import Sessions

#: Where the company's tickets are, and where one of them can be moved to.
PROJECT, ELSEWHERE = "lumen-loom/shop", "lumen-loom/platform"
#: The organisation's project, whose sprints roll on with the clock.
BOARD = "project 7"


def tickets_of(database: Path) -> Path:
    """Name the file that the tracker is kept in, beside the app's database."""
    return Path(f"{database}.tickets")


def port_beside(port: int) -> int:
    """The port of the tracker's page: always the same for the same workspace; 0 stays 0."""
    return port + 1 if port else 0


@asynccontextmanager
async def tracker_beside(
    workspace: Workspace, clock: Clock, database: Path, port: int, *, goes_on: bool
) -> AsyncIterator[Tracker]:
    """Open the tracker until the block ends, as it was left or with nothing but people in it.

    Raises OSError when the port is in use, ShelfRefused when its file cannot be used.
    """
    async with AsyncExitStack() as stack:
        shelf = TicketShelf(tickets_of(database))
        stack.callback(shelf.close)
        opening = Tracker.open(
            now=clock.now,
            port=port_beside(port),
            people=_people(workspace),
            repositories=(PROJECT, ELSEWHERE),
            shelf=shelf if goes_on else None,
        )
        tracker = await stack.enter_async_context(opening)
        if not goes_on:
            # Only now: with the port in use, this file may be another demo's.
            shelf.clear()
            shelf.keep(tracker.backlog)
        stack.callback(clock.on_turn(tracker.page.look_again))
        yield tracker


def _people(workspace: Workspace) -> dict[str, str]:
    """Whoever works here, by their handles."""
    here = (each for each in workspace.people.values() if each.is_person and not each.deleted)
    return {each.handle: each.real_name for each in here}


def settings_of(tracker: Tracker) -> dict[str, Any]:
    """The settings by which the app finds it."""
    return {
        "github_url": tracker.api_url,
        "github_token": SecretStr(tracker.token),
        "github_webhook_secret": SecretStr(tracker.hooks.secret),
    }


def listened_to(tracker: Tracker, bot: Bot) -> None:
    """Let the app hear at once of what is done there."""
    path = HOOKS_PATH.format(kind=TrackerKind.GITHUB)
    tracker.hooks.to = f"http://127.0.0.1:{bot.port}{path}"


async def track(bot: Bot, workspace: Workspace) -> None:
    """Let items have their tickets there, unless somebody has said where: those that are open too.

    Returns once all of them stand.
    """
    sessions, team = bot.database.sessions, workspace.team_id
    now = workspace.clock.now()
    async with sessions.begin() as session:
        if await ticket_places.all_of(session, team):
            return
        place = Place(kind=TrackerKind.GITHUB, project=PROJECT, board=BOARD)
        await ticket_places.keep(session, team, place, now)
    await missing_tickets.ask_for_all(sessions, team, now)
    with bot.clock.held():
        while await _waits(sessions, workspace):
            await bot.clock.strike()
    while await bot.courier.send_due():
        pass


async def _waits(sessions: Sessions, workspace: Workspace) -> bool:
    async with sessions() as session:
        now = workspace.clock.now()
        return await tickets.has_due(session, workspace.team_id, TrackerKind.GITHUB, now)
