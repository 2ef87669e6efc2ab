"""`closedloop due`: what the clock would do by an instant, workspace by workspace."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.migrating import bring_up_to_date
from domain.people import Person
from handlers.foreseen import Foreseen, digests_by
from handlers.people import nobody
from handlers.report_clock import ForeseenReport, reports_by
from handlers.reviews_foreseen import ForeseenStep, reviews_by
from storage import due, people
from storage.claims import Delivery
from storage.due import Returning, RunningOut
from storage.engine import Sessions, open_database

#: So many of each kind are looked at; a terminal is no place for more.
MOST = 1_000
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Due:
    """All that is due in one workspace; `names` are of those people and channels that are told."""

    workspace_id: str
    name: str
    deliveries: Sequence[Delivery]
    digests: Sequence[Foreseen]
    handovers: Sequence[Returning]
    risks: Sequence[RunningOut]
    reviews: Sequence[ForeseenStep] = ()
    reports: Sequence[ForeseenReport] = ()
    names: dict[str, str] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """Whether the clock would do nothing here."""
        kinds = (self.deliveries, self.digests, self.handovers, self.risks)
        return not any((*kinds, self.reviews, self.reports))

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than was looked at."""
        return any(len(each) >= MOST for each in (self.deliveries, self.handovers, self.risks))

    def called(self, user_or_channel: str) -> str:
        """The name of a person or a channel; its id where there is none to tell."""
        return self.names.get(user_or_channel, user_or_channel)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """The same of all workspaces together."""

    deliveries: Sequence[Delivery]
    digests: Sequence[Foreseen]
    handovers: Sequence[Returning]
    risks: Sequence[RunningOut]
    reports: Sequence[ForeseenReport]


@dataclass(frozen=True, kw_only=True)
class _Workspace:
    """A workspace, and what becomes of its monthly reviews."""

    id: str
    name: str
    reviews: Sequence[ForeseenStep]


async def due_by(url: str, at: datetime, now: datetime) -> list[Due]:
    """What would be done by then; nothing is sent or owed for looking.

    The database is migrated first.
    """
    database = open_database(url)
    try:
        await bring_up_to_date(database)
        return await look(database.sessions, at, now)
    finally:
        await database.close()


async def look(sessions: Sessions, at: datetime, now: datetime) -> list[Due]:
    """The same of an open database."""
    digests = await digests_by(sessions, at, now, MOST)
    async with sessions() as session:
        found = _Found(
            deliveries=await due.owed(session, at, MOST),
            digests=digests,
            handovers=await due.returning(session, at, MOST),
            risks=await due.running_out(session, (at + _A_DAY).date(), MOST),
            reports=await reports_by(session, at, now),
        )
        named = await due.names_of_workspaces(session)
        held = {each: await reviews_by(session, each, at, now) for each in named}
        there = [
            await _of(session, found, _Workspace(id=each, name=name, reviews=held[each]), at)
            for each, name in named.items()
        ]
    return [each for each in there if not each.is_nothing]


OfWorkspace = TypeVar("OfWorkspace", Delivery, Foreseen, Returning, RunningOut, ForeseenReport)


def _mine(found: Sequence[OfWorkspace], workspace_id: str) -> list[OfWorkspace]:
    return [each for each in found if each.workspace_id == workspace_id]


async def _of(session: AsyncSession, found: _Found, mine: _Workspace, at: datetime) -> Due:
    workspace_id = mine.id
    risks, handovers = _mine(found.risks, workspace_id), _mine(found.handovers, workspace_id)
    deliveries, reports = _mine(found.deliveries, workspace_id), _mine(found.reports, workspace_id)
    told = {each.channel for each in deliveries} | {each.accepter for each in risks}
    told |= {person for each in handovers for person in (each.owner, each.proposed_owner)}
    told |= {each.channel for each in mine.reviews} | {each.channel for each in reports}
    met = await people.known(session, workspace_id, {each.accepter for each in risks})
    return Due(
        workspace_id=workspace_id,
        name=mine.name,
        deliveries=deliveries,
        digests=_mine(found.digests, workspace_id),
        handovers=handovers,
        risks=[each for each in risks if each.until <= _today(met, each.accepter, at)],
        reviews=mine.reviews,
        reports=reports,
        names=await due.names(session, workspace_id, told),
    )


def _today(met: dict[str, Person], person: str, at: datetime) -> date:
    """The date where somebody is: there the day of their risk comes."""
    return met.get(person, nobody(person)).today(at)
