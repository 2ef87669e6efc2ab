"""What every command of the command line says in the same way: refusals, settings, progress.

Exit code 0 done, 1 refused or found wrong, 2 asked wrongly.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

import typer
from pydantic import ValidationError
from typer.core import TyperGroup

from bot.settings import DatabaseSettings, complaints

REFUSED = 1
ASKED_WRONGLY = 2


class TwoWords(TyperGroup):
    """Commands of which some have two words, like `export items`; its first may be one too."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command of the first two words, else of the first."""
        both = " ".join(args[:2])
        return super().resolve_command(ctx, [both, *args[2:]] if both in self.commands else args)


commands = typer.Typer(
    name="closedloop",
    cls=TwoWords,
    help="A Slack app that makes postmortems change something.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class Format(StrEnum):
    """How a command prints what it found."""

    TABLE = "table"
    JSON = "json"


Told = TypeVar("Told", bound=DatabaseSettings)


def told(settings: type[Told]) -> Told:
    """Read the settings, or say what is wrong with each and end."""
    try:
        return settings()
    except ValidationError as error:
        for complaint in complaints(error):
            typer.echo(complaint, err=True)
        raise typer.Exit(ASKED_WRONGLY) from None


@contextmanager
def database_explained() -> Iterator[None]:
    """Say in a sentence why the database refuses, and end."""
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - `--help` need not load SQLAlchemy

    from bot.migrating import DatabaseRefusedError  # noqa: PLC0415 - same

    try:
        yield
    except DBAPIError as refused:
        fail(f"The database refuses: {refused.orig}. Look at DATABASE_URL.")
    except DatabaseRefusedError as refused:
        fail(f"The database refuses: {refused}. Look at DATABASE_URL.")


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run it, on uvloop where there is one."""
    try:
        import uvloop  # noqa: PLC0415 - made for CPython, and not for Windows
    except ImportError:
        asyncio.run(work)
    else:
        uvloop.run(work)


@contextmanager
def progress(length: int, label: str) -> Iterator[Callable[[], None]]:
    """A bar on the terminal, and nothing where there is none; call what is yielded at each step."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    with typer.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield lambda: bar.update(1)


def printable(text: str) -> str:
    """The text without letters that a terminal would obey."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def fail(sentence: str) -> NoReturn:
    """Refuse in a sentence, and end."""
    typer.echo(sentence, err=True)
    raise typer.Exit(REFUSED)
