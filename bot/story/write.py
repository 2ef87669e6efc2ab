"""Writing a postmortem of the story where its forms would put it, with the rules asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.story.read import Event, Incident, Item, Line, Risk, Turn
from domain.accepted_risks import AcceptedRisk, check_risk
from domain.action_items import (
    ActionItem,
    HistoryEntry,
    changes,
    check_item,
    default_due,
    free_position,
)
from domain.contributing_factors import ContributingFactor
from domain.people import Person
from domain.postmortems import Facts, Postmortem, Section, check_facts
from domain.programme import Programme
from domain.timeline import TimelineEntry
from handlers.sections import Made, keep, owe_card
from sandbox.channels import Channel
from sandbox.workspace import Workspace
from storage import (
    accepted_risks,
    action_items,
    contributing_factors,
    item_history,
    postmortems,
    timeline,
)
from storage.engine import Sessions

_SECTIONS = (Section.FACTS, Section.TIMELINE, Section.FACTORS, Section.ROOT_CAUSE)


@dataclass(frozen=True)
class Writer:
    """Writes into the app's database at the time that the workspace's clock shows."""

    workspace: Workspace
    sessions: Sessions

    def _id(self, handle: str) -> str:
        return self.workspace.person(handle).id

    def _person(self, handle: str) -> Person:
        account = self.workspace.person(handle)
        return Person(
            id=account.id, name=account.real_name, zone=account.tz, is_deactivated=account.deleted
        )

    def _made(self, handle: str) -> Made:
        return Made(by=self._id(handle), at=self.workspace.clock.now(), submission="")

    async def write(self, incident: Incident, channel: Channel, start: datetime) -> Postmortem:
        """Write a postmortem, and owe its channel the card."""
        made = self._made(incident.responders[0])
        async with self.sessions.begin() as session:
            postmortem = await postmortems.start(
                session,
                self.workspace.team_id,
                channel=channel.id,
                channel_name=channel.name,
                is_private=False,
                facts=check_facts(self._facts(incident, start), made.at),
                created_by=made.by,
                submission="",
                now=made.at,
            )
            await self._analysis(session, postmortem, incident, made)
            await self._decisions(session, postmortem, incident, made)
            for section in (*_SECTIONS, *([Section.ACTION_ITEMS] if incident.items else [])):
                await keep(session, postmortem, section, made)
        return postmortem

    def _facts(self, incident: Incident, start: datetime) -> Facts:
        return Facts(
            title=incident.title,
            service=incident.service,
            severity=incident.severity,
            started_at=start,
            detected_at=start + timedelta(minutes=incident.detected),
            recovered_at=start + timedelta(minutes=incident.recovered),
            impact=incident.impact,
            responders=tuple(map(self._id, incident.responders)),
            is_novel=incident.novel,
            hurt_customers=incident.customers,
        )

    async def _analysis(
        self, session: AsyncSession, postmortem: Postmortem, incident: Incident, made: Made
    ) -> None:
        where = postmortem.workspace, postmortem.id
        entries = [_entry(line, postmortem.facts.started_at) for line in incident.timeline]
        await timeline.replace(session, *where, entries, by=made.by, now=made.at)
        factors = [ContributingFactor(kind=one.kind, text=one.words) for one in incident.factors]
        await contributing_factors.replace(session, *where, factors, by=made.by, now=made.at)
        await postmortems.change_root_cause(session, postmortem.id, incident.cause.strip())

    async def _decisions(
        self, session: AsyncSession, postmortem: Postmortem, incident: Incident, made: Made
    ) -> None:
        stored = await contributing_factors.factors(session, postmortem.id)
        for item in incident.items:
            answered = stored[item.answers - 1].id if item.answers else None
            await self._add(session, postmortem, item, answered, made)
        for risk in incident.risks:
            await self._accept(session, postmortem, risk, made)

    async def _add(
        self,
        session: AsyncSession,
        postmortem: Postmortem,
        item: Item,
        answered: int | None,
        made: Made,
    ) -> None:
        there = await action_items.items(session, postmortem.id)
        new = ActionItem(
            what=item.what,
            done_when=item.done_when,
            owner=self._id(item.owner),
            priority=item.priority,
            due_on=default_due(item.priority, Programme(), made.at.date()),
            kind=item.kind,
            factor_id=answered,
            position=free_position(postmortem.facts.tier, [one.position or 0 for one in there]),
        )
        check_item(new, self._person(item.owner), made.at.date())
        where = postmortem.workspace, postmortem.id
        stored = await action_items.add(
            session, *where, new, by=made.by, now=made.at, submission=""
        )
        await self._remember(session, None, stored, made, "added")

    async def _accept(
        self, session: AsyncSession, postmortem: Postmortem, risk: Risk, made: Made
    ) -> None:
        accepted = AcceptedRisk(
            risk=risk.risk,
            accepter=self._id(risk.accepter),
            reason=risk.reason,
            until=made.at.date() + timedelta(days=risk.days),
        )
        check_risk(accepted, self._person(risk.accepter), made.at.date())
        where = postmortem.workspace, postmortem.id
        await accepted_risks.add(session, *where, accepted, by=made.by, now=made.at, submission="")

    async def turn(self, postmortem: Postmortem, place: int, turn: Turn) -> ActionItem:
        """Do to an item what became of it, and return it as it is then."""
        made = self._made(turn.who)
        async with self.sessions.begin() as session:
            await postmortems.lock(session, postmortem.workspace, postmortem.id)
            old = (await action_items.items(session, postmortem.id))[place - 1]
            new = _turned(old, turn)
            await action_items.change(session, new)
            await self._remember(session, old, new, made, turn.event, turn.words)
        return new

    async def open_items(self, postmortem: Postmortem) -> list[ActionItem]:
        """The items of a postmortem that somebody still has to see to."""
        async with self.sessions() as session:
            found = await action_items.items(session, postmortem.id)
        return [item for item in found if item.is_open]

    async def redraw(self, written: Iterable[Postmortem]) -> None:
        """Owe these cards as they stand now: nobody looks at the months between."""
        async with self.sessions.begin() as session:
            for postmortem in written:
                now = self.workspace.clock.now()
                await owe_card(session, postmortem, by=postmortem.created_by, now=now)

    async def _remember(
        self,
        session: AsyncSession,
        old: ActionItem | None,
        new: ActionItem,
        made: Made,
        event: str,
        reason: str = "",
    ) -> None:
        entry = HistoryEntry(
            item_id=new.id or 0,
            actor=made.by,
            at=made.at,
            event=event,
            changes=changes(old, new),
            reason=reason,
        )
        await item_history.append(session, self.workspace.team_id, entry)


def _entry(line: Line, start: datetime) -> TimelineEntry:
    at = start + timedelta(minutes=line.minutes)
    return TimelineEntry(at=at, text=line.words, milestone=line.milestone)


def _turned(item: ActionItem, turn: Turn) -> ActionItem:
    if turn.event is Event.MOVED:
        later = item.due_on + timedelta(days=turn.days_later)
        return replace(item, due_on=later, reschedules=item.reschedules + 1)
    if turn.event is Event.REVIEWED:
        return replace(item, reviews_seen=item.reviews_seen + 1)
    return replace(item, state=turn.event.state or item.state)


def in_words(item: ActionItem, turn: Turn) -> str:
    """What people say of an item in its thread: what was done with it, and why."""
    if turn.event is Event.MOVED:
        said = f"moved to {item.due_on.day} {item.due_on:%b}"
    elif turn.event is Event.REVIEWED:
        times = {1: "once", 2: "twice"}.get(item.reviews_seen, f"{item.reviews_seen} times")
        said = f"is still open; the monthly review has seen it {times}"
    else:
        said = str(item.state)
    return f"{said}: {turn.words}" if turn.words else f"{said}."
