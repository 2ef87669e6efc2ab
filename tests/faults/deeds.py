"""Does to the app's items what people do in the year, through the app's own rules."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.action_items import ActionItem, ItemKind
from domain.decisions import Decided, Decision, Moment, decide
from domain.people import Person
from domain.programme import Programme
from handlers import kept_items
from handlers.digests import freshen
from handlers.kept_items import ADDED, Deed
from storage import action_items, postmortems
from storage.engine import Sessions
from tests.faults.desk import WORKSPACE
from tests.faults.lives import Act
from tests.faults.organisation import Owner
from tests.storage.samples import started

#: So many items belong to one postmortem (rule 1).
_EACH = 3


@dataclass
class Deeds:
    """Where each item of the year is kept."""

    sessions: Sessions
    #: Postmortem → its id, item → its id, key on screen → item.
    _postmortems: dict[int, int] = field(default_factory=dict)
    _items: dict[int, int] = field(default_factory=dict)
    keys: dict[str, int] = field(default_factory=dict)

    async def do(self, act: Act, now: datetime) -> None:
        """Do what somebody does, in one transaction."""
        if act.decision is None:
            await self._write_down(act, now)
        else:
            await self._decide(act, act.decision, now)

    async def _write_down(self, act: Act, now: datetime) -> None:
        which, place = divmod(act.item, _EACH)
        if act.day is None:
            raise ValueError("Nobody writes an item down without a date.")
        item = ActionItem(
            what=f"Change number {act.item}",
            done_when="A stranger sees it",
            owner=act.by.id,
            priority=act.priority,
            due_on=act.day,
            kind=ItemKind.GUARDRAIL,
            position=place + 1,
        )
        async with self.sessions.begin() as session:
            if which not in self._postmortems:
                made = await started(session, WORKSPACE, None, now=now)
                self._postmortems[which] = made.id
                self.keys |= {f"{made.key}/{n + 1}": which * _EACH + n for n in range(_EACH)}
            deed = Deed(by=act.by.id, at=now, event=ADDED)
            number = self._postmortems[which]
            stored, _ = await kept_items.add(session, WORKSPACE, number, item, deed)
        self._items[act.item] = stored.id or 0

    async def _decide(self, act: Act, decision: Decision, now: datetime) -> None:
        async with self.sessions.begin() as session:
            await postmortems.lock(session, WORKSPACE, self._postmortems[act.item // _EACH])
            found = await action_items.item(session, WORKSPACE, self._items[act.item])
            if found is None:
                raise LookupError(f"Item {act.item} is gone.")
            old = found[1]
            new = decide(old, _said(act, decision), _moment(act, now))
            deed = Deed(by=act.by.id, at=now, event=str(decision), reason="For a reason")
            await kept_items.change(session, WORKSPACE, old, new, deed)
            await _show(session, {old.owner, new.owner}, now)


def _said(act: Act, decision: Decision) -> Decided:
    return Decided(
        decision=decision,
        words="For a reason",
        day=act.day or (act.at.date().replace(year=act.at.year + 1, day=1)),
        link="https://example.com/change" if decision is Decision.PROMOTE else "",
        person=act.person.id if act.person else "",
        risk="It may happen again" if decision is Decision.ACCEPT else "",
    )


def _moment(act: Act, now: datetime) -> Moment:
    person = described(act.person or act.by)
    return Moment(
        by=act.by.id, now=now, today=act.by.today(now), programme=Programme(), person=person
    )


def described(owner: Owner) -> Person:
    """An owner as Slack describes them."""
    return Person(id=owner.id, name=owner.handle, zone=owner.zone)


async def _show(session: AsyncSession, people: set[str], now: datetime) -> None:
    for person in sorted(people):
        await freshen(session, WORKSPACE, person, now)
