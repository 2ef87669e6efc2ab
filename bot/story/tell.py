"""Telling the story: the clock stands in the past, people talk, and the app keeps what they wrote.

What is said goes straight into the workspace. Postmortems go where their forms put them, and
their cards are sent by the app itself, so that every button on them works.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.planner import LEAD_ZONE
from bot.process import Bot
from bot.story.ending import put_away
from bot.story.follow_up import FollowUp, in_words
from bot.story.hours import at_work
from bot.story.read import Event, Incident, Line, Live, Turn, read_story, read_today
from bot.story.staff import ALERTS, DEPLOYMENTS, LEAD, LEFT_AGO, introduce, say_goodbye
from bot.story.tour import TOUR
from bot.story.write import Writer
from domain.calendar import slot
from domain.coming import REVIEW_TIME, review_day
from domain.postmortems import Postmortem
from sandbox.channels import Kind
from sandbox.posting import post
from sandbox.workspace import Workspace

#: The workspace begins before the first incident.
BEGAN = timedelta(weeks=62)
#: The monthly reviews that were held, so many months ago, and who chaired: it fell asleep between.
REVIEWS = ((8, "bob"), (1, "freya"))
REVIEW_CHANNEL = "reliability"
Act = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Moment:
    """Something that happens at an instant."""

    at: datetime
    act: Act


async def history(workspace: Workspace, bot: Bot) -> None:
    """Tell the whole story; in the end it is BEGAN later than at the beginning."""
    now = workspace.clock.now() + BEGAN
    await tell(workspace, bot, read_story(), read_today(), now)
    workspace.tour = list(TOUR)


async def tell(
    workspace: Workspace,
    bot: Bot,
    incidents: Sequence[Incident],
    today: Sequence[Live],
    now: datetime,
) -> None:
    """Tell everything that had happened by `now`, at which the clock stands in the end.

    The workspace holds its people already, and its clock stands before the first incident.
    """
    teller = _Teller(workspace, bot)
    await introduce(workspace, bot.database.sessions)
    for live in today:
        teller.open_today(live)
    # What stands first in the story comes first where two things happen at once.
    for moment in sorted(teller.moments(incidents, today, now), key=lambda each: each.at):
        if moment.at <= now:
            teller.turn_to(moment.at)
            await moment.act()
    teller.turn_to(now)
    await teller.redraw()
    put_away(workspace, incidents, now)


def reviews_held(now: datetime) -> Iterator[tuple[datetime, str]]:
    """When a monthly review was held, and who chaired it."""
    for months_ago, chair in REVIEWS:
        months = now.year * 12 + now.month - 1 - months_ago
        month = now.date().replace(year=months // 12, month=months % 12 + 1, day=1)
        yield slot(review_day(month), REVIEW_TIME, ZoneInfo(LEAD_ZONE)), chair


class _Teller:
    def __init__(self, workspace: Workspace, bot: Bot) -> None:
        self._workspace = workspace
        self._bot = bot
        self._writer = Writer(workspace, bot.database.sessions)
        self._follow_up = FollowUp(workspace, bot.database.sessions)
        self._written: dict[str, Postmortem] = {}

    def turn_to(self, at: datetime) -> None:
        clock = self._workspace.clock
        clock.turn(max(timedelta(), at - clock.now()))

    async def _send(self) -> None:
        while await self._bot.courier.send_due():
            pass

    async def redraw(self) -> None:
        """Let the app bring every card up to date."""
        await self._follow_up.redraw(self._written.values())
        await self._send()

    def moments(
        self, incidents: Sequence[Incident], today: Sequence[Live], now: datetime
    ) -> Iterator[Moment]:
        """Everything that happens."""
        for incident in incidents:
            yield from self._incident(incident, incident.started(now.date()))
        for live in today:
            yield from self._today(live, now)
        for at, chair in reviews_held(now):
            yield Moment(at, partial(self._review, chair))
        yield Moment(now - LEFT_AGO, partial(say_goodbye, self._workspace))

    def _today(self, live: Live, now: datetime) -> Iterator[Moment]:
        earliest = now - BEGAN
        for line in live.said:
            at = now - timedelta(minutes=line.minutes)
            if live.calm:
                at = max(earliest, self._at_work(at, line.who, line.words))
                while at > now:
                    at -= timedelta(days=1)
                earliest = at + timedelta(minutes=4)
            yield Moment(at, self._saying(live.channel, line))

    def _at_work(self, day: datetime, who: str, what: str) -> datetime:
        return at_work(day, self._workspace.person(who).tz, what)

    def _incident(self, incident: Incident, start: datetime) -> Iterator[Moment]:
        over = start + timedelta(minutes=incident.recovered)
        day = start + timedelta(days=incident.written)
        written = max(over, self._at_work(day, incident.responders[0], incident.channel))
        yield Moment(start, partial(self._open, incident))
        for line in incident.said:
            at = start + timedelta(minutes=line.minutes)
            yield Moment(at, self._saying(incident.channel, line))
        yield Moment(written, partial(self._write, incident, start))
        for place, item in enumerate(incident.items, start=1):
            for turn in item.then:
                day = written + timedelta(days=turn.days)
                at = self._at_work(day, turn.who, f"{incident.channel} {turn.days}")
                yield Moment(at, partial(self._turn, incident.channel, place, turn))

    def open_today(self, live: Live) -> None:
        """Let a channel of today be there, long before anything is said in it."""
        app = [self._workspace.app.bot_user] if live.app else []
        kind: Kind = "private" if live.private else "public"
        channel = self._workspace.add_channel(
            live.channel, [*live.members, *app], kind=kind, topic=live.topic
        )
        channel.purpose, channel.general = live.purpose, live.channel == "general"

    async def _open(self, incident: Incident) -> None:
        around = [incident.facilitator, LEAD, ALERTS, DEPLOYMENTS, self._workspace.app.bot_user]
        inside = list(dict.fromkeys([*incident.responders, *around]))
        topic = f"{incident.severity} · {incident.title}"
        self._workspace.add_channel(incident.channel, inside, topic=topic)

    def _saying(self, channel: str, line: Line) -> Act:
        async def say() -> None:
            self._say(channel, line.who, line.words)

        return say

    def _say(self, channel: str, who: str, words: str, thread_ts: str | None = None) -> None:
        speaker = self._workspace.person(who).id
        place = self._workspace.channel(channel)
        post(self._workspace, place, speaker, words, thread_ts=thread_ts)

    async def _write(self, incident: Incident, start: datetime) -> None:
        channel = self._workspace.channel(incident.channel)
        self._written[incident.channel] = await self._writer.write(incident, channel, start)
        # Before the clock leaps: what is on its way would have grown old.
        await self._send()

    async def _turn(self, channel: str, place: int, turn: Turn) -> None:
        """Do something with an item, and say so in the thread of its card."""
        postmortem = self._written[channel]
        item = await self._follow_up.turn(postmortem, place, turn)
        app = self._workspace.app.bot_user
        said = self._workspace.channel(channel).messages
        card = next(one for one in said if one.user == app)
        self._say(channel, turn.who, f"{postmortem.key}/{place} {in_words(item, turn)}", card.ts)

    async def _review(self, chair: str) -> None:
        """Walk every item that is open."""
        turn = Turn(days=0, who=chair, event=Event.REVIEWED)
        walked = [
            (channel, item)
            for channel, postmortem in self._written.items()
            for item in await self._follow_up.open_items(postmortem)
        ]
        for channel, item in walked:
            await self._turn(channel, item.position or 0, turn)
        again = sum(item.reviews_seen > 0 for _, item in walked)
        twice = f", {again} of them for the second time" if again else ""
        words = (
            f"Monthly review: {len(walked)} open items walked{twice}. Each thread has what was said"
        )
        self._say(REVIEW_CHANNEL, chair, f"{words}.")
