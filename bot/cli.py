"""`closedloop`: the command line. Exit code 0 done, 1 refused or found wrong, 2 asked wrongly."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from slack_sdk.errors import SlackApiError

from bot import cli_doctor, cli_documents, cli_due, cli_items, cli_report
from bot.logs import set_up
from bot.settings import DatabaseSettings, Settings
from bot.terminal import commands, database_explained, fail, run, told
from handlers.refusals import code_of

__all__ = [
    "cli_doctor",
    "cli_documents",
    "cli_due",
    "cli_items",
    "cli_report",
    "commands",
    "main",
]


def main() -> None:
    """Run the command line."""
    commands()


@commands.command()
def serve() -> None:
    """Run the app: Socket Mode with SLACK_APP_TOKEN, else HTTP. Migrates the database first."""
    from bot.serve import serve as work  # noqa: PLC0415 - `--help` need not load Bolt

    settings = told(Settings)
    set_up(settings.log_level, settings.log_format)
    try:
        with database_explained():
            run(work(settings))
    except SlackApiError as refused:
        fail(_refusal(code_of(refused)))
    except OSError as error:
        fail(f"Could not start: {error}.")


@commands.command()
def migrate() -> None:
    """Bring the database's tables up to date; `serve` does so by itself."""
    from alembic.util import CommandError  # noqa: PLC0415 - `--help` need not load Alembic

    from storage.migrate import migrate as work  # noqa: PLC0415 - same

    settings = told(DatabaseSettings)
    try:
        with database_explained():
            applied = asyncio.run(work(settings.database_url))
    except CommandError as newer:
        fail(f"The database refuses: {newer}. Look at DATABASE_URL.")
    except OSError as error:
        fail(f"The database does not answer: {error}. Look at DATABASE_URL.")
    typer.echo("\n".join(applied) if applied else "Nothing to do: the database is up to date.")


@commands.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the page; 0 takes a free one.")] = 8910,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,  # noqa: FBT002 - typer's way to say --no-browser
    database: Annotated[
        Path, typer.Option(help="SQLite file of the demo; the workspace is kept beside it.")
    ] = Path("demo.sqlite3"),
    keep: Annotated[  # noqa: FBT002 - same
        bool, typer.Option("--keep", help="Go on where the last demo ended, else begin anew.")
    ] = False,
    empty: Annotated[  # noqa: FBT002 - same
        bool, typer.Option("--empty", help="Begin with people and empty channels only.")
    ] = False,
) -> None:
    """Try everything in a local workspace in the browser; no Slack account needed."""
    from bot.demo import demo as work  # noqa: PLC0415 - the sandbox is loaded by the demo alone
    from bot.demo_files import NotADemoError, ShelfRefused  # noqa: PLC0415 - same

    set_up("WARNING", "console")
    try:
        run(work(port=port, open_browser=browser, database=database, keep=keep, empty=empty))
    except (NotADemoError, ShelfRefused) as error:
        fail(str(error))
    except OSError as error:
        fail(f"Could not start: {error}. Choose another port with --port.")


def _refusal(code: str) -> str:
    if not code:
        return "Could not start: Slack is not answering as it should. Try again in a minute."
    return f"Slack refuses the tokens: {code}. Compare them with the app's settings in Slack."
