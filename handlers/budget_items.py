"""A service that burns its error budget raises its open items; they go back once it has recovered.

The clock sees to it, an incident at a time and each in a transaction of its own: a crash between
two leaves the rest to be done, and of two replicas one moves each item. Transactions that lock a
service lock it before postmortems.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem
from domain.budgets import LOWERED, RAISED, lower_item, raise_item
from domain.postmortems import Postmortem
from domain.services import KNOWN_FOR, Service, forgotten, percent
from handlers import kept_items
from handlers.hearers import hearers
from handlers.kept_items import Deed
from handlers.showing import show_again
from storage import action_items, deliveries, postmortems, raised_items, services, workspaces
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: What an owner hears of one time that a service burns.
BUDGET = "budget"
#: In a subject after an owner who has left, before who hears in their place.
FOR = "/"
#: So often new items are looked for of a service that burns.
EVERY = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class _Turn:
    """One service's turn: it burns, or with `is_back` its items go back."""

    workspace_id: str
    service: Service
    is_back: bool
    now: datetime

    def moved(self, item: ActionItem, *, is_its: bool) -> ActionItem:
        """The item where it belongs; `is_its` while its incident is put down to the service."""
        since = self.service.burning_since
        if self.is_back or not is_its:
            goes_back = item.raised_in == since or (self.is_back and is_its)
            return lower_item(item) if goes_back else item
        return raise_item(item, since) if item.is_open and since else item

    def why(self, *, is_its: bool) -> str:
        """What the history of an item says."""
        name, burned = self.service.name, self.service.burned
        if self.is_back and burned is None:
            days = KNOWN_FOR.days
            return f"nobody has told for {days} days how much of {name}'s error budget is spent"
        if self.is_back:
            return f"{name} has recovered: {percent(burned or 0)} of its error budget is spent"
        if not is_its:
            return f"its incident is not put down to {name} any more, which burns its error budget"
        return f"{name} burns its error budget: {percent(burned or 0)} is spent"


class Settling:
    """A duty of the clock: moves the items of services that burn, or have recovered.

    Services that do are few, and found by an index. When one was seen to last is remembered here,
    lest its items be counted each second; after a restart they are counted once more.
    """

    def __init__(self) -> None:
        self._seen: dict[tuple[int | None, datetime | None], datetime] = {}

    async def __call__(self, sessions: Sessions, _client: AsyncWebClient, now: datetime) -> None:
        """See to each of them; raises what went wrong with some when all have had their turn."""
        broken: list[Exception] = []
        for turn in await self._turns(sessions, now):
            [became] = await asyncio.gather(_settle(sessions, turn), return_exceptions=True)
            if isinstance(became, Exception):
                broken.append(became)
            else:
                self._seen = {**self._seen, _which(turn.service): now}
        if broken:
            raise ExceptionGroup("budgets not settled", broken)

    async def _turns(self, sessions: Sessions, now: datetime) -> list[_Turn]:
        async with sessions() as session:
            found = await services.burning(session)
            teams = {team for team, _ in found}
            numbers = {team: await _threshold(session, team) for team in teams}
        return [
            _Turn(workspace_id=team, service=forgotten(each, now), is_back=back, now=now)
            for team, each in found
            if (back := _is_over(each, numbers[team], now)) or self._is_due(each, now)
        ]

    def _is_due(self, service: Service, now: datetime) -> bool:
        seen = self._seen.get(_which(service))
        return seen is None or now >= seen + EVERY


def _which(service: Service) -> tuple[int | None, datetime | None]:
    return service.id, service.burning_since


async def _threshold(session: AsyncSession, workspace_id: str) -> int:
    return (await workspaces.programme(session, workspace_id)).burning_percent


def _is_over(service: Service, threshold: int, now: datetime) -> bool:
    return forgotten(service, now).has_recovered(threshold)


async def _settle(sessions: Sessions, turn: _Turn) -> None:
    found = await _found(sessions, turn)
    for which in found:
        async with sessions.begin() as session:
            if not await _holds(session, turn):
                return
            await _move(session, turn, which)
            if which == found[-1] and not turn.is_back:
                await _tell(session, turn)
    if turn.is_back:
        await _end(sessions, turn)


