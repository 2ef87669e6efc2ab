"""A ticket that was closed and is to be open again, for its item is."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.kept_tickets import wanted_as_data
from storage import tickets
from storage.statements import run
from storage.tables import TicketRow


async def reopen(session: AsyncSession, item_id: int, now: datetime) -> bool:
    """Let an item's ticket be opened again, where it stands closed; False where it does not.

    It is taken to have been told what it says: that the item is open is then news to it. Whoever
    has it in hand loses it, lest they put it down as it was. Its postmortem must be locked.
    """
    found = await tickets.find(session, item_id)
    if found is None or not found.is_made or found.told is None or found.seen is None:
        return False
    told = wanted_as_data(replace(found.told, state=found.seen.state))
    put_down = {"told": told, "token": None, "lease_until": None}
    mine = col(TicketRow.item_id) == item_id
    await run(session, update(TicketRow).where(mine).values(**put_down))
    await tickets.want(session, item_id, now)
    return True
