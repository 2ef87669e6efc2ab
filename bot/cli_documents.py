"""The commands that read and write documents: words, import, export."""

import asyncio
import sys
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from bot.logs import set_up
from bot.settings import DatabaseSettings
from bot.terminal import REFUSED, Format, commands, database_explained, fail, progress, told

if TYPE_CHECKING:
    from bot.import_reports import Outcome

_Workspace = Annotated[
    str, typer.Option(help="Id of the workspace, T…; needed where there are several.")
]
_SILENT = "The database does not answer: {}. Look at DATABASE_URL."


class DocumentFormat(StrEnum):
    """How a postmortem is written."""

    MARKDOWN = "markdown"
    JSON = "json"


@commands.command()
def words(
    files: Annotated[list[str], typer.Argument(help="Texts to read; - reads what is piped in.")],
    output: Annotated[
        Format, typer.Option("--format", help="For people, or for programs.")
    ] = Format.TABLE,
) -> None:
    """Tell which words of any text deserve a second look, line by line."""
    from bot.words import as_json, as_table, read, report  # noqa: PLC0415 - only this one needs it

    try:
        texts = read(files, sys.stdin.buffer)
    except UnicodeDecodeError:
        fail("One of these files is no text in UTF-8. Save it as UTF-8 and try again.")
    except OSError as error:
        fail(f"Could not read {error.filename}: {error.strerror}. Look at its name.")
    lines = report(texts)
    said = as_json(lines) if output is Format.JSON else as_table(lines, files[0])
    if said:
        typer.echo(said)


@commands.command("import")
def import_(
    files: Annotated[list[str], typer.Argument(help="Markdown files.")],
    dry_run: Annotated[  # noqa: FBT002 - typer's way to say --dry-run
        bool, typer.Option("--dry-run", help="Only say what would be imported.")
    ] = False,
    output: Annotated[
        Format, typer.Option("--format", help="For people, or for programs.")
    ] = Format.TABLE,
    workspace: _Workspace = "",
    zone: Annotated[
        str,
        typer.Option(help="Of times that name no zone, or one that may be several, like CET."),
    ] = "UTC",
) -> None:
    """Import old postmortems written in Markdown; a file is imported once."""
    from bot.import_reports import as_json, as_table  # noqa: PLC0415 - `--help` need not load them
    from bot.importing import look  # noqa: PLC0415 - same

    set_up("WARNING", "console")
    clock = _zone(zone)
    if dry_run:
        with progress(len(files), "Reading") as done:
            outcomes = [(look(file, _now(), clock), done())[0] for file in files]
    else:
        outcomes = _imported(files, workspace, clock)
    typer.echo(as_json(outcomes) if output is Format.JSON else as_table(outcomes))
    if any(each.refusal for each in outcomes):
        raise typer.Exit(REFUSED)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: a folder of zones, as Europe
        fail(f"{name} is no time zone. Name one by its place, like Europe/Berlin, or UTC.")


def _imported(files: list[str], workspace: str, zone: ZoneInfo) -> "list[Outcome]":
    from bot.importing import WhichWorkspace, import_files  # noqa: PLC0415 - same

    url = told(DatabaseSettings).database_url
    work = partial(import_files, workspace=workspace, now=_now, zone=zone)
    try:
        with database_explained(), progress(len(files), "Importing") as done:
            return asyncio.run(work(url, files, told=done))
    except WhichWorkspace as which:
        fail(str(which))
    except OSError as error:
        fail(_SILENT.format(error))


def _now() -> datetime:
    return datetime.now(UTC)


@commands.command()
def export(
    keys: Annotated[
        list[str] | None, typer.Argument(help="Which postmortems, like PM-12 PM-14.")
    ] = None,
    everything: Annotated[  # noqa: FBT002 - typer's way to say --all
        bool, typer.Option("--all", help="All of the workspace, but for private channels.")
    ] = False,
    private: Annotated[  # noqa: FBT002 - same
        bool, typer.Option("--private", help="With --all: those of private channels too.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder that gets a file for each; else they are printed.")
    ] = None,
    output: Annotated[
        DocumentFormat, typer.Option("--format", help="For people, or for programs.")
    ] = DocumentFormat.MARKDOWN,
    workspace: _Workspace = "",
) -> None:
    """Write postmortems as Markdown or JSON; what is written can be imported again."""
    from bot.export import CannotExport, Wanted  # noqa: PLC0415 - `--help` need not load them
    from bot.export import export as work  # noqa: PLC0415 - same

    set_up("WARNING", "console")
    wanted = Wanted(keys=keys or [], everything=everything, private=private, workspace=workspace)
    url = told(DatabaseSettings).database_url
    try:
        with database_explained():
            done = asyncio.run(work(url, wanted, format_name=output, folder=out))
    except CannotExport as refused:
        fail(str(refused))
    except OSError as error:
        fail(f"Could not export: {error}. Look at DATABASE_URL and at the folder.")
    if done.text:
        typer.echo(done.text, nl=not done.text.endswith("\n"))
    if done.told:
        typer.echo(done.told, err=True)
