"""Telling the story: the clock stands in the past, people talk, and the app keeps what they wrote.

What is said goes straight into the workspace. Postmortems go where their forms put them, and
their cards are sent by the app itself, so that every button on them works.
"""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.process import Bot
from bot.story.read import Event, Incident, Item, Line, Live, Turn, read_story, read_today
from bot.story.tour import TOUR
from bot.story.write import Writer
from domain.action_items import ActionItem
from domain.people import Person
from domain.postmortems import Postmortem
from sandbox.channels import Channel, Kind
from sandbox.posting import archive, deactivate, post
from sandbox.seed import PEOPLE
from sandbox.workspace import Workspace
from storage import people

COMPANY = "Lumen & Loom"
#: The workspace begins before the first incident.
BEGAN = timedelta(weeks=62)
#: An incident's channel is archived after this, once nothing of it is open.
KEPT = timedelta(weeks=30)
#: What was said since then nobody has read yet but those who said it.
UNREAD = timedelta(hours=2)
ALERTS, DEPLOYMENTS, LEAD = "pager", "ship", "lena"
#: Who left the company, and when.
LEFT = "otto"
LEFT_AGO = timedelta(weeks=10)
Act = Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Moment:
    """Something that happens at an instant."""

    at: datetime
    act: Act


async def history(workspace: Workspace, bot: Bot) -> None:
    """Tell the whole story, at the end of which it is what it was BEGAN ago, plus that."""
    now = workspace.clock.now() + BEGAN
    await tell(workspace, bot, read_story(), read_today(), now)
    workspace.tour = list(TOUR)


def staff(workspace: Workspace) -> None:
    """Let everybody be there, and nothing else."""
    workspace.name = COMPANY
    for handle, name, zone, title in PEOPLE:
        workspace.add_person(handle, name, tz=zone, title=title)
    workspace.add_bot(ALERTS, "Pager")
    workspace.add_bot(DEPLOYMENTS, "Ship")


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
    await teller.meet()
    moments = [one for each in incidents for one in teller.moments(each, now)]
    moments += [one for live in today for one in teller.today(live, now)]
    moments.append(Moment(now - LEFT_AGO, teller.say_goodbye))
    # What stands first in the story comes first where two things happen at once.
    for moment in sorted(moments, key=lambda each: each.at):
        if moment.at <= now:
            teller.turn_to(moment.at)
            await moment.act()
    teller.turn_to(now)
    await teller.redraw()
    teller.put_away(incidents, now)


class _Teller:
    def __init__(self, workspace: Workspace, bot: Bot) -> None:
        self._workspace = workspace
        self._bot = bot
        self._writer = Writer(workspace, bot.database.sessions)
        self._written: dict[str, Postmortem] = {}

    async def meet(self) -> None:
        """Let the app know everybody, as it would have met them over the months."""
        met = [
            Person(
                id=each.id,
                name=each.real_name,
                zone=each.tz,
                is_bot=each.is_bot,
                is_deactivated=each.deleted,
            )
            for each in self._workspace.people.values()
        ]
        now = self._workspace.clock.now()
        async with self._bot.database.sessions.begin() as session:
            await people.remember(session, self._workspace.team_id, met, now)

    def turn_to(self, at: datetime) -> None:
        clock = self._workspace.clock
        clock.turn(max(timedelta(), at - clock.now()))

    async def _send(self) -> None:
        while await self._bot.courier.send_due():
            pass

    async def redraw(self) -> None:
        """Let the app bring every card up to date."""
        await self._writer.redraw(self._written.values())
        await self._send()

    def moments(self, incident: Incident, now: datetime) -> Iterator[Moment]:
        """Everything that happens in and after an incident."""
        start = incident.started(now.date())
        written = start + timedelta(days=incident.written)

        async def begin() -> None:
            self._open(incident)

        async def write() -> None:
            channel = self._workspace.channel(incident.channel)
            self._written[incident.channel] = await self._writer.write(incident, channel, start)
            # Before the clock leaps: what is on its way would have grown old.
            await self._send()

        yield Moment(start, begin)
        for line in incident.said:
            at = start + timedelta(minutes=line.minutes)
            yield Moment(at, self._saying(incident.channel, line))
        yield Moment(written, write)
        for place, item in enumerate(incident.items, start=1):
            for turn in item.then:
                at = written + timedelta(days=turn.days)
                yield Moment(at, self._turning(incident, place, turn))

    def today(self, live: Live, now: datetime) -> Iterator[Moment]:
        """Everything that was said in one of today's channels."""
        oldest = max((line.minutes for line in live.said), default=0)

        async def begin() -> None:
            app = [self._workspace.app.bot_user] if live.app else []
            kind: Kind = "private" if live.private else "public"
            members = [*live.members, *app]
            channel = self._workspace.add_channel(
                live.channel, members, kind=kind, topic=live.topic
            )
            channel.purpose, channel.general = live.purpose, live.channel == "general"

        yield Moment(now - timedelta(minutes=oldest), begin)
        for line in live.said:
            yield Moment(now - timedelta(minutes=line.minutes), self._saying(live.channel, line))

    async def say_goodbye(self) -> None:
        """Let the one who left leave."""
        deactivate(self._workspace, self._workspace.person(LEFT).id)

    def _open(self, incident: Incident) -> None:
        around = [incident.facilitator, LEAD, ALERTS, DEPLOYMENTS, self._workspace.app.bot_user]
        inside = list(dict.fromkeys([*incident.responders, *around]))
        topic = f"{incident.severity} · {incident.title}"
        self._workspace.add_channel(incident.channel, inside, topic=topic)

    def _saying(self, channel: str, line: Line) -> Act:
        async def say() -> None:
            who = self._workspace.person(line.who).id
            post(self._workspace, self._workspace.channel(channel), who, line.words)

        return say

    def _turning(self, incident: Incident, place: int, turn: Turn) -> Act:
        async def act() -> None:
            postmortem = self._written[incident.channel]
            item = await self._writer.turn(postmortem, place, turn)
            channel = self._workspace.channel(incident.channel)
            app = self._workspace.app.bot_user
            card = next(one for one in channel.messages if one.user == app)
            who = self._workspace.person(turn.who).id
            words = f"{postmortem.key}/{place} {in_words(item, turn)}"
            post(self._workspace, channel, who, words, thread_ts=card.ts)

        return act

    def put_away(self, incidents: Sequence[Incident], now: datetime) -> None:
        """Archive what is long over, and let everybody have read what is not of the last hours."""
        for incident in incidents:
            over = now - incident.started(now.date()) > KEPT
            if over and all(_ended(item) for item in incident.items):
                channel = self._workspace.channel(incident.channel)
                archive(self._workspace, channel, self._workspace.person(LEAD).id)
        for channel in self._workspace.channels.values():
            _read(channel, (now - UNREAD).timestamp())


def _read(channel: Channel, until: float) -> None:
    old = [one.ts for one in channel.messages if float(one.ts) <= until]
    for person in channel.members:
        own = [one.ts for one in channel.messages if one.user == person]
        if seen := max([*old[-1:], *own[-1:]], default=""):
            channel.last_read[person] = seen


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


def _ended(item: Item) -> bool:
    return any(turn.event.state for turn in item.then)
