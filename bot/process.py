"""The process as a whole: everything started in order, and stopped in the reverse."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog
from slack_bolt.async_app import AsyncApp

from bot import slack
from bot.app import Wiring, build
from bot.budgets import putting
from bot.clock import Clock, Scheduled, wall
from bot.courier import Courier
from bot.deadline import Deadline
from bot.health import looking
from bot.hooks import hearing
from bot.identity import Identity
from bot.metrics import Hourly, scraping, seeing
from bot.migrating import bring_up_to_date
from bot.outside import Outside, duties_of, outside_of
from bot.rooms import DELIVERIES
from bot.settings import Settings
from bot.socket_mode import Socket
from bot.trackers import hook_readers
from bot.web import Told, Web
from handlers.in_hand import cancelled
from handlers.opening import Opening
from handlers.rolls import RollCall
from storage import workspaces
from storage.engine import Database, open_database

log = structlog.get_logger(__name__)

#: How long a stop waits for what is in hand, all of it together.
PATIENCE = 10.0
#: Stops a part within the seconds that are left, cancelling what takes longer.
Step = Callable[[float], Awaitable[object]]


@dataclass(frozen=True, kw_only=True)
class Bot:
    """A running process."""

    app: AsyncApp
    database: Database
    courier: Courier
    clock: Clock
    opening: Opening
    port: int


@asynccontextmanager
async def running(
    settings: Settings, now: Callable[[], datetime] = wall, patience: float = PATIENCE
) -> AsyncIterator[Bot]:
    """Start the process; leaving the block stops it gracefully.

    What is in hand is finished for up to `patience` seconds in all: first nothing new is taken,
    then listeners, forms being opened and deliveries being sent end. What takes longer is
    cancelled, its claims given back; then connections are closed. Raises SlackApiError when Slack
    refuses the tokens, OSError when the port is in use: then nothing was taken or sent yet.
    """
    async with AsyncExitStack() as stack:
        database = await _open(settings, stack)
        clients = slack.connect(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
        stack.push_async_callback(clients.close)
        identity = await _introduce(clients, database)
        outside = await stack.enter_async_context(outside_of(settings, now))
        parts = _assembled(settings, clients, identity, database, outside, now)
        _stop_in_reverse(stack, Deadline(patience), *parts.steps())
        port = await parts.endpoints.listen(settings.host, settings.port)
        parts.work.start()
        if parts.socket is not None:
            await parts.socket.connect()
        mode = "socket" if parts.socket else "http"
        log.info("ready", port=port, mode=mode, workspace=identity.team)
        yield Bot(
            app=parts.app,
            database=database,
            courier=parts.work.courier,
            clock=parts.work.clock,
            opening=parts.forms,
            port=port,
        )
        log.info("stopping")


class _Work:
    """What goes on by itself: deliveries, and the clock."""

    def __init__(self, courier: Courier, clock: Clock) -> None:
        self.courier = courier
        self.clock = clock
        self._worker: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._worker = asyncio.create_task(self.courier.run())
        self.clock.start()

    async def stop(self, patience: float) -> None:
        if self._worker is None:
            return
        await self.clock.stop(patience / 2)
        await self.courier.stop(patience / 2)
        await cancelled([self._worker])


@dataclass(frozen=True, kw_only=True)
class _Parts:
    """Everything that is started once the database and Slack have answered."""

    app: AsyncApp
    work: _Work
    forms: Opening
    endpoints: Web
    socket: Socket | None

    def steps(self) -> list[Step]:
        """How each is stopped, the last first: what comes in, what it began, what that owes."""
        steps: list[Step] = [self.work.stop, self.forms.finish, self.endpoints.stop]
        return steps if self.socket is None else [*steps, self.socket.stop]


def _assembled(
    settings: Settings,
    clients: slack.Clients,
    identity: Identity,
    database: Database,
    outside: Outside,
    now: Callable[[], datetime],
) -> _Parts:
    forms = Opening()
    wiring = Wiring(sessions=database.sessions, now=now, trackers=outside.trackers, opening=forms)
    secret, token = settings.slack_signing_secret, settings.slack_app_token
    app = build(clients.clicks, identity, wiring, secret.get_secret_value() if secret else "")
    socket = Socket(app, token.get_secret_value(), clients.reads) if token else None
    posts = clients.posts
    courier = Courier(database.sessions, posts, DELIVERIES, now, workspace_id=identity.team_id)
    database.sessions.when_owed = courier.wake
    see = seeing(database, socket, now)
    duties: dict[str, Scheduled] = {
        **duties_of(identity.team_id, outside, now),
        "people": RollCall(identity.team_id),
        "loop": Hourly(see),
    }
    return _Parts(
        app=app,
        work=_Work(courier, Clock(database.sessions, clients.reads, now, duties, courier.wake)),
        forms=forms,
        endpoints=Web(
            looking(database, socket, now),
            scraping(see),
            _listening(settings, identity, database, now),
            None if socket else app,
        ),
        socket=socket,
    )


def _listening(
    settings: Settings, identity: Identity, database: Database, now: Callable[[], datetime]
) -> Told:
    """Who listens to what others than Slack tell."""
    sessions, readers = database.sessions, hook_readers(settings)
    hook = hearing(readers, sessions, identity.team_id, now)
    return Told(budget=putting(sessions, now), hook=hook)


def _stop_in_reverse(stack: AsyncExitStack, deadline: Deadline, *steps: Step) -> None:
    """Let the last step be the first; each gets what the ones before it left of the time."""

    async def within(step: Step) -> None:
        await step(deadline.left())

    for step in steps:
        stack.push_async_callback(within, step)


async def _open(settings: Settings, stack: AsyncExitStack) -> Database:
    database = open_database(settings.database_url)
    stack.push_async_callback(database.close)
    await bring_up_to_date(database)
    return database


async def _introduce(clients: slack.Clients, database: Database) -> Identity:
    answer = await clients.reads.auth_test()
    identity = Identity(
        team_id=answer["team_id"],
        team=answer["team"],
        bot_user_id=answer["user_id"],
        bot_id=answer["bot_id"],
        enterprise_id=answer.get("enterprise_id"),
    )
    async with database.sessions.begin() as session:
        await workspaces.ensure(
            session, identity.team_id, name=identity.team, bot_user_id=identity.bot_user_id
        )
    return identity
