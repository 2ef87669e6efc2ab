"""The process as a whole: everything started in order, and stopped in the reverse."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import structlog
from slack_bolt.async_app import AsyncApp

from bot import slack, web
from bot.app import DELIVERIES, SCHEDULE, Wiring, build
from bot.clock import Clock, wall
from bot.courier import Courier
from bot.health import checks
from bot.identity import Identity
from bot.migrating import bring_up_to_date
from bot.settings import Settings
from bot.socket_mode import Socket
from handlers.opening import Opening
from storage import workspaces
from storage.engine import Database, open_database

log = structlog.get_logger(__name__)

#: How long a stop waits for what is in hand.
PATIENCE = 10.0


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
async def running(settings: Settings, now: Callable[[], datetime] = wall) -> AsyncIterator[Bot]:
    """Start the process; leaving the block stops it gracefully.

    In hand work is finished for up to PATIENCE seconds: first nothing new is taken, then forms
    being opened and deliveries being sent end, then connections are closed. Raises SlackApiError
    when Slack refuses the tokens, OSError when the port is in use.
    """
    async with AsyncExitStack() as stack:
        database = await _open(settings, stack)
        clients = slack.connect(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
        stack.push_async_callback(clients.close)
        identity = await _introduce(clients, database)
        wiring = Wiring(sessions=database.sessions, now=now)
        secret = settings.slack_signing_secret
        app = build(clients.clicks, identity, wiring, secret.get_secret_value() if secret else "")
        courier = Courier(database.sessions, clients.posts, DELIVERIES, now)
        clock = Clock(database.sessions, now, SCHEDULE, courier.wake)
        await _work(stack, database, courier, clock)
        stack.push_async_callback(_drain, wiring.opening)
        socket = await _socket(settings, app, clients, stack)
        endpoints = web.build_web(checks(database, socket, now), None if socket else app)
        runner, port = await web.listen(endpoints, settings.host, settings.port)
        stack.push_async_callback(runner.cleanup)
        log.info("ready", port=port, mode="socket" if socket else "http", workspace=identity.team)
        yield Bot(
            app=app,
            database=database,
            courier=courier,
            clock=clock,
            opening=wiring.opening,
            port=port,
        )
        log.info("stopping")


async def _open(settings: Settings, stack: AsyncExitStack) -> Database:
    database = open_database(settings.database_url)
    stack.push_async_callback(database.close)
    await bring_up_to_date(database)
    return database


async def _introduce(clients: slack.Clients, database: Database) -> Identity:
    answer = await clients.clicks.auth_test()
    identity = Identity(
        team_id=answer["team_id"],
        team=answer["team"],
        bot_user_id=answer["user_id"],
        bot_id=answer["bot_id"],
    )
    async with database.sessions.begin() as session:
        await workspaces.ensure(
            session, identity.team_id, name=identity.team, bot_user_id=identity.bot_user_id
        )
    return identity


async def _work(stack: AsyncExitStack, database: Database, courier: Courier, clock: Clock) -> None:
    database.sessions.when_owed = courier.wake
    worker = asyncio.create_task(courier.run())

    async def rest() -> None:
        clock.stop()
        await courier.stop(PATIENCE)
        await worker

    clock.start()
    stack.push_async_callback(rest)


async def _drain(opening: Opening) -> None:
    unfinished = await opening.drain(PATIENCE)
    if unfinished:
        log.warning("forms_not_opened", number=unfinished)


async def _socket(
    settings: Settings, app: AsyncApp, clients: slack.Clients, stack: AsyncExitStack
) -> Socket | None:
    if settings.slack_app_token is None:
        return None
    socket = Socket(app, settings.slack_app_token.get_secret_value(), clients.clicks)
    await socket.connect()
    stack.push_async_callback(socket.stop, PATIENCE)
    return socket
