"""The clock of monthly reviews: called, begun, reminded of (rules 19, 20).

Each workspace is seen to in a transaction of its own that locks it first: of two replicas only one
does each step, a crash between two leaves the rest to be done, and one that goes wrong holds up no
other. A tick with nothing to look at reads one small query.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.review_plan import Due, Situation, Step, next_look, next_occasion, steps
from handlers import review_alerts, review_chairs, review_reminders
from handlers import reviews as walk
from handlers.facilitator_group import group_members
from handlers.facilitators import ASKED_MAX, here
from handlers.review_situation import situation
from handlers.review_turns import turns
from storage import review_alerts as alerts
from storage import reviews, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: What went wrong with a workspace is tried again so long after, and not each second.
AGAIN = timedelta(minutes=1)


def register(app: AsyncApp) -> None:
    """Register nothing: only the clock comes here."""
    del app


@dataclass(frozen=True, kw_only=True)
class _Look:
    """One look at one workspace; `members` are those of its facilitators' group."""

    session: AsyncSession
    workspace_id: str
    members: Collection[str]
    now: datetime


async def look(sessions: Sessions, client: AsyncWebClient, now: datetime) -> None:
    """Do whatever is due about the monthly reviews of every workspace that is to be looked at.

    Raises what went wrong with some of them, when all have had their turn.
    """
    async with sessions() as session:
        waiting = await reviews.to_look_at(session, now)
    broken: list[Exception] = []
    for each in waiting:
        [became] = await asyncio.gather(_look(sessions, client, each, now), return_exceptions=True)
        if isinstance(became, Exception):
            broken.append(became)
            async with sessions.begin() as session:
                await reviews.look_again(session, each, now + AGAIN)
    if broken:
        raise ExceptionGroup("monthly reviews not looked at", broken)


async def _look(sessions: Sessions, client: AsyncWebClient, which: str, now: datetime) -> None:
    members = await _members(sessions, client, which, now)
    async with sessions.begin() as session:
        await workspaces.ensure(session, which)  # from here on other replicas wait
        if await alerts.is_to_look_at(session, which, now):
            await _see_to(_Look(session=session, workspace_id=which, members=members, now=now))


async def _members(
    sessions: Sessions, client: AsyncWebClient, which: str, now: datetime
) -> list[str]:
    """Who is in the facilitators' group, if a review is to be called now; asked outside of locks.

    Those whose turn it is are looked up: whoever has left is not called to chair.
    """
    async with sessions() as session:
        due = _next_due(await situation(session, which, now), now, set())
    if due is None or due.step is not Step.CALL:
        return []
    members = await group_members(client, sessions, which)
    async with sessions() as session:
        in_turn = await turns(session, which, members)
    await here(client, sessions, which, in_turn[:ASKED_MAX], now)
    return members


async def _see_to(this: _Look) -> None:
    """Do what is due, each step once, and have the clock look again when the next one is."""
    done: set[Step] = set()
    standing = await situation(this.session, this.workspace_id, this.now)
    while due := _next_due(standing, this.now, done):
        await _DEEDS[due.step](this, standing, due)
        done.add(due.step)
        standing = await situation(this.session, this.workspace_id, this.now)
    at = next_look(steps(standing, this.now), this.now)
    await reviews.look_again(this.session, this.workspace_id, at)


def _next_due(standing: Situation, now: datetime, done: Collection[Step]) -> Due | None:
    has_come = (each for each in steps(standing, now) if each.at <= now)
    return next((each for each in has_come if each.step not in done), None)


async def _call(this: _Look, standing: Situation, _due: Due) -> None:
    occasion = next_occasion(standing, this.now)
    await review_chairs.call(
        this.session,
        this.workspace_id,
        due_at=occasion.due_at,
        due_on=occasion.due_on,
        channel=standing.programme.review_channel,
        by="",
        now=this.now,
        members=this.members,
    )


async def _leave_out(this: _Look, standing: Situation, _due: Due) -> None:
    """Nothing is there to be walked: the next one counts, with its whole notice."""
    left_out = next_occasion(standing, this.now)
    await reviews.leave_out(this.session, this.workspace_id, left_out.due_on)


async def _begin(this: _Look, standing: Situation, _due: Due) -> None:
    if standing.current is not None:
        await walk.begin(this.session, standing.current, this.now)


async def _remind(this: _Look, standing: Situation, _due: Due) -> None:
    if standing.current is not None:
        await review_reminders.remind(this.session, standing.current, this.now)


async def _escalate(this: _Look, standing: Situation, _due: Due) -> None:
    if standing.current is not None:
        await review_reminders.escalate(this.session, standing.current, this.now)


async def _alert(this: _Look, standing: Situation, due: Due) -> None:
    if standing.since is not None:
        await review_alerts.alert(
            this.session, this.workspace_id, standing.since, due.number, this.now
        )


_DEEDS: Mapping[Step, Callable[[_Look, Situation, Due], Awaitable[None]]] = {
    Step.CALL: _call,
    Step.LEAVE_OUT: _leave_out,
    Step.BEGIN: _begin,
    Step.REMIND: _remind,
    Step.ESCALATE: _escalate,
    Step.ALERT: _alert,
}

SCHEDULE = {"reviews": look}
