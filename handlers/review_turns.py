"""Whose turn it is to chair a monthly review (rule 19)."""

from collections.abc import Collection, Sequence
from datetime import datetime

from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.agreements import can_agree as is_here
from domain.meetings import rotation
from handlers.facilitators import ASKED_MAX, here
from storage import meetings, meta_reviews, people, reviews, workspaces
from storage.engine import Sessions


async def turns(session: AsyncSession, workspace_id: str, members: Collection[str]) -> list[str]:
    """Who may chair a monthly review, whose turn it is first.

    `members` are those of the facilitators' group; with whoever is named they take turns, else
    everybody who has responded to an incident. Every kind of review counts. Whoever we know to have
    left is not among them. Where nobody is, the programme lead chairs.
    """
    pool = await named(session, workspace_id, members)
    pool = pool or await meetings.peers(session, workspace_id)
    lead = (await workspaces.programme(session, workspace_id)).lead
    last = await meetings.last_chaired(session, workspace_id, pool)
    for other in (reviews.last_chaired, meta_reviews.last_chaired):
        for person, at in (await other(session, workspace_id)).items():
            last[person] = max(at, last.get(person, at))
    met = await people.known(session, workspace_id, {*pool, lead} - {""})
    wanted = rotation(pool, (), last)
    able = [each for each in (*wanted, lead) if each and (each not in met or is_here(met[each]))]
    return [each for each in able if each in wanted] or able


async def named(session: AsyncSession, workspace_id: str, members: Collection[str]) -> list[str]:
    """Whoever is named to take turns at chairing, alone or by their group."""
    return sorted({*await meetings.facilitators(session, workspace_id), *members})


async def next_in(
    client: AsyncWebClient, sessions: Sessions, team_id: str, in_turn: Sequence[str], now: datetime
) -> str:
    """The first of these who is here, as Slack says now; empty where nobody is."""
    wanted = in_turn[:ASKED_MAX]
    met = await here(client, sessions, team_id, wanted, now)
    return next((each for each in wanted if each in met and is_here(met[each])), "")
