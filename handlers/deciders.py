"""Who somebody is to an action item, and so what they may decide about it (rule 12)."""

from collections.abc import Callable

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.text import mention
from domain.action_items import ActionItem, ItemState
from domain.agreements import can_agree as is_here
from domain.decisions import Decision
from domain.errors import RuleBroken
from domain.meetings import Meeting
from domain.people import Person
from domain.postmortems import Postmortem
from domain.publishing import is_in_review
from domain.reviews import Review, Stage
from domain.roles import Role, acting, check_may
from storage import (
    accepted_risks,
    agenda,
    causal_classes,
    meetings,
    people,
    postmortems,
    review_entries,
    reviews,
    workspaces,
)

#: How people are called in a sentence: a mention where Slack draws it, else a name.
Called = Callable[[Person], str]


def mentioned(person: Person) -> str:
    """The person as a message names them."""
    return mention(person.id)


def named(person: Person) -> str:
    """The person as a form names them, where Slack draws no mention."""
    return person.name or person.id


async def roles_of(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem, person: str
) -> frozenset[Role]:
    """All that somebody is to an item now."""
    owner, lead = await _owner_and_lead(session, postmortem, item)
    roles = {
        Role.OWNER: person == item.owner,
        Role.LEAD: lead is not None and person == lead.id,
        Role.PROPOSED: person == item.proposed_owner,
        Role.STAND_IN: owner is None and lead is None,
        Role.FACILITATOR: await _chairs(session, postmortem, item, person),
        Role.ACCEPTER: await accepts(session, postmortem, item, person),
    }
    return frozenset(role for role, is_so in roles.items() if is_so)


async def accepts(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem, person: str
) -> bool:
    """Whether they were named to accept the risk instead of an item, and it stands."""
    if item.state is not ItemState.ACCEPTED:
        return False
    return any(
        risk.item_id == item.id and risk.stands and risk.accepter == person
        for risk in await accepted_risks.risks(session, postmortem.id)
    )


async def check_decides(
    session: AsyncSession,
    postmortem: Postmortem,
    item: ActionItem,
    person: str,
    decision: Decision,
    called: Called = mentioned,
) -> Role:
    """As what somebody decides so; RuleBroken says who may instead, or what can be decided."""
    roles = await roles_of(session, postmortem, item, person)
    return await _check_may(session, postmortem, item, roles, decision, called)


async def instead_of(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem, roles: frozenset[Role]
) -> str:
    """Who decides about an item, said to somebody of these roles who does not."""
    try:
        await _check_may(session, postmortem, item, roles, Decision.IMPLEMENT, mentioned)
    except RuleBroken as broken:
        return str(broken)
    return ""


async def _check_may(
    session: AsyncSession,
    postmortem: Postmortem,
    item: ActionItem,
    roles: frozenset[Role],
    decision: Decision,
    called: Called,
) -> Role:
    owner, lead = await _owner_and_lead(session, postmortem, item)
    if Role.STAND_IN in roles:
        met = await people.known(session, postmortem.workspace, [item.owner])
        owner = met.get(item.owner)
    chair = None if acting(roles, decision) else await _chair(session, postmortem, item)
    names = [called(each) if each else "" for each in (owner, lead, chair)]
    return check_may(item, roles, decision, *names)


async def _chair(session: AsyncSession, postmortem: Postmortem, item: ActionItem) -> Person | None:
    """Who chairs the review under way that has the item before it: the month's, or its own."""
    review = await reviews.open_review(session, postmortem.workspace)
    meeting = await meetings.meeting(session, postmortem.id)
    which = ""
    if review and await _walks(session, review, item_id=item.id or 0):
        which = review.facilitator
    elif meeting and is_in_review(postmortem, meeting):
        which = meeting.facilitator
    person = (await people.known(session, postmortem.workspace, {which} - {""})).get(which)
    return person if person and is_here(person) else None


async def has_left(session: AsyncSession, postmortem: Postmortem, item: ActionItem) -> bool:
    """Whether the item's owner is not here any more."""
    return (await _owner_and_lead(session, postmortem, item))[0] is None


async def _owner_and_lead(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem
) -> tuple[Person | None, Person | None]:
    """Who owns the item and who leads the programme; None for whoever has left, or is nobody."""
    lead = (await workspaces.programme(session, postmortem.workspace)).lead
    met = await people.known(session, postmortem.workspace, {item.owner, lead} - {""})
    both = [met.get(each, Person(id=each, name="")) for each in (item.owner, lead)]
    owner, leader = (each if each.id and is_here(each) else None for each in both)
    return owner, leader


async def _chairs(
    session: AsyncSession, postmortem: Postmortem, item: ActionItem, person: str
) -> bool:
    """Whether they chair a review under way that has the item before it: its own, or a later one.

    So does whoever chairs the monthly review that has it on its table. A person chairs few reviews
    at once, so each is asked.
    """
    if await walks(session, postmortem.workspace, person, item_id=item.id or 0):
        return True
    for which in await meetings.chaired_by(session, postmortem.workspace, person):
        reviewed = await postmortems.find(session, postmortem.workspace, which)
        if reviewed is None:
            continue
        meeting = await meetings.meeting(session, which)
        if meeting is None or not is_in_review(reviewed, meeting):
            continue
        if await _is_before(session, reviewed, meeting, postmortem, item):
            return True
    return False


async def walks(
    session: AsyncSession, workspace_id: str, person: str, *, item_id: int = 0, risk_id: int = 0
) -> bool:
    """Whether they chair a monthly review under way with this item or risk on its table."""
    review = await reviews.chaired_by(session, workspace_id, person)
    return review is not None and await _walks(session, review, item_id=item_id, risk_id=risk_id)


async def _walks(
    session: AsyncSession, review: Review, *, item_id: int = 0, risk_id: int = 0
) -> bool:
    if review.stage is not Stage.UNDER_WAY:
        return False
    return await review_entries.holds(session, review.id or 0, item_id=item_id, risk_id=risk_id)


async def _is_before(
    session: AsyncSession,
    reviewed: Postmortem,
    meeting: Meeting,
    postmortem: Postmortem,
    item: ActionItem,
) -> bool:
    if reviewed.id == postmortem.id:
        return True
    classes = [each.id for each in await causal_classes.of_postmortem(session, reviewed.id)]
    earlier = await agenda.earlier_items(session, reviewed, classes, meeting.started_at)
    mine = (postmortem.number, item.position)
    return mine in {(each.number, each.position) for each in earlier}
