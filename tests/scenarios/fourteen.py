"""Fourteen items of five people in four time zones, left undone by six incidents.

Bob and Tomás live by the clock of London, Ana by that of New York, Mei by Tokyo's, Priya by
Kolkata's. Freya chairs, Lena leads the programme. On the day of the review Tomás has a holiday.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from blocks.item_buttons import action_of
from domain.decisions import Decision
from sandbox.messages import Message
from storage import reviews
from tests.scenarios import monthly
from tests.scenarios.monthly import REVIEWS
from tests.scenarios.reviewing import DM, TEAM, take_turns
from tests.scenarios.stage import NOW, Stage

OWNERS = ("ana", "bob", "mei", "priya", "tomas")
#: What each incident left undone: who owns it, what, until when, and how many reviews saw it open.
INCIDENTS: tuple[tuple[tuple[str, str, date, int], ...], ...] = (
    (
        ("bob", "Retry what the gateway drops", date(2026, 11, 4), 0),
        ("mei", "Alert before the pool is full", date(2026, 11, 10), 0),
        ("priya", "Cap the retry queue", date(2026, 12, 10), 1),
    ),
    (
        ("bob", "Renew certificates by machine", date(2026, 11, 2), 2),
        ("priya", "Take the queue off one Redis", date(2026, 11, 20), 2),
        ("mei", "Page on the age of the queue", date(2026, 12, 11), 0),
    ),
    (("ana", "Rotate the signing key", date(2026, 11, 12), 0),),
    (
        ("tomas", "Check the index each hour", date(2026, 11, 6), 0),
        ("tomas", "Drill the restore", date(2026, 11, 18), 0),
        ("ana", "Say how old the index is", date(2026, 12, 16), 0),
    ),
    (
        ("bob", "End sessions in steps", date(2026, 12, 12), 0),
        ("mei", "Drill the failover each month", date(2026, 12, 14), 0),
        ("priya", "Show the queue to support", date(2026, 12, 15), 0),
    ),
    (("ana", "Alert on a silent feed", date(2026, 12, 17), 0),),
)
SECRET = 3


@dataclass(frozen=True)
class Month:
    """The workspace, and the items by the keys that people call them by."""

    slack: Stage
    ids: Mapping[str, int] = field(default_factory=dict)

    def id_of(self, name: str) -> str:
        """Their user id."""
        return self.slack.id_of(name)

    def name_of(self, name: str) -> str:
        """What people call them."""
        return self.slack.person(name).account.real_name

    def card(self, key: str) -> Message:
        """Give the card of an item; there is exactly one."""
        return monthly.the_card(self.slack, f"*{key}*")

    def newest(self) -> str:
        """Give what the newest card begins with."""
        return str(monthly.cards(self.slack)[-1].blocks[0]["text"]["text"])

    async def decides(self, by: str, decision: Decision, key: str, **typed: Any) -> None:
        """Let somebody decide on the item's card."""
        await monthly.decided(self.slack, by, decision, self.ids[key], **typed)

    async def decides_at(
        self, by: str, message: Message, decision: Decision, key: str, **typed: Any
    ) -> None:
        """Let somebody decide by the button in a direct message."""
        value, action = str(self.ids[key]), action_of(decision)
        await self.slack.person(by).click(DM, action_id=action, value=value, ts=message.ts)
        await self.slack.settled()
        answer = await (await self.slack.person(by).modal()).fill(**typed).submit()
        assert answer.closed, answer.errors
        await self.slack.settled()

    async def presses(self, by: str, action_id: str, **which: Any) -> None:
        """Let somebody press a button in the review's channel."""
        await self.slack.person(by).click(REVIEWS, action_id=action_id, **which)
        await self.slack.settled()

    async def goes_on(self, by: str = "freya") -> None:
        """Let the chair press Next."""
        await monthly.next_pressed(self.slack, by)


async def laid(slack: Stage) -> Month:
    """Let six incidents have left fourteen items undone, one of them in private."""
    await monthly.set_up(slack, review_zone="Europe/Berlin")
    await take_turns(slack, "freya")
    async with slack.bot.database.sessions.begin() as session:
        await reviews.begin_cadence(session, TEAM, NOW)
    ids = {}
    for number, left in enumerate(INCIDENTS, start=1):
        of = await _incident(slack, number)
        for place, (owner, what, due, seen) in enumerate(left, start=1):
            ids[f"PM-{number}/{place}"] = await monthly.item(
                slack, owner, due, of=of, what=what, reviews_seen=seen, position=place
            )
    return Month(slack, ids)


async def _incident(slack: Stage, number: int) -> int:
    if number != SECRET:
        return await monthly.incident(slack, f"Incident {number}")
    place = slack.sandbox.workspace.channel("#inc-auth-tokens")
    return await monthly.incident(slack, channel=place.id, channel_name=place.name, is_private=True)
