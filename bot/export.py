"""`closedloop export`: postmortems as files, for people and for programs."""

from asyncio import to_thread
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.migrating import bring_up_to_date
from documents.as_data import to_json
from documents.document import Document
from documents.writing import to_markdown
from domain.postmortems import read_key
from handlers.documents import document_of
from storage import numbers, postmortems, workspaces
from storage.engine import open_database


class CannotExport(Exception):
    """There is no such postmortem, or it was not said which; the message tells what to do."""


@dataclass(frozen=True, kw_only=True)
class Format:
    """How a postmortem is written; `together` is how several are, where one text holds them."""

    suffix: str
    alone: Callable[[Document], str]
    together: Callable[[Sequence[Document]], str] | None = None


FORMATS: Mapping[str, Format] = {
    "markdown": Format(suffix="md", alone=to_markdown),
    "json": Format(suffix="json", alone=to_json, together=to_json),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which postmortems: those with these keys, or all; of `all`, private ones only if `private`.

    Whoever can read the database may read them: what is kept from others is that they are taken
    along unasked.
    """

    keys: Sequence[str] = ()
    everything: bool = False
    private: bool = False
    workspace: str = ""


@dataclass(frozen=True, kw_only=True)
class Exported:
    """What was asked for, as text, and what to tell the person about it."""

    text: str = ""
    told: str = ""


async def export(url: str, wanted: Wanted, *, format_name: str, folder: Path | None) -> Exported:
    """Write each postmortem into a file of the folder, or return their text where there is none.

    The database is migrated first. Raises CannotExport; OSError where the folder refuses.
    """
    form = _checked(wanted, format_name)
    database = open_database(url)
    try:
        await bring_up_to_date(database)
        async with database.sessions() as session:
            documents, private = await _documents(session, wanted)
    finally:
        await database.close()
    left_out = f"Left out: {private} of private channels. Add --private for these." * bool(private)
    if folder is None:
        return Exported(text=_as_text(form, wanted, documents), told=left_out)
    said = await to_thread(_write, form, documents, folder)
    return Exported(told=f"{said} {left_out}".rstrip())


def _checked(wanted: Wanted, format_name: str) -> Format:
    if format_name not in FORMATS:
        raise CannotExport(f"{format_name} is no format. Choose {' or '.join(FORMATS)}.")
    if bool(wanted.keys) is wanted.everything:
        raise CannotExport("Name the postmortems, like PM-12 PM-14, or say --all.")
    return FORMATS[format_name]


async def _documents(session: AsyncSession, wanted: Wanted) -> tuple[list[Document], int]:
    """What was asked for, and how many were left out because they are private."""
    workspace = await which_workspace(session, wanted.workspace)
    there = await numbers.numbered(session, workspace)
    asked = [*there] if wanted.everything else [*dict.fromkeys(map(_number, wanted.keys))]
    if missing := [number for number in asked if number not in there]:
        last = f"The last is PM-{max(there)}." if there else "There are none yet."
        raise CannotExport(f"There is no PM-{missing[0]}. {last}")
    documents, private = [], 0
    for number in asked:
        found = await postmortems.find(session, workspace, there[number])
        if found is None or (found.is_private and wanted.everything and not wanted.private):
            private += 1
        else:
            documents.append(await document_of(session, found))
    return documents, private


def _number(key: str) -> int:
    number = read_key(key)
    if number is None:
        raise CannotExport(f"{key} is no key of a postmortem. Write it like PM-12.")
    return number


async def which_workspace(session: AsyncSession, named: str) -> str:
    """The workspace with this id, or the only one; raises CannotExport."""
    known = await workspaces.known(session)
    if named in known or (not named and len(known) == 1):
        return named or known[0]
    if known:
        raise CannotExport(f"Name one of the workspaces with --workspace: {', '.join(known)}.")
    raise CannotExport("There is nothing to export yet: start the app once, or import something.")


def _as_text(form: Format, wanted: Wanted, documents: Sequence[Document]) -> str:
    if form.together is not None and (wanted.everything or len(wanted.keys) > 1):
        return form.together(documents)
    if len(documents) > 1:
        raise CannotExport("Name a folder with --out: each postmortem becomes a file of its own.")
    return "".join(map(form.alone, documents))


def _write(form: Format, documents: Sequence[Document], folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    for each in documents:
        file = folder / f"{each.key}.{form.suffix}"
        file.write_text(form.alone(each), encoding="utf-8", newline="\n")
    return f"{len(documents)} postmortem{'' if len(documents) == 1 else 's'} written to {folder}."
