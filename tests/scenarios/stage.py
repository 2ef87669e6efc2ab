"""The real app in front of people in a local workspace, with what conversations need often."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import structlog
from sqlalchemy import text

from blocks import postmortems as forms
from bot.demo import MANIFEST, settings_for
from bot.process import Bot, running
from bot.web import EVENTS_PATH
from domain.action_items import ActionItem
from handlers.patience import slow_machine
from handlers.sections import CARD
from sandbox import Answer, Clock, Modal, Person, Sandbox
from sandbox.messages import Message
from storage import action_items
from storage.sqlite import BUSY_SECONDS

Mode = Literal["socket", "http"]

#: A Tuesday morning; the incident was the Friday before.
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
STARTED = datetime(2026, 11, 20, 14, 3, tzinfo=UTC)
CHANNEL = "#inc-checkout-latency"
FACTS: Mapping[str, Any] = {
    "title": "Checkout latency",
    "service": "checkout",
    "severity": "P1",
    "started_at": STARTED,
}
PROMISE: Mapping[str, Any] = {
    "what": "Drain connections first",
    "done_when": "A failover in staging loses no request",
    "owner": "bob",
    "kind": "guardrail",
}
#: A machine that is busy with other things may stand still for Slack's three seconds, which `bench`
#: measures: for a click to be acknowledged, and for its form to be opened. A lock that somebody
#: kept is waited for longer than this (`storage.sqlite`).
ACK_SECONDS = BUSY_SECONDS - 1
#: As long what goes on behind a form may take: five thousand messages are read in one of them.
SETTLING_SECONDS = 30
#: As much longer the app waits for what Slack says while a form is opened.
SLOWNESS = 5
#: Answers of Slack that mean the app said something no Slack would take.
OUR_FAULT = frozenset(
    {
        "invalid_arguments",
        "invalid_auth",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_metadata_format",
        "missing_scope",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "push_limit_reached",
        "unknown_method",
        "view_too_large",
    }
)


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A workspace with the running app in it; the clock stands still."""

    sandbox: Sandbox
    bot: Bot
    clock: Clock
    logs: list[Any] = field(default_factory=list)

    def person(self, name: str) -> Person:
        """Somebody of the workspace."""
        return self.sandbox.person(name)

    def id_of(self, name: str) -> str:
        """Their user id."""
        return self.sandbox.workspace.person(name).id

    async def settled(self) -> None:
        """Return when the app has nothing in hand: each event heard, each form open, all sent."""
        while await self._went_on():
            pass
        await self.sandbox.settled()

    async def _went_on(self) -> bool:
        await self.sandbox.acknowledged()
        await self.bot.opening.finish(SETTLING_SECONDS)
        return bool(await self.bot.courier.send_due()) or self.sandbox.is_asked

    async def passes(self, by: timedelta) -> None:
        """Let so much time go by, once nothing is in hand."""
        await self.settled()
        self.clock.turn(by)

    @staticmethod
    async def at_once(*acts: Coroutine[Any, Any, Answer]) -> list[Answer]:
        """Let several people press Save in the same moment."""
        return await asyncio.gather(*acts)

    async def start_form(self, by: str = "ana", channel: str = CHANNEL) -> Modal:
        """Give the start form somebody opened with the command, filled in by the channel."""
        await self.person(by).command(channel, "/postmortem")
        modal = await self.person(by).modal()
        await self.settled()
        return modal

    async def started(self, by: str = "ana", channel: str = CHANNEL, **facts: Any) -> None:
        """Let somebody start the channel's postmortem, and its card appear."""
        modal = await self.start_form(by, channel)
        answer = await modal.fill(**{**FACTS, **facts}).submit()
        assert answer.closed, answer.errors
        await self.settled()

    async def opened(self, by: str, button: str, channel: str = CHANNEL, **which: Any) -> Modal:
        """Give the form behind a button of the channel's card, named by its action id."""
        person = self.person(by)
        await person.click(channel, action_id=button, **which)
        return await person.modal()

    async def saved(self, by: str, button: str, channel: str = CHANNEL, **typed: Any) -> None:
        """Let somebody fill in a section and save it."""
        answer = await (await self.opened(by, button, channel)).fill(**typed).submit()
        assert answer.closed, answer.errors
        await self.settled()

    async def promised(self, by: str = "ana", channel: str = CHANNEL, **item: Any) -> None:
        """Let somebody add an action item."""
        await self.saved(by, forms.ADD_ITEM, channel, **self.promise(**item))

    def promise(self, **item: Any) -> dict[str, Any]:
        """What is typed into an item's form; the owner is named by handle."""
        typed = {**PROMISE, **item}
        return typed | {"owner": typed["owner"] and self.id_of(typed["owner"])}

    def card(self, channel: str = CHANNEL) -> Message:
        """The channel's card; there is exactly one."""
        return self.cards(channel)[0]

    def cards(self, channel: str = CHANNEL) -> list[Message]:
        """The cards the app has posted there; at most one."""
        posted = self.posted(CARD, channel)
        assert len(posted) <= 1, [one.text for one in posted]
        return posted

    def posted(self, kind: str, channel: str = CHANNEL) -> list[Message]:
        """What the app has posted there for all to see of one kind of delivery."""
        place = self.sandbox.workspace.channel(channel)
        bot = self.sandbox.workspace.app.bot_user
        said = [one for one in place.messages if one.user == bot and one.subtype is None]
        posted = [one for one in said if one.only_for is None]
        return [one for one in posted if f"/{kind}/" in _key(one)]

    async def told(self, name: str, words: str, channel: str = CHANNEL) -> str:
        """Give what the app told somebody alone, as soon as it did."""
        return (await self.person(name).message(channel, words)).text

    def late(self, method: str, slowness: float = 1) -> AbstractContextManager[None]:
        """Let Slack answer one method too late for somebody who waits, while the block runs.

        More `slowness` leaves whatever else happens meanwhile more time.
        """
        return _late(self.sandbox, method, slowness)

    async def items(self) -> list[ActionItem]:
        """Give the stored items of the first postmortem."""
        async with self.bot.database.sessions() as session:
            return await action_items.items(session, 1)

    async def count(self, table: str) -> int:
        """Give how many rows a table has."""
        async with self.bot.database.sessions() as session:
            connection = await session.connection()
            rows = await connection.execute(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - tests name it
            return int(rows.scalar_one())

    async def run_sql(self, statement: str) -> None:
        """Do something to the database that the app never would."""
        async with self.bot.database.sessions.begin() as session:
            await (await session.connection()).execute(text(statement))

    @asynccontextmanager
    async def without_database(self) -> AsyncIterator[None]:
        """Take the database away while the block runs: a folder stands where its file was."""
        await self.settled()  # a connection in use would not be closed
        await self.bot.database.close()
        with _gone(Path(self.bot.database.url.database or "")):
            yield

    def logged(self, event: str) -> list[Any]:
        """Give the log lines of one event."""
        return [line for line in self.logs if line["event"] == event]

    def check(self) -> None:
        """Assert that the app never said what Slack would have refused or ignored."""
        assert self.sandbox.complaints == []
        refused = [call for call in self.sandbox.calls if call.response.get("error") in OUR_FAULT]
        assert refused == []


def _key(message: Message) -> str:
    """By which delivery a message was posted: its workspace, kind and subject."""
    carried = (message.metadata or {}).get("event_payload", {})
    return str(carried.get("key", ""))


@contextmanager
def _late(sandbox: Sandbox, method: str, slowness: float) -> Iterator[None]:
    sandbox.faults.delay(method, 2.0 * slowness)
    with slow_machine(slowness):
        yield
    sandbox.faults.delay(method, 0)


@contextmanager
def _gone(file: Path) -> Iterator[None]:
    kept = file.rename(f"{file}.kept")
    file.mkdir()
    try:
        yield
    finally:
        file.rmdir()
        kept.rename(file)


@asynccontextmanager
async def unhurried(sandbox: Sandbox) -> AsyncIterator[None]:
    """Let nobody give up on a machine that is busy with other things, while the block runs.

    Slack waits longer for the app, and the app for Slack.
    """
    sandbox.faults.ack_seconds = sandbox.faults.trigger_seconds = ACK_SECONDS
    with slow_machine(SLOWNESS):
        yield


@asynccontextmanager
async def staged(
    database: Path, mode: Mode = "socket", at: datetime | Clock = NOW, **also_set: Any
) -> AsyncIterator[Stage]:
    """Run the app in a workspace of its own until the block ends; settings may be added.

    Its clock strikes only when told to: no tick of the wall falls between two steps of a test.
    """
    clock = at if isinstance(at, Clock) else Clock(at)
    told = structlog.testing.capture_logs([structlog.contextvars.merge_contextvars])
    with told as logs:
        async with Sandbox.open(manifest=MANIFEST, clock=clock) as sandbox, unhurried(sandbox):
            settings = settings_for(sandbox, database, **also_set)
            if mode == "http":
                settings = settings.model_copy(update={"slack_app_token": None})
            async with running(settings, now=clock.now) as bot:
                clock.on_turn(bot.courier.wake)
                if mode == "http":
                    sandbox.deliver_to(f"http://127.0.0.1:{bot.port}{EVENTS_PATH}")
                with bot.clock.held():
                    yield Stage(sandbox=sandbox, bot=bot, clock=clock, logs=logs)
