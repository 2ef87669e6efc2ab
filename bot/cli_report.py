"""The command that prints the programme's numbers: report."""

import asyncio
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli_due import DATABASE_SILENT, instant
from bot.logs import set_up
from bot.settings import DatabaseSettings
from bot.terminal import commands, database_explained, fail, told
from domain.windows import MONTHS, USUAL_MONTHS

if TYPE_CHECKING:
    from domain.report import Report


class ReportFormat(StrEnum):
    """How the numbers are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def _months(said: str | int) -> int:
    """Read over how many months: `6`, or `6m` as in Slack; the default comes as a number."""
    number = str(said).strip().lower().removesuffix("m")
    if not number.isdecimal() or int(number) not in MONTHS:
        raise typer.BadParameter("A report is over 3, 6 or 12 months.")
    return int(number)


@commands.command()
def report(
    months: Annotated[
        int, typer.Option(parser=_months, metavar="3|6|12", help="Over how many months.")
    ] = USUAL_MONTHS,
    service: Annotated[str, typer.Option(help="Only of this service.")] = "",
    at: Annotated[
        datetime | None,
        typer.Option(
            parser=instant,
            metavar="ISO",
            help="Until when, like 2026-12-01T09:30, in UTC; else now. "
            "What is open is told as it stands now.",
        ),
    ] = None,
    output: Annotated[
        ReportFormat, typer.Option("--format", help="For people, programs or spreadsheets.")
    ] = ReportFormat.TABLE,
    workspace: Annotated[
        str, typer.Option(help="Id of the workspace, T…; needed where there are several.")
    ] = "",
) -> None:
    """Print the numbers: repeats, recurrence, completion, times, severity mix, open items."""
    set_up("WARNING", "console")
    which, found = _taken(months, service, at or datetime.now(UTC), workspace)
    typer.echo(_written(found, which, output), nl=output is not ReportFormat.CSV)


def _taken(months: int, service: str, at: datetime, workspace: str) -> "tuple[str, Report]":
    from bot.report import Asked, CannotReport, taken  # noqa: PLC0415 - `--help` need not load them

    asked = Asked(months=months, service=service, at=at, workspace=workspace)
    url = told(DatabaseSettings).database_url
    try:
        with database_explained():
            return asyncio.run(taken(url, asked))
    except CannotReport as refused:
        fail(str(refused))
    except OSError as error:
        fail(DATABASE_SILENT.format(error))


def _written(found: "Report", which: str, output: ReportFormat) -> str:
    from documents.report_csv import numbers_csv  # noqa: PLC0415 - same
    from documents.report_tables import as_json, as_text  # noqa: PLC0415 - same

    if output is ReportFormat.CSV:
        return numbers_csv(found)
    return as_json(found, which) if output is ReportFormat.JSON else as_text(found)
