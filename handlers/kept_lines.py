"""The one place that decides an inherited line: who may, what became of it, and who shows it."""

from collections.abc import Callable
from dataclasses import dataclass

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.text import escape
from domain.agreements import can_agree as is_here
from domain.inherited import Inheritance, LineState, check_decides, check_undecided
from domain.postmortems import Section
from domain.reviews import Review, check_under_way
from handlers.answers import Repeated
from handlers.deciders import Called, mentioned, named
from handlers.people import nobody
from handlers.reviews import settled
from handlers.sections import Made, owe_card, owe_readers, stored
from storage import inherited, people, review_entries, reviews, sections, workspaces
from storage.postmortems import NotFound

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class OnTable:
    """A line on the table of a review, with all that say the same."""

    entry_id: int
    review: Review
    lines: Inheritance


@dataclass(frozen=True, kw_only=True)
class Telling:
    """How people are called, and what was typed is repeated, where a refusal is read."""

    called: Called
    words: Callable[[str], str]


_IN_MESSAGES = Telling(called=mentioned, words=escape)
_IN_FORMS = Telling(called=named, words=str)


async def find(session: AsyncSession, team_id: str, entry_id: int, by: str) -> OnTable:
    """What somebody is about to decide; RuleBroken where they may not, or somebody else did."""
    line_id, review_id = await _entry(session, team_id, entry_id)
    lines = await inherited.inheritance(session, team_id, line_id)
    review = await reviews.find(session, team_id, review_id)
    return await _checked(session, by, entry_id, (review, lines), _IN_MESSAGES)


async def lock(session: AsyncSession, team_id: str, entry_id: int, made: Made) -> OnTable:
    """The same, and until the transaction ends nobody else decides it, nor closes the review.

    Raises Repeated where this very submission decided it.
    """
    line_id, review_id = await _entry(session, team_id, entry_id)
    lines = await inherited.lock(session, team_id, line_id)
    await reviews.held(session, team_id)
    review = await reviews.find(session, team_id, review_id)
    if lines is not None and await sections.was_submitted(
        session, lines.home, Section.ACTION_ITEMS, made.submission
    ):
        raise Repeated
    return await _checked(session, made.by, entry_id, (review, lines), _IN_FORMS)


async def _entry(session: AsyncSession, team_id: str, entry_id: int) -> tuple[int, int]:
    found = await review_entries.entry(session, team_id, entry_id)
    if found is None or found.line_id is None:
        raise NotFound
    return found.line_id, found.review_id


async def _checked(
    session: AsyncSession,
    by: str,
    entry_id: int,
    found: tuple[Review | None, Inheritance | None],
    telling: Telling,
) -> OnTable:
    review, lines = found
    if review is None or lines is None:
        raise NotFound
    lead = (await workspaces.programme(session, review.workspace)).lead
    asked = {review.facilitator, lead, lines.line.decided_by}
    met = await people.known(session, review.workspace, asked - {""})
    names = {each: telling.called(met.get(each, nobody(each))) for each in asked}
    leads = lead if lead and is_here(met.get(lead, nobody(lead))) else ""
    check_under_way(review)
    check_decides(by, review.facilitator, leads, names)
    why = telling.words(lines.told_reason())
    check_undecided(lines.line, names[lines.line.decided_by], why)
    return OnTable(entry_id=entry_id, review=review, lines=lines)


async def decide(
    session: AsyncSession, table: OnTable, state: LineState, reason: str, made: Made
) -> None:
    """Keep what became of a line and of all that say the same; whatever shows them says so.

    They must be locked.
    """
    lines, team_id = table.lines, table.review.workspace
    await inherited.decide(session, lines, state, reason, by=made.by, at=made.at)
    await sections.mark(
        session,
        lines.home,
        Section.ACTION_ITEMS,
        by=made.by,
        now=made.at,
        submission=made.submission,
    )
    await settled(session, team_id, by=made.by, at=made.at, line_id=lines.line.id, reason=reason)
    for each in lines.origins:
        if each.channel is not None:
            postmortem = await stored(session, team_id, each.postmortem_id)
            await owe_card(session, postmortem, by=made.by, now=made.at)
            await owe_readers(session, postmortem, made)
    log.info("line_decided", postmortems=lines.keys, became=str(state))
