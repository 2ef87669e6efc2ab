"""What scenarios about monthly reviews ahead need: one that is called, and what is told of it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from domain.reviews import Review
from handlers.review_chairs import call
from sandbox.messages import Message
from storage import reviews, workspaces
from tests.scenarios.following import heard
from tests.scenarios.reviewing import TEAM
from tests.scenarios.stage import Stage

REVIEW_CHANNEL = "#reliability"
#: Tuesday, 1 December, at ten in Berlin, a week from now.
DUE_AT = datetime(2026, 12, 1, 9, tzinfo=UTC)


async def set_programme(slack: Stage, **said: Any) -> None:
    """Let the workspace have set this; a lead and a channel are named as people name them."""
    if lead := said.get("lead"):
        said["lead"] = slack.id_of(lead)
    if channel := said.get("review_channel"):
        said["review_channel"] = slack.sandbox.workspace.channel(channel).id
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, TEAM)
        programme = replace(await workspaces.programme(session, TEAM), **said)
        await workspaces.change_programme(session, TEAM, programme)


async def review_called(
    slack: Stage,
    channel: str = REVIEW_CHANNEL,
    at: datetime = DUE_AT,
    members: Collection[str] = (),
) -> Review | None:
    """Let a monthly review be called, as the clock does."""
    async with slack.bot.database.sessions.begin() as session:
        await workspaces.ensure(session, TEAM)
        called = await call(
            session,
            TEAM,
            due_at=at,
            due_on=at.date(),
            channel=slack.sandbox.workspace.channel(channel).id,
            by="",
            now=slack.clock.now(),
            members=members,
        )
    slack.bot.courier.wake()
    await slack.settled()
    return called


async def the_review(slack: Stage) -> Review:
    """Give the review that is called or under way, or was last."""
    async with slack.bot.database.sessions() as session:
        found = await reviews.open_review(session, TEAM) or await reviews.last(session, TEAM)
    assert found is not None
    return found


def chair_told(slack: Stage, name: str) -> Message:
    """Give the one message about the chair of a monthly review that somebody has got."""
    (message,) = heard(slack, name, "review_chair")
    return message


def notices(slack: Stage, name: str) -> list[Message]:
    """Give what somebody was told of their items ahead of a monthly review."""
    return heard(slack, name, "review_notice")
