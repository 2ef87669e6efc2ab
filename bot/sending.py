"""`closedloop due --send`: the clock struck once, and all that is due sent, without listening."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from pydantic import Field, SecretStr
from sqlmodel.ext.asyncio.session import AsyncSession

from bot import slack
from bot.clock import Clock
from bot.courier import Courier
from bot.migrating import bring_up_to_date
from bot.outside import duties_of, outside_of
from bot.process import PATIENCE
from bot.rooms import DELIVERIES
from bot.settings import Settings
from storage import due, handovers, hearings
from storage.claims import Delivery
from storage.deliveries import LATE_AFTER
from storage.engine import Sessions, open_database

#: Shows how far it is, of so many; call what it yields at each.
Bar = Callable[[int], AbstractContextManager[Callable[[], None]]]


class SendingSettings(Settings):
    """The settings of a process that nobody calls: it needs no signing secret."""

    slack_signing_secret: SecretStr | None = Field(None, validate_default=False)


class Outcome(StrEnum):
    """What became of a delivery that was due."""

    SENT = "sent"
    LATE = "sent late"
    NOTHING = "nothing to say"
    #: It keeps to somebody's hours, waits behind another, or is in another process's hands.
    LATER = "not yet"
    FAILED = "not sent"
    GIVEN_UP = "given up"


@dataclass(frozen=True, kw_only=True)
class Became:
    """A delivery as it stands after we tried: `since` it was due, and `to` whom it goes."""

    delivery: Delivery
    since: datetime
    to: str
    outcome: Outcome


@dataclass(frozen=True, kw_only=True)
class _Hands:
    """What does the work."""

    sessions: Sessions
    courier: Courier
    clock: Clock
    now: Callable[[], datetime]


async def send_due(settings: Settings, now: Callable[[], datetime], bar: Bar) -> list[Became]:
    """Do what the clock would do now and send all that is due; says what became of each.

    The database is migrated first. Raises SlackApiError when Slack refuses the token: then nothing
    was owed or sent yet. Another process that sends at the same time takes its share.
    """
    async with _hands(settings, now) as hands:
        began = now()
        await _strike(hands, began)
        async with hands.sessions() as session:
            owed = {each.id: each for each in await due.owed(session, now())}
        with bar(len(owed)) as done:
            while number := await hands.courier.send_due():
                for _ in range(number):
                    done()
        async with hands.sessions() as session:
            return await _what_became(session, owed, began)


async def _what_became(
    session: AsyncSession, owed: Mapping[int, Delivery], began: datetime
) -> list[Became]:
    after = {each.id: each for each in await due.since(session, began)}
    both = {**owed, **{each.id: each for each in after.values() if _is_new(each, began)}}
    called: dict[str, dict[str, str]] = {}
    for workspace_id in {each.workspace_id for each in both.values()}:
        told = {each.channel for each in both.values() if each.workspace_id == workspace_id}
        called[workspace_id] = await due.names(session, workspace_id, told)
    return [
        Became(
            delivery=after.get(which, before),
            since=(owed[which].due_at if which in owed else None) or began,
            to=called[before.workspace_id].get(before.channel, before.channel),
            outcome=_outcome(after.get(which), owed.get(which), began),
        )
        for which, before in sorted(both.items())
    ]


def _is_new(delivery: Delivery, began: datetime) -> bool:
    """Whether something became of it since we began, whether or not it was due by then."""
    return any(at and at >= began for at in (delivery.sent_at, delivery.given_up_at))


def _outcome(after: Delivery | None, before: Delivery | None, began: datetime) -> Outcome:
    if after is None:
        return Outcome.NOTHING
    if after.given_up_at is not None:
        return Outcome.GIVEN_UP
    if after.due_at is not None:
        return Outcome.FAILED if after.last_error else Outcome.LATER
    is_late = before and before.due_at and before.due_at <= began - LATE_AFTER
    return Outcome.LATE if is_late else Outcome.SENT


@asynccontextmanager
async def _hands(settings: Settings, now: Callable[[], datetime]) -> AsyncIterator[_Hands]:
    async with AsyncExitStack() as stack:
        database = open_database(settings.database_url)
        stack.push_async_callback(database.close)
        await bring_up_to_date(database)
        clients = slack.connect(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)
        stack.push_async_callback(clients.close)
        team = str((await clients.reads.auth_test())["team_id"])
        outside = await stack.enter_async_context(outside_of(settings, now))
        courier = Courier(database.sessions, clients.posts, DELIVERIES, now, workspace_id=team)
        stack.push_async_callback(courier.stop, PATIENCE)
        duties = duties_of(team, outside, now)
        clock = Clock(database.sessions, clients.reads, now, duties, courier.wake)
        yield _Hands(sessions=database.sessions, courier=courier, clock=clock, now=now)


async def _strike(hands: _Hands, at: datetime) -> None:
    """Strike until nothing more comes of it: one strike looks at some of what is due only."""
    before: list[object] | None = None
    while True:
        await hands.clock.strike()
        async with hands.sessions() as session:
            waiting = [
                *await hearings.waiting(session, at, 1),
                *await handovers.unanswered(session, at, 1),
            ]
        if not waiting or waiting == before:
            return
        before = waiting
