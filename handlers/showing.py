"""Every message that shows an action item says how it stands now."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem
from domain.postmortems import Postmortem
from domain.reviews import Review
from handlers import agenda, ticket_news
from handlers.digests import DIGEST, IS_READ_FOR, freshen
from handlers.homes import HOME, refresh
from handlers.reviews import REVIEW_CARD
from handlers.sections import CARD, PUBLISHED, Made, owe_card, owe_readers
from storage import deliveries, review_entries, seen_items, workspaces
from storage.seen_items import Showing


async def show_again(
    session: AsyncSession,
    postmortem: Postmortem,
    item: ActionItem,
    people: Collection[str],
    *,
    by: str,
    now: datetime,
) -> None:
    """Owe the card anew, and whatever else shows the item.

    That is what a published postmortem is read in, the agendas of reviews under way, and these
    people's digest and Home: its owner and whoever is asked to take it on are always among them;
    and whoever was asked about its ticket sees what became of that.
    That an item was decided does not amend what is published: nobody has to read that again.
    """
    made = Made(by=by, at=now, submission="")
    await owe_card(session, postmortem, by=made.by, now=made.at)
    await owe_readers(session, postmortem, made)
    await agenda.owe_again(session, postmortem, now)
    await ticket_news.show_again(session, postmortem, item, now)
    # In one order everywhere, so that two transactions never wait for each other.
    for person in sorted({*people, item.owner, item.proposed_owner} - {""}):
        await freshen(session, postmortem.workspace, person, now)
        await refresh(session, postmortem.workspace, person, now)


async def show_expired(session: AsyncSession, review: Review, now: datetime) -> None:
    """Owe anew, once each, whatever shows what expired by that this review saw it open.

    So are the cards of what the review left undecided: nothing is walked there any more. It is one
    statement within the database: thousands may expire at once.
    """
    lead = (await workspaces.programme(session, review.workspace)).lead
    kinds = Showing(
        of_postmortem=(CARD, *PUBLISHED),
        of_meeting=agenda.AGENDA,
        of_person=HOME,
        digest=DIGEST,
        since=now - IS_READ_FOR,
        lead=lead,
    )
    which = [
        *seen_items.showing_expired(review, kinds),
        *review_entries.left_up(review, REVIEW_CARD),
    ]
    await deliveries.again_all(session, which, now=now)