async def _found(sessions: Sessions, turn: _Turn) -> list[int]:
    which = turn.workspace_id, turn.service
    async with sessions() as session:
        if turn.is_back:
            return await raised_items.to_lower(session, *which)
        strayed = await raised_items.to_return(session, *which)
        return [*strayed, *await raised_items.to_raise(session, *which)]


async def _holds(session: AsyncSession, turn: _Turn) -> bool:
    """Whether it is still so; nobody else says how much is spent until we commit."""
    service = await services.held(session, turn.workspace_id, turn.service.id or 0)
    if service is None or service.burning_since != turn.service.burning_since:
        return False
    threshold = await _threshold(session, turn.workspace_id)
    return _is_over(service, threshold, turn.now) == turn.is_back


async def _move(session: AsyncSession, turn: _Turn, postmortem_id: int) -> None:
    """Move the items of one incident that are not where they belong."""
    postmortem = await postmortems.lock(session, turn.workspace_id, postmortem_id)
    is_its = postmortem.facts.service.lower() == turn.service.name.lower()
    items = await action_items.items(session, postmortem_id)
    for item in items:
        new = turn.moved(item, is_its=is_its)
        event = LOWERED if new.raised_from is None else RAISED
        if new.priority != item.priority:
            deed = Deed(by="", at=turn.now, event=event, reason=turn.why(is_its=is_its))
            await _keep(session, postmortem, item, new, deed)
        elif new != item:
            await raised_items.let_be(session, new)
    if turn.is_back:
        await _show_earlier(session, turn, items)


async def _keep(
    session: AsyncSession, postmortem: Postmortem, old: ActionItem, new: ActionItem, deed: Deed
) -> None:
    await kept_items.change(session, postmortem.workspace, old, new, deed)
    await show_again(session, postmortem, new, (), by="", now=deed.at)
    log.info("item_moved", deed=deed.event, postmortem=postmortem.key, why=deed.reason)


async def _show_earlier(session: AsyncSession, turn: _Turn, items: Sequence[ActionItem]) -> None:
    """Let what owners heard of earlier times that it burned say that these items are back."""
    raised = {each.raised_in for each in items if each.raised_from is not None}
    for since in raised - {None, turn.service.burning_since}:
        await _show_again(session, turn, _begun(turn.service, since))


async def _show_again(session: AsyncSession, turn: _Turn, begun: str) -> None:
    had_one = raised_items.told_of(turn.workspace_id, BUDGET, begun)
    await deliveries.again_all(session, [had_one], now=turn.now)


def _begun(service: Service, since: datetime | None) -> str:
    """How the subjects of all messages about one time that a service burned begin."""
    return f"{service.id}:{since.isoformat() if since else ''}"


async def _tell(session: AsyncSession, turn: _Turn) -> None:
    """Owe the owners of what was moved one message each; and whoever had one, its newest state.

    Somebody may own nothing of it any more. Of who has left the programme lead hears, and nobody
    where there is none.
    """
    service = turn.service
    begun = _begun(service, service.burning_since)
    await _show_again(session, turn, begun)
    owners = await raised_items.owners(session, turn.workspace_id, service)
    who = await hearers(session, turn.workspace_id, owners)
    for owner, reader in ((each, who.of(each)) for each in owners):
        if reader is not None:
            await deliveries.enqueue(
                session,
                turn.workspace_id,
                BUDGET,
                f"{begun}:{owner}" + (f"{FOR}{reader.id}" if reader.id != owner else ""),
                channel=reader.id,
                due_at=turn.now,
            )


async def _end(sessions: Sessions, turn: _Turn) -> None:
    """Let the service burn no more, once nothing is raised by it any more."""
    async with sessions.begin() as session:
        if not await _holds(session, turn):
            return
        if await raised_items.to_lower(session, turn.workspace_id, turn.service):
            return  # something was raised meanwhile: the next strike sees to it
        await _tell(session, turn)
        kept = await services.find(session, turn.workspace_id, turn.service.id or 0)
        if kept is not None:
            over = forgotten(kept, turn.now)
            await services.change(session, replace(over, burning_since=None))
        log.info("budget_recovered", service=turn.service.name)
