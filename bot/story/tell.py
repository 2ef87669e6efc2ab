"""Telling the story: the clock stands in the past, people talk, and the app keeps what they wrote.

What is said goes straight into the workspace. Postmortems go where their forms put them, and
their cards are sent by the app itself, so that every button on them works.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.process import Bot
from bot.story.acts import Acts
from bot.story.dates import dates
from bot.story.ending import is_old, put_away
from bot.story.hours import at_work, of_late
from bot.story.moments import BACK, Moment, reviews_held
from bot.story.old import bring_along
from bot.story.read import Incident, Live, Stage, read_story, read_today
from bot.story.services import TOLD_AGO
from bot.story.staff import LEFT_AGO, introduce, set_up
from bot.story.tour import tour
from domain.meetings import has_meeting
from domain.people import Person
from domain.programme import Programme
from domain.workdays import WorkingTime, mornings
from handlers.hours import hours_of
from sandbox.workspace import Workspace

#: The workspace begins before the first incident.
BEGAN = timedelta(weeks=62)
#: So many of the last postmortems are announced where their tier is read.
ANNOUNCED = 6
#: On how many mornings whoever has not agreed is reminded, and then whoever asked is told.
REMINDED = 4
#: For so long before now the app does by itself what it does where its clock strikes all the time.
AWAKE = timedelta(days=10)


async def history(workspace: Workspace, bot: Bot) -> None:
    """Tell the whole story; in the end it is BEGAN later than at the beginning."""
    now = workspace.clock.now() + BEGAN
    await tell(workspace, bot, read_story(), read_today(), now)
    workspace.tour = tour(workspace)


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
    acts = Acts(workspace, bot)
    await introduce(workspace, bot.database.sessions)
    for live in today:
        acts.talk.open_today(live)
    await set_up(workspace, bot.database.sessions, now - BACK)
    await acts.share_out()
    await bring_along(workspace, bot.database.sessions)
    plan = _Plan(workspace, acts, incidents, today, now)
    with bot.clock.held():
        # What stands first in the story comes first where two things happen at once.
        for moment in sorted(plan.moments(), key=lambda each: each.at):
            if moment.at <= now:
                await _go_on_until(workspace, acts, moment.at, now)
                await moment.act()
        await _go_on_until(workspace, acts, now, now)
        over = await plan.over()
        await acts.redraw(plan.laid_out(over))
        put_away(workspace, over, now)


async def _go_on_until(workspace: Workspace, acts: Acts, at: datetime, now: datetime) -> None:
    """Turn the clock; of late with a stop wherever the app does something by itself."""
    while workspace.clock.now() >= now - AWAKE and (due := await acts.next_due(at)):
        _turn_to(workspace, due)
        await acts.strike()
    _turn_to(workspace, at)


def _turn_to(workspace: Workspace, at: datetime) -> None:
    clock = workspace.clock
    clock.turn(max(timedelta(), at - clock.now()))


class _Plan:
    """What happens when."""

    def __init__(
        self,
        workspace: Workspace,
        acts: Acts,
        incidents: Sequence[Incident],
        today: Sequence[Live],
        now: datetime,
    ) -> None:
        self._workspace = workspace
        self._acts = acts
        self._incidents = incidents
        self._today = today
        self._now = now
        self._published = [each for each in incidents if each.stage is Stage.PUBLISHED]

    def moments(self) -> Iterator[Moment]:
        """Everything that happens, in the order of the story's files."""
        for incident in self._incidents:
            yield from self._incident(incident, incident.started(self._now.date()))
        for live in self._today:
            yield from self._live(live)
        for at, chair in reviews_held(self._now):
            yield Moment(at, partial(self._acts.walk, chair))
        yield Moment(self._now - LEFT_AGO, self._acts.part)
        yield Moment(self._now - AWAKE, self._acts.strike)
        yield Moment(self._now - TOLD_AGO, self._acts.spend)

    async def over(self) -> list[Incident]:
        """The incidents that are long over, and of which nothing is left to do."""
        old = [each for each in self._published if is_old(each, self._now)]
        return [each for each in old if await self._acts.is_over(each)]

    def laid_out(self, over: Sequence[Incident]) -> list[str]:
        """The channels that keep a canvas of what was published in them."""
        return [each.channel for each in self._published if each not in over]

    def _live(self, live: Live) -> Iterator[Moment]:
        earliest = self._now - BEGAN
        for line in live.said:
            at = self._now - timedelta(minutes=line.minutes)
            if live.calm:
                at = max(earliest, self._at_work(at, line.who, line.words))
                while at > self._now:
                    at -= timedelta(days=1)
                earliest = at + timedelta(minutes=4)
            yield Moment(at, self._acts.talk.saying(live.channel, line))

    def _hours(self, who: str) -> WorkingTime:
        return hours_of(Programme(), Person(id=who, name=who, zone=self._zone(who)))

    def _zone(self, who: str) -> str:
        return self._workspace.person(who).tz

    def _at_work(self, day: datetime, who: str, what: str) -> datetime:
        return at_work(day, self._zone(who), what)

    def _incident(self, incident: Incident, start: datetime) -> Iterator[Moment]:
        over = start + timedelta(minutes=incident.recovered)
        day = start + timedelta(days=incident.written)
        written = max(over, self._at_work(day, incident.responders[0], incident.channel))
        yield Moment(start, partial(self._acts.talk.open, incident))
        for line in incident.said:
            at = start + timedelta(minutes=line.minutes)
            yield Moment(at, self._acts.talk.saying(incident.channel, line))
        yield Moment(written, partial(self._acts.write, incident, start))
        yield from self._going_on(incident, written)
        for place, item in enumerate(incident.items, start=1):
            for turn in item.then:
                day = written + timedelta(days=turn.after)
                at = self._at_work(day, turn.who, f"{incident.channel} {turn.after}")
                yield Moment(at, partial(self._acts.turn, incident.channel, place, turn))
            for turn in item.lately:
                at = of_late(self._hours(turn.who), turn.after, self._now)
                yield Moment(at, partial(self._acts.decide, incident.channel, place, turn))

    def _going_on(self, incident: Incident, written: datetime) -> Iterator[Moment]:
        """How the postmortem is agreed to, reviewed and published, as far as that has come."""
        if incident.stage is Stage.DRAFT:
            return
        when = dates(incident, written, self._at_work)
        reviewed = [each for each in self._published if has_meeting(each.tier)]
        is_announced = incident in reviewed[-ANNOUNCED:]
        act = partial(self._acts.go_on, incident, when, is_announced=is_announced)
        yield Moment(when.reached(incident.stage), act)
        if incident.stage is Stage.AGREEING:
            for who in incident.responders:
                for at in mornings(written, self._hours(who), REMINDED):
                    yield Moment(at, self._acts.send)
