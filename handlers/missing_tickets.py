"""Tickets that are not there though they could be: asked for, or moved to where they are made."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import missing_tickets, tickets, workspaces
from storage.engine import Sessions

#: So many are seen to in one transaction: whoever saves a form meanwhile waits for it to end.
AT_ONCE = 50

#: Up to so many items of a workspace from behind one on.
_Found = Callable[[AsyncSession, str, int, int], Awaitable[list[int]]]
#: Does something for the ticket of an item; says whether there was anything to do.
_Do = Callable[[AsyncSession, str, int, datetime], Awaitable[bool]]


async def ask_for_all(sessions: Sessions, team_id: str, now: datetime) -> int:
    """Ask for the ticket of each open item that has none and can have one; gives their number."""
    return await _each(sessions, team_id, now, missing_tickets.after, tickets.begin)


async def move_astray(sessions: Sessions, team_id: str, now: datetime) -> int:
    """Let what waits where no tickets are made any more be made where they are now."""
    return await _each(sessions, team_id, now, missing_tickets.astray, missing_tickets.move)


async def _each(sessions: Sessions, team_id: str, now: datetime, find: _Found, do: _Do) -> int:
    number, last = 0, 0
    while True:
        async with sessions.begin() as session:
            await workspaces.ensure(session, team_id)  # whoever wants the same waits, finds less
            found = await find(session, team_id, last, AT_ONCE)
            for each in found:
                number += await do(session, team_id, each, now)
        if not found:
            return number
        last = found[-1]
