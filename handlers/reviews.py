"""The walk of a monthly review: its table is laid, its cards come one after another (rule 18).

Whatever decides something says so by `settled`: what is on the table of a review then shows it.
Locks are taken in one order everywhere: the workspace, postmortems from the latest on, the review,
deliveries.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.reviews import Entry, Review, Stage
from handlers import left_untagged, review_calls, review_reminded
from handlers.review_hours import hours_here
from storage import deliveries, review_entries, review_owed, reviews
from storage.review_entries import Settled

log = structlog.get_logger(__name__)

#: The message in the channel, what was decided before it began, a card, and what absent owners
#: have on the table, for the programme lead.
REVIEW, REVIEW_EARLY = "review", "review_early"
REVIEW_CARD, REVIEW_ABSENT = "review_card", "review_absent"


async def begin(session: AsyncSession, review: Review, now: datetime) -> Review:
    """Lay the table, owe the channel the review, and bring up what comes first.

    A review with nothing to walk is closed at once. The workspace must be locked.
    """
    review = await reviews.lock(session, review.workspace, review.id or 0) or review
    if review.stage is not Stage.CALLED:
        return review
    today = (await hours_here(session, review.workspace)).today(now)
    laid = await review_entries.lay(session, review, today)
    begun = replace(review, started_at=now, closed_at=None if laid else now)
    await reviews.change(session, begun)
    # Where it cannot be posted, whoever called it hears so.
    by = begun.called_by or begun.facilitator
    await _owe(session, begun, REVIEW, str(begun.id), now, by)
    await left_untagged.owe(session, begun, now)
    await review_calls.again(session, begun, now)
    log.info("monthly_review_begun", review=begun.id, laid=laid)
    if not laid:
        await reviews.look_again(session, review.workspace, None)
        return begun
    if await review_entries.early(session, begun, 1):
        await _owe(session, begun, REVIEW_EARLY, str(begun.id), now)
    return await bring_up(session, begun, now)


async def bring_up(session: AsyncSession, review: Review, now: datetime) -> Review:
    """Bring up what comes next, as much at once as the review has it; it must be locked.

    The card that was the newest until then offers to go on no more.
    """
    page = await review_entries.next_up(session, review.id or 0, review.at_once)
    if not page:
        return review
    await review_entries.bring_up(session, page, now)
    on = replace(review, shown=review.shown + len(page), current=page[-1].id)
    await reviews.change(session, on)
    await _show_again(session, review, now)
    for each in page:
        await _owe(session, on, REVIEW_CARD, str(each.id), now)
    log.info("monthly_review_went_on", review=on.id, shown=on.shown)
    return on


async def _show_again(session: AsyncSession, review: Review, now: datetime) -> None:
    """Let the review's message and its newest card show how things stand."""
    await show_review(session, review, now)
    if review.current is not None:
        await show_card(session, review.workspace, review.current, now)


async def show_review(session: AsyncSession, review: Review, now: datetime) -> None:
    """Let the review's message show how it stands, and what the lead was told of the absent."""
    team = review.workspace
    await deliveries.again(session, team, [REVIEW], str(review.id), now=now)
    for lead in await review_owed.told(session, team, REVIEW_ABSENT, review.id or 0):
        await deliveries.again(session, team, [REVIEW_ABSENT], f"{review.id}:{lead}", now=now)
    if review.stage is Stage.CLOSED:
        await review_reminded.again(session, team, review.id or 0, now)


async def show_card(session: AsyncSession, workspace_id: str, entry_id: int, now: datetime) -> None:
    """Let a card that was brought up show how things stand."""
    await deliveries.again(session, workspace_id, [REVIEW_CARD], str(entry_id), now=now)


async def _owe(
    session: AsyncSession,
    review: Review,
    kind: str,
    subject: str,
    now: datetime,
    asked_by: str = "",
) -> None:
    await deliveries.enqueue(
        session,
        review.workspace,
        kind,
        subject,
        channel=review.channel,
        due_at=now,
        asked_by=asked_by,
    )


