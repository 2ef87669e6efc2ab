"""`closedloop demo`: the app and a local workspace in one process, seen in the browser."""

import asyncio
import os
import sqlite3
import sys
import webbrowser
from contextlib import AsyncExitStack, closing
from pathlib import Path

import typer
from pydantic import SecretStr

from bot.process import running
from bot.serve import told_to_stop
from bot.settings import Settings
from sandbox import Clock, Sandbox

MANIFEST = Path(__file__).parent.parent / "manifest.yml"


async def demo(*, port: int, open_browser: bool, database: Path) -> None:
    """Serve the page until told to stop.

    Raises OSError when the port is in use, NotADemoError when the file is not a demo's.
    """
    clock = Clock()
    async with AsyncExitStack() as stack:
        slack = await stack.enter_async_context(
            Sandbox.open(manifest=MANIFEST, clock=clock, port=port)
        )
        # Only now: with the port in use, this file may be another demo's.
        begin_anew(database, slack.workspace.team_id)
        bot = await stack.enter_async_context(running(settings_for(slack, database), now=clock.now))
        clock.on_turn(bot.courier.wake)
        typer.echo(
            f"\n  Your workspace: {slack.url}\n  Stored in:      {database}\n  Ctrl-C ends it.\n"
        )
        if open_browser and _has_a_screen():
            await asyncio.to_thread(webbrowser.open, slack.url)
        await told_to_stop()


def settings_for(slack: Sandbox, database: Path) -> Settings:
    """Settings that point at the local workspace and nothing else."""
    return Settings(
        _env_file=None,
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


class NotADemoError(Exception):
    """The file holds something else than a demo's database."""


def begin_anew(database: Path, workspace: str) -> None:
    """Remove what an earlier demo stored: its workspace lived in memory, and is gone.

    Raises NotADemoError, and removes nothing, when the file knows of any other workspace.
    """
    if database.exists() and database.stat().st_size and not _is_a_demos(database, workspace):
        raise NotADemoError(
            f"{database} was not made by a demo, so it is left alone. "
            "Name another file with --database."
        )
    for suffix in ("", "-wal", "-shm"):
        Path(f"{database}{suffix}").unlink(missing_ok=True)


def _is_a_demos(database: Path, workspace: str) -> bool:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            known = connection.execute("SELECT id FROM workspace").fetchall()
        except sqlite3.DatabaseError:
            return False
    return all(each == (workspace,) for each in known)
