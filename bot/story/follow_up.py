"""Going on with the items of a postmortem: what was done with each, and how it is told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from bot.story.items import Event, Turn
from bot.story.pen import Pen
from domain.action_items import ActionItem
from domain.postmortems import Postmortem, Section
from handlers import kept_items
from handlers.kept_items import Deed
from handlers.sections import Made, owe_card, owe_readers
from storage import action_items, postmortems, sections

#: What the chair says of an item that is open at its first review, and at its second.
STILL_OPEN = (
    "is open. It is the first review that sees it, please decide before the next",
    "is open for the second time and has expired: no new date any more. Do it, or say who accepts",
)


class FollowUp(Pen):
    """Writes what becomes of items."""

    async def turn(self, postmortem: Postmortem, place: int, turn: Turn) -> ActionItem:
        """Do to an item what became of it, and return it as it is then."""
        made = self.made(turn.who)
        async with self.sessions.begin() as session:
            await postmortems.lock(session, postmortem.workspace, postmortem.id)
            old = (await action_items.items(session, postmortem.id))[place - 1]
            new = _turned(old, turn)
            deed = Deed(by=made.by, at=made.at, event=turn.event, reason=turn.words)
            await kept_items.change(session, postmortem.workspace, old, new, deed)
            await sections.mark(
                session, postmortem.id, Section.ACTION_ITEMS, by=made.by, now=made.at, submission=""
            )
        return new

    async def open_items(self, postmortem: Postmortem) -> list[ActionItem]:
        """The items of a postmortem that somebody still has to see to."""
        async with self.sessions() as session:
            found = await action_items.items(session, postmortem.id)
        return [item for item in found if item.is_open]

    async def redraw(self, written: Iterable[Postmortem]) -> None:
        """Owe these cards, and their summaries, as they stand now: nobody looks in between."""
        async with self.sessions.begin() as session:
            for postmortem in written:
                now = self.workspace.clock.now()
                made = Made(by=postmortem.created_by, at=now, submission="")
                await owe_card(session, postmortem, by=made.by, now=made.at)
                await owe_readers(session, postmortem, made)


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
        said = STILL_OPEN[min(item.reviews_seen, len(STILL_OPEN)) - 1]
    else:
        said = str(item.state)
    return f"{said}: {turn.words}" if turn.words else f"{said}."
