"""When people work: their workspace's week and hours, their own zone and public holidays."""

from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.people import Person
from domain.programme import OWN_HOLIDAYS, Programme
from domain.workdays import WorkingTime, working_time
from integrations import public_holidays
from storage import workspaces


def hours_of(programme: Programme, person: Person) -> WorkingTime:
    """When this person works, in a workspace with this programme."""
    return hours_in(programme, person.tzinfo)


def hours_in(programme: Programme, zone: ZoneInfo) -> WorkingTime:
    """When people work who live in this zone, in a workspace with this programme."""
    if programme.holidays == OWN_HOLIDAYS:
        return working_time(programme, zone, public_holidays.of_zone(zone))
    return working_time(programme, zone, public_holidays.of_country(programme.holidays))


async def working_hours(session: AsyncSession, workspace_id: str, person: Person) -> WorkingTime:
    """When somebody of this workspace works."""
    return hours_of(await workspaces.programme(session, workspace_id), person)
