"""A document that was read, kept as a postmortem: all of it in one transaction."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.imported_checks import check
from bot.imported_closing import keep_closed
from bot.imported_promises import IMPORT, keep_promises
from documents.document import Document
from domain.passages import Passage
from domain.postmortems import Postmortem, Section
from domain.record import Event, RecordEntry
from storage import (
    causal_classes,
    contributing_factors,
    imports,
    indexing,
    numbers,
    passages,
    postmortems,
    record,
    sections,
    timeline,
    workspaces,
)


class AlreadyImported(Exception):
    """This file became a postmortem before, or is one; `digest` is what it held then."""

    def __init__(self, number: int, digest: str) -> None:
        super().__init__(f"already imported as PM-{number}")
        self.number = number
        self.digest = digest


@dataclass(frozen=True, kw_only=True)
class File:
    """What a file is known by when it comes again."""

    name: str
    digest: str


async def check_is_new(session: AsyncSession, workspace: str, file: File) -> None:
    """Raise AlreadyImported where a file of this name, or with this content, was imported."""
    before = await imports.imported(session, workspace, file.name, file.digest)
    if before is not None:
        raise AlreadyImported(*before)


async def keep(
    session: AsyncSession, workspace: str, file: File, document: Document, now: datetime
) -> tuple[Postmortem, list[str]]:
    """Make a document a postmortem without a channel; tell what could not be kept as it was.

    Who agreed to the timeline is not in a document: an imported postmortem has no agreements.
    Raises AlreadyImported where another import was quicker, and RuleBroken.
    """
    check(document, now)
    await workspaces.ensure(session, workspace)
    await _check_is_another(session, workspace, file, document)
    postmortem = await _started(session, workspace, document, now)
    await check_is_new(session, workspace, file)  # from here on other imports wait
    await _keep_texts(session, postmortem, document, now)
    warnings = await keep_promises(session, postmortem, document, now)
    warnings += await _tag(session, postmortem, document.classes, now)
    warnings += await keep_closed(session, postmortem, document)
    await _mark(session, postmortem, document, now)
    await record.append(session, workspace, postmortem.id, _entry(file, document, now))
    await imports.remember(session, workspace, file.name, file.digest, postmortem.id)
    await indexing.index(session, workspace, postmortem.id)
    return postmortem, warnings


async def _check_is_another(
    session: AsyncSession, workspace: str, file: File, document: Document
) -> None:
    """Raise AlreadyImported where it was exported from here: its key and its start are taken."""
    named = re.fullmatch(r"PM-([1-9][0-9]*)", document.key)
    there = await numbers.numbered(session, workspace) if named else {}
    number = int(named[1]) if named else 0
    same = await postmortems.find(session, workspace, there.get(number, 0))
    if same and same.facts.started_at.replace(microsecond=0) == document.facts.started_at:
        raise AlreadyImported(number, file.digest)


async def _started(
    session: AsyncSession, workspace: str, document: Document, now: datetime
) -> Postmortem:
    return await postmortems.start(
        session,
        workspace,
        channel=None,
        channel_name="",
        is_private=document.is_private,
        facts=document.facts,
        created_by=IMPORT,
        submission="",
        now=now,
    )


def _entry(file: File, document: Document, now: datetime) -> RecordEntry:
    said = {
        "file": file.name,
        "key": document.key,
        "facilitator": document.facilitator,
        "published": document.published,
    }
    told = {field: ("", value) for field, value in said.items() if value}
    return RecordEntry(actor=IMPORT, at=now, event=Event.IMPORTED, changes=told)


async def _keep_texts(
    session: AsyncSession, postmortem: Postmortem, document: Document, now: datetime
) -> None:
    owner = (session, postmortem.workspace, postmortem.id)
    await timeline.replace(*owner, document.entries, by=IMPORT, now=now)
    await contributing_factors.replace(*owner, document.factors, by=IMPORT, now=now)
    if document.root_cause:
        await postmortems.change_root_cause(session, postmortem.id, document.root_cause)
    await passages.write(*owner, document.passages)


async def _mark(
    session: AsyncSession, postmortem: Postmortem, document: Document, now: datetime
) -> None:
    """Note of each section with something in it that the import wrote it."""
    promised = (*document.items, *document.risks, *document.inherited)
    lessons = (Passage.WENT_WELL, Passage.WENT_WRONG, Passage.LESSONS)
    filled = {
        Section.TIMELINE: document.entries,
        Section.FACTORS: document.factors,
        Section.ROOT_CAUSE: document.root_cause or document.passages.get(Passage.WHYS),
        Section.ACTION_ITEMS: promised,
        Section.LESSONS: any(document.passages.get(each) for each in lessons),
        Section.NOTES: document.passages.get(Passage.NOTES),
        Section.FACTS: True,
    }
    for section in (section for section, text in filled.items() if text):
        await sections.mark(session, postmortem.id, section, by=IMPORT, now=now, submission="")


async def _tag(
    session: AsyncSession, postmortem: Postmortem, names: Iterable[str], now: datetime
) -> list[str]:
    wanted = [*names]
    if not wanted:
        return []
    known = await causal_classes.by_name(session, postmortem.workspace, wanted)
    ids = [each.id for each in known.values()]
    await causal_classes.tag(session, postmortem.workspace, postmortem.id, ids, by=IMPORT, now=now)
    return [
        f"The workspace has no causal class “{name}”: add it in the settings, and tag the incident."
        for name in wanted
        if name not in known
    ]
