"""The command that tries everything and says how to mend it: doctor."""

import asyncio
from typing import Annotated

import typer

from bot.logs import set_up
from bot.settings import Settings
from bot.terminal import REFUSED, Format, commands, told

_SETTINGS = (
    "Settings are environment variables, or lines of a file .env beside the process. README.md "
    "says how the app is set up, docs/running.md how it is run."
)


@commands.command()
def doctor(
    output: Annotated[
        Format, typer.Option("--format", help="For people, or for programs.")
    ] = Format.TABLE,
) -> None:
    """Try tokens, scopes, database, channels and trackers, and say how to mend what is wrong."""
    from bot.clock import wall  # noqa: PLC0415 - `--help` need not load them
    from bot.doctor import examined  # noqa: PLC0415 - same
    from bot.findings import as_json, as_table, is_well  # noqa: PLC0415 - same

    set_up("ERROR", "console")
    try:
        settings = told(Settings)
    except typer.Exit:
        typer.echo(_SETTINGS, err=True)
        raise
    found = asyncio.run(examined(settings, wall))
    typer.echo((as_json if output is Format.JSON else as_table)(found))
    if not is_well(found):
        raise typer.Exit(REFUSED)
