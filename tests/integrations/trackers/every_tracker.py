"""All trackers, each with its stand-in, for what must be true of every one of them."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import httpx

from domain.programme import Priority
from domain.tickets import Hook, Line, Place, Seen, TrackerKind, Wanted
from integrations.trackers import HookReader, Tracker
from integrations.trackers.github import GitHub
from integrations.trackers.github.app import Token
from integrations.trackers.github.hooks import GitHubHooks
from integrations.trackers.jira import Jira
from integrations.trackers.jira.hooks import JiraHooks
from integrations.trackers.linear import Linear
from integrations.trackers.linear.hooks import LinearHooks
from tests.trackers.github_between import between
from tests.trackers.github_standin import GitHubStandIn
from tests.trackers.jira import JiraStandIn
from tests.trackers.linear import API_KEY, LinearStandIn
from tests.trackers.standin import StandIn, StandInTicket

OURS = "7b7a6c3e-2f0d-4f6e-9a55-0d6f5f1c2b3a"
MARK = "0d0b3a8e-7c57-4f0e-8a3c-5b1f6f3a2c11"
WANTED = Wanted(
    title="Alert on a full disk",
    lines=(Line(label="Done when", text="an alert fires at 80 %"),),
    priority=Priority.P1,
    due_on=date(2026, 3, 20),
)


@dataclass
class Clock:
    """The time of a tracker and of ours, which passes only between deeds."""

    at: datetime = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """What time it is."""
        return self.at

    def later(self) -> datetime:
        """Let two seconds pass; some trackers know no shorter time than one."""
        self.at += timedelta(seconds=2)
        return self.at


@dataclass
class Played:
    """A tracker as we ask it, its stand-in, and who reads its webhooks."""

    stand_in: StandIn
    tracker: Tracker
    place: Place
    reader: Callable[[str], HookReader]
    clock: Clock = field(repr=False)

    async def made(self, ours: str = OURS, wanted: Wanted = WANTED) -> Seen:
        """A ticket, made a while ago."""
        seen = await self.tracker.create(self.place, ours, wanted)
        self.clock.later()
        return seen

    async def found(self, ours: str = OURS) -> Seen | None:
        """The ticket of this key, if there is one."""
        return await self.tracker.find(self.place, ours, self.clock.at - timedelta(minutes=5))

    async def read(self, ref: str) -> Seen:
        """The ticket as it stands."""
        return await self.tracker.read(self.place, ref)

    async def update(self, ref: str, old: Wanted | None, new: Wanted) -> Seen:
        """Let it say something else."""
        return await self.tracker.update(self.place, ref, old, new)

    async def by_hand(self, deed: Awaitable[None]) -> None:
        """Let somebody do something, and a while pass."""
        self.clock.later()
        await deed
        self.clock.later()

    def looked(self) -> StandInTicket:
        """The only ticket, as somebody sees it there."""
        [ticket] = self.stand_in.tickets()
        return ticket

    def hook(self, at: int, secret: str = "") -> Hook:
        """What a webhook tells, read with the right secret or this one."""
        headers, body = self.stand_in.hooks[at]
        reader = self.reader(secret or self.stand_in.secret)
        return reader.read(httpx.Headers(headers), body, self.clock())


@asynccontextmanager
async def github() -> AsyncIterator[Played]:
    """GitHub, its sprints being milestones; nothing may be said that its description lacks."""
    clock = Clock()
    async with GitHubStandIn(clock) as stand_in, between(stand_in.url) as heard:
        place = Place(kind=TrackerKind.GITHUB, project="acme/shop", board="milestones")
        tracker = GitHub(heard.url, Token(stand_in.token), clock)
        yield Played(stand_in, tracker, place, GitHubHooks, clock)
        await tracker.close()


@asynccontextmanager
async def jira(*, cloud: bool) -> AsyncIterator[Played]:
    """Jira, of which no request may break a schema."""
    clock = Clock()
    async with JiraStandIn(cloud=cloud, now=clock) as stand_in:
        place = Place(kind=TrackerKind.JIRA, project="SHOP", board="1")
        tracker = Jira(stand_in.url, stand_in.user, stand_in.token, clock)
        yield Played(stand_in, tracker, place, JiraHooks, clock)
        await tracker.close()
        assert stand_in.broken == []


@asynccontextmanager
async def linear() -> AsyncIterator[Played]:
    """Linear."""
    clock = Clock()
    async with LinearStandIn(now=clock) as stand_in:
        place = Place(kind=TrackerKind.LINEAR, project="SHOP", board="cycles")
        tracker = Linear(API_KEY, stand_in.url, now=clock)
        yield Played(stand_in, tracker, place, LinearHooks, clock)
        await tracker.close()


@asynccontextmanager
async def playing(name: str) -> AsyncIterator[Played]:
    """The tracker of this name."""
    async with AsyncExitStack() as stack:
        opened = {
            "GitHub": github,
            "Jira Cloud": lambda: jira(cloud=True),
            "Jira Data Center": lambda: jira(cloud=False),
            "Linear": linear,
        }
        yield await stack.enter_async_context(opened[name]())
