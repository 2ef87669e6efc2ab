"""What `closedloop doctor` asks the database: is it there, current, writable, and not behind."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from sqlalchemy import URL, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.findings import Finding, State, note, ok, wrong
from bot.health import STUCK_AFTER
from domain.programme import Programme
from domain.services import Service
from domain.tickets import Place
from storage import deliveries, services, ticket_places, workspaces
from storage.deliveries import Health
from storage.engine import ANSWERS_WITHIN_SECONDS, Database, driver_url, open_database
from storage.revisions import current_revision, newest_revision
from storage.statements import run
from storage.tables import WorkspaceRow

_DATABASE, _TABLES, _MESSAGES = "Database", "Tables", "Messages"
_NO_FILE = (
    "There is no file {} yet: closedloop serve makes it. If there should be one, look at "
    "DATABASE_URL."
)
_NO_TABLES = (
    "There are none yet: closedloop serve makes them. If there should be some, look at "
    "DATABASE_URL."
)
_NO_FOLDER = (
    "There is no file {}, and none can be made in {}: it is no folder, or the process's user may "
    "not write there. Mend that, or DATABASE_URL."
)
_SILENT = "It does not answer: {}. Look at DATABASE_URL, and whether the server runs."
_READ_ONLY = "It cannot be written to: {}. Let the process's user write there."
_OLD = "They are at {}, this version wants {}: run closedloop migrate, or start the app."
_NEW = "They are at {}, this version knows {} at most: run the newer version they are of."


class Content(Enum):
    """What is in the database."""

    #: It was never served from.
    NOTHING = auto()
    READABLE = auto()
    #: It does not answer, or its tables are another version's.
    UNKNOWN = auto()


@dataclass(frozen=True, kw_only=True)
class Known:
    """What a workspace has set in Slack."""

    programme: Programme = field(default_factory=Programme)
    services: Sequence[Service] = ()
    places: Sequence[Place] = ()


class _UndoneError(Exception):
    """Raised so that nothing of a transaction is kept."""


async def look(url: str, workspace_id: str, now: datetime) -> tuple[Known | None, list[Finding]]:
    """What is set in the database, if that can be told, and how it is; nothing is changed or made.

    Where Slack does not say which workspace is meant, it is the only one there is.
    """
    file = _missing_file(driver_url(url))
    if file:
        return Known(), [_not_made(file)]
    database = open_database(url)
    try:
        content, found = await examine(database, now)
        return await _known(database, content, workspace_id), found
    finally:
        await database.close()


async def examine(database: Database, now: datetime) -> tuple[Content, list[Finding]]:
    """What is in it, and how it is; nothing is migrated, made or written."""
    silence = await _silence(database)
    if silence:
        return Content.UNKNOWN, [wrong(_DATABASE, _SILENT.format(silence))]
    tables = await _tables(database)
    where = _where(database.url)
    if tables.state is not State.OK:
        content = Content.NOTHING if tables.state is State.NOTE else Content.UNKNOWN
        return content, [ok(_DATABASE, f"{where} answers."), tables]
    refusal = await _refusal(database)
    there = ok(_DATABASE, f"{where} answers, and can be written to.")
    if refusal:
        there = wrong(_DATABASE, _READ_ONLY.format(refusal))
    async with database.sessions() as session:
        return Content.READABLE, [
            there,
            tables,
            _messages(await deliveries.health(session, now), now),
        ]


async def _known(database: Database, content: Content, workspace_id: str) -> Known | None:
    if content is not Content.READABLE:
        return Known() if content is Content.NOTHING else None
    async with database.sessions() as session:
        if not workspace_id:
            there = await workspaces.known(session)
            if len(there) != 1:
                return None if there else Known()
            (workspace_id,) = there
        return Known(
            programme=await workspaces.programme(session, workspace_id),
            services=await services.all_of(session, workspace_id),
            places=await ticket_places.standing(session, workspace_id),
        )


def _where(url: URL) -> str:
    is_file = url.get_backend_name() == "sqlite"
    return str(url.database) if is_file else f"{url.database} at {url.host or 'a socket'}"


def _not_made(file: str) -> Finding:
    """Whether it will be: serve makes the folders that lack, too."""
    folder = next(each for each in Path(file).absolute().parents if os.access(each, os.F_OK))
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        return note(_DATABASE, _NO_FILE.format(file))
    return wrong(_DATABASE, _NO_FOLDER.format(file, folder))


def _missing_file(url: URL) -> str:
    """SQLite's file where it is not there: to open it would make it."""
    if url.get_backend_name() != "sqlite" or os.access(url.database or "", os.F_OK):
        return ""
    return str(url.database)


async def _silence(database: Database) -> str:
    try:
        async with asyncio.timeout(ANSWERS_WITHIN_SECONDS), database.sessions() as session:
            await run(session, text("SELECT 1"))
    except TimeoutError:
        return f"it takes longer than {ANSWERS_WITHIN_SECONDS:.0f} seconds"
    except (OSError, SQLAlchemyError) as silent:
        return str(getattr(silent, "orig", None) or silent)
    return ""


async def _refusal(database: Database) -> str:
    """Why nothing can be written; a transaction is begun for it that changes no row."""
    try:
        async with database.sessions.begin() as session:
            await _write_nothing(session)
    except _UndoneError:
        return ""
    except (OSError, SQLAlchemyError) as refused:
        return str(getattr(refused, "orig", None) or refused)
    return ""


async def _write_nothing(session: AsyncSession) -> None:
    nobody = col(WorkspaceRow.id) == ""
    await run(session, update(WorkspaceRow).where(nobody).values(name=""))
    raise _UndoneError


async def _tables(database: Database) -> Finding:
    at, newest = await current_revision(database), newest_revision()
    if at is None:
        return note(_TABLES, _NO_TABLES)
    if at < newest:
        return wrong(_TABLES, _OLD.format(at, newest))
    if at > newest:
        return wrong(_TABLES, _NEW.format(at, newest))
    return ok(_TABLES, f"They are as this version wants them, at {at}.")


def _messages(health: Health, now: datetime) -> Finding:
    if health.oldest_due and now - health.oldest_due >= STUCK_AFTER:
        minutes = int((now - health.oldest_due).total_seconds() // 60)
        return wrong(
            _MESSAGES,
            f"{health.late} wait, the oldest for {minutes} minutes. Does closedloop serve run? "
            "closedloop due shows them.",
        )
    if health.given_up:
        return note(
            _MESSAGES,
            f"None is late. {health.given_up} were given up, all told: the log says why, at "
            "delivery_given_up.",
        )
    return ok(_MESSAGES, "None is late, and none was given up.")
