"""How the programme is: its numbers are worked out where somebody looks at them (rules 22, 23).

Everybody's Home shows the same numbers, as they were at an instant. What changes them wants them
anew (`want`), and the clock works them out, so that neither a decision nor a Home waits for it.
"""

from datetime import datetime

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.health import Health, Table, health_of, windows_of
from domain.review_calendar import to_come
from domain.review_plan import Situation
from domain.reviews import MUST_DECIDE, Stage
from handlers.homes import refresh_looked_at
from handlers.review_cadence import cadence
from storage import (
    health,
    kept_promises,
    measures,
    review_entries,
    review_notices,
    workspaces,
)
from storage.engine import Sessions

log = structlog.get_logger(__name__)


def register(app: AsyncApp) -> None:
    """Register nothing: only the clock comes here."""
    del app


async def want(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Want the numbers anew: an incident or an item has changed, and somebody may be looking."""
    await health.want(session, workspace_id, now)


async def work_out(sessions: Sessions, _client: AsyncWebClient, now: datetime) -> None:
    """Work out the numbers that are wanted, and owe them to whoever may be looking.

    Where nobody wants any it is one look into an index of those that are.
    """
    async with sessions() as session:
        waiting = await health.wanted(session, now)
    for each in waiting:
        await _work_out(sessions, each, now)


async def _work_out(sessions: Sessions, workspace_id: str, now: datetime) -> None:
    async with sessions.begin() as session:
        claim = await health.claim(session, workspace_id, now)
    if claim is None:
        return
    async with sessions() as session:
        found = await gather(session, workspace_id, now)
    async with sessions.begin() as session:
        await health.take(session, claim, found)
        await refresh_looked_at(session, workspace_id, now)
    log.info("health_taken", workspace=workspace_id)


async def gather(session: AsyncSession, workspace_id: str, now: datetime) -> Health:
    """The numbers as they are now."""
    standing = await cadence(
        session, workspace_id, await workspaces.programme(session, workspace_id)
    )
    zone = standing.hours.zone
    windows = windows_of(now, zone)
    repeats = await measures.repeats(session, workspace_id, windows)
    kept = await kept_promises.completion(session, workspace_id, windows)
    today = windows[0].end_day
    open_items = await kept_promises.open_items(session, workspace_id, today, zone)
    table = await _table(session, workspace_id, standing, now)
    return health_of(windows, repeats, kept, open_items, table)


async def _table(
    session: AsyncSession, workspace_id: str, standing: Situation, now: datetime
) -> Table | None:
    """How much the review has to walk that is next, or what is left of the one under way."""
    current = standing.current
    if current is not None and current.stage is Stage.UNDER_WAY:
        counts = await review_entries.counts(session, current.id or 0)
        return Table(
            due_on=current.due_on,
            total=counts.total,
            undecided=counts.owed,
            settled=counts.settled,
        )
    held = to_come(standing, now)[0]
    found = await review_notices.counts(session, workspace_id, held.due_on)
    undecided = sum(number for why, number in found.items() if why in MUST_DECIDE)
    return Table(due_on=held.due_on, total=sum(found.values()), undecided=undecided)


SCHEDULE = {"health": work_out}
