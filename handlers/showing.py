"""Every message that shows an action item says how it stands now."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem
from domain.postmortems import Postmortem
from handlers import agenda, home
from handlers.digests import freshen
from handlers.sections import Made, owe_card, owe_readers


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
    people's digest and Home: its owner and whoever is asked to take it on are always among them.
    That an item was decided does not amend what is published: nobody has to read that again.
    """
    made = Made(by=by, at=now, submission="")
    await owe_card(session, postmortem, by=made.by, now=made.at)
    await owe_readers(session, postmortem, made)
    await agenda.owe_again(session, postmortem, now)
    # In one order everywhere, so that two transactions never wait for each other.
    for person in sorted({*people, item.owner, item.proposed_owner} - {""}):
        await freshen(session, postmortem.workspace, person, now)
        await home.refresh(session, postmortem.workspace, person, now)
