"""The sprint list: `/postmortem sprint`, and once a week in the channels of teams.

A tick with nothing to do reads one small query. The list of a week is owed as soon as that week has
begun somewhere, and waits until the team is at work; so each channel gets it once, also after a
restart. When nobody of them works before the week is over, the next one is worth more.
"""

import asyncio
from datetime import UTC, datetime, timedelta

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.parts import Message
from blocks.sprint import SprintPage, sprint_message, unknown_service
from domain.errors import RuleBroken
from domain.item_search import Asker
from domain.postmortems import SERVICE_MAX
from domain.sprint import SprintList, posted_at, week_of
from domain.windows import Scope
from handlers.find import NOT_ALL, PATIENCE, private_channels
from handlers.orphans import lead_here
from handlers.outgoing import Later, Outgoing
from handlers.patience import within
from handlers.reading import SILENCE
from handlers.review_hours import hours_here
from handlers.subcommands import Subcommand, Typed
from storage import deliveries, people, search, sprint, workspaces
from storage.deliveries import Delivery
from storage.engine import Sessions
from storage.sprint_order import When

log = structlog.get_logger(__name__)

#: One list; its subject is the channel, a colon and the week.
SPRINT = "sprint"
#: No clock is further ahead of UTC: by then a week has begun somewhere.
AHEAD = timedelta(hours=14)


def register(app: AsyncApp) -> None:
    """Its buttons are those of items, which answer wherever they are."""
    del app


async def show(typed: Typed) -> None:
    """Show whoever asks the list of all services, or of the one they name."""
    try:
        message = await _asked_for(typed, typed.rest[:SERVICE_MAX].rstrip())
    except RuleBroken as broken:
        await typed.ack(str(broken))
        return
    await typed.ack(text=message["text"], blocks=message["blocks"], response_type="ephemeral")


async def _asked_for(typed: Typed, service: str) -> Message:
    asker, remark = await _asker(typed)
    async with typed.sessions() as session:
        zone = (await hours_here(session, typed.team_id)).zone
        when = When(now=typed.now(), zone=zone)
        found = await sprint.listed(session, typed.team_id, Scope(service=service), asker, when)
        named = [await _named(session, typed.team_id, service, found)] if service else []
        page = SprintPage(
            found=found,
            today=when.today,
            services=named,
            names=await _names(session, typed.team_id, found),
            remark=remark,
        )
    return sprint_message(page)


async def _named(session: AsyncSession, team: str, service: str, found: SprintList) -> str:
    """The service as it is written; RuleBroken where none of theirs is called so."""
    seen = [each.service for each in found.items if each.service]
    known = seen or await search.services(session, team)
    named = next((each for each in known if each.lower() == service.lower()), None)
    if named is None:
        raise RuleBroken("", unknown_service(service, known))
    return named


async def _names(session: AsyncSession, team: str, found: SprintList) -> dict[str, str]:
    met = await people.known(session, team, {each.owner for each in found.items})
    return {each.id: each.name for each in met.values()}


async def _asker(typed: Typed) -> tuple[Asker, str]:
    """Whoever asks with the private channels they are in, and what to tell where Slack is silent.

    Slack is asked only where it matters.
    """
    async with typed.sessions() as session:
        asks = await search.has_private(session, typed.team_id)
        is_lead = (await workspaces.programme(session, typed.team_id)).lead == typed.user_id
    channels, remark = set[str](), ""
    if asks:
        try:
            async with within(PATIENCE):
                channels = await private_channels(typed.client, typed.user_id)
        except SILENCE as silent:
            log.warning("private_channels_unknown", why=repr(silent))
            remark = NOT_ALL
    return Asker(id=typed.user_id, channels=channels, is_lead=is_lead), remark


async def look(sessions: Sessions, _client: AsyncWebClient, now: datetime) -> None:
    """Owe each team's channel the list of the week that has begun.

    Raises what went wrong with some workspaces, when all have had their turn.
    """
    week = week_of((now.astimezone(UTC) + AHEAD).date())
    async with sessions() as session:
        waiting = await sprint.waiting(session, SPRINT, week)
    broken: list[Exception] = []
    for team in dict.fromkeys(each for each, _ in waiting):
        [became] = await asyncio.gather(_owe(sessions, team, week, now), return_exceptions=True)
        broken += [became] if isinstance(became, Exception) else []
    if broken:
        raise ExceptionGroup("sprint lists not owed", broken)


async def _owe(sessions: Sessions, team: str, week: str, now: datetime) -> None:
    async with sessions.begin() as session:
        await workspaces.ensure(session, team)  # from here on other replicas wait
        at = posted_at(week, now, await hours_here(session, team)) or now
        lead = await lead_here(session, team)
        for _, channel in await sprint.waiting(session, SPRINT, week, team):
            subject = f"{channel}:{week}"
            await deliveries.enqueue(
                session, team, SPRINT, subject, channel=channel, due_at=at, asked_by=lead
            )


async def posted(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """The list of a team's services; nothing where nothing is open, or the week is over."""
    team, now = delivery.workspace_id, delivery.claimed_at
    hours = await hours_here(session, team)
    at = posted_at(delivery.subject.rpartition(":")[2], now, hours)
    if at is None:
        return None
    if at > now:
        return Later(at=at)
    when, readers = When(now=now, zone=hours.zone), Asker(id="", channels=[delivery.channel])
    scope = Scope(channel=delivery.channel)
    found = await sprint.listed(session, team, scope, readers, when)
    if not found.items:
        return None
    page = SprintPage(
        found=found,
        today=when.today,
        services=await sprint.services_of(session, team, delivery.channel),
        names=await _names(session, team, found),
    )
    return Outgoing(message=sprint_message(page))


DELIVERIES = {SPRINT: posted}
SCHEDULE = {"sprint": look}
SUBCOMMANDS = {
    "sprint": Subcommand(
        usage="sprint [service]",
        help="lists open items, those first whose incident is most likely to come again.",
        run=show,
    )
}
