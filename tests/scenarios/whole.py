"""A whole monthly review, chapter by chapter: fourteen items, five owners, four time zones.

Bob and Tomás live by the clock of London, Ana by that of New York, Mei by Tokyo's, Priya by
Kolkata's. Freya chairs, Lena leads the programme. On the day of the review Tomás has a holiday.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from blocks.item_buttons import OPEN_ITEM, action_of
from blocks.review_buttons import CLOSE_REVIEW_OF_MONTH, OWNER_ABSENT, PASS_REVIEW_ON
from domain.decisions import Decision
from sandbox.messages import Message
from storage import reviews
from tests.scenarios import monthly
from tests.scenarios.calling import notices
from tests.scenarios.following import heard
from tests.scenarios.hearing import until
from tests.scenarios.monthly import REVIEWS
from tests.scenarios.reviewing import DM, TEAM, take_turns
from tests.scenarios.stage import NOW, Stage

#: Three working days ahead, when work begins in Berlin, and the review, at ten there.
CALLED, BEGUN = "2026-11-26 08:30", "2026-12-01 09:00"
#: The next mornings of London, of Tokyo, and of New York, which has a holiday before.
MORNINGS = ("2026-11-26 09:30", "2026-11-27 00:30", "2026-11-27 14:30")
LATER = date(2027, 1, 15)
PROJECT = "https://projects.example.com/queues"
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


async def told(month: Month) -> None:
    """Let the clock call the review, and Ana decide early about one item of hers."""
    for each in (CALLED, *MORNINGS):
        await until(month.slack, each)
    (notice,) = notices(month.slack, "ana")
    shipped = {"words": "The page says it in its footer"}
    await month.decides_at("ana", notice, Decision.IMPLEMENT, "PM-4/3", **shipped)


async def begun(month: Month) -> None:
    """Let the review begin by itself."""
    await told(month)
    await until(month.slack, BEGUN)


async def expired_walked(month: Month) -> None:
    """Let what has expired be decided."""
    await begun(month)
    await expired_decided(month)


async def expired_decided(month: Month) -> None:
    """Let Bob have one expired item accepted as a risk by Ana, and Priya promote the other."""
    risk = {"risk": "A certificate runs out", "words": "Two calendars tell us"}
    await month.decides("bob", Decision.ACCEPT, "PM-2/1", person=month.id_of("ana"), **risk)
    await month.goes_on()
    part = {"words": "Queues 2027", "link": PROJECT, "person": month.id_of("lena")}
    await month.decides("priya", Decision.PROMOTE, "PM-2/2", **part)


async def absent_said(month: Month) -> None:
    """Let Bob move a date, and the chair find that Tomás is not here."""
    await expired_walked(month)
    await month.goes_on()
    await month.decides("bob", Decision.RESCHEDULE, "PM-1/1", day=LATER, words="The vendor is late")
    await month.goes_on()
    await month.presses("freya", OWNER_ABSENT)


async def lead_decides(month: Month) -> None:
    """Let Lena decide about one of the two items that are Tomás's."""
    (asked,) = heard(month.slack, "lena", "review_absent")
    when = {"day": LATER, "words": "On leave until January"}
    await month.decides_at("lena", asked, Decision.RESCHEDULE, "PM-4/1", **when)


async def passed_on(month: Month) -> None:
    """Let Mei cancel an item in front of all, and Freya then pass the chair on to Jun."""
    await absent_said(month)
    await lead_decides(month)
    await month.goes_on()
    await month.decides("mei", Decision.CANCEL, "PM-1/2", words="There is no pool any more")
    to = {"facilitator": month.id_of("jun"), "reason": "I have to catch a train"}
    await month.slack.saved("freya", PASS_REVIEW_ON, REVIEWS, **to)


async def walked(month: Month) -> None:
    """Let Jun walk the rest, while Mei says elsewhere that something is done."""
    await passed_on(month)
    await month.goes_on("jun")
    await _moves_in_private(month)
    (notice,) = notices(month.slack, "mei")
    shipped = {"words": "It pages at ten minutes"}
    await month.decides_at("mei", notice, Decision.IMPLEMENT, "PM-2/3", **shipped)
    for _ in range(4):
        await month.goes_on("jun")
    new = {"what": "Drill the failover each quarter", "words": "Monthly is too much"}
    await month.decides("mei", Decision.RESCOPE, "PM-5/2", **new)
    for _ in range(2):
        await month.goes_on("jun")


async def _moves_in_private(month: Month) -> None:
    """Let Ana move the private item from its own window: its card has no other button."""
    ana, value = month.slack.person("ana"), str(month.ids["PM-3/1"])
    await month.presses("ana", OPEN_ITEM, value=value)
    await ana.press(action_id=action_of(Decision.RESCHEDULE))
    await month.slack.settled()
    form = (await ana.modal()).fill(day=LATER, words="The thief still has it")
    assert (await form.submit()).closed
    await month.slack.settled()


async def closed(month: Month) -> None:
    """Let the whole of it be over."""
    await walked(month)
    await closes(month)


async def closes(month: Month) -> None:
    """Let Lena cancel what Tomás owned and owed, and Jun close the review."""
    (asked,) = heard(month.slack, "lena", "review_absent")
    why = {"words": "The new index restores itself"}
    await month.decides_at("lena", asked, Decision.CANCEL, "PM-4/2", **why)
    learnt = {"learnt": "We promise more than we can keep."}
    await month.slack.saved("jun", CLOSE_REVIEW_OF_MONTH, REVIEWS, **learnt)
