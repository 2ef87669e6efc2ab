"""What follows `/postmortem`: one word, then whatever that word asks for."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from handlers.opening import Opening, Tell
from storage.engine import Sessions

#: What Slack calls a direct message and one of several people, instead of a channel's name.
NOT_CHANNELS = ("directmessage", "mpdm-")


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A command as somebody typed it, and the means to answer: `rest` is what follows the word.

    Whoever takes it acknowledges it first, with a sentence for their eyes only or with nothing;
    what needs Slack or a form goes on in `opening`, and tells by `respond`.
    """

    rest: str
    command: dict[str, Any]
    ack: AsyncAck
    client: AsyncWebClient
    sessions: Sessions
    opening: Opening
    respond: Tell
    now: Callable[[], datetime]

    @property
    def team_id(self) -> str:
        """The workspace."""
        return str(self.command["team_id"])

    @property
    def user_id(self) -> str:
        """Whoever typed it."""
        return str(self.command["user_id"])

    @property
    def channel_id(self) -> str:
        """Where it was typed."""
        return str(self.command["channel_id"])


@dataclass(frozen=True, kw_only=True)
class Subcommand:
    """A word, what may follow it (`[time] text`), what it does, and what is done."""

    usage: str
    help: str
    run: Callable[[Typed], Awaitable[None]]
