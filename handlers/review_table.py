"""What lies on the table of a monthly review, read and drawn: an item, a risk, or a line."""

from dataclasses import replace
from datetime import date

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.inherited_cards import line_card, line_outcome
from blocks.item_words import key_of
from blocks.parts import Block
from blocks.review_cards import Laid, item_card, left_line, risk_card
from blocks.review_lines import item_line, item_title, risk_line
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem
from domain.agreements import can_agree as is_here
from domain.inherited import Inheritance
from domain.postmortems import Postmortem
from domain.reviews import Entry, Review, Stage
from handlers.people import nobody
from storage import (
    accepted_risks,
    action_items,
    inherited,
    item_history,
    people,
    review_entries,
    workspaces,
)


async def line(session: AsyncSession, review: Review, entry: Entry) -> str:
    """What became of it, on one line; empty where it is not there any more."""
    match await found(session, review.workspace, entry):
        case Postmortem() as postmortem, ActionItem() as item:
            which = entry.history_id
            decision = which and await item_history.entry(session, review.workspace, which)
            return item_line(postmortem, item, decision or None)
        case Postmortem() as postmortem, AcceptedRisk() as risk:
            return risk_line(postmortem, risk, entry, review)
        case Inheritance() as lines:
            return line_outcome(lines)
    return ""


async def afterwards(session: AsyncSession, review: Review, entry: Entry) -> str:
    """What was decided about an item after its review had left it, on one line; empty if nothing.

    A handover that came back is none.
    """
    if entry.item_id is None or review.closed_at is None:
        return ""
    which = await review_entries.decided_since(session, entry.item_id, review.closed_at)
    told = which and await line(session, review, replace(entry, history_id=which))
    return f"Decided after the review: {told}" if told else ""


async def drawn(
    session: AsyncSession, review: Review, laid: Laid
) -> tuple[list[Block], str] | None:
    """The card of what is undecided, and what it is called; None where it is there no more."""
    match await found(session, review.workspace, laid.entry):
        case Postmortem() as postmortem, ActionItem() as item:
            title = f"{key_of(postmortem, item)} {item_title(postmortem, item)}"
            return item_card(postmortem, item, laid), title
        case Postmortem() as postmortem, AcceptedRisk() as risk:
            return risk_card(postmortem, risk, laid), f"{postmortem.key} Accepted risk"
        case Inheritance() as lines:
            card = line_card(lines, laid.entry.id)
            return left_line(card, laid), f"Inherited line of {lines.keys}"
    return None


async def key(session: AsyncSession, review: Review, entry: Entry) -> str:
    """What people call it; a risk and a line go by the postmortems they are of."""
    match await found(session, review.workspace, entry):
        case Postmortem() as postmortem, ActionItem() as item:
            return key_of(postmortem, item)
        case Postmortem() as postmortem, AcceptedRisk():
            return postmortem.key
        case Inheritance() as lines:
            return lines.keys
    return ""


async def laid(session: AsyncSession, review: Review, entry: Entry, today: date) -> Laid:
    """Who answers for it now, and who leads the programme."""
    owner = await _owner(session, review.workspace, entry)
    lead = (await workspaces.programme(session, review.workspace)).lead
    met = await people.known(session, review.workspace, {owner, lead} - {""})
    return Laid(
        entry=entry,
        owner=owner,
        today=today,
        has_left=not is_here(met.get(owner, nobody(owner))),
        lead=lead if lead and is_here(met.get(lead, nobody(lead))) else "",
        is_walked=review.stage is Stage.UNDER_WAY,
    )


async def _owner(session: AsyncSession, workspace_id: str, entry: Entry) -> str:
    match await found(session, workspace_id, entry):
        case _, ActionItem() as item:
            return item.owner
        case _, AcceptedRisk() as risk:
            return risk.accepter
    return entry.owner


async def found(
    session: AsyncSession, workspace_id: str, entry: Entry
) -> tuple[Postmortem, ActionItem] | tuple[Postmortem, AcceptedRisk] | Inheritance | None:
    """What lies there: an item or a risk with its postmortem, or a line with all of its like."""
    if entry.item_id is not None:
        return await action_items.item(session, workspace_id, entry.item_id)
    if entry.risk_id is not None:
        return await accepted_risks.risk(session, workspace_id, entry.risk_id)
    return await inherited.inheritance(session, workspace_id, entry.line_id or 0)
