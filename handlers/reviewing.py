"""Walking a monthly review: the chair goes on, and says who is not here (rule 18)."""

from dataclasses import dataclass
from datetime import date

from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.parts import Block
from blocks.review_absent import (
    ABSENT_MOST,
    absent_item,
    absent_message,
    absent_risk,
    relieved_message,
)
from blocks.review_buttons import NEXT_CARD, OWNER_ABSENT
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem
from domain.agreements import can_agree as is_here
from domain.errors import RuleBroken
from domain.reviews import Entry, Review, check_chairs, check_is_next, check_under_way
from handlers import review_table
from handlers.clicks import Click, pressed
from handlers.facilitators import gone, name_of
from handlers.outgoing import Compose, Outgoing
from handlers.people import nobody
from handlers.review_cards import named
from handlers.review_hours import hours_here
from handlers.reviews import REVIEW_ABSENT, absent, bring_up
from handlers.sections import number_in
from storage import people, review_entries, reviews, workspaces
from storage.deliveries import Delivery

GONE = "This review is not in this workspace any more: there is nothing to walk."
NO_LEAD = (
    "Nobody leads the programme who could be asked. Name a lead in `/postmortem settings` and "
    "press again, or decide on the owner's behalf."
)
DECIDED = "This was decided meanwhile: there is nobody to wait for."
ASKED = "The programme lead is asked already. You can go on."
AT_THE_END = "Everything on the table has a card already: the newest says what is left."


def register(app: AsyncApp) -> None:
    """Register the chair's buttons."""
    app.action(NEXT_CARD)(go_on)
    app.action(OWNER_ABSENT)(owner_absent)


@pressed
async def go_on(click: Click) -> None:
    """Bring up what comes next, unless somebody else just did."""
    which, _, seen = str(click.action.get("value", "")).partition(":")
    if not (which.isdecimal() and seen.isdecimal()):
        raise RuleBroken("", GONE)
    now = click.now()
    async with click.sessions.begin() as session:
        review = await chaired(session, click, int(which))
        check_is_next(review, int(seen))
        if await bring_up(session, review, now) == review:
            raise RuleBroken("", AT_THE_END)


async def chaired(session: AsyncSession, click: Click, review_id: int) -> Review:
    """The review, locked, if whoever pressed may lead through it now."""
    review = await reviews.lock(session, click.team_id, review_id)
    if review is None:
        raise RuleBroken("", GONE)
    check_under_way(review)
    lead = (await workspaces.programme(session, click.team_id)).lead
    chair = await name_of(session, click.team_id, review.facilitator)
    left = await gone(session, click.team_id, [review.facilitator, review.called_by, lead])
    check_chairs(review, click.user_id, lead, left, chair)
    return review


@pressed
async def owner_absent(click: Click) -> None:
    """Keep that an owner is not here: the programme lead is asked about all that is theirs."""
    async with click.sessions.begin() as session:
        entry = await review_entries.entry(session, click.team_id, number_in(click.action))
        if entry is None:
            raise RuleBroken("", GONE)
        review = await chaired(session, click, entry.review_id)
        entry = await review_entries.entry(session, click.team_id, entry.id) or entry
        _check_awaited(entry)
        lead = await _lead(session, click.team_id)
        await absent(session, review, entry, lead, click.now())


def _check_awaited(entry: Entry) -> None:
    if entry.is_settled:
        raise RuleBroken("", DECIDED)
    if entry.absent_at is not None:
        raise RuleBroken("", ASKED)


async def _lead(session: AsyncSession, team_id: str) -> str:
    """Who leads the programme and is here; RuleBroken where nobody is."""
    lead = (await workspaces.programme(session, team_id)).lead
    met = await people.known(session, team_id, {lead} - {""})
    if not lead or not is_here(met.get(lead, nobody(lead))):
        raise RuleBroken("", NO_LEAD)
    return lead


async def escalated(session: AsyncSession, delivery: Delivery) -> Outgoing | None:
    """What the programme lead is asked about, for owners who are not at a review."""
    said, _, asked = delivery.subject.partition(":")
    review = await reviews.find(session, delivery.workspace_id, int(said))
    if review is None:
        return None
    if (await workspaces.programme(session, review.workspace)).lead != asked:
        return Outgoing(message=relieved_message(review)) if delivery.message_ts else None
    which = review.id or 0
    number = await review_entries.number_of_the_absent(session, which)
    if not number and not delivery.message_ts:
        return None
    entries = await review_entries.of_the_absent(session, which, ABSENT_MOST)
    today = (await hours_here(session, review.workspace)).today(delivery.claimed_at)
    told = _Told(session=session, review=review, today=today)
    held = [each for entry in entries if (each := await told.about(entry))]
    message = absent_message(review, held, number - len(held))
    return Outgoing(message=await named(session, review.workspace, message, ""))


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What the lead is told of one thing on a review's table."""

    session: AsyncSession
    review: Review
    today: date

    async def about(self, entry: Entry) -> tuple[str, list[Block]] | None:
        """A line and its buttons; None where it is there no more."""
        match await review_table.found(self.session, self.review.workspace, entry):
            case postmortem, ActionItem() as item:
                return absent_item(postmortem, item, self.today)
            case postmortem, AcceptedRisk() as risk:
                return absent_risk(postmortem, risk)
        return None


DELIVERIES: dict[str, Compose] = {REVIEW_ABSENT: escalated}
