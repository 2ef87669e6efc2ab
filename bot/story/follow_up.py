"""Going on with the items of a postmortem: what was done with each, and how it is told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.story.items import Event, Turn
from bot.story.pen import Pen
from domain.accepted_risks import AcceptedRisk
from domain.action_items import ActionItem
from domain.decisions import ENDED, Decided, Decision, Moment, decide
from domain.postmortems import Postmortem, Section
from domain.programme import Programme
from domain.roles import Role
from handlers import kept_items, kept_risks
from handlers.deciders import check_decides
from handlers.decisions import Act, keep_decision
from handlers.kept_items import Deed
from handlers.sections import Made, owe_card, owe_readers
from storage import accepted_risks, action_items, postmortems, sections, workspaces

#: Where the story's planned projects can be found.
PROJECTS = "https://projects.example.com/roadmap"
#: What the chair says of an item that is open at its first review, and at its second.
STILL_OPEN = (
    "is open. It is the first review that sees it, please decide before the next",
    "is open for the second time and has expired: no new date any more. Do it, or say who accepts",
)


class FollowUp(Pen):
    """Writes what becomes of items, with the rules asked."""

    async def turn(self, postmortem: Postmortem, place: int, turn: Turn) -> ActionItem:
        """Do to an item what became of it long ago, and return it as it is then.

        The app tells nobody: those who did it say so.
        """
        async with self.sessions.begin() as session:
            locked, item = await self._locked(session, postmortem, place)
            if turn.event.decision is None:
                new, deed = _as_it_was_seen(item), self._deed(turn)
            else:
                act = await self._act(session, locked, item, turn, turn.event.decision)
                role = await check_decides(session, locked, item, act.at.by, act.said.decision)
                new = decide(item, act.said, act.at)
                deed = self._deed(turn, acting="" if role is Role.OWNER else role)
                if act.said.decision is Decision.ACCEPT:
                    await self._accept(session, locked, item, act)
                await self._mark(session, locked, act)
            # The clock is held while these months are told: what came due in them nobody hears of.
            await action_items.hear(session, item.id or 0, None)
            await kept_items.change(session, locked.workspace, item, new, deed)
        return new

    async def of_late(self, postmortem: Postmortem, place: int, turn: Turn) -> ActionItem:
        """Do to an item what its forms do; whom it concerns hears of it from the app."""
        if turn.event.decision is None:
            raise ValueError(f"{turn.event} is nothing that somebody decides.")
        async with self.sessions.begin() as session:
            locked, item = await self._locked(session, postmortem, place)
            act = await self._act(session, locked, item, turn, turn.event.decision)
            return await keep_decision(session, locked, item, act)

    async def _locked(
        self, session: AsyncSession, postmortem: Postmortem, place: int
    ) -> tuple[Postmortem, ActionItem]:
        locked = await postmortems.lock(session, postmortem.workspace, postmortem.id)
        return locked, (await action_items.items(session, postmortem.id))[place - 1]

    async def _act(
        self,
        session: AsyncSession,
        postmortem: Postmortem,
        item: ActionItem,
        turn: Turn,
        decision: Decision,
    ) -> Act:
        programme = await workspaces.programme(session, postmortem.workspace)
        said = self._decided(decision, item, turn, programme)
        return Act(said=said, at=self._moment(turn, programme))

    def _deed(self, turn: Turn, acting: str = "") -> Deed:
        made, event = self.made(turn.who), turn.event.decision or turn.event
        return Deed(by=made.by, at=made.at, event=event, reason=turn.words, acting=acting)

    async def _mark(self, session: AsyncSession, postmortem: Postmortem, act: Act) -> None:
        section, by, now = Section.ACTION_ITEMS, act.at.by, act.at.now
        await sections.mark(session, postmortem.id, section, by=by, now=now, submission="")

    async def _accept(
        self, session: AsyncSession, postmortem: Postmortem, item: ActionItem, act: Act
    ) -> None:
        risk = AcceptedRisk(
            risk=act.said.risk,
            accepter=act.said.person,
            reason=act.said.words,
            until=act.said.day or act.at.today,
            item_id=item.id,
        )
        where = postmortem.workspace, postmortem.id
        await kept_risks.add(session, *where, risk, by=act.at.by, now=act.at.now)

    def _decided(
        self, decision: Decision, item: ActionItem, turn: Turn, programme: Programme
    ) -> Decided:
        later = item.due_on + timedelta(days=turn.days_later)
        until = self._today(turn) + timedelta(days=programme.accepted_risk_days)
        return Decided(
            decision=decision,
            words=turn.words,
            day=later if decision is Decision.RESCHEDULE else until,
            link=PROJECTS if decision is Decision.PROMOTE else "",
            person=self.id_of(turn.to or turn.who),
            risk=turn.risk,
        )

    def _moment(self, turn: Turn, programme: Programme) -> Moment:
        return Moment(
            by=self.id_of(turn.who),
            now=self.workspace.clock.now(),
            today=self._today(turn),
            programme=programme,
            person=self.person(turn.to or turn.who),
        )

    def _today(self, turn: Turn) -> date:
        return self.person(turn.who).today(self.workspace.clock.now())

    async def open_items(self, postmortem: Postmortem) -> list[ActionItem]:
        """The items of a postmortem that somebody still has to see to."""
        async with self.sessions() as session:
            found = await action_items.items(session, postmortem.id)
        return [item for item in found if item.is_open]

    async def is_over(self, postmortem: Postmortem) -> bool:
        """Whether all its items have ended, and nothing is accepted that may happen again."""
        async with self.sessions() as session:
            items = await action_items.items(session, postmortem.id)
            risks = await accepted_risks.risks(session, postmortem.id)
        return all(item.state in ENDED for item in items) and not any(one.stands for one in risks)

    async def redraw(self, written: Iterable[Postmortem]) -> None:
        """Owe these cards, and their summaries, as they stand now: nobody looks in between."""
        async with self.sessions.begin() as session:
            for postmortem in written:
                now = self.workspace.clock.now()
                made = Made(by=postmortem.created_by, at=now, submission="")
                await owe_card(session, postmortem, by=made.by, now=made.at)
                await owe_readers(session, postmortem, made)


def _as_it_was_seen(item: ActionItem) -> ActionItem:
    """The item after one more monthly review saw it, which decides nothing by itself."""
    return replace(item, reviews_seen=item.reviews_seen + 1)


def in_words(item: ActionItem, turn: Turn) -> str:
    """What people say of an item in its thread: what was done with it, and why."""
    if turn.event is Event.MOVED:
        said = f"moved to {item.due_on.day} {item.due_on:%b}"
    elif turn.event is Event.REVIEWED:
        said = STILL_OPEN[min(item.reviews_seen, len(STILL_OPEN)) - 1]
    elif turn.event is Event.HANDED_OVER:
        said = f"<@{item.proposed_owner}> is asked to take it on"
    elif turn.event is Event.TAKEN:
        said = "is mine now"
    else:
        said = str(item.progress if item.is_open else item.state)
    return f"{said}: {turn.words}" if turn.words else f"{said}."
