"""Error budgets: who says how much is spent, and what the owners of raised items hear (rule 17)."""

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import structlog
from slack_bolt.async_app import AsyncApp
from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.budgets import Burning, budget_message
from domain.agreements import can_agree as is_here
from domain.budgets import RAISED, Source
from domain.services import (
    SERVICES_MAX,
    Service,
    Told,
    after,
    check_burned,
    check_is_named,
    check_name,
    judged,
)
from handlers.budget_items import BUDGET, FOR
from handlers.hearers import hearers
from handlers.hours import hours_of
from handlers.outgoing import Later, Outgoing
from storage import item_history, raised_items, search, services, workspaces
from storage.deliveries import Delivery
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: How every token begins, so that one that leaked is known for what it is.
BEGINNING = "clb_"


class TokenRefused(Exception):
    """Nobody's token: it was never made, or another one was made since."""


@dataclass(frozen=True, kw_only=True)
class Heard:
    """A service as it is once somebody has said how much is spent; it burns from `threshold` on."""

    service: Service
    threshold: int

    @property
    def burns(self) -> bool:
        """Whether it burns its budget now."""
        return self.service.is_burning and not self.service.has_recovered(self.threshold)


def register(app: AsyncApp) -> None:
    """Register nothing: what is said comes by the web, by the clock and by a form."""
    del app


def new_token() -> tuple[str, str]:
    """A token that nobody can guess, and what of it is stored."""
    token = BEGINNING + secrets.token_urlsafe(32)
    return token, digest(token)


def digest(token: str) -> str:
    """What is stored of a token: whoever reads the database cannot show it."""
    return sha256(token.encode(errors="replace")).hexdigest()


async def workspace_of(sessions: Sessions, token: str) -> str:
    """The workspace that made a token; TokenRefused where none did.

    How long that takes says nothing of how much of it was right.
    """
    async with sessions() as session:
        found = await services.of_token(session, digest(token))
    workspace_id, stored = found or ("", digest(""))
    if not hmac.compare_digest(stored, digest(token)) or not workspace_id:
        raise TokenRefused
    return workspace_id


async def told(
    sessions: Sessions, token: str, service: str, burned: object, now: datetime
) -> Heard:
    """Keep that somebody who shows this token says how much of a service's budget is spent.

    A service that nobody knows is made. Raises TokenRefused, or RuleBroken on `service` or
    `burned`.
    """
    workspace_id = await workspace_of(sessions, token)
    name, number = check_name(service, "service"), check_burned(burned)
    async with sessions.begin() as session:
        taken = await _taken(session, workspace_id, name)
        said = Told(burned=number, source=Source.API, at=now)
        return await keep(session, workspace_id, taken, said)


async def _taken(session: AsyncSession, workspace_id: str, name: str) -> Service:
    """The service, held; it is made by one at a time, lest it be made twice in other letters."""
    if await services.named(session, workspace_id, name) is None:
        await workspaces.ensure(session, workspace_id)  # from here on others wait
        if await services.number(session, workspace_id) >= SERVICES_MAX:
            check_is_named(name, await search.services(session, workspace_id))
    return await services.taken(session, workspace_id, name)


async def keep(session: AsyncSession, workspace_id: str, service: Service, said: Told) -> Heard:
    """Keep how much of a service's budget is spent; the clock moves its items soon.

    The service must be held.
    """
    programme = await workspaces.programme(session, workspace_id)
    new = after(service, said, programme.burning_percent)
    await services.change(session, new)
    heard = Heard(service=new, threshold=programme.burning_percent)
    log.info(
        "budget_told",
        service=new.name,
        burned=new.burned,
        source=new.source,
        burns=heard.burns,
    )
    return heard


async def judge(session: AsyncSession, workspace_id: str, now: datetime) -> None:
    """Let services burn, or not, by the workspace's number as it is now.

    The workspace must be locked, and no postmortem yet.
    """
    programme = await workspaces.programme(session, workspace_id)
    for each in await services.all_of(session, workspace_id):
        held = await services.held(session, workspace_id, each.id or 0)
        new = held and judged(held, programme.burning_percent, now)
        if new is not None and new != held:
            await services.change(session, new)


async def budget(session: AsyncSession, delivery: Delivery) -> Outgoing | Later | None:
    """What became of somebody's items while a service burned, within their working hours.

    Once it has recovered before they heard of it, there is nothing to say.
    """
    which, _, rest = delivery.subject.partition(":")
    since, _, person = rest.rpartition(":")
    team, now = delivery.workspace_id, delivery.claimed_at
    service = await services.find(session, team, int(which))
    owner, _, lead = person.partition(FOR)
    who = await hearers(session, team, [owner, lead])
    reader, is_posted = who.person(lead or owner), delivery.message_ts is not None
    if service is None or not is_here(reader):
        return None
    told_of = await _burning(session, team, service, datetime.fromisoformat(since), owner)
    told_of = replace(told_of, left=owner if lead else "")
    if not is_posted and (told_of.is_over or not told_of.moved):
        return None
    hours = hours_of(who.programme, reader)
    if not is_posted and not hours.is_at_work(now):
        return Later(at=hours.next_at_work(now))
    return Outgoing(message=budget_message(told_of))


async def _burning(
    session: AsyncSession, team: str, service: Service, since: datetime, person: str
) -> Burning:
    threshold = (await workspaces.programme(session, team)).burning_percent
    moved = await raised_items.moved_of(session, team, service, since, person)
    return Burning(
        service=service,
        threshold=threshold,
        is_over=service.burning_since != since or service.has_recovered(threshold),
        since=since,
        moved=moved,
        why=await _why(session, moved[0].item.id or 0, since) if moved else "",
    )


async def _why(session: AsyncSession, item_id: int, since: datetime) -> str:
    """Why an item went up first since then, as its history says."""
    entries = await item_history.of_item(session, item_id)
    raised = (each.reason for each in entries if each.event == RAISED and each.at >= since)
    return next(raised, "")


DELIVERIES = {BUDGET: budget}
