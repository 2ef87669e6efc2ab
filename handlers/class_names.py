"""What says the name of a class follows when it is called otherwise, some incidents at a time.

A class may have thousands of incidents: whoever renames it does not wait for them, and what is
urgent comes in between. What is still to be done stands in the database (`storage.class_readers`);
what is remembered here only spares questions, so that a crash or a second replica changes nothing.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from handlers.sections import CARD, PUBLISHED
from storage import class_readers, indexing
from storage.class_readers import Renaming
from storage.engine import Sessions

log = structlog.get_logger(__name__)

#: What shows the classes of an incident.
SHOWN_IN = (CARD, *PUBLISHED)
#: So many incidents in one transaction, and so many transactions in one tick.
AT_ONCE, IN_A_TICK = 20, 2
#: Slack takes 50 changes of messages a minute (Tier 3): others want some of them.
EACH_MESSAGE = timedelta(seconds=2)
#: A process that starts looks at what was changed so lately, for another may have been cut off.
LOOKING_BACK = timedelta(days=7)
#: A transaction with an earlier change is over by then.
SETTLED_AFTER = timedelta(minutes=5)


@dataclass(kw_only=True)
class _Walk:
    """How far a change has come: down to which incident, and when the next message is due."""

    renaming: Renaming
    due_at: datetime
    below: int | None = None


@dataclass(kw_only=True)
class _Walks:
    """What this process has in hand, and which changes it need not look at any more."""

    settled: int
    begun: set[int] = field(default_factory=set)
    walks: list[_Walk] = field(default_factory=list)


_of: WeakKeyDictionary[Sessions, _Walks] = WeakKeyDictionary()


async def follow(sessions: Sessions, _client: AsyncWebClient, now: datetime) -> None:
    """Let cards and the index say what classes are called now, some incidents at a time.

    Where nothing was changed it is one look at the end of the history.
    """
    mine = await _looked(sessions, now)
    for walk in [*mine.walks]:
        if await _is_through(sessions, walk, now):
            mine.walks.remove(walk)
            log.info("class_followed", change=walk.renaming.change_id)


async def _looked(sessions: Sessions, now: datetime) -> _Walks:
    """What is in hand, with what was changed since this was asked last."""
    async with sessions() as session:
        if sessions not in _of:
            _of[sessions] = _Walks(settled=await class_readers.settled(session, now - LOOKING_BACK))
        mine = _of[sessions]
        found = await class_readers.renamings(session, mine.settled)
    for each in found:
        if each.change_id not in mine.begun:
            mine.begun.add(each.change_id)
            mine.walks.append(_Walk(renaming=each, due_at=now))
        if each.at < now - SETTLED_AFTER:
            mine.settled = max(mine.settled, each.change_id)
    mine.begun = {each for each in mine.begun if each > mine.settled}
    return mine


async def _is_through(sessions: Sessions, walk: _Walk, now: datetime) -> bool:
    """Go on, the latest incidents first; whether none is left."""
    for _ in range(IN_A_TICK):
        async with sessions() as session:
            some = await class_readers.not_told(session, walk.renaming, walk.below, AT_ONCE)
        if not some:
            return True
        await _told(sessions, walk, some, now)
        walk.below = some[-1]
    return False


async def _told(sessions: Sessions, walk: _Walk, some: list[int], now: datetime) -> None:
    workspace_id, due_at = walk.renaming.workspace_id, max(walk.due_at, now)
    async with sessions.begin() as session:
        still = await class_readers.hold(session, walk.renaming, some)
        await indexing.index_all(session, workspace_id, still)
        number = await class_readers.show_again(
            session, workspace_id, still, kinds=SHOWN_IN, due_at=due_at
        )
    walk.due_at = due_at + number * EACH_MESSAGE
