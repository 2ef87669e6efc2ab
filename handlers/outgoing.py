"""What a delivery wants said, for the worker to send."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession

from blocks.parts import Message
from storage.deliveries import Delivery


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A message, and whether it is pinned in its channel once it is there."""

    message: Message
    pin: bool = False


@dataclass(frozen=True, kw_only=True)
class OutgoingCanvas:
    """A canvas beside the messages of a channel; `mark` is how its heading begins, and no other."""

    title: str
    markdown: str
    mark: str


#: Says what a delivery sends now; None when there is nothing to say any more.
Compose = Callable[[AsyncSession, Delivery], Awaitable[Outgoing | OutgoingCanvas | None]]
