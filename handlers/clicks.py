"""A button that somebody pressed, and how what it asks for is done."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_sdk.web.async_client import AsyncWebClient

from domain.people import Person
from handlers.opening import Opening, Tell, tell_by
from handlers.people import whoever
from integrations.trackers import Trackers
from storage.engine import Sessions


@dataclass(frozen=True, kw_only=True)
class Click:
    """A press of a button as Slack told it, and the means to answer.

    `tell` reaches whoever pressed, beside the button where Slack allows it, else by message.
    """

    body: dict[str, Any]
    action: dict[str, Any]
    client: AsyncWebClient
    sessions: Sessions
    team_id: str
    user_id: str
    bot_id: str
    bot_user_id: str
    now: Callable[[], datetime]
    trackers: Trackers
    tell: Tell

    async def person(self) -> Person:
        """Whoever pressed it, as last described; somebody nameless in UTC where nobody says."""
        return await whoever(self.client, self.sessions, self.team_id, self.user_id, self.now())


def pressed(work: Callable[[Click], Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """A listener that acknowledges the press, then does `work` in a task the app keeps hold of.

    What goes wrong in it is told to whoever pressed (`handlers.opening`).
    """

    async def listener(
        ack: AsyncAck,
        body: dict[str, Any],
        action: dict[str, Any],
        client: AsyncWebClient,
        sessions: Sessions,
        team_id: str,
        user_id: str,
        bot_id: str,
        bot_user_id: str,
        opening: Opening,
        respond: Tell,
        now: Callable[[], datetime],
        trackers: Trackers,
    ) -> None:
        await ack()
        click = Click(
            body=body,
            action=action,
            client=client,
            sessions=sessions,
            team_id=team_id,
            user_id=user_id,
            bot_id=bot_id,
            bot_user_id=bot_user_id,
            now=now,
            trackers=trackers,
            tell=tell_by(client, body, respond),
        )

        async def done() -> None:
            await work(click)

        opening.begin(done(), click.tell)

    # Not functools.wraps: Bolt injects what the listener asks for, not what `work` does.
    listener.__name__ = work.__name__
    listener.__doc__ = work.__doc__
    return listener
