"""What a monthly review shows: its message, and in its thread a card for all on its table."""

from dataclasses import dataclass, field
from datetime import timedelta

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.parts import Block, Message, section
from blocks.review_cards import Turn, absent_button, calls, chair_blocks, told_words
from blocks.review_lines import mentioned_in, quietly
from blocks.review_parent import EARLY_MOST, ReviewView, early_message, parent_message
from blocks.text import mention
from domain.reviews import NAMED_MOST, Entry, Review, Stage
from handlers import review_table
from handlers.outgoing import Compose, Later, Outgoing
from handlers.review_hours import hours_here
from handlers.reviews import REVIEW, REVIEW_CARD, REVIEW_EARLY
from storage import deliveries, people, review_entries, reviews
from storage.deliveries import Delivery

#: So long a card waits for the message it replies to.
A_MINUTE = timedelta(minutes=1)


def register(app: AsyncApp) -> None:
    """Register nothing: cards are pressed in `reviewing`, and where decisions are."""
    del app


async def named(session: AsyncSession, workspace_id: str, message: Message, who: str) -> Message:
    """The message with everybody said by name but whom it calls."""
    met = await people.known(session, workspace_id, mentioned_in(message))
    return quietly(message, {each.id: each.name for each in met.values()}, who)


async def parent(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """The review's message in its channel."""
    review = await reviews.find(session, delivery.workspace_id, int(delivery.subject))
    if review is None or review.started_at is None:
        return None
    view = ReviewView(
        review=review,
        counts=await review_entries.counts(session, review.id or 0),
        has_more=bool(await review_entries.next_up(session, review.id or 0, 1)),
    )
    message = parent_message(view)
    return Outgoing(message=await named(session, review.workspace, message, review.facilitator))


async def in_thread(
    session: AsyncSession, delivery: Delivery, review: Review, message: Message, who: str = ""
) -> Outgoing | Later | None:
    """The message as a reply to its review's, which is waited for while it can still come."""
    team, subject = review.workspace, str(review.id)
    place = await deliveries.place(session, team, REVIEW, subject)
    if place is not None:
        said = await named(session, team, message, who)
        return Outgoing(message=said, thread_ts=place[1])
    if await deliveries.given_up(session, team, REVIEW, subject):
        return None
    return Later(at=delivery.claimed_at + A_MINUTE)


async def early(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """What owners decided between the call of a review and its beginning."""
    review = await reviews.find(session, delivery.workspace_id, int(delivery.subject))
    if review is None:
        return None
    entries = await review_entries.early(session, review, EARLY_MOST)
    lines = [await review_table.line(session, review, each) for each in entries]
    number = await review_entries.number_early(session, review)
    if not number and not delivery.message_ts:
        return None
    message = early_message([each for each in lines if each], number)
    return await in_thread(session, delivery, review, message)


@dataclass(frozen=True, kw_only=True)
class _Card:
    """A card: its blocks, what a notification says of it, whom it calls, and the chair's button."""

    blocks: list[Block]
    text: str
    who: str = ""
    absent: list[Block] = field(default_factory=list)


async def card(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """A card: what is to be decided; once that is, one line; on the newest, the way on.

    Once the review is closed it offers nothing of the walk, but says how things stand.
    """
    team = delivery.workspace_id
    entry = await review_entries.entry(session, team, int(delivery.subject))
    if entry is None:
        return None
    review = await reviews.find(session, team, entry.review_id)
    if review is None:
        return None
    made = await _card(session, delivery, review, entry)
    if made is None:
        return None
    below = chair_blocks(review, await _turn(session, review, entry), made.absent)
    blocks = [*made.blocks, *below]
    message = Message(text=made.text, blocks=blocks)
    return await in_thread(session, delivery, review, message, made.who)


async def _card(
    session: AsyncSession, delivery: Delivery, review: Review, entry: Entry
) -> _Card | None:
    if entry.is_settled:
        line = await review_table.line(session, review, entry)
        return _Card(blocks=[section(line)], text=line) if line else None
    if line := await review_table.afterwards(session, review, entry):
        return _Card(blocks=[section(line)], text=line)
    today = (await hours_here(session, review.workspace)).today(delivery.claimed_at)
    laid = await review_table.laid(session, review, entry, today)
    drawn = await review_table.drawn(session, review, laid)
    if drawn is None:
        return None
    blocks, title = drawn
    text, absent = told_words(title, entry), absent_button(laid, title)
    return _Card(blocks=blocks, text=text, who=calls(laid), absent=absent)


async def _turn(session: AsyncSession, review: Review, entry: Entry) -> Turn | None:
    """What the newest card says of what comes next; None for every other."""
    if review.current != entry.id or review.stage is not Stage.UNDER_WAY:
        return None
    which = review.id or 0
    if await review_entries.next_up(session, which, 1):
        return Turn(has_more=True)
    owed = await review_entries.owed(session, which, most=NAMED_MOST)
    number = (await review_entries.counts(session, which)).owed
    said = [
        f"{await review_table.key(session, review, each)} ({mention(each.owner)})" for each in owed
    ]
    return Turn(has_more=False, owed=said, more=number - len(said))


DELIVERIES: dict[str, Compose] = {REVIEW: parent, REVIEW_EARLY: early, REVIEW_CARD: card}
