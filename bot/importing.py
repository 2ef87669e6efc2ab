"""`closedloop import`: old postmortems into the database, or only looked at."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from bot.import_reports import Outcome
from bot.imported import AlreadyImported, File, check_is_new, keep
from bot.imported_checks import check
from bot.migrating import bring_up_to_date
from documents.importing import NOT_TEXT, read
from domain.errors import RuleBroken
from storage import workspaces
from storage.engine import Sessions, open_database

#: More is no postmortem; it is read into memory.
FILE_MAX = 4 * 1024 * 1024


class WhichWorkspace(Exception):
    """No workspace was named, and there is not exactly one; the message tells what to do."""


def look(file: str, now: datetime, zone: tzinfo = UTC) -> Outcome:
    """Read one file and say what it would become; no database is touched.

    Times that name no zone, or one that may be several, are read as those of `zone`.
    """
    try:
        raw = _bytes(file)
        imported = read(raw.decode("utf-8-sig"), Path(file).name, zone)
        if imported.document is not None:
            check(imported.document, now)
    except OSError as error:
        return Outcome(file=file, refusal=f"It cannot be read: {error.strerror or error}.")
    except UnicodeDecodeError:
        return Outcome(file=file, refusal=NOT_TEXT)
    except (RuleBroken, ValueError) as broken:
        return Outcome(file=file, refusal=str(broken))
    return Outcome(
        file=file,
        document=imported.document,
        warnings=imported.warnings,
        refusal=imported.refusal,
        digest=hashlib.sha256(raw).hexdigest(),
    )


def _bytes(file: str) -> bytes:
    with Path(file).open("rb") as opened:
        raw = opened.read(FILE_MAX + 1)
    if len(raw) > FILE_MAX:
        raise ValueError(f"It is larger than {FILE_MAX // 1024**2} MB. Part it into several files.")
    return raw


async def import_files(
    url: str,
    files: Sequence[str],
    *,
    workspace: str,
    now: Callable[[], datetime],
    told: Callable[[], object],
    zone: tzinfo = UTC,
) -> list[Outcome]:
    """Import each file in a transaction of its own; one that is refused does not stop the others.

    The database is migrated first. `told` is called after each file; `zone` is as in `look`.
    Raises WhichWorkspace.
    """
    database = open_database(url)
    try:
        await bring_up_to_date(database)
        where = await _workspace(database.sessions, workspace)
        outcomes = []
        for file in files:
            outcomes.append(await _one(database.sessions, where, look(file, now(), zone), now))
            told()
        return outcomes
    finally:
        await database.close()


async def _workspace(sessions: Sessions, named: str) -> str:
    if named and not re.fullmatch(r"[TE][A-Z0-9]{1,30}", named):
        raise WhichWorkspace(f"{named} is no workspace's id. It begins with T, like T012AB3CD.")
    async with sessions() as session:
        known = await workspaces.known(session)
    if named:
        return named
    if len(known) == 1:
        return known[0]
    if known:
        raise WhichWorkspace(f"Name one of the workspaces with --workspace: {', '.join(known)}.")
    raise WhichWorkspace(
        "No workspace is known yet. Start the app once, or name one with --workspace T…."
    )


async def _one(
    sessions: Sessions, workspace: str, seen: Outcome, now: Callable[[], datetime]
) -> Outcome:
    document = seen.document
    if document is None:
        return seen
    file = File(name=import_name(seen.file), digest=seen.digest)
    try:
        async with sessions() as session:
            await check_is_new(session, workspace, file)
        async with sessions.begin() as session:
            postmortem, more = await keep(session, workspace, file, document, now())
    except AlreadyImported as before:
        return _known(seen, before)
    except RuleBroken as broken:
        return replace(seen, document=None, refusal=str(broken))
    return replace(seen, key=postmortem.key, warnings=(*seen.warnings, *more))


def import_name(file: str) -> str:
    """What a file is known by: its name and its folder's, like `2024-05-01/README.md`.

    The name alone would make one of all the README.md of a collection; the whole path would make
    a new file of each that is read from another place or on another machine.
    """
    path = Path(file).resolve()
    return f"{path.parent.name}/{path.name}"


def _known(seen: Outcome, before: AlreadyImported) -> Outcome:
    key = f"PM-{before.number}"
    if before.digest == seen.digest:
        return replace(seen, key=key, warnings=(f"already imported as {key}",))
    warning = (
        f"A file of this name was imported as {key} and has changed since: nothing was done. "
        "Change the postmortem itself, or rename the file to import it as another one."
    )
    return replace(seen, key=key, warnings=(warning,))
