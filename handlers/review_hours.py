"""Where a monthly review is at home: by which clock, week and holidays it is held (rule 18)."""

from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.people import Person
from domain.programme import Programme
from domain.workdays import WorkingTime
from handlers.hours import hours_in
from storage import people, workspaces


async def hours_here(session: AsyncSession, workspace_id: str) -> WorkingTime:
    """When people work where this workspace's monthly review is held."""
    return await hours_by(session, workspace_id, await workspaces.programme(session, workspace_id))


async def hours_by(session: AsyncSession, workspace_id: str, programme: Programme) -> WorkingTime:
    """The same, where its programme is at hand."""
    return hours_in(programme, await _zone(session, workspace_id, programme))


async def zone_of(session: AsyncSession, workspace_id: str) -> ZoneInfo:
    """The zone that is set, else the programme lead's, else UTC."""
    return (await hours_here(session, workspace_id)).zone


async def _zone(session: AsyncSession, workspace_id: str, programme: Programme) -> ZoneInfo:
    lead = programme.lead
    if programme.review_zone or not lead:
        return Person(id=lead, name="", zone=programme.review_zone or "UTC").tzinfo
    met = await people.known(session, workspace_id, [lead])
    return met[lead].tzinfo if lead in met else ZoneInfo("UTC")
