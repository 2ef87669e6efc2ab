"""The command that shows what the clock would do, and does it where nobody else does: due."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from bot.logs import set_up
from bot.settings import DatabaseSettings
from bot.terminal import REFUSED, Format, commands, database_explained, fail, progress, told

if TYPE_CHECKING:
    from bot.sending import Became

TOO_EARLY = (
    "Nothing is sent before its time: people would be asked about days that have not come. Leave "
    "--at away to send what is due now, or leave --send away to see what is due by then."
)
DATABASE_SILENT = "The database does not answer: {}. Look at DATABASE_URL."
SLACK_SILENT = "Slack does not answer: {}. Nothing was sent: try again in a minute."

#: Beyond these the calendar of some zone ends.
_FIRST, _LAST = 1970, 9000


def instant(said: str) -> datetime:
    """Read an instant in ISO; without an offset it is in UTC."""
    try:
        found = datetime.fromisoformat(said.strip())
    except ValueError:
        raise typer.BadParameter(
            "Write it like 2026-12-01T09:30, in UTC, or with +01:00."
        ) from None
    if not _FIRST <= found.year <= _LAST:
        raise typer.BadParameter(f"Choose a year from {_FIRST} to {_LAST}.")
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@commands.command()
def due(
    at: Annotated[
        datetime | None,
        typer.Option(
            parser=instant, metavar="ISO", help="By when, like 2026-12-01T09:30, in UTC; else now."
        ),
    ] = None,
    send: Annotated[  # noqa: FBT002 - typer's way to say --send
        bool, typer.Option("--send", help="Do it: strike the clock once and send what is due.")
    ] = False,
    output: Annotated[
        Format, typer.Option("--format", help="For people, or for programs.")
    ] = Format.TABLE,
) -> None:
    """Show what the clock would do: deliveries, digests, hand-overs, risks, reviews, reports."""
    set_up("WARNING", "console")
    if not send:
        _show(at, output)
    elif at is not None and at > _now():
        fail(TOO_EARLY)
    else:
        _send(output)


def _now() -> datetime:
    return datetime.now(UTC)


def _show(at: datetime | None, output: Format) -> None:
    from bot.due import due_by  # noqa: PLC0415 - `--help` need not load them
    from bot.due_reports import as_json, as_table  # noqa: PLC0415 - same

    now, url = _now(), told(DatabaseSettings).database_url
    try:
        with database_explained():
            found = asyncio.run(due_by(url, at or now, now))
    except OSError as error:
        fail(DATABASE_SILENT.format(error))
    typer.echo((as_json if output is Format.JSON else as_table)(at or now, found))


def _send(output: Format) -> None:
    from bot.sending_reports import all_is_well, as_json, as_table  # noqa: PLC0415 - same

    became = _sent()
    typer.echo((as_json if output is Format.JSON else as_table)(became))
    if not all_is_well(became):
        raise typer.Exit(REFUSED)


def _sent() -> "list[Became]":
    from aiohttp import ClientError  # noqa: PLC0415 - same
    from slack_sdk.errors import SlackApiError  # noqa: PLC0415 - same

    from bot.sending import SendingSettings, send_due  # noqa: PLC0415 - same
    from handlers.refusals import code_of  # noqa: PLC0415 - same

    settings, bar = told(SendingSettings), partial(progress, label="Sending")
    try:
        with database_explained():
            return asyncio.run(send_due(settings, _now, bar))
    except SlackApiError as refused:
        code = code_of(refused) or "it does not answer as it should"
        fail(f"Slack refuses the token: {code}. Compare it with the app's settings in Slack.")
    except (ClientError, TimeoutError) as silent:
        fail(SLACK_SILENT.format(silent or type(silent).__name__))
    except OSError as error:
        fail(DATABASE_SILENT.format(error))
