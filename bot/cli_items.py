"""The command that writes action items for spreadsheets and programs: export items."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from bot.logs import set_up
from bot.settings import DatabaseSettings
from bot.terminal import commands, database_explained, fail, progress, told
from domain.action_items import ItemState

if TYPE_CHECKING:
    from bot.export_items import WantedItems


class ItemsFormat(StrEnum):
    """How action items are written."""

    CSV = "csv"
    JSON = "json"


class State(StrEnum):
    """Where an item stands, in one word."""

    OPEN = "open"
    IMPLEMENTED = "implemented"
    VERIFIED = "verified"
    CANCELLED = "cancelled"
    ACCEPTED = "accepted"
    PROMOTED = "promoted"
    INEFFECTIVE = "ineffective"


@commands.command("export items")
def export_items(
    output: Annotated[
        ItemsFormat, typer.Option("--format", help="For spreadsheets, or for programs.")
    ] = ItemsFormat.CSV,
    state: Annotated[
        list[State] | None, typer.Option(help="Only items in this state; may be repeated.")
    ] = None,
    private: Annotated[  # noqa: FBT002 - typer's way to say --private
        bool, typer.Option("--private", help="Those of private channels too.")
    ] = False,
    file: Annotated[
        Path | None, typer.Option("--output", help="File to write; else they are printed.")
    ] = None,
    bom: Annotated[  # noqa: FBT002 - same
        bool, typer.Option("--bom", help="Begin with a byte order mark, as Excel wants UTF-8.")
    ] = False,
    workspace: Annotated[
        str, typer.Option(help="Id of the workspace, T…; needed where there are several.")
    ] = "",
) -> None:
    """Write action items as CSV or JSON; no cell is a formula, whoever typed it."""
    from bot.export_items import WantedItems  # noqa: PLC0415 - `--help` need not load them
    from documents.items_csv import BYTE_ORDER_MARK  # noqa: PLC0415 - same

    set_up("WARNING", "console")
    states = [ItemState[each.name] for each in state or []]
    wanted = WantedItems(states=states, private=private, workspace=workspace)
    begin = BYTE_ORDER_MARK if bom and output is ItemsFormat.CSV else ""
    if left_out := _exported(wanted, output, file, begin):
        typer.echo(left_out, err=True)


def _exported(wanted: "WantedItems", output: ItemsFormat, file: Path | None, begin: str) -> str:
    from bot.export import CannotExport  # noqa: PLC0415 - same
    from bot.export_items import export_items as work  # noqa: PLC0415 - same

    url = told(DatabaseSettings).database_url
    bar = partial(progress, label="Exporting")
    try:
        with database_explained(), _writing(file, begin) as write:
            return asyncio.run(work(url, wanted, output, write, bar))
    except CannotExport as refused:
        fail(str(refused))
    except BrokenPipeError:
        raise  # whoever reads has read enough
    except OSError as error:
        fail(f"Could not export: {error}. Look at DATABASE_URL and at the file.")


@contextmanager
def _writing(file: Path | None, begin: str) -> Iterator[Callable[[str], object]]:
    """Write texts to the file, or to where the command prints, as they are: line ends too.

    A file that is there stays as it was until there is something to write.
    """
    with ExitStack() as stack:
        out: list[IO[bytes]] = []

        def write(text: str) -> None:
            if not out:
                out.append(sys.stdout.buffer if file is None else _opened(stack, file))
                out[0].write(begin.encode())
            out[0].write(text.encode())

        yield write
        sys.stdout.flush()


def _opened(stack: ExitStack, file: Path) -> IO[bytes]:
    return stack.enter_context(file.open("wb"))