async def settled(
    session: AsyncSession,
    workspace_id: str,
    *,
    by: str,
    at: datetime,
    item_id: int | None = None,
    risk_id: int | None = None,
    line_id: int | None = None,
    history_id: int | None = None,
    reason: str = "",
) -> None:
    """Say that an item, a risk or a line was decided; the review that has it shows so.

    Where none has, the card of the last one says that it was decided afterwards. Whoever writes it
    has its postmortem locked, and then the review held (`storage.reviews.held`).
    """
    found: list[Settled] = []
    if await reviews.open_review(session, workspace_id) is not None:
        found = await review_entries.settle(
            session,
            by=by,
            at=at,
            item_id=item_id,
            risk_id=risk_id,
            line_id=line_id,
            history_id=history_id,
            reason=reason,
        )
    await owe_again(session, found, workspace_id, at)
    if not found and line_id is None:
        await _show_afterwards(session, workspace_id, at, item_id, risk_id)


async def _show_afterwards(
    session: AsyncSession,
    workspace_id: str,
    at: datetime,
    item_id: int | None,
    risk_id: int | None = None,
) -> None:
    """Let the card of what the last review left undecided say what became of it since."""
    review = await reviews.last_closed(session, workspace_id)
    if review is None:
        return
    for each in await review_entries.undecided(session, review.id or 0, item_id, risk_id=risk_id):
        if each.was_shown:
            await show_card(session, workspace_id, each.entry_id, at)


async def put_back(session: AsyncSession, workspace_id: str, item_id: int, at: datetime) -> None:
    """Say that nobody took an item on that was handed over: it is on the table again."""
    review = await reviews.open_review(session, workspace_id)
    if review is None:
        await _show_afterwards(session, workspace_id, at, item_id)
        return
    found = await review_entries.unsettle(session, item_id)
    await owe_again(session, found, workspace_id, at)
    if any(not each.was_shown for each in found):
        # It comes up still, which the newest card may not say, and was not decided early.
        await _show_again(session, review, at)
        await deliveries.again(session, workspace_id, [REVIEW_EARLY], str(review.id), now=at)


async def changed(
    session: AsyncSession, workspace_id: str, item_id: int, at: datetime, owner: str = ""
) -> None:
    """Let the card of an item, if it is up at a review that is not closed, show how it stands.

    With `owner` it is somebody else's now, and so is the decision; the review must be held.
    """
    review = await reviews.open_review(session, workspace_id)
    if review is None or review.stage is not Stage.UNDER_WAY:
        return
    found = await review_entries.undecided(session, review.id or 0, item_id)
    if owner:
        await review_reminded.decided(session, review, found, at)
        await review_entries.pass_on(session, found, owner)
        await owe_again(session, found, workspace_id, at)
    for each in found:
        if each.was_shown:
            await show_card(session, workspace_id, each.entry_id, at)


async def owe_again(
    session: AsyncSession, settled: Sequence[Settled], workspace_id: str, now: datetime
) -> None:
    """Let the cards of these, and the message of their review, show how things stand now.

    At the end of the table the newest card names what must still be decided: it changes too.
    """
    for review_id in sorted({each.review_id for each in settled}):
        review = await reviews.find(session, workspace_id, review_id)
        if review is None:
            continue
        shown = {each.entry_id for each in settled if each.was_shown}
        if review.current and not await review_entries.next_up(session, review_id, 1):
            shown.add(review.current)
        await show_review(session, review, now)
        mine = [each for each in settled if each.review_id == review_id]
        await review_reminded.decided(session, review, mine, now)
        for entry_id in sorted(shown):
            await show_card(session, workspace_id, entry_id, now)


async def absent(
    session: AsyncSession, review: Review, entry: Entry, lead: str, now: datetime
) -> None:
    """Keep that the owner of this is not here, and ask the lead, once, about all that is theirs.

    The review must be locked.
    """
    shown = await review_entries.mark_absent(session, review.id or 0, entry.owner, now)
    for each in shown:
        await show_card(session, review.workspace, each, now)
    await deliveries.enqueue(
        session, review.workspace, REVIEW_ABSENT, f"{review.id}:{lead}", channel=lead, due_at=now
    )
    log.info("owner_absent", review=review.id, shown=len(shown))
