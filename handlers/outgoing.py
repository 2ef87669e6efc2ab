"""What a delivery wants said, for the worker to send."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.parts import Message, View
from storage.deliveries import Delivery


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A message, and whether it is pinned in its channel once it is there.

    With the `thread_ts` of another message of its conversation it is posted as a reply to that one;
    `storage.deliveries.place` tells where a message stands.

    `fallback` is said instead where Slack takes no block of a kind in `message` yet, as charts,
    which it began to take workspace by workspace. It is found out anew each time.
    """

    message: Message
    pin: bool = False
    thread_ts: str = ""
    fallback: Message | None = None


@dataclass(frozen=True, kw_only=True)
class OutgoingCanvas:
    """A canvas beside the messages of a channel; `mark` is how its heading begins, and no other."""

    title: str
    markdown: str
    mark: str


@dataclass(frozen=True, kw_only=True)
class OutgoingHome:
    """What somebody sees who opens the app's Home; publishing it again puts it in its place.

    The first of the `fallbacks` is published instead where Slack takes no block of a kind in
    `view`, then the next: what it draws elsewhere it may not draw in a Home.
    """

    view: View
    fallbacks: tuple[View, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Later:
    """Not now, but at this instant: then it is composed again.

    So a message keeps to somebody's working hours, or waits for the one that it replies to.
    """

    at: datetime


#: What Slack can be given.
Sendable = Outgoing | OutgoingCanvas | OutgoingHome
#: Says what a delivery sends now; None when there is nothing to say any more.
Compose = Callable[[AsyncSession, Delivery], Awaitable[Sendable | Later | None]]
