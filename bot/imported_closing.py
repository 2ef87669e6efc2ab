"""What an imported document says of its end: who chaired its review, and when it was published."""

import re
from datetime import UTC, datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.imported_promises import IMPORT
from documents.document import Document
from domain.meetings import Meeting
from domain.postmortems import Postmortem
from domain.publishing import Publication
from storage import meetings, publishing

_USER = re.compile(r"[UW][A-Z0-9]{1,31}")
_PUBLISHED = "%Y-%m-%d %H:%M UTC"


async def keep_closed(
    session: AsyncSession, postmortem: Postmortem, document: Document
) -> list[str]:
    """Keep who chaired and when it was published; tell what could not be kept.

    The review is over: a postmortem without a channel has nowhere to hold one. It counts for the
    rotation from the day it was published, or else the incident's, and not from today.
    """
    at = _instant(document.published)
    warnings = []
    if document.published and at is None:
        warnings.append(
            f"It was published “{document.published}”, which is not a time like "
            "2026-11-24 09:00 UTC: it is only in the record."
        )
    if at is not None:
        publication = Publication(published_by=IMPORT, published_at=at)
        await publishing.publish(session, postmortem.workspace, postmortem.id, publication)
    return warnings + await _keep_review(session, postmortem, document, at)


def _instant(published: str) -> datetime | None:
    try:
        return datetime.strptime(published, _PUBLISHED).replace(tzinfo=UTC)
    except ValueError:
        return None


async def _keep_review(
    session: AsyncSession, postmortem: Postmortem, document: Document, at: datetime | None
) -> list[str]:
    chair = document.facilitator
    if why := _why_not(document):
        return [f"Its facilitator, {document.names.get(chair, chair)}, {why}"]
    if chair:
        over = at or document.facts.started_at
        review = Meeting(
            facilitator=chair, called_by=IMPORT, called_at=over, started_at=over, signed_off_at=over
        )
        await meetings.call(session, postmortem.workspace, postmortem.id, review)
    return []


def _why_not(document: Document) -> str:
    chair = document.facilitator
    if chair and not _USER.fullmatch(chair):
        return "is nobody of a workspace: the name is only in the record."
    if chair and chair in document.facts.responders:  # rule 8
        return "is one of its responders, and no peer: the name is only in the record."
    return ""
