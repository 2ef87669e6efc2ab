"""What is done in the story, each act at the instant that the workspace's clock shows."""

from collections.abc import Iterable
from datetime import datetime

from bot.planner import Planner
from bot.process import Bot
from bot.story.dates import Dates
from bot.story.follow_up import FollowUp, in_words
from bot.story.items import Event, Turn
from bot.story.monthly import Monthly
from bot.story.publish import Publisher
from bot.story.read import Incident, Stage
from bot.story.review import Review
from bot.story.services import Services
from bot.story.staff import REVIEWS_IN, say_goodbye
from bot.story.talk import Talk
from bot.story.taxonomy import Taxonomy
from bot.story.write import Writer
from domain.meetings import has_meeting
from domain.postmortems import Postmortem
from sandbox.workspace import Workspace


class Acts:
    """Writes postmortems and goes on with them; what the app owes is sent at once."""

    def __init__(self, workspace: Workspace, bot: Bot) -> None:
        self.talk = Talk(workspace)
        self._workspace = workspace
        self._bot = bot
        self._writer = Writer(workspace, bot.database.sessions)
        self._review = Review(workspace, bot.database.sessions)
        self._publisher = Publisher(workspace, bot.database.sessions)
        self._monthly = Monthly(workspace, bot.database.sessions)
        self._follow_up = FollowUp(workspace, bot.database.sessions)
        self._taxonomy = Taxonomy(workspace, bot.database.sessions)
        self._services = Services(workspace, bot.database.sessions)
        self._planner = Planner(bot, workspace.team_id)
        self._written: dict[str, Postmortem] = {}

    async def send(self) -> None:
        """Let the app send what it owes, before the clock leaps and that has grown old."""
        while await self._bot.courier.send_due():
            pass

    async def strike(self) -> None:
        """Let the app do what is due now, and send it."""
        await self._planner.catch_up()

    async def next_due(self, until: datetime) -> datetime | None:
        """When the app does something by itself next, if that is until then."""
        coming = await self._planner.coming(self._workspace.clock.now(), until)
        return coming[0].at if coming else None

    async def write(self, incident: Incident, start: datetime) -> None:
        """Write the postmortem, and ask for agreement where it is reviewed."""
        channel = self._workspace.channel(incident.channel)
        await self._taxonomy.name(incident.classes)
        postmortem = await self._writer.write(incident, channel, start)
        self._written[incident.channel] = postmortem
        if incident.stage is not Stage.DRAFT and has_meeting(incident.tier):
            await self._review.ask(postmortem, incident)
        await self.send()

    async def go_on(self, incident: Incident, when: Dates, *, is_announced: bool) -> None:
        """Bring a postmortem as far as it has come by now."""
        postmortem, meeting = self._written[incident.channel], None
        async with self._bot.database.sessions.begin() as session:
            if has_meeting(incident.tier):
                await self._review.agree(session, postmortem, incident, when)
                if incident.stage is not Stage.AGREEING:
                    meeting = await self._review.meet(session, postmortem, incident, when)
            if incident.stage is Stage.PUBLISHED:
                await self._publisher.publish(session, postmortem, incident, meeting, when)
        if is_announced:
            await self._publisher.announce(postmortem)
        if is_announced or incident.stage is Stage.CALLED:
            await self.send()

    async def share_out(self) -> None:
        """Let every service have its team."""
        await self._services.set_up()

    async def spend(self) -> None:
        """Let it be told how much of the error budgets is spent; what burns raises its items."""
        await self._services.spend()
        await self.strike()

    async def part(self) -> None:
        """Let somebody leave the company."""
        await say_goodbye(self._workspace, self._bot.database.sessions)
        await self.send()

    async def turn(self, channel: str, place: int, turn: Turn) -> None:
        """Do something with an item, and say so in the thread of its card."""
        postmortem = self._written[channel]
        item = await self._follow_up.turn(postmortem, place, turn)
        app = self._workspace.app.bot_user
        said = self._workspace.channel(channel).messages
        card = next(one for one in said if one.user == app)
        words = f"{postmortem.key}/{place} {in_words(item, turn)}"
        self.talk.say(channel, turn.who, words, card.ts)

    async def decide(self, channel: str, place: int, turn: Turn) -> None:
        """Decide about an item as one does in the app, which tells whom it concerns."""
        await self._follow_up.of_late(self._written[channel], place, turn)
        await self.send()

    async def walk(self, chair: str) -> None:
        """Hold a monthly review: walk every item that is open."""
        await self._monthly.hold(chair)
        turn = Turn(after=0, who=chair, event=Event.REVIEWED)
        walked = [
            (channel, item)
            for channel, postmortem in self._written.items()
            for item in await self._follow_up.open_items(postmortem)
        ]
        for channel, item in walked:
            await self.turn(channel, item.position or 0, turn)
        again = sum(item.reviews_seen > 0 for _, item in walked)
        twice = f", {again} of them for the second time" if again else ""
        words = (
            f"Monthly review: {len(walked)} open items walked{twice}. Each thread has what was said"
        )
        self.talk.say(REVIEWS_IN, chair, f"{words}.")

    async def is_over(self, incident: Incident) -> bool:
        """Whether nothing is left to do of an incident."""
        return await self._follow_up.is_over(self._written[incident.channel])

    async def redraw(self, laid_out: Iterable[str]) -> None:
        """Bring every card up to date, and give the channels of these names their canvas."""
        await self._publisher.lay_out(self._written[name] for name in laid_out)
        await self._follow_up.redraw(self._written.values())
        await self.send()
