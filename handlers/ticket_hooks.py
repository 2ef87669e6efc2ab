"""What the webhooks of a tracker tell: which tickets are to be looked at (rule 14).

A webhook is a hint and no more: what became of the ticket is read in the tracker, when its turn
comes. So one that is lost, or comes late, or in another order, does no harm.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from sqlmodel.ext.asyncio.session import AsyncSession

from domain.tickets import Hook, TrackerKind
from storage import heard_hooks, ticket_places, tickets
from storage.engine import Sessions

#: What GitHub sends when a webhook is set up
#: (docs.github.com/en/webhooks/webhook-events-and-payloads#ping).
PING = "ping"


@dataclass(frozen=True, kw_only=True)
class Told:
    """A webhook whose signature is right."""

    hook: Hook
    signature: str


class Became(Enum):
    """What became of a webhook."""

    #: Its ticket is looked at.
    HEARD = auto()
    #: It is about nothing of ours, in a project of ours.
    NOTHING = auto()
    #: It was listened to before.
    AGAIN = auto()
    #: It is about a project that has nothing to do with us.
    ELSEWHERE = auto()


async def heard(
    sessions: Sessions,
    workspace_id: str,
    kind: TrackerKind,
    told: Sequence[Told],
    now: datetime,
) -> list[Became]:
    """Let every ticket that is named be looked at; all in one transaction, however many they are.

    Each is listened to once. One of a project that is not ours counts if its ticket is: that was
    moved there.
    """
    async with sessions.begin() as session:
        refs = {each.hook.ref for each in told}
        ours = await heard_hooks.ours(session, workspace_id, kind, refs)
        projects = await ticket_places.projects(session, workspace_id, kind)
        known = [_about(each.hook, ours, projects) for each in told]
        became = await _remembered(session, workspace_id, told, known, now)
        named = {each.hook.ref for each, is_so in zip(told, became, strict=True) if is_so == _OURS}
        await tickets.heard(session, workspace_id, kind, named, now)
    return became


_OURS = Became.HEARD


def _about(hook: Hook, ours: set[str], projects: set[str]) -> Became:
    if hook.ref in ours:
        return Became.HEARD
    # One that names no project is of something that is gone, or about something else altogether.
    is_there = not hook.project or hook.project.lower() in projects or hook.event == PING
    return Became.NOTHING if is_there else Became.ELSEWHERE


async def _remembered(
    session: AsyncSession,
    workspace_id: str,
    told: Sequence[Told],
    known: Sequence[Became],
    now: datetime,
) -> list[Became]:
    """The same, but for those that were listened to before."""
    became = list(known)
    for place in sorted(range(len(told)), key=lambda each: told[each].signature):
        if became[place] is Became.ELSEWHERE:
            continue
        if not await heard_hooks.hear(session, workspace_id, told[place].signature, now):
            became[place] = Became.AGAIN
    return became
