"""`closedloop demo`: the local workspace, the real app in it, and the page in the browser."""

import asyncio
import os
import sys
import webbrowser
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import typer
from pydantic import SecretStr

from bot.demo_files import begin_anew, check, is_kept, shelf_of
from bot.demo_tracker import listened_to, settings_of, track, tracker_beside
from bot.planned import planned
from bot.process import Bot, running
from bot.serve import told_to_stop
from bot.settings import Settings
from bot.story import BEGAN, history, staff, tour
from bot.tracker_settings import TrackerSettings
from sandbox import Clock, Sandbox, Shelf, Workspace, bare
from sandbox.tracker import Tracker

MANIFEST = Path(__file__).parent.parent / "manifest.yml"

Seed = Callable[[Workspace], object]
Tell = Callable[[Workspace, Bot], Awaitable[object]]


async def _nothing(_workspace: Workspace, _bot: Bot) -> None:
    """Tell of no past."""


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """How a new workspace begins: who is there, and a history of which the first is `ago`."""

    seed: Seed
    ago: timedelta = timedelta()
    tell: Tell = _nothing


EMPTY = Beginning(seed=bare)
HISTORY = Beginning(seed=staff, ago=BEGAN, tell=history)


@dataclass(frozen=True, kw_only=True)
class Demo:
    """A workspace with the running app in it; `is_new` when it does not go on with an earlier."""

    slack: Sandbox
    tracker: Tracker
    bot: Bot
    clock: Clock
    is_new: bool


async def demo(
    *, port: int, open_browser: bool, database: Path, keep: bool = False, empty: bool = False
) -> None:
    """Serve the page until told to stop; a new workspace has a history unless it is `empty`.

    Raises OSError when the port is in use, NotADemoError or ShelfRefused when a file cannot be
    used.
    """
    beginning = EMPTY if empty else HISTORY
    typer.echo("\n  Opening the workspace …")
    async with opened(port=port, database=database, keep=keep, beginning=beginning) as it:
        told = asyncio.create_task(told_to_stop())
        await asyncio.sleep(0)  # from here on Ctrl-C ends it gently
        typer.echo(
            f"\n  Your workspace: {it.slack.url}"
            f"\n  The tracker:    {it.tracker.url}"
            f"\n  The app itself: http://127.0.0.1:{it.bot.port}/healthz"
            f"\n  Stored in:      {database}\n  Ctrl-C ends it.\n"
        )
        if open_browser and _has_a_screen():
            await asyncio.to_thread(webbrowser.open, it.slack.url)
        await told


@asynccontextmanager
async def opened(
    *,
    port: int,
    database: Path,
    keep: bool,
    beginning: Beginning,
    clock: Clock | None = None,
) -> AsyncIterator[Demo]:
    """Open the workspace and start the app in it, as `demo` does, until the block ends."""
    shelf = Shelf(shelf_of(database))
    goes_on = keep and is_kept(database)
    clock = _set(clock or Clock(), timedelta() if goes_on else beginning.ago)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(shelf.close)
        slack = await stack.enter_async_context(
            Sandbox.open(
                manifest=MANIFEST,
                clock=clock,
                port=port,
                seed=beginning.seed,
                shelf=shelf if goes_on else None,
                # A tab that was left open must not act in the months that are being told.
                let_in=False,
            )
        )
        app = _app_in(slack, database, shelf, port, goes_on=goes_on)
        tracker, bot = await stack.enter_async_context(app)
        if not goes_on:
            await _begin(beginning, slack, bot)
        await _settle_in(slack, bot, tracker)
        if not goes_on:
            shelf.keep(slack.workspace)
        clock.on_turn(bot.courier.wake)
        await stack.enter_async_context(planned(slack.workspace, bot))
        slack.let_in()
        yield Demo(slack=slack, tracker=tracker, bot=bot, clock=clock, is_new=not goes_on)


@asynccontextmanager
async def _app_in(
    slack: Sandbox, database: Path, shelf: Shelf, port: int, *, goes_on: bool
) -> AsyncIterator[tuple[Tracker, Bot]]:
    """Start the tracker beside the workspace, and the app between the two."""
    beside = tracker_beside(slack.workspace, slack.clock, database, port, goes_on=goes_on)
    async with beside as tracker:
        if goes_on:
            check(database, slack.workspace.team_id)
        else:
            # Only now: with a port in use, these files may be another demo's.
            begin_anew(database, slack.workspace.team_id, shelf)
        settings = settings_for(slack, database, **settings_of(tracker))
        async with running(settings, now=slack.clock.now) as bot:
            listened_to(tracker, bot)
            yield tracker, bot


async def _settle_in(slack: Sandbox, bot: Bot, tracker: Tracker) -> None:
    """Let what is open have its tickets, and the tour lead to them."""
    await track(bot, slack.workspace)
    if slack.workspace.tour:
        slack.workspace.tour = tour(slack.workspace, tracker.url)


def _set(clock: Clock, back: timedelta) -> Clock:
    clock.set_back(back)
    return clock


async def _begin(beginning: Beginning, slack: Sandbox, bot: Bot) -> None:
    await beginning.tell(slack.workspace, bot)
    slack.clock.come_back()


def settings_for(slack: Sandbox, database: Path, **more: Any) -> Settings:
    """Settings that point at the local workspace, at whatever `more` names, and nothing else."""
    # Many have a GITHUB_TOKEN in their environment: it is not for this.
    nowhere = {name: each.default for name, each in TrackerSettings.model_fields.items()}
    return Settings(
        _env_file=None,
        **(nowhere | more),
        slack_bot_token=SecretStr(slack.bot_token),
        slack_app_token=SecretStr(slack.app_token),
        slack_signing_secret=SecretStr(slack.signing_secret),
        slack_api_url=slack.api_url,
        database_url=f"sqlite:///{database}",
        host="127.0.0.1",
        port=0,
        log_level="INFO",
        log_format="console",
    )


def _has_a_screen() -> bool:
    """Without one, Python would start a browser of the terminal and take the terminal away."""
    named = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return named or sys.platform in {"darwin", "win32"}
