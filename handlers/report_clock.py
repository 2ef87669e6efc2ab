"""The clock of the monthly report: posted once a month, where the reviews are held.

Each workspace is seen to in a transaction of its own that locks it first: of two replicas only one
owes the report, and a crash leaves it to be owed. What is due is looked for once a minute, and at
the instant at which the next one is.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.report_days import Monthly, channel_of, latest, next_month, of_month
from domain.windows import USUAL_MONTHS
from handlers.orphans import lead_here
from handlers.quiet import Quiet
from handlers.report_owing import owe
from handlers.review_hours import hours_by
from storage import reports, workspaces
from storage.engine import Sessions
from storage.reports import Waiting

log = structlog.get_logger(__name__)

#: Where no incident began for so long there is nothing to report.
A_YEAR = timedelta(days=365)
#: Settings may change: nobody waits longer than this for them to count.
AGAIN = timedelta(minutes=1)

_quiet = Quiet()


@dataclass(frozen=True, kw_only=True)
class ForeseenReport:
    """A monthly report to come: of which month, when, and in which channel."""

    workspace_id: str
    month: str
    at: datetime
    channel: str


async def post_due(sessions: Sessions, _client: AsyncWebClient, now: datetime) -> None:
    """Owe every workspace its monthly report whose hour has come.

    Raises what went wrong with some of them, when all have had their turn.
    """
    if _quiet.lasts(sessions, now):
        return
    _quiet.begin(sessions, now, now + AGAIN)
    async with sessions() as session:
        found = await reports.waiting(session, now - A_YEAR, latest(now))
        planned = [(each, await _this_month(session, each, now)) for each in found]
    to_come = [monthly.due_at for _, monthly in planned if monthly.due_at > now]
    _quiet.begin(sessions, now, min([now + AGAIN, *to_come]))
    due = [each for each, monthly in planned if monthly.is_due(now, each.since)]
    await _each(sessions, due, now)


async def _each(sessions: Sessions, due: Sequence[Waiting], now: datetime) -> None:
    broken: list[Exception] = []
    for each in due:
        work = _post(sessions, each.workspace_id, now)
        [became] = await asyncio.gather(work, return_exceptions=True)
        if isinstance(became, Exception):
            broken.append(became)
    if broken:
        raise ExceptionGroup("monthly reports not owed", broken)


async def _post(sessions: Sessions, team: str, now: datetime) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, team)  # from here on other replicas wait
        still = await reports.still_waiting(session, team, now - A_YEAR, latest(now))
        if still is None:
            return
        monthly = await _this_month(session, still, now)
        if not monthly.is_due(now, still.since):
            return
        if not await reports.had_begun(session, team, monthly.due_at):
            return
        await owe(
            session,
            team,
            channel=channel_of(still.programme),
            subject=monthly.month,
            months=USUAL_MONTHS,
            service="",
            now=now,
            asked_by=await lead_here(session, team),
        )
    log.info("monthly_report_owed", workspace=team, month=monthly.month)


async def _this_month(session: AsyncSession, each: Waiting, now: datetime) -> Monthly:
    hours = await hours_by(session, each.workspace_id, each.programme)
    return of_month(hours.today(now), each.programme, hours)


async def reports_by(session: AsyncSession, at: datetime, now: datetime) -> list[ForeseenReport]:
    """The monthly reports that are posted by then, the next one of each workspace."""
    found = []
    for each in await reports.waiting(session, now - A_YEAR):
        foreseen = await _next(session, each, now)
        if foreseen.at <= at:
            found.append(foreseen)
    return found


async def _next(session: AsyncSession, each: Waiting, now: datetime) -> ForeseenReport:
    hours = await hours_by(session, each.workspace_id, each.programme)
    today = hours.today(now)
    monthly = of_month(today, each.programme, hours)
    is_over = now > monthly.due_at and not await _is_promised(session, each, monthly, now)
    if each.last >= monthly.month or is_over:
        monthly = of_month(next_month(today), each.programme, hours)
    return ForeseenReport(
        workspace_id=each.workspace_id,
        month=monthly.month,
        at=max(monthly.due_at, now),
        channel=channel_of(each.programme),
    )


async def _is_promised(
    session: AsyncSession, each: Waiting, monthly: Monthly, now: datetime
) -> bool:
    """Whether a report whose hour has passed is to be caught up."""
    began = await reports.had_begun(session, each.workspace_id, monthly.due_at)
    return began and monthly.is_due(now, each.since)


SCHEDULE = {"reports": post_due}
