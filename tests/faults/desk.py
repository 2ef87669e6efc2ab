"""A courier between a real database and a local workspace whose clock stands still."""

from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot import slack as web
from bot.courier import Courier
from bot.demo import MANIFEST
from bot.posting import EVENT_TYPE
from bot.rooms import DELIVERIES
from handlers.outgoing import Compose, Outgoing
from sandbox import Clock, Sandbox
from sandbox.messages import Message
from storage import deliveries
from storage.deliveries import Delivery
from storage.engine import Sessions
from storage.statements import columns, run
from storage.tables import DeliveryRow
from tests.storage.samples import next_due

NOTE = "note"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
WORKSPACE = "T0SANDBOX01"


async def note(_session: AsyncSession, delivery: Delivery) -> Outgoing:
    """The least there is to say: which message this is."""
    return Outgoing(message={"text": f"Note {delivery.subject}", "blocks": []})


def key_of(message: Message) -> str:
    """The key a delivered message carries; empty on what others wrote."""
    metadata = message.metadata or {}
    ours = metadata.get("event_type") == EVENT_TYPE
    return str(metadata["event_payload"]["key"]) if ours else ""


def standing(slack: Sandbox) -> Counter[str]:
    """How often each delivery stands in the workspace, by its key."""
    everything = (one for channel in slack.workspace.channels.values() for one in channel.messages)
    return Counter(key for one in everything if (key := key_of(one)))


async def owe(
    sessions: Sessions,
    subject: str,
    channel: str,
    due_at: datetime,
    *,
    kind: str = NOTE,
    asked_by: str = "",
    workspace: str = WORKSPACE,
) -> None:
    """Owe one message, in a transaction of its own."""
    async with sessions.begin() as session:
        await deliveries.enqueue(
            session, workspace, kind, subject, channel=channel, due_at=due_at, asked_by=asked_by
        )


def said(slack: Sandbox) -> dict[str, list[str]]:
    """The keys of what was delivered, by channel or person, as it stands there."""
    bot, found = slack.workspace.app.bot_user, {}
    for channel in slack.workspace.channels.values():
        place = channel.partner(bot) if channel.kind == "dm" else channel.id
        found[place] = [key for one in channel.messages if (key := key_of(one))]
    return found


async def rows(sessions: Sessions) -> list[Delivery]:
    """Every delivery as it stands, oldest first."""
    async with sessions() as session:
        found = await run(session, columns(DeliveryRow, Delivery).order_by("id"))
        return [Delivery(**row._asdict()) for row in found]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What a test of the courier needs; every round of sending is one call of `deliver`."""

    slack: Sandbox
    clock: Clock
    sessions: Sessions
    client: web.Clients
    courier: Courier
    kinds: dict[str, Compose] = field(default_factory=dict)
    workspace: str = WORKSPACE

    def another(self) -> Courier:
        """A second courier, as a second process would have."""
        client, now = self.client.posts, self.clock.now
        return Courier(self.sessions, client, self.kinds, now, workspace_id=self.workspace)

    def place(self, name: str) -> str:
        """The id of a channel, or of a person by @handle."""
        if name.startswith("@"):
            return self.slack.workspace.person(name).id
        return self.slack.workspace.channel(name).id

    async def owe(
        self, *subjects: str, to: str = "#general", asked_by: str = "", kind: str = NOTE
    ) -> None:
        """Owe these messages now."""
        asked = self.place(asked_by) if asked_by else ""
        for subject in subjects:
            due_at, which = self.clock.now(), {"kind": kind, "workspace": self.workspace}
            await owe(self.sessions, subject, self.place(to), due_at, asked_by=asked, **which)

    async def deliver(self, after: timedelta = timedelta()) -> None:
        """Turn the clock, then send until nothing is due."""
        self.clock.turn(after)
        while await self.courier.send_due():
            pass

    async def deliver_all(self) -> None:
        """Turn the clock to whatever is due next, until nothing is owed any more."""
        while (due := await self.next_due()) is not None:
            await self.deliver(max(timedelta(), due - self.clock.now()))

    async def next_due(self) -> datetime | None:
        """When something can be sent next; None when nothing is owed any more."""
        async with self.sessions() as session:
            return await next_due(session, self.clock.now())

    def messages(self, subject: str, kind: str = NOTE) -> list[Message]:
        """Where this delivery stands, wherever that is."""
        everywhere = self.slack.workspace.channels.values()
        key = f"{self.workspace}/{kind}/{subject}"
        return [one for place in everywhere for one in place.messages if key_of(one) == key]

    def order(self, to: str = "#general") -> list[str]:
        """The subjects of what was delivered there, as it stands there."""
        return [key.rpartition("/")[2] for key in said(self.slack)[self.place(to)]]

    async def row(self, subject: str) -> Delivery:
        """The delivery as it is stored."""
        return next(each for each in await rows(self.sessions) if each.subject == subject)

    def called(self, method: str) -> int:
        """How often a method was called so far."""
        return len(self.slack.calls_of(method))

    async def landed(self, number: int) -> None:
        """Return when this many of our messages stand in the workspace."""
        enough: Callable[[], bool | None] = lambda: (  # noqa: E731 - a name for its type
            standing(self.slack).total() >= number or None
        )
        await self.slack.workspace.changes.until(enough, 10, f"{number} messages never came.")


@asynccontextmanager
async def opened_desk(
    sessions: Sessions, workspace: str = WORKSPACE, clock: Clock | None = None
) -> AsyncIterator[Desk]:
    """Open a workspace and a courier for it; at the end nothing may stand that Slack refuses."""
    clock = clock or Clock(NOW)
    kinds: dict[str, Compose] = {**DELIVERIES, NOTE: note}
    async with Sandbox.open(manifest=MANIFEST, clock=clock) as slack:
        slack.workspace.team_id = workspace
        client = web.connect(slack.bot_token, slack.api_url)
        yield Desk(
            slack=slack,
            clock=clock,
            sessions=sessions,
            client=client,
            courier=Courier(sessions, client.posts, kinds, clock.now, workspace_id=workspace),
            kinds=kinds,
            workspace=workspace,
        )
        await client.close()
        assert slack.complaints == []
