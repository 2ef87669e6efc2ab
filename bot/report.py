"""`closedloop report`: the numbers of a workspace, as everybody there sees them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.export import CannotExport, which_workspace
from bot.migrating import bring_up_to_date
from domain.report import Report, Wanted
from domain.windows import Scope
from handlers.report_numbers import gather
from storage import reports, search, workspaces
from storage.engine import open_database

_NAMED_MOST = 10


class CannotReport(Exception):
    """There is no such workspace or service, or it was not said which; the message tells."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which numbers somebody wants: of how many months before which instant, of which service."""

    months: int
    at: datetime
    service: str = ""
    workspace: str = ""


async def taken(url: str, asked: Asked) -> tuple[str, Report]:
    """The workspace and its report; the database is migrated first. Raises CannotReport."""
    database = open_database(url)
    try:
        await bring_up_to_date(database)
        async with database.sessions() as session:
            which = await _workspace(session, asked.workspace)
            service = await _service(session, which, asked.service)
            wanted = Wanted(months=asked.months, scope=Scope(service=service))
            return which, await gather(session, which, wanted, asked.at)
    finally:
        await database.close()


async def _workspace(session: AsyncSession, named: str) -> str:
    if not await workspaces.known(session):
        raise CannotReport(
            "There is nothing to report yet: start the app once, or import something."
        )
    try:
        return await which_workspace(session, named)
    except CannotExport as refused:
        raise CannotReport(str(refused)) from refused


async def _service(session: AsyncSession, workspace_id: str, named: str) -> str:
    service = named.strip()
    if service and not await reports.is_named(session, workspace_id, service):
        there = await search.services(session, workspace_id)
        raise CannotReport(f"No incident names the service {service}. {_named(there)}")
    return service


def _named(there: list[str]) -> str:
    if not there:
        return "There are no incidents yet."
    more = len(there) - _NAMED_MOST
    said = ", ".join(there[:_NAMED_MOST])
    return f"Choose one of: {said}{f' and {more} more' if more > 0 else ''}."
